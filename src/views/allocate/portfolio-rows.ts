import type { Allocation, AllocationProblem, Portfolio } from '../../core/allocate/decision-rule.ts';
import { dominatedPortfolios } from '../../core/allocate/explain/dominated.ts';
import type { JudgedPortfolio } from '../../core/allocate/judge-portfolio.ts';
import { rowConstraints } from '../../core/allocate/side-constraints.ts';
import { states, type State } from '../../core/contracts/shared-types.ts';
import { portfolioName } from '../shared/portfolio-name.ts';

/** A row of the payoff and the regret table. */
export type OptionRow = {
  readonly key: string;
  readonly portfolio: Portfolio;
  readonly name: string;
  readonly chosen: boolean;
  readonly tied: boolean;
  readonly mine: boolean;
  /** Why it may not be chosen, in plain sentences; empty for what may. */
  readonly breaches: readonly string[];
  /** It is listed because it attains some V*, though it may not be chosen. */
  readonly benchmarkOnly: boolean;
  /** The listed portfolios, free to be chosen, that return no less in any state and more in one. */
  readonly dominatedBy: readonly { readonly name: string; readonly chosen: boolean }[];
};

export type RowsAsked = {
  readonly allocation: Allocation;
  readonly problem: AllocationProblem | null;
  readonly mine: JudgedPortfolio | null;
  /** All that are listed, or those that tell the story. */
  readonly all: boolean;
  /** What the rule wants small or large; null where the rule is not known. */
  readonly sense: 'minimise' | 'maximise' | null;
};

/** Rows in the order of the rule's objective, what may not be chosen after them, and the reader's own last. */
export function optionRows({ allocation, problem, mine, all, sense }: RowsAsked): OptionRow[] {
  const listed = all ? allocation.portfolios : shortList(allocation);
  const breaches = breachesBy(problem);
  // One's own keeps its place at the end while it is being put together, unless it is part of the answer.
  const rows = listed
    .map((portfolio) => listedRow(allocation, portfolio, mine, breaches(portfolio)))
    .filter((row) => !row.mine || row.chosen || row.tied || states.some((state) => attains(allocation, row.portfolio, state)));
  const ordered = rows.toSorted(
    (a, b) => Number(a.benchmarkOnly) - Number(b.benchmarkOnly) || byObjective(a, b, sense) || Number(b.chosen) - Number(a.chosen),
  );
  const added = mine === null || rows.some(({ mine: isMine }) => isMine) ? ordered : [...ordered, ownRow(mine)];
  const by = dominators(added);
  return added.map((row, i) => ({ ...row, dominatedBy: by[i] ?? [] }));
}

/** The reader's own row alone: what may be shown before the answer is. */
export function ownRows(mine: JudgedPortfolio | null): OptionRow[] {
  return mine === null ? [] : [ownRow(mine)];
}

/** The rows that tell the story: the choice, its ties, whatever attains some V*, and the next best. */
export function shortList(allocation: Allocation): Portfolio[] {
  const ties = new Set(allocation.ties.map((ids) => keyOf(ids)));
  const telling = allocation.portfolios.filter(
    (portfolio) => isChoice(allocation, portfolio) || states.some((state) => attains(allocation, portfolio, state)),
  );
  const tied = allocation.portfolios.filter((portfolio) => ties.has(keyOf(portfolio.ids))).slice(0, tiesShown);
  const next = allocation.portfolios.filter((_, rank) => rank < nextShown);
  const shown = new Set([...telling, ...tied, ...next]);
  return allocation.portfolios.filter((portfolio) => shown.has(portfolio));
}

const nextShown = 6;
const tiesShown = 6;

/** Whether an entry of the payoff table is the V* of its column. */
export function attains(allocation: Allocation, portfolio: Portfolio, state: State): boolean {
  return close(portfolio.returns[state], allocation.v_star[state]);
}

