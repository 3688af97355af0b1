import type { Objective } from './objective.ts';
import type { Portfolio } from './decision-rule.ts';
import type { FiniteAnswer } from './search/finite-state-answer.ts';
import { portfolioRow, type Stakes } from './stakes.ts';

/** Rows for the payoff and regret tables: the choice and its ties, the portfolios that attain V*, and the next best. */
export function portfolioTable(stakes: Stakes, objective: Objective, answer: FiniteAnswer, length: number): Portfolio[] {
  const { ranked, vStar, vStarPortfolios } = answer;
  const optimum = ranked[0]?.objective;
  const tied = ranked.filter((row) => row.objective === optimum).slice(0, length - vStarPortfolios.length);
  const others = ranked.filter((row) => row.objective !== optimum);
  const all = [...tied.map(({ x }) => x), ...vStarPortfolios, ...others.map(({ x }) => x)];
  const distinct = new Map(all.map((x) => [x.join(''), x]));
  return [...distinct.values()].slice(0, length).map((x) => judgedRow(stakes, objective, vStar, x));
}

/** The row of a portfolio with the rule's own objective. */
export function judgedRow(stakes: Stakes, objective: Objective, vStar: readonly number[], x: Uint8Array): Portfolio {
  const chosen = (i: number) => x[i] === 1;
  const row = portfolioRow(stakes, vStar, chosen);
  return { ...row, objective_value: objective.valueOf(chosen, row.max_regret) };
}
