import { states } from '../../contracts/shared-types.ts';
import {
  compareFractions,
  dotFractions,
  fractionOf,
  fractionToNumber,
  largerFraction,
  minus,
  negative,
  plus,
  sameFraction,
  zeroFraction,
  type Fraction,
} from '../../numeric/exact-fraction.ts';
import type { Aim } from '../aim.ts';
import { noChoice } from '../allocation-report.ts';
import type { Allocation, AllocationProblem, Portfolio, Proof } from '../decision-rule.ts';
import {
  divisibleBenchmarks,
  divisibleChoice,
  making,
  type DivisibleBenchmarks,
  type DivisibleChoice,
  type Shares,
} from './divisible-answer.ts';
import { divisibleIndependentRegret } from './divisible-independent-regret.ts';
import { divisibleSearch } from './divisible-search.ts';
import { divisibleStakes, type DivisibleStakes } from './divisible-stakes.ts';
import { perState, stakesOf } from '../stakes.ts';

/**
 * The exact answer of a rule on the states best, med and worst where some initiatives may be funded in part: shares x_i in [0, 1]
 * for the divisible ones, 0 or 1 for the others, within the budget, the floor on worst returns and the side constraints, which count
 * a divisible one as chosen with any share from a millionth on. A share costs and returns that share of the whole. Required
 * initiatives are funded whole; of what another one needs, any share will do.
 *
 * Computed in fractions and proved by linear programs without rounding; figures are the doubles nearest to the exact ones, and shares
 * are rounded down where they would otherwise cost too much. Among optimal answers the cheapest is chosen, then the one with the first
 * ids of whole initiatives, then with the largest share of the first divisible one, and so on. There may be infinitely many others:
 * `ties` lists the sets of initiatives of those that were found (the dearest, the last by ids, the one with the smallest shares), and
 * `ties_capped` says that there are others at all. `independent_regret` is null where it was not proved.
 * Source: Kellerer, Pferschy and Pisinger 2004, Knapsack Problems, section 2.2, for one state; Savage 1951 for regret.
 */
export function divisibleAllocation(
  problem: AllocationProblem,
  aim: Aim,
  { max_nodes: maxNodes }: { readonly max_nodes: number },
): Allocation {
  const stakes = divisibleStakes(problem, aim);
  const hasConflicts = stakes.conflicts.length > 0;
  const benchmarks = divisibleBenchmarks(stakes, hasConflicts ? 'budget-only' : (problem.benchmark ?? 'budget-only'), maxNodes);
  const { effective, ineligible } = stakesOf(problem);
  const report = portfolioOf(stakes, benchmarks);
  const shared = {
    rule: problem.rule,
    v_star: perState((j) => fractionToNumber(benchmarks.vStar[j] as Fraction)),
    v_star_portfolios: perState((j) => report(benchmarks.shares[j] as Shares).ids),
    effective_returns: effective,
    ineligible,
  };
  const empty = { ...shared, ...noChoice, regrets: shared.v_star };
  if (hasConflicts) return { ...empty, status: 'infeasible', reason: stakes.conflicts.join(' ') };
  const { choice, complete } = divisibleChoice(stakes, benchmarks, maxNodes);
  if (choice === null) return { ...empty, ...nothingFound(problem, stakes, complete, maxNodes) };
  const row = report(choice.x);
  const others = choice.others.map(report);
  const regrets = regretsOf(stakes, benchmarks.vStar, choice.x);
  const binding = regrets.reduce(largerFraction);
  const independent = divisibleIndependentRegret(stakes, benchmarks, choice.x, maxNodes);
  const idsKey = ({ ids }: Portfolio) => ids.join('\n');
  return {
    ...shared,
    status: choice.proved && benchmarks.doubt.numerator === 0n ? 'optimal' : 'node_limit',
    reason: reasonOf(stakes, row, choice, benchmarks),
    selected_initiatives: row.ids,
    ...(row.shares === undefined ? {} : { shares: row.shares }),
    total_cost: row.cost,
    objective_value: row.objective_value,
    total_actual_returns: row.returns,
    regrets: row.regrets,
    binding_states: states.filter((_, j) => sameFraction(regrets[j] as Fraction, binding)),
    ties: distinct([row, ...others], idsKey)
      .slice(1)
      .map(({ ids }) => ids),
    ties_capped: others.length > 0 || !choice.isCanonical,
    proof: proofOf(stakes, benchmarks, choice),
    portfolios: distinct([row, ...others, ...benchmarks.shares.map(report)], (portfolio) =>
      JSON.stringify([portfolio.ids, portfolio.shares ?? null]),
    ),
    attainable_worst_return: null,
    independent_regret:
      independent === null ? null : { value: fractionToNumber(independent.value), best_reply: report(independent.reply).ids },
  };
}

