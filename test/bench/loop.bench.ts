import { onlineRetailFive } from '../../src/core/scenario/presets/online-retail-five.ts';
import { spawnNodeWorker } from '../../src/cli/node-worker.ts';
import { inlineRunner } from '../../src/engine/inline-runner.ts';
import { runScenario } from '../../src/engine/run-scenario.ts';
import { workerPool } from '../../src/engine/worker-pool.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import type { BenchSubject } from './bench.ts';
import { draws } from './draws.ts';
import { smallLoop } from './small-loop.ts';

/** The Python family's loop takes 3.6 s in process on five initiatives of 100 products, and its scale stage repeats the pilot. */
export const loopBench: BenchSubject = {
  id: 'loop',
  rows: async () => {
    const inline = inlineRunner({ solver: await loadHighsSolver() });
    const pool = workerPool({ size: 2, spawn: spawnNodeWorker });
    const preset = onlineRetailFive.scenario;
    const small = smallLoop(100);
    const peer = draws(10_000_000);
    return [
      {
        name: 'whole loop, five initiatives, 100 products, inline',
        work: () => runScenario(small, inline),
        peer,
        target: { milliseconds: 150 },
      },
      { name: 'online-retail-five, scale 5,000, inline', work: () => runScenario(preset, inline), peer, target: {} },
      {
        name: 'online-retail-five, scale 5,000, two workers',
        work: () => runScenario(preset, pool),
        peer,
        target: { milliseconds: 1_500 },
        done: pool.dispose,
      },
    ];
  },
};
