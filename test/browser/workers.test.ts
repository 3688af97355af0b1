import wasmUrl from 'highs/runtime?url';
import { describe, expect, it } from 'vitest';
import { runReplication } from '../../src/core/pipeline.ts';
import { defaultPreset, presets } from '../../src/core/scenario/presets/index.ts';
import { spawnBrowserWorker } from '../../src/engine/browser-worker.ts';
import { studyDocument } from '../../src/core/study/study-document.ts';
import { emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { regretSplitOf, runStudy } from '../../src/engine/run-study.ts';
import { workerPool } from '../../src/engine/worker-pool.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import digests from '../reference/preset-digests.json' with { type: 'json' };
import studyDigests from '../reference/study-digests.json' with { type: 'json' };
import { studiesOnRecord } from '../unit/engine/study-fixture.ts';

describe('a run in a real browser', () => {
  it.each(presets.map(({ id }) => id))('gives for %s, inline, the digest that node gives', async (id) => {
    const preset = presets.find((candidate) => candidate.id === id) ?? defaultPreset;
    const run = runReplication(preset.scenario, 0, { solver: await loadHighsSolver({ wasmUrl }) });
    expect(run.digest).toBe((digests as Record<string, string>)[id]);
  });
});

describe('a study in a real browser', () => {
  it('gives in two workers the digests that node gives', { timeout: 60_000 }, async () => {
    const pool = workerPool({ size: 2, spawn: spawnBrowserWorker });
    for (const [name, plan] of Object.entries(studiesOnRecord())) {
      const tally = emptyStudyTally(plan);
      await runStudy(plan, tally, pool);
      const { digest } = studyDocument(plan, tally, await regretSplitOf(plan, tally, pool, new AbortController().signal));
      expect([name, digest]).toEqual([name, (studyDigests as Record<string, string>)[name]]);
    }
    pool.dispose();
  });
});
