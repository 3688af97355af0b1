import { allocate } from '../../src/core/allocate/index.ts';
import type { AllocationProblem } from '../../src/core/allocate/decision-rule.ts';
import { namedStream } from '../../src/core/random/stream.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import type { BenchSubject } from './bench.ts';
import { draws } from './draws.ts';

/** Peers: CBC 0.09 s (20) and 0.3 s (50), native HiGHS 0.02 s and 0.2 s on easy instances of 50 and 200. */
export const allocateBench: BenchSubject = {
  id: 'allocate',
  rows: async () => {
    const solver = await loadHighsSolver();
    return [
      [20, 100],
      [50, 300],
      [200, 2_000],
    ].map(([count = 0, milliseconds = 0]) => {
      const task = problem(count);
      return {
        name: `minimax regret, ${count} initiatives`,
        work: () => {
          const { status, reason } = allocate(task, solver);
          if (status !== 'optimal') throw new Error(`${count} initiatives: ${status}, ${reason ?? 'no reason given'}`);
        },
        peer: draws(10_000_000),
        target: { milliseconds },
      };
    });
  },
};

/** Costs and returns to the cent; the budget funds about a third. */
function problem(count: number): AllocationProblem {
  const { uniform } = namedStream({ seed: 'bench', initiative: 'bench', stage: 'pilot', replication: 0, purpose: `portfolio ${count}` });
  const cents = (low: number, high: number) => Math.round(100 * (low + (high - low) * uniform())) / 100;
  const candidates = Array.from({ length: count }, (_, i) => {
    const R_med = cents(-2_000, 20_000);
    return {
      id: `initiative-${i}`,
      cost: cents(1_000, 9_000),
      R_best: R_med + cents(500, 9_000),
      R_med,
      R_worst: R_med - cents(500, 9_000),
      confidence: 0.4 + 0.6 * uniform(),
    };
  });
  const budget = Math.round(candidates.reduce((sum, { cost }) => sum + cost, 0) / 3);
  return { candidates, budget, min_confidence_threshold: 0.5, min_portfolio_worst_return: 0, rule: 'minimax_regret', rule_parameters: {} };
}
