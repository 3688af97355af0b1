import { spawnNodeWorker } from '../../src/cli/node-worker.ts';
import { defaultSettings, type StudyPlan } from '../../src/core/study/study-plan.ts';
import { studyDocument } from '../../src/core/study/study-document.ts';
import { emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { regretSplitOf, runStudy } from '../../src/engine/run-study.ts';
import { workerPool, type WorkerPool } from '../../src/engine/worker-pool.ts';
import type { BenchSubject } from './bench.ts';
import { smallLoop } from './small-loop.ts';

/** About an hour in Python. Every replication decides by all rules, penalties and corrections, and measures at scale. */
export const studyBench: BenchSubject = {
  id: 'study',
  rows: () => {
    const one = workerPool({ size: 1, spawn: spawnNodeWorker });
    const two = workerPool({ size: 2, spawn: spawnNodeWorker });
    return [
      {
        name: 'study, 200 replications of the 100-product loop, two workers against one',
        work: () => study(two, 200),
        peer: { name: 'one worker', work: () => study(one, 200) },
        target: { timesPeer: 1 / 1.8 },
        runs: 3,
        done: one.dispose,
      },
      {
        name: 'study, 1,000 replications of the 100-product loop, two workers',
        work: () => study(two, 1000),
        target: { milliseconds: 60_000 },
        runs: 1,
        done: two.dispose,
      },
    ];
  },
};

async function study(pool: WorkerPool, replications: number): Promise<unknown> {
  const plan: StudyPlan = { scenario: smallLoop(100), settings: defaultSettings, replications };
  const tally = emptyStudyTally(plan);
  await runStudy(plan, tally, pool);
  return studyDocument(plan, tally, await regretSplitOf(plan, tally, pool, new AbortController().signal));
}
