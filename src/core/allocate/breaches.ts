import type { AllocationProblem } from './decision-rule.ts';
import { add, decimal, multiply, subtract, toNumber, zero, type Decimal } from './exact/exact-decimal.ts';
import { inWords, sideConstraintsOf } from './side-constraints.ts';

export type Ticked = {
  readonly chosen: ReadonlySet<string>;
  readonly share: (id: string) => number;
  readonly cost: Decimal;
  /** Sum of raw R_worst. */
  readonly worst: Decimal;
};

/** What of a problem a portfolio breaks, each in a plain sentence with its amounts. */
export function breachesOf(problem: AllocationProblem, ticked: Ticked): string[] {
  const { budget, min_portfolio_worst_return: floor } = problem;
  const { cost, worst } = ticked;
  // Shares are doubles: a third of a cost and two thirds of it may add up to a hair more than it.
  const isPartial = [...ticked.chosen].some((id) => ticked.share(id) < 1);
  const excess = (amount: Decimal, limit: number) => {
    const over = subtract(amount, decimal(limit));
    const allowed = isPartial ? multiply(decimal(Math.abs(limit)), tolerance) : zero;
    return subtract(over, allowed).digits > 0n ? money(over) : null;
  };
  const overBudget = excess(cost, budget);
  const belowFloor = floor === null ? null : excess({ digits: -worst.digits, exponent: worst.exponent }, -floor);
  return [
    ...ineligible(problem, ticked),
    ...(overBudget === null ? [] : [`It costs ${money(cost)}, which is ${overBudget} over the budget of ${budget}.`]),
    ...(belowFloor === null ? [] : [`Its worst returns add up to ${money(worst)}, which is ${belowFloor} below the floor of ${floor ?? 0}.`]),
    ...indivisible(problem, ticked),
    ...aboutSingles(problem, ticked),
    ...aboutNumbers(problem, ticked, excess),
  ];
}

const tolerance: Decimal = { digits: 1n, exponent: -12 };

function ineligible({ candidates, min_confidence_threshold: threshold }: AllocationProblem, { chosen }: Ticked): string[] {
  return candidates
    .filter(({ id, confidence }) => chosen.has(id) && confidence < threshold)
    .map(({ id, confidence }) => `${id} is not eligible: its confidence of ${confidence} is below the threshold of ${threshold}.`);
}

function indivisible({ candidates }: AllocationProblem, { chosen, share }: Ticked): string[] {
  return candidates
    .filter(({ id, divisible }) => chosen.has(id) && share(id) < 1 && divisible !== true)
    .map(({ id }) => `${id} can be funded only whole, not to a share of ${share(id)}.`);
}

function aboutSingles(problem: AllocationProblem, { chosen, share }: Ticked): string[] {
  const { required, excluded, exclusive, prerequisites } = sideConstraintsOf(problem);
  const distinct = (ids: readonly string[]) => [...new Set(ids)];
  return [
    ...distinct(required).flatMap((id) => {
      if (!chosen.has(id)) return [`${id} is required, but not in it.`];
      return share(id) < 1 ? [`${id} is required whole, but funded to a share of ${share(id)}.`] : [];
    }),
    ...distinct(excluded).filter((id) => chosen.has(id)).map((id) => `${id} is excluded.`),
    ...exclusive
      .map((group) => distinct(group).filter((id) => chosen.has(id)))
      .filter((group) => group.length > 1)
      .map((group) => `${inWords(group)} exclude each other: only one of them may be funded.`),
    ...prerequisites.filter(({ id, requires }) => chosen.has(id) && !chosen.has(requires)).map(({ id, requires }) => `${id} needs ${requires}, which is not in it.`),
  ];
}

function aboutNumbers(problem: AllocationProblem, { chosen, share }: Ticked, excess: (amount: Decimal, limit: number) => number | null): string[] {
  const { at_most: atMost, category_caps: caps } = sideConstraintsOf(problem);
  const tooMany = (count: number, most: number | null, where: string) =>
    most !== null && count > most ? [`${where} ${count} ${count === 1 ? 'initiative' : 'initiatives'}, ${count - most} more than the ${most} that may be funded.`] : [];
  return [
    ...tooMany(chosen.size, atMost, 'It holds'),
    ...caps.flatMap(({ category, max_initiatives, max_cost }) => {
      const inside = problem.candidates.filter((candidate) => candidate.category === category && chosen.has(candidate.id));
      const spent = inside.reduce((sum, { id, cost }) => add(sum, multiply(decimal(cost), decimal(share(id)))), zero);
      const over = max_cost === null ? null : excess(spent, max_cost);
      return [
        ...tooMany(inside.length, max_initiatives, `In the category ${category} it holds`),
        ...(over === null ? [] : [`In the category ${category} it costs ${money(spent)}, which is ${over} over the cap of ${max_cost ?? 0}.`]),
      ];
    }),
  ];
}

function money({ digits, exponent }: Decimal): number {
  return toNumber(digits, exponent);
}
