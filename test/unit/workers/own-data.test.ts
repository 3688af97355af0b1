import { describe, expect, it } from 'vitest';
import type { EstimatorDefinition } from '../../../src/core/measure/estimator.ts';
import { estimators } from '../../../src/core/measure/index.ts';
import { measureInitiative } from '../../../src/core/measure-initiative.ts';
import { ownDataApi } from '../../../workers/own-data.ts';
import type { ReadProgress } from '../../../workers/own-data-api.ts';
import { homeTask } from '../home-task.ts';

const quiet = () => undefined;
/** The command line does it for every method. */
const onePerShape = (['experiment', 'synthetic_control', 'interrupted_time_series'] as const).map(
  (id) => estimators[id] as unknown as EstimatorDefinition,
);

describe('the worker for files of one\u2019s own', () => {
  it.each(onePerShape)('answers for a pilot as a file what $id answers for the pilot', async (definition) => {
    const task = homeTask(definition);
    const pilot = measureInitiative(task);
    expect(pilot.result.status).toBe('ok');
    const api = ownDataApi();
    const { csv, question } = await api.pilotSample(task);
    const opened = await api.openTable(new Blob([csv]), {}, quiet);
    if (!opened.ok) throw new Error(JSON.stringify(opened.issues));
    const answer = await api.measureOwn(opened.handle, question);
    if (!answer.ok) throw new Error(JSON.stringify(answer.issues));
    // Same bits: equal numbers print equally, and their shortest forms are exact.
    const told = ({ sample_size: _rows, ...result }: typeof pilot.result) => JSON.stringify(result);
    expect(told(answer.result)).toBe(told(pilot.result));
    expect(JSON.stringify(answer.picture)).toBe(JSON.stringify(pilot.picture));
    if (answer.naive !== null) expect(answer.naive).toEqual(pilot.naive);
  });

  it('keeps a table until it is released, and reads no file twice', async () => {
    const api = ownDataApi();
    const text = `y,t\n${Array.from({ length: 40 }, (_, i) => `${(i * 7) % 11},${i % 2}`).join('\n')}`;
    const opened = await api.openTable(new Blob([text]), {}, quiet);
    if (!opened.ok) throw new Error('not read');
    const ask = (method: string, parameters: Record<string, unknown>) =>
      api.measureOwn(opened.handle, { initiative_id: 'data', method, parameters });
    const columns = { outcome_column: 'y', treatment_column: 't' };
    expect(await ask('naive_difference', columns)).toMatchObject({ ok: true, naive: { estimate: expect.any(Number) as number } });
    expect(await ask('experiment', columns)).toMatchObject({ ok: true, result: { sample_size: 40 } });
    await api.releaseTable(opened.handle);
    await expect(ask('experiment', columns)).rejects.toThrow(/no table/);
  });

  it('hands back what is wrong with a question by parameter, and with a file by row', async () => {
    const api = ownDataApi();
    const opened = await api.openTable(new Blob(['y,t,x\n1,0,2\n2,3,1\n3,1,5\n']), {}, quiet);
    if (!opened.ok) throw new Error('not read');
    const question = { initiative_id: 'data', method: 'subclassification' };
    expect(
      await api.measureOwn(opened.handle, {
        ...question,
        parameters: { outcome_column: 'z', treatment_column: 't', covariate_columns: ['x'] },
      }),
    ).toMatchObject({
      ok: false,
      issues: [{ path: 'outcome_column' }],
    });
    expect(
      await api.measureOwn(opened.handle, {
        ...question,
        parameters: { outcome_column: 'y', treatment_column: 't', covariate_columns: ['x'] },
      }),
    ).toMatchObject({
      ok: false,
      issues: [{ path: 'treatment_column', message: expect.stringContaining('3') as string }],
    });
    expect(await api.openTable(new Blob(['y,t\n1\n']), {}, quiet)).toMatchObject({
      ok: false,
      issues: { errors: 1, listed: [{ row: 2 }] },
    });
  });

  it('tells how far it is, in both readings', async () => {
    const seen: ReadProgress[] = [];
    const text = `y,t\n${'1.5,1\n"1,234.5",0\n'.repeat(4000)}`;
    const opened = await ownDataApi().openTable(new Blob([text]), {}, (progress) => seen.push(progress));
    expect(opened.ok).toBe(true);
    expect(new Set(seen.map(({ pass }) => pass))).toEqual(new Set([1, 2]));
    for (const { bytes, total } of seen) expect(bytes).toBeLessThanOrEqual(total);
    expect(seen.length).toBeLessThan(205);
    expect(seen.at(-1)).toEqual({ pass: 2, bytes: text.length, total: text.length });
  });
});
