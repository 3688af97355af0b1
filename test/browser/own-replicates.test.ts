import { afterEach, describe, expect, it } from 'vitest';
import { spawnOwnDataWorker } from '../../src/engine/browser-worker.ts';
import { ownDataSession, type OwnDataWorker } from '../../src/engine/own-data-session.ts';
import { readCsv } from '../../src/interchange/csv-table.ts';
import { diagnoseTable } from '../../src/interchange/replicates-csv.ts';
import type { ReplicatesQuestion } from '../../src/interchange/replicates-question.ts';
import { exampleReplicates, exampleTruth } from '../../src/interchange/replicates-example.ts';

const started: OwnDataWorker[] = [];
const open = () =>
  ownDataSession(() => {
    const worker = spawnOwnDataWorker();
    started.push(worker);
    return worker;
  });
const noSignal = () => new AbortController().signal;
const question: ReplicatesQuestion = { columns: {}, truth: exampleTruth, level: 0.95, power_df: null, by: ['method'] };
const file = new File([exampleReplicates()], 'example.csv');

afterEach(() => started.splice(0).forEach((worker) => worker.terminate()));

describe('replications of one\u2019s own in a real worker', () => {
  it('give what they give without one, in the next worker too', async () => {
    const reading = await readCsv(file);
    if (!reading.ok) throw new Error('the example cannot be read');
    const expected = diagnoseTable(reading.table, reading.summary.columns, question);
    const session = open();
    expect(await session.open(file, { signal: noSignal() })).toMatchObject({ ok: true });
    expect(await session.diagnose(question, noSignal())).toEqual({ ok: true, diagnosis: expected });
    started.forEach((worker) => worker.terminate());
    session.close();
    await session.open(file, { signal: noSignal() });
    expect(await session.diagnose(question, noSignal())).toEqual({ ok: true, diagnosis: expected });
  });

  it('say what is wrong with the question', async () => {
    const session = open();
    await session.open(file, { signal: noSignal() });
    const answer = await session.diagnose({ ...question, columns: { estimate: 'theta' } }, noSignal());
    expect(answer).toMatchObject({ ok: false, issues: [{ path: '--estimate', value: 'theta' }] });
  });
});
