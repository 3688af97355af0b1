import type { Allocation, Portfolio } from '../../core/allocate/decision-rule.ts';
import { states } from '../../core/contracts/shared-types.ts';

export type TableCell = { readonly text: string; readonly marked: boolean };
export type TableRow = {
  readonly key: string;
  readonly name: string;
  readonly chosen: boolean;
  readonly tied: boolean;
  readonly cost: string;
  readonly cells: readonly TableCell[];
  readonly largest: TableCell;
};

/** The rows that tell the story: the choice, its ties, whatever attains some V*, and the next best. */
export function shortList(allocation: Allocation): Portfolio[] {
  return allocation.portfolios.filter(
    (portfolio, rank) =>
      rank < 6 ||
      same(portfolio.ids, allocation.selected_initiatives) ||
      allocation.ties.some((tie) => same(portfolio.ids, tie)) ||
      states.some((state) => close(portfolio.returns[state], allocation.v_star[state])),
  );
}

/** Both tables row by row: in the payoff table the best of a column is marked, in the regret table the worst of a row. */
export function payoffRows(allocation: Allocation, portfolios: readonly Portfolio[], show: (value: number) => string): TableRow[] {
  return portfolios.map((portfolio) => ({
    ...common(allocation, portfolio, show),
    cells: states.map((state) => ({
      text: show(portfolio.returns[state]),
      marked: close(portfolio.returns[state], allocation.v_star[state]),
    })),
    largest: { text: '', marked: false },
  }));
}

export function regretRows(allocation: Allocation, portfolios: readonly Portfolio[], show: (value: number) => string): TableRow[] {
  const smallest = Math.min(...allocation.portfolios.filter(meetsFloor(allocation)).map(({ max_regret }) => max_regret));
  return portfolios.map((portfolio) => ({
    ...common(allocation, portfolio, show),
    cells: states.map((state) => ({
      text: show(portfolio.regrets[state]),
      marked: portfolio.max_regret > 0 && close(portfolio.regrets[state], portfolio.max_regret),
    })),
    largest: { text: show(portfolio.max_regret), marked: allocation.status !== 'infeasible' && close(portfolio.max_regret, smallest) },
  }));
}

// A row below the floor is in the table because it attains some V*; it is no candidate for the least regret.
function meetsFloor(allocation: Allocation): (portfolio: Portfolio) => boolean {
  const chosen = allocation.portfolios.find((portfolio) => same(portfolio.ids, allocation.selected_initiatives));
  return (portfolio) => chosen === undefined || portfolio.max_regret >= chosen.max_regret || close(portfolio.max_regret, chosen.max_regret);
}

export function portfolioName(ids: readonly string[]): string {
  return ids.length === 0 ? 'nothing' : ids.join(' + ');
}

function common(allocation: Allocation, portfolio: Portfolio, show: (value: number) => string) {
  return {
    key: portfolio.ids.join(' '),
    name: portfolioName(portfolio.ids),
    chosen: allocation.status !== 'infeasible' && same(portfolio.ids, allocation.selected_initiatives),
    tied: allocation.ties.some((tie) => same(portfolio.ids, tie)),
    cost: show(portfolio.cost),
  };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
