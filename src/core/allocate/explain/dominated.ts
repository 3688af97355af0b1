import { states } from '../../contracts/shared-types.ts';
import type { AllocationProblem, Portfolio } from '../decision-rule.ts';
import { effectiveReturns } from '../effective-returns.ts';
import { subtract, type Decimal } from '../exact/exact-decimal.ts';
import { confidencePenalty } from '../penalties/index.ts';
import type { DominatedInitiative, DominatedPortfolio } from './explanations.ts';

/**
 * The eligible initiatives that another one beats: it costs no more, its effective returns are no lower in any state, and it is
 * cheaper or returns more in one. With the sum of the portfolio as all that counts, no rule needs to fund the beaten one before the other.
 */
export function dominatedInitiatives(problem: AllocationProblem): readonly DominatedInitiative[] {
  const gamma = confidencePenalty(problem.penalty);
  const eligible = problem.candidates
    .filter(({ confidence }) => confidence >= problem.min_confidence_threshold)
    .map((candidate) => ({ ...candidate, effective: effectiveReturns(candidate, gamma) }));
  type Entry = (typeof eligible)[number];
  const beats = (a: Entry, b: Entry) => {
    const gains = states.map((state) => sign(subtract(a.effective[state], b.effective[state])));
    return a.cost <= b.cost && gains.every((gain) => gain >= 0) && (a.cost < b.cost || gains.some((gain) => gain > 0));
  };
  return eligible.flatMap((entry) => {
    const by = eligible.filter((other) => beats(other, entry)).map(({ id }) => id);
    return by.length === 0 ? [] : [{ id: entry.id, by }];
  });
}

/** The rows of a payoff table that another row beats: no lower in any state and higher in one. Costs are left out of it. */
export function dominatedPortfolios(portfolios: readonly Portfolio[]): readonly DominatedPortfolio[] {
  const beats = (a: Portfolio, b: Portfolio) =>
    states.every((state) => a.returns[state] >= b.returns[state]) && states.some((state) => a.returns[state] > b.returns[state]);
  return portfolios.flatMap((portfolio, index) => {
    const by = portfolios.flatMap((other, position) => (beats(other, portfolio) ? [position] : []));
    return by.length === 0 ? [] : [{ index, by }];
  });
}

function sign({ digits }: Decimal): number {
  return digits > 0n ? 1 : digits < 0n ? -1 : 0;
}
