import type { AllocationProblem } from '../decision-rule.ts';
import type { ExactCosts } from '../exact/exact-costs.ts';
import { rowConstraints, type RowLimit } from '../side-constraints.ts';
import { idsOf, stakesOf, type Stakes } from '../stakes.ts';

/**
 * Every portfolio of up to 20 rows, one entry each: bit i of its number, the mask, says whether row i of the stakes is in it. All
 * figures are whole numbers, as in the stakes.
 */
export type Survey = {
  readonly stakes: Stakes;
  readonly count: number;
  readonly cost: Float64Array;
  /** Sum of effective returns, a column for each state. */
  readonly returns: readonly Float64Array[];
  /** 0 beyond the budget, 1 affordable, 2 affordable and allowed by the floor and the side constraints. */
  readonly standing: Uint8Array;
  /** The least standing that a portfolio which may set a benchmark V* has. */
  readonly open: number;
};

export const affordable = 1;
export const allowed = 2;

/** More rows than this are not surveyed. */
export const mostSurveyed = 20;

/** null where there are too many rows, or shares of an initiative can be funded. */
export function surveyOf(problem: AllocationProblem): Survey | null {
  const stakes = stakesOf(problem);
  if (stakes.ids.length > mostSurveyed || hasDivisible(problem, stakes)) return null;
  const cost = subsetSums(stakes.costs.values);
  const standing = affordability(stakes.costs, cost);
  forbidConstrained(problem, stakes, standing);
  if (stakes.floor !== null) forbidBelow(subsetSums(stakes.worst), stakes.floor, standing);
  const open = problem.benchmark === 'same-feasible-set' ? allowed : affordable;
  return { stakes, count: cost.length, cost, returns: stakes.returns.map(subsetSums), standing, open };
}

export function hasDivisible(problem: AllocationProblem, stakes: Stakes): boolean {
  const inPlay = new Set(stakes.ids);
  return problem.candidates.some((candidate) => candidate.divisible === true && inPlay.has(candidate.id));
}

/** The sum over every subset of the entries, by mask. */
export function subsetSums(column: Float64Array): Float64Array {
  const sums = new Float64Array(1 << column.length);
  for (let i = 0; i < column.length; i += 1) {
    const [size, value] = [1 << i, column[i] as number];
    for (let mask = 0; mask < size; mask += 1) sums[size + mask] = (sums[mask] as number) + value;
  }
  return sums;
}

/** The first of two portfolios of equal merit: the cheaper one, then the one whose ids come first. Negative where it is `a`. */
export function compareMasks({ stakes: { costs }, cost }: Pick<Survey, 'stakes' | 'cost'>, a: number, b: number): number {
  const dearer = costs.compare(cost[a] as number, chosenIn(a), cost[b] as number, chosenIn(b));
  return dearer !== 0 ? dearer : compareIds(a, b);
}

/** Rows are in the order of their ids; a list that the other one continues comes first. */
export function compareIds(a: number, b: number): number {
  const differs = a ^ b;
  if (differs === 0) return 0;
  const lowest = differs & -differs;
  const [other, sign] = (a & lowest) !== 0 ? [b, 1] : [a, -1];
  const otherGoesOn = (other & -(lowest << 1)) !== 0;
  return otherGoesOn ? -sign : sign;
}

export function chosenIn(mask: number): (i: number) => boolean {
  return (i) => ((mask >> i) & 1) === 1;
}

/** In the order in which the candidates were given. */
export function idsIn({ stakes }: Pick<Survey, 'stakes'>, mask: number): readonly string[] {
  return idsOf(stakes, chosenIn(mask));
}

function affordability(costs: ExactCosts, cost: Float64Array): Uint8Array {
  const standing = new Uint8Array(cost.length);
  const sure = costs.budget - costs.slack;
  for (let mask = 0; mask < cost.length; mask += 1) {
    const sum = cost[mask] as number;
    if (sum <= sure || (sum <= costs.budget && costs.fits(sum, chosenIn(mask)))) standing[mask] = allowed;
  }
  return standing;
}

function forbidConstrained(problem: AllocationProblem, { ids }: Stakes, standing: Uint8Array): void {
  const constraints = rowConstraints(problem, ids);
  if (constraints === null) return;
  const { forced, barred, limits, conflicts } = constraints;
  const [must, mayNot] = [maskOf(forced), maskOf(barred)];
  for (let mask = 0; mask < standing.length; mask += 1) {
    if (standing[mask] === allowed && (conflicts.length > 0 || (mask & must) !== must || (mask & mayNot) !== 0)) standing[mask] = affordable;
  }
  if (conflicts.length === 0) for (const limit of limits) forbidBeyond(limit, ids.length, standing);
}

function forbidBeyond({ values, most, slack, keeps }: RowLimit, n: number, standing: Uint8Array): void {
  const sums = subsetSums(values);
  for (let mask = 0; mask < standing.length; mask += 1) {
    const sum = sums[mask] as number;
    if (standing[mask] !== allowed || sum <= most - slack) continue;
    if (sum > most || !keeps(sum, rowsOf(mask, n))) standing[mask] = affordable;
  }
}

function forbidBelow(sums: Float64Array, floor: number, standing: Uint8Array): void {
  for (let mask = 0; mask < standing.length; mask += 1) {
    if (standing[mask] === allowed && (sums[mask] as number) < floor) standing[mask] = affordable;
  }
}

function rowsOf(mask: number, n: number): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) => (mask >> i) & 1);
}

function maskOf(rows: Uint8Array): number {
  return rows.reduce((mask, value, i) => mask | (value << i), 0);
}
