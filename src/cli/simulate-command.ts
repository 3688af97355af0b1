import { writeFileSync } from 'node:fs';
import { inputError } from '../core/contracts/input-error.ts';
import { pilotRows, pilotRowsWithTruth } from '../core/simulate/pilot-rows.ts';
import { simulatePilot } from '../core/simulate/simulate.ts';
import { toCsv } from '../interchange/csv.ts';
import { readOptions, required, type Command } from './command.ts';
import { replicatedOptions, replicationOption, scenarioOption } from './scenario-option.ts';

export const simulateCommand: Command = {
  usage: 'simulate (--preset P | --scenario FILE) --initiative ID [--seed S] [--replication R] [--truth] [--out FILE.csv]',
  async run(words) {
    const options = readOptions(words, {
      ...replicatedOptions,
      initiative: { type: 'string' },
      out: { type: 'string' },
      truth: { type: 'boolean' },
    });
    const scenario = scenarioOption(options);
    const id = required(options.initiative, 'initiative');
    const initiative = scenario.initiatives.find((candidate) => candidate.initiative_id === id);
    const known = scenario.initiatives.map((candidate) => candidate.initiative_id).join(', ');
    if (initiative === undefined) throw inputError('--initiative', `there is no '${id}' in this scenario; there are ${known}`);
    if (initiative.source !== 'simulated') throw inputError('--initiative', `'${id}' states its returns and has no pilot to simulate`);
    const name = { seed: scenario.seed, initiative: id, stage: 'pilot', replication: replicationOption(options) } as const;
    const simulated = simulatePilot({ ...name, initiative });
    const { names: columns, rows } = options.truth ? pilotRowsWithTruth(simulated, name) : pilotRows(simulated.pilot, name);
    const truth = options.truth ? { truth: simulated.truth } : {};
    if (options.out === undefined) {
      return {
        initiative_id: id,
        columns,
        rows: Array.from(rows, (row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))),
        ...truth,
      };
    }
    const csv = toCsv(columns, rows);
    writeFileSync(options.out, csv);
    return {
      initiative_id: id,
      columns,
      n_rows: simulated.pilot.catalog.nProducts * simulated.pilot.calendar.nPeriods,
      out: options.out,
      ...truth,
    };
  },
};
