import { states, type PerState } from '../contracts/shared-types.ts';
import type { AllocationProblem, Candidate, Portfolio } from './decision-rule.ts';
import { asNumbers, effectiveReturns } from './effective-returns.ts';
import { exactColumns } from './exact/exact-columns.ts';
import { exactCosts, type Chosen, type ExactCosts } from './exact/exact-costs.ts';
import { decimal, toNumber, unitsOf, type Decimal } from './exact/exact-decimal.ts';
import { confidencePenalty } from './penalties/index.ts';

/**
 * What is to be decided, in whole numbers: the eligible initiatives that the budget could pay for, in order of their ids,
 * so that the answer does not depend on the order in which they were given.
 */
export type Stakes = {
  readonly ids: readonly string[];
  readonly costs: ExactCosts;
  /** Effective returns in units of 10^returnExponent, one column per state in the order of `states`. */
  readonly returns: readonly Float64Array[];
  readonly returnExponent: number;
  /** Raw R_worst in units of 10^worstExponent, and the least sum the floor allows (null: no floor that binds). */
  readonly worst: Float64Array;
  readonly worstExponent: number;
  readonly floor: number | null;
  readonly eligible: number;
  readonly effective: Readonly<Record<string, PerState<number>>>;
  readonly ineligible: readonly { readonly id: string; readonly reason: string }[];
  /** Position in the list of candidates, which is the order portfolios are written in. */
  readonly positions: readonly number[];
};

/** `named` initiatives are rows too, eligible and affordable or not. */
export function stakesOf(problem: AllocationProblem, named: ReadonlySet<string> = new Set()): Stakes {
  const { candidates, budget, min_confidence_threshold: threshold } = problem;
  const eligible = candidates.filter((candidate) => candidate.confidence >= threshold);
  const isInPlay = ({ id, confidence, cost }: Candidate) => named.has(id) || (confidence >= threshold && cost <= budget);
  const inPlay = candidates.filter(isInPlay).sort((a, b) => (a.id < b.id ? -1 : 1));
  const gamma = confidencePenalty(problem.penalty);
  const effective = new Map([...eligible, ...inPlay].map((candidate) => [candidate.id, effectiveReturns(candidate, gamma)]));
  const rows = inPlay.map(({ id }) => {
    const returns = effective.get(id);
    return returns === undefined ? [] : states.map((state) => returns[state]);
  });
  const returns = exactColumns(rows, states.length);
  const worst = exactColumns(
    inPlay.map(({ R_worst }) => [decimal(R_worst)]),
    1,
  );
  const positionOf = new Map(candidates.map(({ id }, position) => [id, position]));
  return {
    ids: inPlay.map(({ id }) => id),
    costs: exactCosts(
      inPlay.map(({ cost }) => cost),
      budget,
    ),
    returns: returns.columns,
    returnExponent: returns.exponent,
    worst: worst.columns[0] ?? new Float64Array(0),
    worstExponent: worst.exponent,
    floor: floorInUnits(problem.min_portfolio_worst_return, worst),
    eligible: eligible.length,
    effective: Object.fromEntries(eligible.map(({ id }) => [id, asNumbers(effective.get(id) as PerState<Decimal>)])),
    ineligible: candidates
      .filter((candidate) => candidate.confidence < threshold)
      .map(({ id, confidence }) => ({ id, reason: `confidence ${confidence} is below the threshold of ${threshold}` })),
    positions: inPlay.map(({ id }) => positionOf.get(id) ?? 0),
  };
}

/** Sum of a column over the chosen rows. */
export function sumOver(column: Float64Array, chosen: Chosen): number {
  let sum = 0;
  for (let i = 0; i < column.length; i += 1) if (chosen(i)) sum += column[i] ?? 0;
  return sum;
}

/** Ids of the chosen rows, in the order in which the candidates were given. */
export function idsOf(stakes: Stakes, chosen: Chosen): string[] {
  const rows = stakes.positions.map((position, i) => ({ position, i })).filter(({ i }) => chosen(i));
  return rows.sort((a, b) => a.position - b.position).map(({ i }) => stakes.ids[i] ?? '');
}

export function perState<T>(value: (j: number) => T): PerState<T> {
  return { best: value(0), med: value(1), worst: value(2) };
}

/** A portfolio's row in the payoff and regret tables; `vStar` in units, by state. */
export function portfolioRow(stakes: Stakes, vStar: readonly number[], chosen: Chosen): Portfolio {
  const sums = stakes.returns.map((column) => sumOver(column, chosen));
  const regrets = sums.map((sum, j) => (vStar[j] ?? 0) - sum);
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  return {
    ids: idsOf(stakes, chosen),
    cost: stakes.costs.total(chosen),
    returns: perState((j) => money(sums[j] ?? 0)),
    regrets: perState((j) => money(regrets[j] ?? 0)),
    max_regret: money(Math.max(0, ...regrets)),
    objective_value: money(Math.max(0, ...regrets)),
    worst_return: toNumber(sumOver(stakes.worst, chosen), stakes.worstExponent),
  };
}

/** Exact sums must reach the floor exactly; rounded sums must reach the floor rounded alike. */
function floorInUnits(
  floor: number | null,
  worst: { readonly columns: readonly Float64Array[]; readonly exponent: number; readonly exact: boolean },
): number | null {
  if (floor === null) return null;
  const units = unitsOf(decimal(floor), worst.exponent, worst.exact ? 'up' : 'nearest');
  const column = worst.columns[0] ?? new Float64Array(0);
  const highest = column.reduce((sum, value) => sum + Math.max(0, value), 0);
  const lowest = column.reduce((sum, value) => sum + Math.min(0, value), 0);
  if (units <= BigInt(lowest)) return null;
  return units > BigInt(highest) ? highest + 1 : Number(units);
}
