import { states, type PerState } from '../../core/contracts/shared-types.ts';
import type { Allocation, AllocationProblem, Candidate } from '../../core/allocate/decision-rule.ts';
import type { RuleAnswer } from '../../core/allocate/explain/explanations.ts';
import { fundedNames, portfolioName } from '../shared/portfolio-name.ts';
import { attains, type OptionRow } from './portfolio-rows.ts';

/** An initiative's line on the printed page; `number` stands for its name where names are long. */
export type PrintedInitiative = Candidate & { readonly number: number; readonly effective: PerState<number> | null; readonly funded: number };

/** What one page has room for, chosen so that it is enough to follow the decision. */
export type PrintedPlan = {
  readonly rows: readonly OptionRow[];
  readonly initiatives: readonly PrintedInitiative[];
  /** Initiatives that no printed portfolio holds and that found no room. */
  readonly left: number;
  readonly columns: 1 | 2;
  readonly density: 'roomy' | 'close' | 'tight';
  /** Writes a portfolio by names, or by the numbers of its initiatives where names would fill the page. */
  readonly name: (ids: readonly string[], shares?: Readonly<Record<string, number>>) => string;
};

const rowsPrinted = 8;
const initiativesPrinted = 40;
const namesLength = 72;
const linesOf = { roomy: 34, close: 42 };

export function printedPlan(
  problem: AllocationProblem,
  allocation: Allocation,
  options: readonly OptionRow[],
  rules: readonly RuleAnswer[],
  isGuess: boolean,
): PrintedPlan {
  const rows = mostTelling(options, allocation);
  const numbers = new Map(problem.candidates.map(({ id }, i) => [id, i + 1]));
  const portfolios = [...rows.map(({ portfolio }) => portfolio), ...rules.map(({ allocation: { selected_initiatives: ids, shares } }) => ({ ids, shares }))];
  const named = portfolios.every(({ ids, shares }) => portfolioName(ids, shares).length <= namesLength);
  const name: PrintedPlan['name'] = (ids, shares) =>
    named || ids.length === 0 ? portfolioName(ids, shares) : fundedNames(ids, shares).map((text, i) => text.replace(ids[i] ?? '', `#${numbers.get(ids[i] ?? '') ?? '?'}`)).join(' ');
  const all = problem.candidates.map((candidate, i): PrintedInitiative => ({
    ...candidate,
    number: i + 1,
    effective: allocation.effective_returns[candidate.id] ?? null,
    funded: !isGuess && allocation.selected_initiatives.includes(candidate.id) ? (allocation.shares?.[candidate.id] ?? 1) : 0,
  }));
  const held = new Set(portfolios.flatMap(({ ids }) => ids));
  const wanted = all.length <= initiativesPrinted ? all : all.filter(({ id }) => held.has(id));
  const initiatives = wanted.slice(0, initiativesPrinted);
  const columns = initiatives.length > 8 ? 2 : 1;
  const lines = Math.ceil(initiatives.length / columns) + rows.length + rules.length;
  return {
    rows,
    initiatives,
    left: all.length - initiatives.length,
    columns,
    density: lines <= linesOf.roomy - 12 ? 'roomy' : lines <= linesOf.close - 12 ? 'close' : 'tight',
    name,
  };
}

/** The choice, one's own, what attains a V* and the next best, in the order of the table. */
function mostTelling(options: readonly OptionRow[], allocation: Allocation): OptionRow[] {
  const rank = (row: OptionRow) =>
    row.chosen ? 0 : row.mine ? 1 : states.some((state) => attains(allocation, row.portfolio, state)) ? 2 : row.tied ? 3 : 4;
  const kept = new Set(options.toSorted((a, b) => rank(a) - rank(b)).slice(0, rowsPrinted));
  return options.filter((row) => kept.has(row));
}

/** Whether initiatives are printed by number. */
export function usesNumbers({ name, rows }: PrintedPlan): boolean {
  return rows.some(({ portfolio }) => name(portfolio.ids, portfolio.shares) !== portfolioName(portfolio.ids, portfolio.shares));
}

/** What is to be typed to come back to this page, where a person would type it. */
export function printedLink(address: string): string {
  return address.length <= linkPrinted ? address : '';
}

const linkPrinted = 600;
