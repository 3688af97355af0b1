import type { Allocation, AllocationProblem } from '../../core/allocate/decision-rule.ts';
import { states, type State } from '../../core/contracts/shared-types.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { listed } from '../shared/words.ts';
import { attains, breachesBy, keyOf } from './portfolio-rows.ts';
import { stateWords } from './state-words.ts';

/** States that share the portfolios which attain their V*, and why those may not be chosen where that is so. */
export type Attained = { readonly states: string; readonly portfolios: readonly { readonly name: string; readonly note: string }[] };

/** Who attains the V* of each column: the portfolio the answer names, then the others listed. */
export function attainedBy(allocation: Allocation, problem: AllocationProblem | null): Attained[] {
  const groups = new Map<string, { states: State[]; portfolios: Attained['portfolios'] }>();
  for (const state of states) {
    const portfolios = attaining(allocation, problem, state);
    const key = portfolios.map(({ name }) => name).join('|');
    groups.set(key, { states: [...(groups.get(key)?.states ?? []), state], portfolios });
  }
  return [...groups.values()].map(({ states: which, portfolios }) => ({
    states: listed(which.map((state) => stateWords[state])),
    portfolios,
  }));
}

function attaining(allocation: Allocation, problem: AllocationProblem | null, state: State): Attained['portfolios'] {
  const breaches = breachesBy(problem);
  const ids = allocation.v_star_portfolios[state];
  const listedRows = allocation.portfolios.filter((portfolio) => attains(allocation, portfolio, state));
  const named = listedRows.find((portfolio) => keyOf(portfolio.ids) === keyOf(ids)) ?? { ids, worst_return: worstOf(problem, ids) };
  return [named, ...listedRows.filter((portfolio) => portfolio !== named)].slice(0, portfoliosNamed).map((portfolio) => {
    const why = breaches(portfolio);
    const shares = 'shares' in portfolio ? portfolio.shares : undefined;
    return { name: portfolioName(portfolio.ids, shares), note: why.length === 0 ? '' : `${listed(why)}, so only a benchmark` };
  });
}

const portfoliosNamed = 3;

/** What the benchmark may choose from, for the line under a table's title. */
export function benchmarkWords(problem: AllocationProblem | null): string {
  return problem?.benchmark === 'same-feasible-set' ? 'had you known, under the same floor and constraints' : 'had you known';
}

function worstOf(problem: AllocationProblem | null, ids: readonly string[]): number {
  return (problem?.candidates ?? []).filter(({ id }) => ids.includes(id)).reduce((sum, { R_worst }) => sum + R_worst, 0);
}
