import type { Allocation, AllocationProblem } from '../../core/allocate/decision-rule.ts';
import { states } from '../../core/contracts/shared-types.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { listed } from '../shared/words.ts';
import { attains, breachesBy, keyOf } from './portfolio-rows.ts';
import { stateWords } from './state-words.ts';

/** The states whose V* a portfolio attains, and why it may not be chosen itself where that is so. */
export type Attained = { readonly states: string; readonly name: string; readonly note: string };

export function attainedBy(allocation: Allocation, problem: AllocationProblem | null): Attained[] {
  const breaches = breachesBy(problem);
  const groups = new Map<string, Attained & { readonly all: readonly string[] }>();
  for (const state of states) {
    const ids = allocation.v_star_portfolios[state];
    const row = allocation.portfolios.find((portfolio) => keyOf(portfolio.ids) === keyOf(ids) && attains(allocation, portfolio, state));
    const name = portfolioName(ids, row?.shares);
    const all = [...(groups.get(name)?.all ?? []), stateWords[state]];
    const why = breaches({ ids, worst_return: row?.worst_return ?? worstOf(problem, ids) });
    groups.set(name, { states: listed(all), name, note: why.length === 0 ? '' : `${listed(why)}, so only a benchmark`, all });
  }
  return [...groups.values()].map(({ states: which, name, note }) => ({ states: which, name, note }));
}

/** What the benchmark may choose from, for the line under a table's title. */
export function benchmarkWords(problem: AllocationProblem | null): string {
  return problem?.benchmark === 'same-feasible-set' ? 'had you known, under the same floor and constraints' : 'had you known';
}

function worstOf(problem: AllocationProblem | null, ids: readonly string[]): number {
  return (problem?.candidates ?? []).filter(({ id }) => ids.includes(id)).reduce((sum, { R_worst }) => sum + R_worst, 0);
}
