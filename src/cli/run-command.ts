import { correctedPredictions, thresholdQuestion } from '../core/scale/corrected-predictions.ts';
import { entryThresholds } from '../core/scale/entry-thresholds.ts';
import { inlineRunner } from '../engine/inline-runner.ts';
import type { Runner } from '../engine/runner.ts';
import { runScenario } from '../engine/run-scenario.ts';
import { runDocument } from '../interchange/run-document.ts';
import { workerPool } from '../engine/worker-pool.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { numberOption, readOptions, UsageError, type Command } from './command.ts';
import { spawnNodeWorker } from './node-worker.ts';
import { replicatedOptions, replicationOption, scenarioOption } from './scenario-option.ts';

export const runCommand: Command = {
  usage:
    'run (--preset ID | --scenario FILE) [--seed S] [--replication R] [--workers N]   R = 0 is what the page shows; N = 0 runs everything in this process',
  async run(words) {
    const options = readOptions(words, {
      ...replicatedOptions,
      workers: { type: 'string' },
    });
    const scenario = scenarioOption(options);
    const workers = numberOption(options.workers, 'workers', 0) ?? 0;
    if (!Number.isInteger(workers) || workers < 0 || workers > 64) throw new UsageError('--workers must be a whole number from 0 to 64');
    const replication = replicationOption(options);
    const runner = await makeRunner(workers);
    try {
      const run = await runScenario(scenario, runner, { replication });
      return runDocument(run, correctedPredictions(run, entryThresholds(thresholdQuestion(run))));
    } finally {
      runner.dispose();
    }
  },
};

async function makeRunner(workers: number): Promise<Runner> {
  if (workers === 0) return inlineRunner({ solver: await loadHighsSolver() });
  return workerPool({ size: workers, spawn: spawnNodeWorker });
}
