import { states } from '../../contracts/shared-types.ts';
import {
  fraction,
  fractionOf,
  fractionOfDecimal,
  negative,
  oneFraction,
  over,
  times,
  zeroFraction,
  type Fraction,
} from '../../numeric/exact-fraction.ts';
import type { Aim } from '../aim.ts';
import type { AllocationProblem, Candidate } from '../decision-rule.ts';
import type { CountRow, DivisibleProgram, ResourceRow } from './divisible-program.ts';
import { effectiveReturns } from '../effective-returns.ts';
import { exactColumns, type ExactColumns } from '../exact/exact-columns.ts';
import { decimal, unitsOf, type Decimal } from '../exact/exact-decimal.ts';
import { confidencePenalty } from '../penalties/index.ts';
import { rowConstraints, sideConstraintsOf } from '../side-constraints.ts';

/**
 * What is to be decided where shares may be funded, in fractions: the eligible initiatives of which the budget could pay for any
 * part, in order of their ids. Returns are rounded as those of whole initiatives are, so that both give the same answer on the same
 * problem.
 */
export type DivisibleStakes = {
  readonly ids: readonly string[];
  readonly isDivisible: readonly boolean[];
  readonly costs: readonly Fraction[];
  readonly budget: Fraction;
  /** Effective returns in money, one list per state. */
  readonly returns: readonly (readonly Fraction[])[];
  /** Raw R_worst. */
  readonly worst: readonly Fraction[];
  /** What each is worth to the rule; null where regret is the aim. */
  readonly worth: readonly Fraction[] | null;
  /** All but the goals: what budget, floor and side constraints leave, and what the budget alone does. */
  readonly allowed: Omit<DivisibleProgram, 'goals'>;
  readonly affordable: Omit<DivisibleProgram, 'goals'>;
  /** `allowed` without the floor. */
  readonly withoutFloor: Omit<DivisibleProgram, 'goals'>;
  /** Why no portfolio respects the side constraints, in plain sentences. */
  readonly conflicts: readonly string[];
  /** Position in the list of candidates, which is the order portfolios are written in. */
  readonly positions: readonly number[];
};

export function divisibleStakes(problem: AllocationProblem, aim: Aim): DivisibleStakes {
  const { candidates, budget, min_confidence_threshold: threshold, min_portfolio_worst_return: floor } = problem;
  const rows = candidates
    .filter(({ confidence, cost, divisible }) => confidence >= threshold && (divisible === true || cost <= budget))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const gamma = confidencePenalty(problem.penalty);
  const effective = rows.map((row) => effectiveReturns(row, gamma));
  const inStates = exactColumns(
    effective.map((returns) => states.map((state) => returns[state])),
    states.length,
  );
  const raw = exactColumns(
    rows.map(({ R_worst }) => [decimal(R_worst)]),
    1,
  );
  const worst = fractionsOf(raw, 0);
  const costs = rows.map(({ cost }) => fractionOf(cost));
  const spending: ResourceRow = { row: costs, bound: fractionOf(budget) };
  const reaching: readonly ResourceRow[] = floor === null ? [] : [{ row: worst.map(negative), bound: negative(floorOf(floor, raw)) }];
  const isDivisible = rows.map(({ divisible }) => divisible === true);
  const shape = { isDivisible, lower: rows.map(() => zeroFraction), upper: rows.map(() => oneFraction), counts: [] };
  const sides = sidesOf(problem, rows);
  const withoutFloor = { ...shape, ...sides, rows: [spending, ...sides.rows] };
  const positionOf = new Map(candidates.map(({ id }, position) => [id, position]));
  return {
    ids: rows.map(({ id }) => id),
    isDivisible,
    costs,
    budget: fractionOf(budget),
    returns: states.map((_, j) => fractionsOf(inStates, j)),
    worst,
    worth: aim.kind === 'regret' ? null : worthOf(aim, inStates, rows.length),
    allowed: { ...withoutFloor, rows: [...withoutFloor.rows, ...reaching] },
    affordable: { ...shape, rows: [spending] },
    withoutFloor,
    conflicts: conflictsOf(problem, rows),
    positions: rows.map(({ id }) => positionOf.get(id) ?? 0),
  };
}

