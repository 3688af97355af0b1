import type { Allocation } from '../../src/core/allocate/decision-rule.ts';
import { states } from '../../src/core/contracts/shared-types.ts';
import type { NaiveAnswer } from './naive-allocation.ts';

const tiesListed = 200;
const mostEnumerated = 20;

/** What the two say differently, one line each; empty where they agree in everything. Both must be of problems in cents. */
export function disagreements(found: Allocation, expected: NaiveAnswer): readonly string[] {
  const lines: string[] = [];
  const compare = (what: string, ours: unknown, theirs: unknown) => {
    const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
    if (one !== other) lines.push(`${what}: expected ${other}, got ${one}`);
  };
  const money = (units: number, exponent: number) => Number(`${units}e${exponent - 2}`);
  const returns = (units: number) => money(units, -6);
  const sorted = (list: readonly string[]) => [...list].sort();
  states.forEach((state, j) => {
    compare(`V* ${state}`, found.v_star[state], returns(expected.vStar[j] as number));
    // Among so many rows the search for V* keeps the first portfolio that attains it, not the first by cost and ids.
    if (Object.keys(found.effective_returns).length > mostEnumerated) {
      compare(`return of the V* portfolio ${state}`, expected.returnsOf(found.v_star_portfolios[state])?.[j], expected.vStar[j]);
    } else compare(`V* portfolio ${state}`, sorted(found.v_star_portfolios[state]), expected.vStarPortfolios[j]);
  });
  if (!expected.isFeasible) {
    compare('status', found.status, 'infeasible');
    compare('selection', found.selected_initiatives, []);
    compare('objective', found.objective_value, null);
    compare('attainable worst return', found.attainable_worst_return, expected.attainableWorst === null ? null : money(expected.attainableWorst, 0));
    return lines;
  }
  compare('status', found.status, found.rule === 'greedy_roi' ? 'heuristic' : 'optimal');
  states.forEach((state, j) => {
    compare(`regret ${state}`, found.regrets[state], returns(expected.regrets[j] as number));
  });
  compare('objective', found.objective_value, money(expected.objective, expected.objectiveExponent));
  compare('choice and ties', [found.selected_initiatives, ...found.ties].map(sorted), expected.optimal.slice(0, tiesListed + 1));
  compare('ties capped', found.ties_capped, expected.optimal.length > tiesListed + 1);
  compare('independent regret', found.independent_regret?.value, returns(expected.independentRegret));
  if (found.rule !== 'greedy_roi') compare('gap', found.proof?.gap, 0);
  return lines;
}
