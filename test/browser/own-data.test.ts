import { afterEach, describe, expect, it } from 'vitest';
import { measureInitiative, type MeasureTask } from '../../src/core/measure-initiative.ts';
import { onlineRetailFive } from '../../src/core/scenario/presets/online-retail-five.ts';
import { spawnOwnDataWorker } from '../../src/engine/browser-worker.ts';
import { ownDataSession, type OwnDataWorker } from '../../src/engine/own-data-session.ts';

const { scenario } = onlineRetailFive;
const tasks = scenario.initiatives.flatMap((initiative): MeasureTask[] => {
  if (initiative.source !== 'simulated') return [];
  const { initiative_id, catalog, demand, effect, design, flaws, method } = initiative;
  return [
    {
      stage: 'pilot',
      seed: scenario.seed,
      replication: 0,
      confidence_level: scenario.confidence_level,
      n_products: 200,
      world: { initiative_id, catalog, demand, effect, design, flaws, method },
    },
  ];
});

const started: OwnDataWorker[] = [];
const open = () =>
  ownDataSession(() => {
    const worker = spawnOwnDataWorker();
    started.push(worker);
    return worker;
  });
const noSignal = () => new AbortController().signal;
const question = { initiative_id: 'data', method: 'naive_difference', parameters: { outcome_column: 'y', treatment_column: 't' } };
const small = new Blob([`y,t\n${Array.from({ length: 40 }, (_, i) => `${(i * 7) % 11},${i % 2}`).join('\n')}`]);

afterEach(() => started.splice(0).forEach((worker) => worker.terminate()));

describe('a file of one\u2019s own in a real worker', () => {
  it.each(tasks.map((task) => [task.world.method.id, task] as const))('gives for %s, from CSV, the bits of the pilot', async (_, task) => {
    const session = open();
    const { csv, question: asked } = await session.pilotSample(task, noSignal());
    expect(await session.open(new File([csv], 'pilot.csv'), { signal: noSignal() })).toMatchObject({ ok: true });
    const answer = await session.measure(asked, noSignal());
    const { result, picture } = measureInitiative(task);
    expect(answer).toMatchObject({ ok: true, result: { ...result, sample_size: result.n_observations }, picture });
    expect(started).toHaveLength(1);
  });

  it('tells its progress, and is given up at once when it is cancelled', async () => {
    const session = open();
    const long = new Blob([`y,t\n${'1.5,"1"\n0.25,"0"\n'.repeat(400_000)}`]);
    const given = new AbortController();
    const seen: number[] = [];
    const reading = session.open(long, {
      signal: given.signal,
      onProgress: ({ bytes }) => {
        seen.push(bytes);
        given.abort(new Error('enough'));
      },
    });
    await expect(reading).rejects.toThrow('enough');
    expect(seen[0]).toBeLessThan(long.size);
    expect(await session.open(small, { signal: noSignal() })).toMatchObject({ ok: true, summary: { rowCount: 40 } });
  });

  it('reads the file again after its worker is gone', async () => {
    const session = open();
    await session.open(small, { signal: noSignal() });
    const given = new AbortController();
    const asked = session.measure(question, given.signal);
    given.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    expect(await session.measure(question, noSignal())).toMatchObject({ ok: true, result: { status: 'ok' } });
    expect(started).toHaveLength(2);
  });
});
