import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answer } from '../../../src/cli/answer.ts';
import { decideCommand } from '../../../src/cli/decide-command.ts';
import { UsageError } from '../../../src/cli/command.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import { decide } from '../../../src/core/decide/decide.ts';

const folder = mkdtempSync(join(tmpdir(), 'decide-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** The house, bank or bond of every textbook. */
const table = {
  options: ['bonds', 'stocks', 'deposit'],
  states: ['growth', 'stagnation', 'inflation'],
  payoffs: [
    [12, 6, 3],
    [15, 3, -2],
    [6.5, 6.5, 6.5],
  ],
  sense: 'gain' as const,
  weights: [0.5, 0.3, 0.2],
};

describe('decide on the command line', () => {
  it('prints one entry per rule', async () => {
    const { code, out } = await answer(['decide', '--data', written('table.json', JSON.stringify(table))]);
    expect(code).toBe(0);
    const told = JSON.parse(out) as unknown;
    expect(told).toEqual(JSON.parse(JSON.stringify(decide(table))));
    expect(told).toMatchObject({
      minimax_regret: {
        selected: 'bonds',
        ties: [],
        max_regrets: { bonds: 3.5, stocks: 8.5, deposit: 8.5 },
        regrets: [
          [3, 0.5, 3.5],
          [0, 3.5, 8.5],
          [8.5, 0, 0],
        ],
        column_best: [15, 6.5, 6.5],
      },
      maximin: { selected: 'deposit' },
      maximax: { selected: 'stocks' },
      hurwicz: { selected: 'bonds', alpha: 0.5, values: { bonds: 7.5, stocks: 6.5, deposit: 6.5 } },
      laplace: { selected: 'bonds', values: { bonds: 7 } },
      expected_value: { selected: 'bonds', values: { bonds: 8.4, stocks: 8, deposit: 6.5 }, value_of_perfect_information: 2.35 },
    });
  });

  it('lists everything wrong with the table, by path, and says so by its exit code', async () => {
    const { code, error } = await answer([
      'decide',
      '--data',
      written('wrong.json', JSON.stringify({ ...table, options: ['bonds', 'bonds', ''], sense: 'profit' })),
    ]);
    expect(code).toBe(1);
    const { issues } = (JSON.parse(error) as { error: { issues: { path: string }[] } }).error;
    expect(issues.map(({ path }) => path)).toEqual(['options.1', 'options.2', 'sense']);
  });

  it('needs a file that holds JSON', async () => {
    await expect(decideCommand.run([])).rejects.toThrow(UsageError);
    await expect(decideCommand.run(['--table', 'x'])).rejects.toThrow(UsageError);
    await expect(decideCommand.run(['--data', join(folder, 'none.json')])).rejects.toThrow(InputError);
    await expect(decideCommand.run(['--data', written('text.json', 'options: a, b')])).rejects.toThrow(/is not JSON/);
    await expect(decideCommand.run(['--data', written('list.json', '[]')])).rejects.toThrow(/must be an object \{ options\[\]/);
  });
});
