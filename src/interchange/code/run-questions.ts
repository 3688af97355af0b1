import type { PilotResult, Run } from '../../core/contracts/run.ts';
import type { MeasureTask } from '../../core/measure-initiative.ts';
import { estimatorDescriptions, type EstimatorId } from '../../core/measure/descriptions.ts';
import { measureTask } from '../../core/pipeline.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import type { PilotFile } from '../pilot-file.ts';
import { codeQuestion } from './code-question.ts';
import type { CodeQuestion } from './code-script.ts';

/** What has to be simulated again for one estimate of a run, and that estimate. */
export type RunEstimate = { readonly task: MeasureTask; readonly file: string; readonly result: PilotResult };

/** Every estimate of a run: each pilot by its own method and by those laid beside it, and what was measured at scale. */
export function runEstimates({ scenario, replication, initiatives }: Run): readonly RunEstimate[] {
  return scenario.initiatives.filter(isSimulated).flatMap((initiative) => {
    const run = initiatives.find(({ initiative_id: id }) => id === initiative.initiative_id);
    const task = (stage: 'pilot' | 'scale', method = initiative.method) =>
      measureTask(scenario, replication, { ...initiative, method }, stage);
    const estimate = (of: MeasureTask, result: PilotResult) => ({ task: of, file: fileOf(of, initiative.method.id), result });
    return [
      ...(run?.pilot == null ? [] : [estimate(task('pilot'), run.pilot.result)]),
      ...(run?.comparisons ?? []).map(({ result }, k) => estimate(task('pilot', initiative.comparisons[k]), result)),
      ...(run?.scale == null ? [] : [estimate(task('scale'), run.scale.result)]),
    ];
  });
}

/** The question of one estimate, once its data are there. @throws InputError */
export function runQuestion({ file, result, task }: RunEstimate, { columns, question }: PilotFile): CodeQuestion {
  const name = task.stage === 'scale' ? `${question.initiative_id} at scale` : question.initiative_id;
  return codeQuestion({ file, columns, question: { ...question, initiative_id: name }, result });
}

/** Methods that ask for another kind of table than the initiative's own have a file of their own. Ids hold no full stop. */
function fileOf({ stage, world }: MeasureTask, ownMethod: string): string {
  const [shape, ownShape] = [world.method.id, ownMethod].map((id) => estimatorDescriptions[id as EstimatorId].shape);
  return `${world.initiative_id}${stage === 'scale' ? '.scale' : ''}${shape === ownShape ? '' : `.${shape!.replace('_', '-')}`}.csv`;
}

function isSimulated(initiative: Run['scenario']['initiatives'][number]): initiative is SimulatedInitiative {
  return initiative.source === 'simulated';
}
