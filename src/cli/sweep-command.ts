import { sweepTargets } from '../core/study/sweep-targets.ts';
import { runSweep } from '../engine/run-sweep.ts';
import { readOptions, required, UsageError, type Command } from './command.ts';
import { scenarioOption } from './scenario-option.ts';
import { planOption, studyOptions, withStudyRunner } from './study-command.ts';

export const sweepCommand: Command = {
  usage:
    'sweep (--preset ID | --scenario FILE) --parameter PATH --values A,B,C --replications N [--seed S] [--workers N] [--extent decision|whole|estimates] [--aa] [--keep N]   N replications at each value, all values on the same random streams; sweep (--preset ID | --scenario FILE) --list prints every PATH with its range',
  async run(words) {
    const options = readOptions(words, {
      ...studyOptions,
      parameter: { type: 'string' },
      values: { type: 'string' },
      list: { type: 'boolean' },
    });
    if (options.list === true) return sweepTargets(scenarioOption(options));
    const path = required(options.parameter, 'parameter');
    const values = valuesOption(required(options.values, 'values'));
    const study = planOption({ ...options, extent: options.extent ?? 'decision' }, null);
    return withStudyRunner(options.workers, async (runner) => (await runSweep({ study, path, values }, runner)).document);
  },
};

function valuesOption(text: string): number[] {
  return text.split(',').map((part) => {
    const value = Number(part);
    if (part.trim() === '' || !Number.isFinite(value))
      throw new UsageError(`--values must be numbers with commas between them (found '${part}')`);
    return value;
  });
}
