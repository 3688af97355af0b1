import wasmUrl from 'highs/runtime?url';
import { describe, expect, it } from 'vitest';
import { runReplication } from '../../src/core/pipeline.ts';
import { defaultPreset, presets } from '../../src/core/scenario/presets/index.ts';
import { spawnBrowserWorker } from '../../src/engine/browser-worker.ts';
import { runScenario } from '../../src/engine/run-scenario.ts';
import { workerPool } from '../../src/engine/worker-pool.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import digests from '../reference/preset-digests.json' with { type: 'json' };

describe('a run in a real browser', () => {
  it.each(presets.map(({ id }) => id))('gives for %s, inline, the digest that node gives', async (id) => {
    const preset = presets.find((candidate) => candidate.id === id) ?? defaultPreset;
    const run = runReplication(preset.scenario, 0, { solver: await loadHighsSolver({ wasmUrl }) });
    expect(run.digest).toBe((digests as Record<string, string>)[id]);
  });

  it.each([1, 2, 4])('gives the same digest in %i workers', async (size) => {
    const pool = workerPool({ size, spawn: spawnBrowserWorker });
    const run = await runScenario({ ...defaultPreset.scenario, max_workers: size }, pool);
    pool.dispose();
    expect(run.digest).toBe((digests as Record<string, string>)['online-retail-five']);
  });
});
