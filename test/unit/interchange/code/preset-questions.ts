import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureInitiative } from '../../../../src/core/measure-initiative.ts';
import { measureTask } from '../../../../src/core/pipeline.ts';
import { presets } from '../../../../src/core/scenario/presets/index.ts';
import type { CodeQuestion } from '../../../../src/interchange/code/code-script.ts';
import { runQuestion } from '../../../../src/interchange/code/run-questions.ts';
import { pilotFile } from '../../../../src/interchange/pilot-file.ts';

/** Every pilot of every preset by its own method and those laid beside it; writes the data into the folder. */
export function presetQuestions(folder: string): readonly CodeQuestion[] {
  return presets.flatMap(({ id, scenario }) =>
    scenario.initiatives.flatMap((initiative) => {
      if (initiative.source !== 'simulated') return [];
      return [initiative.method, ...initiative.comparisons].map((method, k) => {
        const task = measureTask(scenario, 0, { ...initiative, method }, 'pilot');
        const made = pilotFile(task);
        const file = `${id}.${initiative.initiative_id}.${k}.csv`;
        writeFileSync(join(folder, file), made.csv);
        return runQuestion({ task, file, result: measureInitiative(task).result }, made);
      });
    }),
  );
}
