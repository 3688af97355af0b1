import { decide } from '../core/decide/decide.ts';
import type { PayoffTable } from '../core/decide/payoff-table.ts';
import { readJsonFile, readOptions, required, type Command } from './command.ts';

export const decideCommand: Command = {
  usage: 'decide --data TABLE.json   TABLE = { options[], states[], payoffs[][] (a row per option), sense: gain|cost, weights?, alpha? }',
  async run(words) {
    const options = readOptions(words, { data: { type: 'string' } });
    return decide(readJsonFile(required(options.data, 'data')) as PayoffTable);
  },
};
