import type { AllocationProblem, SideConstraints } from '../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../src/core/allocate/index.ts';
import type { Solver } from '../../src/core/allocate/solver.ts';
import { namedStream } from '../../src/core/random/stream.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { instanceClasses, intervalInstance } from '../unit/core/allocate/interval-instances.ts';
import type { BenchRow, BenchSubject } from './bench.ts';
import { draws } from './draws.ts';

/** Peers: CBC 0.09 s (20) and 0.3 s (50), native HiGHS 0.02 s and 0.2 s on easy instances of 50 and 200. */
export const allocateBench: BenchSubject = {
  id: 'allocate',
  rows: async () => {
    const solver = await loadHighsSolver();
    const row = (name: string, task: AllocationProblem, asked: Solver | null, milliseconds: number) => ({
      name,
      work: () => {
        const { status, reason } = allocate(task, asked);
        if (status !== 'optimal') throw new Error(`${name}: ${status}, ${reason ?? 'no reason given'}`);
      },
      peer: draws(10_000_000),
      target: { milliseconds },
    });
    const constrained = { ...problem(50), constraints: someConstraints(50) };
    return [
      row('minimax regret, 20 initiatives', problem(20), solver, 100),
      row('  without the solver', problem(20), null, 60),
      row('minimax regret, 50 initiatives', problem(50), solver, 300),
      row('  with side constraints', constrained, solver, 300),
      row('  and V* under them too', { ...constrained, benchmark: 'same-feasible-set' }, solver, 300),
      row('maximin, 50 initiatives', { ...problem(50), rule: 'maximin' }, solver, 300),
      row('expected return, 50 initiatives', { ...problem(50), rule: 'bayesian' }, solver, 300),
      row('  with side constraints', { ...constrained, rule: 'bayesian' }, solver, 300),
      row('minimax regret, 200 initiatives', problem(200), solver, 2_000),
      intervalRow(20, 50),
      intervalRow(25, 500),
      intervalRow(30, 1_500),
    ];
  },
};

/** An instance of each class after the other, so that the median is that of the classes. */
function intervalRow(count: number, milliseconds: number): BenchRow {
  const tasks = [0, 1].flatMap((replication) =>
    instanceClasses.map((kind) => intervalInstance(kind, count, replication, { range: 100, spread: 0.3, tightness: 0.5 })),
  );
  let turn = 0;
  return {
    name: `interval minimax regret, ${count} initiatives`,
    work: () => {
      const { status } = allocate(tasks[turn % tasks.length] as AllocationProblem, null);
      turn += 1;
      if (status !== 'optimal') throw new Error(`${count} initiatives: ${status}`);
    },
    peer: draws(10_000_000),
    target: { milliseconds },
    runs: tasks.length,
  };
}

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
      category: ['price', 'content', 'search'][i % 3],
    };
  });
  const budget = Math.round(candidates.reduce((sum, { cost }) => sum + cost, 0) / 3);
  return { candidates, budget, min_confidence_threshold: 0.5, min_portfolio_worst_return: 0, rule: 'minimax_regret', rule_parameters: {} };
}

/** Every kind at once, and all of them felt. */
function someConstraints(count: number): Partial<SideConstraints> {
  const { candidates, min_confidence_threshold: threshold } = problem(count);
  const eligible = candidates.filter(({ confidence }) => confidence >= threshold).map(({ id }) => id);
  const id = (k: number) => eligible[k] as string;
  return {
    required: [id(3)],
    excluded: [id(5)],
    exclusive: [[id(0), id(1), id(2)], [id(7), id(8)]],
    prerequisites: [{ id: id(9), requires: id(10) }, { id: id(11), requires: id(12) }, { id: id(10), requires: id(4) }],
    at_most: Math.round(count / 5),
    category_caps: [
      { category: 'price', max_initiatives: Math.round(count / 10), max_cost: null },
      { category: 'content', max_initiatives: null, max_cost: 500 * count },
    ],
  };
}
