import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { answer } from '../../../src/cli/answer.ts';
import { measureCommand } from '../../../src/cli/measure-command.ts';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import type { EstimatorDefinition } from '../../../src/core/measure/estimator.ts';
import { estimators, findEstimator } from '../../../src/core/measure/index.ts';
import { measureInitiative, pilotQuestion } from '../../../src/core/measure-initiative.ts';
import { parseCsv } from '../../../src/interchange/csv-table.ts';
import { tableCsv } from '../../../src/interchange/table-csv.ts';
import { homeTask } from '../home-task.ts';
import { readReferenceTable } from '../core/measure/reference-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'measure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const reference = (name: string) => fileURLToPath(new URL(`../../reference/data/${name}.csv`, import.meta.url));
function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

type Told = {
  readonly status: string;
  readonly effect_estimate: number;
  readonly warnings: string[];
  readonly picture?: unknown;
  readonly data_notes?: unknown;
};
async function measured(method: string, data: string, parameters: Readonly<Record<string, unknown>>, ...more: string[]): Promise<Told> {
  const words = ['--method', method, '--data', data, '--parameters', JSON.stringify(parameters), ...more];
  return (await measureCommand.run(words)) as Told;
}

/** Methods on the reference data: the CSV read by the command gives what the estimator gives on the same numbers. */
const onReferenceData: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['experiment', 'obs', { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b'] }],
  ['subclassification', 'obs', { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b', 'c'] }],
  ['nearest_neighbour_matching', 'obs', { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b', 'c'] }],
  ['inverse_probability_weighting', 'obs', { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b', 'c'] }],
  ['doubly_robust', 'obs', { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b', 'c'] }],
  ['naive_difference', 'obs', { outcome_column: 'y', treatment_column: 't' }],
  ['interrupted_time_series', 'its', { outcome_column: 'y', time_column: 't', intervention_date: '61' }],
];

describe('measure on the command line', () => {
  it.each(onReferenceData)('%s on %s.csv', async (method, name, parameters) => {
    const told = await measured(method, reference(name), parameters);
    expect(told.status).toBe('ok');
    const { estimate } = findEstimator(method) as EstimatorDefinition;
    const defaults = Object.fromEntries(
      Object.entries(findEstimator(method)?.parameters ?? {}).map(([key, parameter]) => [key, parameter.default]),
    );
    const direct = estimate(readReferenceTable(name), { ...defaults, ...parameters } as never);
    expect(direct.status === 'ok' ? direct.estimate : null).toBe(told.effect_estimate);
  });

  it.each(Object.values(estimators) as unknown as EstimatorDefinition[])(
    '$id answers for the CSV of a pilot what it answers for the pilot',
    async (definition) => {
      const task = homeTask(definition, 'command line');
      const { table, parameters } = pilotQuestion(task);
      const { result, picture } = measureInitiative(task);
      const told = await measured(definition.id, written(`${definition.id}.csv`, tableCsv(table)), parameters, '--id', 'toy', '--picture');
      expect(JSON.parse(JSON.stringify(told))).toEqual(
        JSON.parse(JSON.stringify({ ...result, sample_size: result.n_observations, picture })),
      );
    },
  );

  it('says how it read the file, and reads a column as it is told', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `s${i};${i % 2};${i === 6 ? '?' : `1,${i}`}`);
    const data = written('european.csv', `shop;t;y\n${rows.join('\n')}\n`);
    const parameters = { outcome_column: 'y', treatment_column: 't' };
    await expect(measured('naive_difference', data, parameters)).rejects.toThrow(/holds text/);
    const told = await measured('naive_difference', data, parameters, '--read-as', '{"y":"decimal_comma"}');
    expect(told).toMatchObject({
      n_observations: 39,
      data_notes: expect.arrayContaining([{ path: "row 8, column 'y'", message: 'is no number', value: '?' }]) as unknown,
    });
    await expect(measured('naive_difference', data, parameters, '--read-as', '{"y":"words"}')).rejects.toThrow(InputError);
  });

  it('warns of a sample that the loop would not take', async () => {
    const data = written('few.csv', `y,t\n${Array.from({ length: 12 }, (_, i) => `${(i * 7) % 5},${i % 2}`).join('\n')}`);
    expect((await measured('naive_difference', data, { outcome_column: 'y', treatment_column: 't' })).warnings.at(-1)).toMatch(/12 rows/);
  });

  it.each([
    ['a column that is not there', { outcome_column: 'z', treatment_column: 't' }, '--parameters.outcome_column'],
    ['a parameter of another method', { cutof: 3 }, '--parameters.cutof'],
  ])('names the parameter for %s', async (_, parameters, path) => {
    const error = await measured('naive_difference', reference('obs'), parameters).catch((cause: unknown) => cause);
    expect(error instanceof InputError && error.issues[0]?.path).toBe(path);
  });

  it.each([
    ['ragged.csv', 'a,b\n1,2\n3\n', 'row 3'],
    ['twice.csv', 'a,a\n1,2\n', "row 1, column 'a'"],
    ['empty.csv', '', ''],
  ])('names the place in %s', async (name, text, path) => {
    const error = await measured('naive_difference', written(name, text), {}).catch((cause: unknown) => cause);
    expect(error instanceof InputError && error.issues[0]?.path).toBe(path);
  });

  it('says of a file that is not there, or is a folder, that it cannot be read', async () => {
    await expect(measured('naive_difference', join(folder, 'nowhere.csv'), {})).rejects.toThrow(/cannot be read.*no such file/);
    await expect(measured('naive_difference', folder, {})).rejects.toThrow(/it is a folder/);
  });

  it('ends with 1 and JSON on standard error for input, with 2 for usage', async () => {
    const input = await answer(['measure', '--method', 'naive_difference', '--data', reference('obs')]);
    const usage = await answer(['measure', '--method', 'magic', '--data', reference('obs')]);
    expect([input.code, usage.code, input.out]).toEqual([1, 2, '']);
    expect(JSON.parse(input.error)).toMatchObject({ error: { issues: [{ path: '--parameters.outcome_column' }] } });
    expect(JSON.parse(usage.error)).toMatchObject({ error: { message: expect.stringMatching(/no method 'magic'/) as string } });
  });

  it('reads the reference data to the last bit as plain numbers', () => {
    expect(parseCsv('x\n0.1\n1e-7\n-0.30000000000000004\n').columns.get('x')).toEqual({
      kind: 'number',
      values: Float64Array.of(0.1, 1e-7, -0.30000000000000004),
    });
  });
});
