import * as Comlink from 'comlink';
import type { Answered, ExplanationName, Explanations, ExplanationSettings, LabAnswer, LabApi, OwnJudged } from '../../workers/lab-api.ts';
import type { BrowserLabApi } from '../../workers/lab.worker.ts';
import type { AllocationProblem } from '../core/allocate/decision-rule.ts';
import { newestLane, type LaneResult, type LaneWorker } from './newest-lane.ts';
import { watchWorker } from './watched-worker.ts';

export type { Answered, ExplanationName, Explanations, ExplanationSettings, LabAnswer, OwnJudged };
export type LabWorker = LaneWorker<LabApi>;

export type LabSessionOptions = {
  readonly spawn?: () => LabWorker;
  readonly onNotice?: (notice: string) => void;
};

/** A drag that waits for an answer to a problem this hard has moved on. */
const answerPatienceMs = 1_500;
/** Explanations are of the newest problem or of no use. */
const explanationPatienceMs = 60;

/**
 * The lab's two workers, started when first needed: one for answers, so that what is dragged is answered at once, and one for
 * explanations, which may take their time and are dropped as soon as they are no longer of the problem in hand.
 */
export function labSession({ spawn = spawnLabWorker, onNotice }: LabSessionOptions = {}) {
  const answers = newestLane({ spawn, patienceMs: answerPatienceMs, onNotice });
  const explanations = newestLane({ spawn, patienceMs: explanationPatienceMs, onNotice });
  return {
    answer: (problem: AllocationProblem, mine: readonly string[]): Promise<LaneResult<Answered<LabAnswer>>> =>
      answers.ask((api) => api.answer(problem, mine)),
    explain: <N extends ExplanationName>(
      name: N,
      problem: AllocationProblem,
      settings: ExplanationSettings,
    ): Promise<LaneResult<Answered<Explanations[N]>>> => explanations.ask((api) => api.explain(name, problem, settings)),
    close(): void {
      answers.close();
      explanations.close();
    },
  };
}

export type LabSession = ReturnType<typeof labSession>;

export function spawnLabWorker(): LabWorker {
  const worker = new Worker(new URL('../../workers/lab.worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  const { api, holding, died, terminate } = watchWorker(worker, Comlink.wrap<BrowserLabApi>(worker), 'lab');
  return {
    api: {
      async answer(problem, mine) {
        await holding;
        return api.answer(problem, mine);
      },
      async explain(name, problem, settings) {
        await holding;
        return api.explain(name, problem, settings) as Promise<Answered<never>>;
      },
      async lottery(table) {
        await holding;
        return api.lottery(table);
      },
      async thresholds(question) {
        await holding;
        return api.thresholds(question);
      },
    },
    died,
    terminate,
  };
}