/** Rows of the payoff and regret tables from shares. */
export function portfolioOf(stakes: DivisibleStakes, { vStar }: DivisibleBenchmarks): (x: Shares) => Portfolio {
  const { ids, positions, costs, returns, worst, worth } = stakes;
  return (x) => {
    const chosen = [...ids.keys()].filter((i) => isChosen(x, i)).sort((a, b) => (positions[a] as number) - (positions[b] as number));
    const regrets = regretsOf(stakes, vStar, x);
    const maxRegret = fractionToNumber(regrets.reduce(largerFraction, zeroFraction));
    const shares = reportedShares(stakes, x);
    const isWhole = x.every(({ denominator }) => denominator === 1n);
    return {
      ids: chosen.map((i) => ids[i] as string),
      cost: fractionToNumber(dotFractions(costs, x)),
      returns: perState((j) => fractionToNumber(dotFractions(returns[j] as Shares, x))),
      regrets: perState((j) => fractionToNumber(regrets[j] as Fraction)),
      max_regret: maxRegret,
      objective_value: worth === null ? maxRegret : fractionToNumber(dotFractions(worth, x)),
      worst_return: fractionToNumber(dotFractions(worst, x)),
      ...(isWhole ? {} : { shares: Object.fromEntries(chosen.map((i) => [ids[i] as string, shares[i] as number])) }),
    };
  };
}

function regretsOf({ returns }: DivisibleStakes, vStar: Shares, x: Shares): readonly Fraction[] {
  return returns.map((row, j) => minus(vStar[j] as Fraction, dotFractions(row, x)));
}

/** The nearest doubles; where these, as decimals, would cost more than budget or caps allow, doubles just below. */
function reportedShares({ withoutFloor }: DivisibleStakes, x: Shares): readonly number[] {
  const nearest = x.map(fractionToNumber);
  const asRead = nearest.map(fractionOf);
  const fits = withoutFloor.rows.every(({ row, bound }) => compareFractions(dotFractions(row, asRead), bound) <= 0);
  if (fits) return nearest;
  return nearest.map((share, i) => (compareFractions(asRead[i] as Fraction, x[i] as Fraction) > 0 ? share * (1 - Number.EPSILON) : share));
}

/** Nothing was found that meets floor and side constraints; funding nothing is then not a choice either. */
function nothingFound(problem: AllocationProblem, { withoutFloor, worst }: DivisibleStakes, isProved: boolean, maxNodes: number) {
  const floor = `the floor of ${problem.min_portfolio_worst_return ?? 0} on worst returns`;
  if (!isProved)
    return {
      status: 'node_limit' as const,
      reason: `The search stopped at its node limit before it found anything that reaches ${floor}.`,
    };
  const { answer } = divisibleSearch({ ...withoutFloor, goals: [making(worst)] }, { nodes: { left: maxNodes } });
  if (answer === null) return { status: 'infeasible' as const, reason: 'Nothing within the budget respects all side constraints.' };
  const attainable = fractionToNumber(negative(answer.value));
  return {
    status: 'infeasible' as const,
    reason: `Nothing affordable that the side constraints allow reaches ${floor}; the largest that one can have is ${attainable}.`,
    attainable_worst_return: attainable,
  };
}

function reasonOf(stakes: DivisibleStakes, row: Portfolio, choice: DivisibleChoice, benchmarks: DivisibleBenchmarks): string | null {
  if (!choice.proved || benchmarks.doubt.numerator > 0n)
    return 'The search stopped at its node limit: the proof gives the bound and the gap.';
  if (!choice.isCanonical) return 'The objective is proved best, but the search stopped before it had compared all that share it.';
  if (row.ids.length > 0) return null;
  if (stakes.ids.length === 0) return 'No initiative reaches the confidence threshold at a cost within the budget.';
  if (stakes.worth !== null) return 'Funding nothing does best by this rule: nothing else it may choose is worth more.';
  if (row.max_regret === 0) return 'Funding nothing has no regret: nothing that may be chosen returns more than nothing in any state.';
  return 'Funding nothing has the smallest regret: what could be lost outweighs what could be gained.';
}

function proofOf({ worth }: DivisibleStakes, { doubt }: DivisibleBenchmarks, { value, bound }: DivisibleChoice): Proof {
  const gap = minus(value, bound);
  return {
    method: 'linear_relaxation',
    portfolios_enumerated: null,
    bound: fractionToNumber(worth === null ? bound : negative(bound)),
    gap: fractionToNumber(worth === null ? plus(gap, doubt) : gap),
    solver: null,
  };
}

function isChosen(x: Shares, i: number): boolean {
  return (x[i] as Fraction).numerator > 0n;
}

function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
