import { inputError } from '../contracts/input-error.ts';
import { defineParameters } from '../contracts/parameter.ts';
import type { Objective } from './objective.ts';
import { allocationOf, conflicted, rowsListed, tiesListed } from './allocation-report.ts';
import { defineDecisionRule, describeDecisionRule, type Allocation, type AllocationProblem } from './decision-rule.ts';
import { toNumber } from './exact/exact-decimal.ts';
import { benchmarksOf, type Benchmarks, type FiniteAnswer, type FiniteQuestion } from './search/finite-state-answer.ts';
import type { IntervalProgram } from './interval/interval-program.ts';
import { scenarioAgainst } from './interval/interval-program.ts';
import { replier, richest } from './interval/interval-reply.ts';
import { intervalMinimaxRegret as searchIntervals, type IntervalAnswer } from './interval/interval-search.ts';
import { dot } from './search/minimax-program.ts';
import { rowConstraints, type RowConstraints } from './side-constraints.ts';
import { idsOf, stakesOf, type Stakes } from './stakes.ts';

const parameters = defineParameters({
  max_nodes: {
    kind: 'integer',
    label: 'Search nodes',
    help: 'Parts of the search after which it stops with the best portfolio and the bound it has; it also stops when it has done as much work as so many parts may take.',
    min: 1,
    max: 100_000_000,
    default: 6_000,
  },
});

export const intervalMinimaxRegretDescription = describeDecisionRule({
  id: 'interval_minimax_regret',
  label: 'Interval minimax regret',
  summary: 'Funds the portfolio whose largest regret is smallest when every initiative may turn out anywhere between its worst and its best, each on its own.',
  parameters,
  objective: { label: 'largest regret over independent intervals', sense: 'minimise' },
  reference: 'Averbakh, I. (2001). On the complexity of a class of combinatorial optimization problems with uncertainty. Mathematical Programming 90, 263-272.',
});

/**
 * The exact min-max regret knapsack with interval returns: min over portfolios x of max over replies y of
 * sum_i y_i (x_i ? worst_i : best_i) - sum_i x_i worst_i, with effective returns. The adversary who chooses returns anywhere in
 * [worst, best] does no better than to put what x holds at its worst and all else at its best; `independent_regret` is the
 * certificate, the best reply to that. A reply keeps the budget, and floor and side constraints as well where the benchmark
 * is same-feasible-set. Averbakh 2001; Furini, Iori, Martello and Yagiura 2015.
 *
 * @throws InputError where an eligible initiative is divisible.
 */
export const intervalMinimaxRegret = defineDecisionRule(intervalMinimaxRegretDescription, (problem, { max_nodes: maxNodes }): Allocation => {
  refuseShares(problem);
  const stakes = stakesOf(problem);
  const constraints = rowConstraints(problem, stakes.ids);
  if (constraints !== null && constraints.conflicts.length > 0) return conflicted(problem, stakes, constraints.conflicts);
  const benchmark = problem.benchmark ?? 'budget-only';
  const program = programOf(stakes, constraints, benchmark === 'same-feasible-set');
  const benchmarks = benchmarksOf({ stakes, constraints, benchmark, worth: null } satisfies FiniteQuestion, benchmarkNodes);
  const safest = richest({ ...program, floor: null }, stakes.worst);
  const start = safest !== null && (stakes.floor === null || safest.value >= stakes.floor) ? safest.y : null;
  const found = start === null ? null : searchIntervals(program, { start, maxNodes, ties: tiesListed, rows: rowsListed });
  const allocation = allocationOf(problem, {
    stakes,
    constraints,
    objective: objectiveOf(stakes, program),
    answer: answerOf(benchmarks, found, safest),
    opinion: null,
    maxNodes: benchmarkNodes,
  });
  return found === null ? allocation : { ...allocation, ...provedBy(stakes, program, found, allocation) };
});

const benchmarkNodes = 20_000_000;

function refuseShares({ candidates, min_confidence_threshold: threshold }: AllocationProblem): void {
  const divisible = candidates.find((candidate) => candidate.divisible === true && candidate.confidence >= threshold);
  if (divisible === undefined) return;
  throw inputError(
    'rule',
    `interval_minimax_regret funds initiatives whole, but ${divisible.id} may be funded in shares; make it indivisible or choose another rule, such as minimax_regret`,
    intervalMinimaxRegretDescription.id,
  );
}

function programOf(stakes: Stakes, constraints: RowConstraints | null, replyIsConstrained: boolean): IntervalProgram {
  const [best, , worst] = stakes.returns as [Float64Array, Float64Array, Float64Array];
  return { best, worst, costs: stakes.costs, rawWorst: stakes.worst, floor: stakes.floor, constraints, replyIsConstrained };
}

/** The regret of any portfolio, by the best reply to it. */
function objectiveOf(stakes: Stakes, program: IntervalProgram): Objective {
  const reply = replier(program);
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  const valueOf: Objective['valueOf'] = (chosen) => {
    const x = Uint8Array.from(stakes.ids, (_, i) => (chosen(i) ? 1 : 0));
    return money(reply.exact(scenarioAgainst(program, x, new Float64Array(x.length))).bound - dot(program.worst, x));
  };
  return { worth: null, money, valueOf };
}

function answerOf(benchmarks: Benchmarks, found: IntervalAnswer | null, safest: { readonly value: number; readonly bound: number } | null): FiniteAnswer {
  return {
    ...benchmarks,
    ranked: found?.ranked ?? [],
    bound: found?.bound ?? 0,
    tiesComplete: found?.tiesComplete ?? true,
    isCanonical: found?.isCanonical ?? true,
    enumerated: null,
    attainableWorst: safest?.value ?? 0,
    attainableBound: safest?.bound ?? 0,
  };
}

/** Cuts prove the interval regret whether or not V* is; the certificate is the reply that the regret was measured by. */
function provedBy(stakes: Stakes, program: IntervalProgram, { objective, bound, ranked }: IntervalAnswer, allocation: Allocation): Partial<Allocation> {
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  const x = (ranked[0] as { readonly x: Uint8Array }).x;
  const { y } = replier(program).exact(scenarioAgainst(program, x, new Float64Array(x.length)));
  const gap = money(objective - bound);
  return {
    status: gap === 0 ? 'optimal' : 'node_limit',
    proof: { method: 'adversary_cuts', portfolios_enumerated: null, bound: money(bound), gap, solver: null },
    independent_regret: { value: money(objective), best_reply: idsOf(stakes, (i) => y[i] === 1) },
    reason: gap === 0 && allocation.status === 'node_limit' ? null : allocation.reason,
  };
}
