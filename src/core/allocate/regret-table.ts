import type { Portfolio } from './decision-rule.ts';
import type { RegretAnswer } from './regret-answer.ts';
import { portfolioRow, type Stakes } from './stakes.ts';

/** Rows for the payoff and regret tables: the choice and its ties, the portfolios that attain V*, and the next best. */
export function regretTable(stakes: Stakes, { ranked, vStar, vStarPortfolios }: RegretAnswer, length: number): Portfolio[] {
  const optimum = ranked[0]?.objective;
  const tied = ranked.filter(({ objective }) => objective === optimum).slice(0, length - vStarPortfolios.length);
  const others = ranked.filter(({ objective }) => objective !== optimum);
  const all = [...tied.map(({ x }) => x), ...vStarPortfolios, ...others.map(({ x }) => x)];
  const distinct = new Map(all.map((x) => [x.join(''), x]));
  return [...distinct.values()].slice(0, length).map((x) => portfolioRow(stakes, vStar, (i) => x[i] === 1));
}
