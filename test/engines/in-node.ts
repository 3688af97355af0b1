import { inlineRunner } from '../../src/engine/inline-runner.ts';
import { inlineStudyRunner } from '../../src/engine/inline-study-runner.ts';
import { workerPool } from '../../src/engine/worker-pool.ts';
import { spawnNodeWorker } from '../../src/cli/node-worker.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { runComparison, type EngineReport } from './comparison.ts';
import { ownFunctionsHere, surroundingsHere } from './surroundings.ts';

/** Prints an EngineReport for so many threads; 0 runs everything in this process. */
const workers = Number(process.argv[2]);
const started = performance.now();
const pool = workers === 0 ? null : workerPool({ size: workers, spawn: spawnNodeWorker });
const digests = await runComparison(pool ?? inlineRunner({ solver: await loadHighsSolver() }), pool ?? inlineStudyRunner(), workers);
pool?.dispose();
const report: EngineReport = {
  digests,
  seconds: (performance.now() - started) / 1000,
  surroundings: [surroundingsHere()],
  ownFunctions: ownFunctionsHere(),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