/** Whether an entry of the regret table is the largest of its row. */
export function isLargest(portfolio: Portfolio, state: State): boolean {
  return portfolio.max_regret > 0 && close(portfolio.regrets[state], portfolio.max_regret);
}

/** The least of the largest regrets among what may be chosen. */
export function leastRegret(rows: readonly OptionRow[]): number {
  return Math.min(...rows.filter(({ breaches }) => breaches.length === 0).map(({ portfolio }) => portfolio.max_regret));
}

export function keyOf(ids: readonly string[], shares?: Readonly<Record<string, number>>): string {
  const parts = ids.map((id) => (shares?.[id] === undefined || shares[id] === 1 ? id : `${id} ${shares[id]}`));
  return parts.toSorted().join(' + ');
}

export function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

function isChoice(allocation: Allocation, { ids, shares }: Portfolio): boolean {
  return hasChoice(allocation) && keyOf(ids, shares) === keyOf(allocation.selected_initiatives, allocation.shares);
}

function hasChoice({ status, objective_value }: Allocation): boolean {
  return status !== 'infeasible' && objective_value !== null;
}

function listedRow(allocation: Allocation, portfolio: Portfolio, mine: JudgedPortfolio | null, breaches: readonly string[]): OptionRow {
  const key = keyOf(portfolio.ids, portfolio.shares);
  const chosen = isChoice(allocation, portfolio);
  return {
    key,
    portfolio,
    name: portfolioName(portfolio.ids, portfolio.shares),
    chosen,
    tied: !chosen && allocation.ties.some((tie) => keyOf(tie) === key),
    mine: mine !== null && keyOf(mine.portfolio.ids, mine.portfolio.shares) === key,
    breaches,
    benchmarkOnly: !chosen && breaches.length > 0,
    dominatedBy: [],
  };
}

function ownRow({ portfolio, breaches }: JudgedPortfolio): OptionRow {
  return {
    key: `mine: ${keyOf(portfolio.ids, portfolio.shares)}`,
    portfolio,
    name: portfolioName(portfolio.ids, portfolio.shares),
    chosen: false,
    tied: false,
    mine: true,
    breaches,
    benchmarkOnly: false,
    dominatedBy: [],
  };
}

function byObjective(a: OptionRow, b: OptionRow, sense: RowsAsked['sense']): number {
  if (sense === null || close(a.portfolio.objective_value, b.portfolio.objective_value)) return 0;
  const difference = a.portfolio.objective_value - b.portfolio.objective_value;
  return sense === 'minimise' ? difference : -difference;
}

/** Why a listed portfolio, which the budget can pay for, may not be chosen. */
export function breachesBy(problem: AllocationProblem | null): (portfolio: Pick<Portfolio, 'ids' | 'worst_return'>) => readonly string[] {
  if (problem === null) return () => [];
  const inPlay = problem.candidates.filter(
    ({ confidence, cost }) => confidence >= problem.min_confidence_threshold && cost <= problem.budget,
  );
  const ids = inPlay.map(({ id }) => id);
  const constraints = rowConstraints(problem, ids);
  const floor = problem.min_portfolio_worst_return;
  return ({ ids: funded, worst_return }) => [
    ...(floor !== null && worst_return < floor && !close(worst_return, floor) ? ['below the floor'] : []),
    ...(constraints !== null && !constraints.allows(Uint8Array.from(ids, (id) => (funded.includes(id) ? 1 : 0)))
      ? ['against the constraints']
      : []),
  ];
}

/** By which of the rows that may be chosen each row is dominated. */
function dominators(rows: readonly OptionRow[]): OptionRow['dominatedBy'][] {
  const found = new Map(dominatedPortfolios(rows.map(({ portfolio }) => portfolio)).map(({ index, by }) => [index, by]));
  return rows.map((_, index) =>
    (found.get(index) ?? []).flatMap((other) => {
      const row = rows[other];
      return row === undefined || row.breaches.length > 0 ? [] : [{ name: row.name, chosen: row.chosen }];
    }),
  );
}