function fractionsOf({ columns, exponent }: ExactColumns, j: number): readonly Fraction[] {
  return Array.from(columns[j] ?? [], (units) => fractionOfDecimal({ digits: BigInt(units), exponent }));
}

/** Exact against exact sums; against rounded ones rounded alike, so that a portfolio that just reaches the floor still does. */
function floorOf(floor: number, { exact, exponent }: ExactColumns): Fraction {
  return exact ? fractionOf(floor) : fractionOfDecimal({ digits: unitsOf(decimal(floor), exponent, 'nearest'), exponent });
}

function worthOf(aim: Extract<Aim, { readonly kind: 'return' }>, { columns, exponent }: ExactColumns, n: number): readonly Fraction[] {
  const inMoney = (j: number, i: number): Decimal => ({ digits: BigInt(columns[j]?.[i] ?? 0), exponent });
  const worths = Array.from({ length: n }, (_, i) => [aim.worth({ best: inMoney(0, i), med: inMoney(1, i), worst: inMoney(2, i) })]);
  return fractionsOf(exactColumns(worths, 1), 0).map((worth) => over(worth, fraction(BigInt(aim.divisor ?? 1))));
}

/** The side constraints as bounds of shares, rows and counts. */
function sidesOf(problem: AllocationProblem, rows: readonly Candidate[]): Pick<DivisibleProgram, 'lower' | 'upper' | 'rows' | 'counts'> {
  const { required, excluded, exclusive, prerequisites, at_most, category_caps } = sideConstraintsOf(problem);
  const rowOf = new Map(rows.map(({ id }, i) => [id, i]));
  const needy = prerequisites.filter(({ id, requires }) => rowOf.has(id) && id !== requires);
  const lacking = new Set(needy.filter(({ requires }) => !rowOf.has(requires)).map(({ id }) => id));
  const counted = (weight: (row: Candidate) => number, most: number): CountRow => ({ values: rows.map(weight), most });
  const inCategory = (category: string) => (row: Candidate) => (row.category === category ? 1 : 0);
  const counts = [
    ...exclusive.map((group) => counted(({ id }) => (group.includes(id) ? 1 : 0), 1)),
    ...needy
      .filter(({ id }) => !lacking.has(id))
      .map(({ id, requires }) => counted((row) => (row.id === id ? 1 : row.id === requires ? -1 : 0), 0)),
    ...(at_most === null ? [] : [counted(() => 1, at_most)]),
    ...category_caps.flatMap(({ category, max_initiatives: most }) => (most === null ? [] : [counted(inCategory(category), most)])),
  ];
  return {
    lower: rows.map(({ id }) => (required.includes(id) ? oneFraction : zeroFraction)),
    upper: rows.map(({ id }) => (excluded.includes(id) || lacking.has(id) ? zeroFraction : oneFraction)),
    counts: counts.filter(({ values, most }) => values.reduce((sum, value) => sum + Math.max(0, value), 0) > most),
    rows: category_caps.flatMap(({ category, max_cost: most }) => {
      if (most === null) return [];
      const row = rows.map((candidate) => times(fractionOf(candidate.cost), fraction(BigInt(inCategory(category)(candidate)))));
      return [{ row, bound: fractionOf(most) }];
    }),
  };
}

/** What another one needs is not forced whole where it is divisible, so such needs do not count here. */
function conflictsOf(problem: AllocationProblem, rows: readonly Candidate[]): readonly string[] {
  const sides = sideConstraintsOf(problem);
  const whole = sides.prerequisites.filter(({ requires }) => rows.find(({ id }) => id === requires)?.divisible !== true);
  const ids = rows.map(({ id }) => id);
  return rowConstraints({ ...problem, constraints: { ...sides, prerequisites: whole } }, ids)?.conflicts ?? [];
}
