import wasmUrl from 'highs/runtime?url';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { requireScenario } from '../../src/core/scenario/parse-scenario.ts';
import { defaultPreset } from '../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { spawnBrowserWorker } from '../../src/engine/browser-worker.ts';
import { inlineRunner } from '../../src/engine/inline-runner.ts';
import { runScenario } from '../../src/engine/run-scenario.ts';
import { workerPool, type WorkerPool } from '../../src/engine/worker-pool.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';

/** The preset with catalogs small enough to run many times. */
const small: Scenario = requireScenario({
  ...defaultPreset.scenario,
  scale_sample_size: 400,
  initiatives: defaultPreset.scenario.initiatives.map((initiative) =>
    initiative.source === 'simulated' ? { ...initiative, catalog: { ...initiative.catalog, n_products: 240 } } : initiative,
  ),
});

let digest: string;
let pool: WorkerPool | undefined;

/** Every worker started since the last test: killed through these, nobody has told the pool. */
const started: Worker[] = [];
const RealWorker = globalThis.Worker;
globalThis.Worker = class extends RealWorker {
  constructor(...given: ConstructorParameters<typeof RealWorker>) {
    super(...given);
    started.push(this);
  }
};

beforeAll(async () => {
  const inline = inlineRunner({ solver: await loadHighsSolver({ wasmUrl }) });
  digest = (await runScenario(small, inline)).digest;
});

afterEach(() => {
  pool?.dispose();
  started.length = 0;
});

it('recovers from a worker killed in mid-run', async () => {
  const notices: string[] = [];
  let killed = false;
  pool = workerPool({ size: 1, spawn: spawnBrowserWorker, onNotice: (notice) => notices.push(notice) });
  const run = await runScenario({ ...small, max_workers: 1 }, pool, {
    onProgress: ({ done }) => {
      if (done === 0 || killed) return;
      killed = true;
      started.forEach((worker) => worker.terminate());
    },
  });
  expect(killed).toBe(true);
  expect(notices.join(' ')).toMatch(/stopped unexpectedly/);
  expect(started.length).toBe(2);
  expect(run.digest).toBe(digest);
});

it('forgets a cancelled run and is ready for the next', async () => {
  pool = workerPool({ size: 2, spawn: spawnBrowserWorker });
  const cancel = new AbortController();
  const first = runScenario(small, pool, {
    signal: cancel.signal,
    onProgress: ({ done }) => done > 0 && cancel.abort(new Error('superseded')),
  });
  await expect(first).rejects.toThrow('superseded');
  expect((await runScenario(small, pool)).digest).toBe(digest);
});
