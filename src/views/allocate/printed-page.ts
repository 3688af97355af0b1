import { states, type PerState } from '../../core/contracts/shared-types.ts';
import type { Allocation, AllocationProblem, Candidate } from '../../core/allocate/decision-rule.ts';
import type { RuleAnswer } from '../../core/allocate/explain/explanations.ts';
import { fundedName, portfolioName } from '../shared/portfolio-name.ts';
import { attains, type OptionRow } from './portfolio-rows.ts';

/** An initiative's line on the printed page; `number` stands for its name where names are long. */
export type PrintedInitiative = Candidate & {
  readonly number: number;
  readonly label: string;
  readonly effective: PerState<number> | null;
  readonly funded: number;
};

/** What one page has room for, chosen so that it is enough to follow the decision. */
export type PrintedPlan = {
  readonly rows: readonly OptionRow[];
  readonly initiatives: readonly PrintedInitiative[];
  /** Initiatives that found no room; no printed portfolio holds them, unless there are very many. */
  readonly left: number;
  readonly columns: 1 | 2;
  readonly density: 'roomy' | 'close' | 'tight';
  /** Whether portfolios are written by the numbers of their initiatives, because names would fill the page. */
  readonly numbered: boolean;
  readonly name: (ids: readonly string[], shares?: Readonly<Record<string, number>>) => string;
  /** The answer with its initiatives named as on this page, for the sentences. */
  readonly told: Allocation;
};

const rowsPrinted = 8;
const initiativesPrinted = 40;
const namesLength = 72;
/** Lines of tables, above which the print gets smaller. */
const mostLines = { roomy: 26, close: 34 };
/** Characters that surely fit a line where initiatives stand in two columns, and those a name may have at all. */
const lineOfName = 13;
const longestName = 34;

export function printedPlan(
  problem: AllocationProblem,
  allocation: Allocation,
  options: readonly OptionRow[],
  rules: readonly RuleAnswer[],
  isGuess: boolean,
): PrintedPlan {
  const rows = mostTelling(options, allocation);
  const portfolios = [
    ...rows.map(({ portfolio }) => portfolio),
    ...rules.map(({ allocation: { selected_initiatives: ids, shares } }) => ({ ids, shares })),
  ];
  const numbered = portfolios.some(({ ids, shares }) => portfolioName(ids, shares).length > namesLength);
  const numbers = new Map(problem.candidates.map(({ id }, i) => [id, `#${i + 1}`]));
  const shown = (id: string) => (numbered ? (numbers.get(id) ?? id) : id);
  const name: PrintedPlan['name'] = (ids, shares) => {
    const parts = ids.map((id) => fundedName(shown(id), shares?.[id] ?? 1));
    return parts.length === 0 ? 'nothing' : parts.join(numbered ? ' ' : ' + ');
  };
  const held = new Set(portfolios.flatMap(({ ids }) => ids));
  const isShown = (id: string) => problem.candidates.length <= initiativesPrinted || held.has(id);
  const initiatives = problem.candidates
    .map((candidate, i): PrintedInitiative => ({
      ...candidate,
      number: i + 1,
      label: shortened(candidate.id),
      effective: allocation.effective_returns[candidate.id] ?? null,
      funded: !isGuess && allocation.selected_initiatives.includes(candidate.id) ? (allocation.shares?.[candidate.id] ?? 1) : 0,
    }))
    .filter(({ id }) => isShown(id))
    .slice(0, initiativesPrinted);
  const columns = initiatives.length > 8 ? 2 : 1;
  const linesOfName = columns === 1 ? 1 : Math.ceil(Math.max(...initiatives.map(({ label }) => label.length)) / lineOfName);
  const lines = Math.ceil(initiatives.length / columns) * linesOfName + rows.length + rules.length;
  return {
    rows,
    initiatives,
    left: problem.candidates.length - initiatives.length,
    columns,
    density: lines <= mostLines.roomy ? 'roomy' : lines <= mostLines.close ? 'close' : 'tight',
    numbered,
    name,
    told: numbered ? renamed(allocation, shown) : allocation,
  };
}

function renamed(allocation: Allocation, shown: (id: string) => string): Allocation {
  const { selected_initiatives, shares, independent_regret } = allocation;
  return {
    ...allocation,
    selected_initiatives: selected_initiatives.map(shown),
    ...(shares === undefined ? {} : { shares: Object.fromEntries(Object.entries(shares).map(([id, share]) => [shown(id), share])) }),
    independent_regret:
      independent_regret === null ? null : { ...independent_regret, best_reply: independent_regret.best_reply.map(shown) },
  };
}

/** A name of any length in few lines; its end tells numbered ones apart. */
function shortened(id: string): string {
  return id.length <= longestName ? id : `${id.slice(0, longestName / 2)}\u2026${id.slice(2 - longestName / 2)}`;
}

/** The choice, one's own, what attains a V* and the next best, in the order of the table. */
function mostTelling(options: readonly OptionRow[], allocation: Allocation): OptionRow[] {
  const rank = (row: OptionRow) =>
    row.chosen ? 0 : row.mine ? 1 : states.some((state) => attains(allocation, row.portfolio, state)) ? 2 : row.tied ? 3 : 4;
  const kept = new Set(options.toSorted((a, b) => rank(a) - rank(b)).slice(0, rowsPrinted));
  return options.filter((row) => kept.has(row));
}

/** What is to be typed to come back to this page, where a person would type it. */
export function printedLink(address: string): string {
  return address.length <= linkPrinted ? address : '';
}

const linkPrinted = 600;
