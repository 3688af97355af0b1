import { runDesignGrid } from '../engine/run-design-grid.ts';
import { readOptions, required, type Command } from './command.ts';
import { planOption, studyOptions, withStudyRunner } from './study-command.ts';

export const gridCommand: Command = {
  usage:
    'grid (--preset ID | --scenario FILE) --initiative ID --replications N [--seed S] [--workers N] [--aa]   the initiative\u2019s world under every assignment design, measured by every estimator; --aa takes every effect away',
  async run(words) {
    const { preset, scenario: file, seed, replications: count, aa, workers } = studyOptions;
    const options = readOptions(words, { preset, scenario: file, seed, replications: count, aa, workers, initiative: { type: 'string' } });
    const initiative_id = required(options.initiative, 'initiative');
    const { scenario, replications, settings } = planOption(options, null);
    const plan = { scenario, initiative_id, replications, effect: settings.effect };
    return withStudyRunner(options.workers, async (runner) => (await runDesignGrid(plan, runner)).document);
  },
};
