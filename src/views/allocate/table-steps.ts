import { formatCount } from '../../charts/format.ts';
import type { Allocation } from '../../core/allocate/decision-rule.ts';
import { states, type State } from '../../core/contracts/shared-types.ts';
import type { Money } from '../shared/money.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { capitalise, counted } from '../shared/words.ts';
import { alongState, ifState, stateWords } from './state-words.ts';
import { close, isLargest, leastRegret, type OptionRow } from './portfolio-rows.ts';

/** How much of the two tables is on the page. Columns are revealed from the left. */
export type Revealed = {
  readonly payoffs: number;
  readonly vStar: boolean;
  readonly regrets: number;
  readonly largest: boolean;
  /** The column of the rule's own objective, for rules other than minimax regret. */
  readonly objective: boolean;
  readonly choice: boolean;
};

export type TableStep = { readonly title: string; readonly sentence: string; readonly revealed: Revealed };

/** What the sentences speak about. */
export type Told = {
  readonly allocation: Allocation;
  readonly rows: readonly OptionRow[];
  readonly money: Money;
  readonly budget: number;
  readonly rule: {
    readonly id: string;
    readonly label: string;
    readonly objective: { readonly label: string; readonly sense: 'minimise' | 'maximise' };
  };
};

export const everything: Revealed = {
  payoffs: states.length,
  vStar: true,
  regrets: states.length,
  largest: true,
  objective: true,
  choice: true,
};
/** Guess first: one's own payoffs and regrets, and nothing of the answer. */
export const beforeTheAnswer: Revealed = { ...everything, vStar: false, objective: false, choice: false };
const nothing: Revealed = { payoffs: 0, vStar: false, regrets: 0, largest: false, objective: false, choice: false };

/** Both tables from the bare options to the choice, a column at a time, each step in a sentence with the numbers at hand. */
export function tableSteps(told: Told): TableStep[] {
  const payoffs = states.map((state, j) => ({
    title: `Payoffs, ${stateWords[state]} state`,
    sentence: payoffSentence(told, state),
    revealed: { ...nothing, payoffs: j + 1 },
  }));
  const vStar = { ...nothing, payoffs: states.length, vStar: true };
  const regrets = states.map((state, j) => ({
    title: `Regrets, ${stateWords[state]} state`,
    sentence: regretSentence(told, state),
    revealed: { ...vStar, regrets: j + 1 },
  }));
  const largest = { ...vStar, regrets: states.length, largest: true };
  const isSavage = told.rule.id === 'minimax_regret';
  const own = {
    title: capitalise(told.rule.objective.label),
    sentence: objectiveSentence(told),
    revealed: { ...largest, objective: true },
  };
  return [
    { title: 'The options', sentence: optionsSentence(told), revealed: nothing },
    ...payoffs,
    { title: 'V*, the best of each column', sentence: vStarSentence(told), revealed: vStar },
    ...regrets,
    { title: 'The largest regret of each row', sentence: largestSentence(told), revealed: largest },
    ...(isSavage ? [] : [own]),
    { title: 'The choice', sentence: choiceSentence(told), revealed: everything },
  ];
}

/** Rows in an order that gives nothing away: by cost, then name. */
export function inNeutralOrder(rows: readonly OptionRow[]): OptionRow[] {
  return rows.toSorted((a, b) => a.portfolio.cost - b.portfolio.cost || (a.name < b.name ? -1 : 1));
}

function optionsSentence({ allocation, rows, money, budget }: Told): string {
  const affordable = allocation.proof?.portfolios_enumerated ?? null;
  const listed = `${rows.length === 1 ? 'The one listed is' : `The ${counted(rows.length, 'portfolio')} listed are`} enough to see how the rule works.`;
  const all = affordable === null || affordable <= rows.length ? '' : `${formatCount(affordable)} portfolios fit; `;
  const tail = all === '' ? '' : ` ${all}${listed.charAt(0).toLowerCase()}${listed.slice(1)}`;
  return `Each row is a portfolio and what it costs; the budget is ${money.exact(budget)}.${tail}`;
}

function payoffSentence({ rows, money }: Told, state: State): string {
  const example = exampleRow(rows);
  if (example === undefined) return `${capitalise(ifState[state])}, nothing returns anything.`;
  const sum = example.portfolio.ids.length > 1 ? 'the effective returns of its initiatives add up to' : 'it returns';
  return `${capitalise(ifState[state])}: each row adds up its initiatives. For ${example.name} ${sum} ${money.exact(example.portfolio.returns[state])}.`;
}

function vStarSentence({ allocation, money }: Told): string {
  const parts = states.map(
    (state) => `${money.exact(allocation.v_star[state])} ${ifState[state]} (${portfolioName(allocation.v_star_portfolios[state])})`,
  );
  return `V* is the most the budget could have returned, had you known the state: ${parts.join('; ')}.`;
}

function regretSentence({ allocation, rows, money }: Told, state: State): string {
  const example = exampleRow(rows);
  const rule = `Regret ${alongState[state]} is V* minus the entry`;
  if (example === undefined) return `${rule}.`;
  return `${rule}: for ${example.name}, ${difference(money, allocation.v_star[state], example.portfolio.returns[state])}.`;
}

function largestSentence({ rows, money }: Told): string {
  const example = exampleRow(rows);
  const rule = 'Look along each row for its largest regret';
  if (example === undefined) return `${rule}.`;
  const state = states.find((one) => isLargest(example.portfolio, one));
  if (state === undefined) return `${rule}: ${example.name} has none in any state.`;
  return `${rule}: for ${example.name} it is ${money.exact(example.portfolio.max_regret)}, ${ifState[state]}.`;
}

function objectiveSentence({ rule, rows, money }: Told): string {
  const example = exampleRow(rows);
  const what = `${rule.label} does not look at regret but at the ${rule.objective.label}`;
  const text = rule.id === 'interval_minimax_regret' ? `${rule.label} lets every initiative turn out anywhere on its own` : what;
  if (example === undefined) return `${text}.`;
  return `${text}: for ${example.name}, ${money.exact(example.portfolio.objective_value)}.`;
}

function choiceSentence({ allocation, rows, money, rule }: Told): string {
  const { objective_value: value, selected_initiatives: ids, shares } = allocation;
  if (allocation.status === 'infeasible' || value === null) return allocation.reason ?? 'None of them may be chosen.';
  const name = portfolioName(ids, shares);
  const ties = rows.filter(({ tied }) => tied).length;
  const equally =
    ties === 0
      ? ''
      : ` ${capitalise(counted(ties, 'other'))} listed ${ties === 1 ? 'is' : 'are'} equally good; this one costs least, then comes first by name.`;
  if (rule.id === 'minimax_regret') {
    const what = allocation.status === 'node_limit' ? 'The smallest found' : 'The smallest of these';
    return `${what} is ${money.exact(value)}: minimax regret funds ${name}.${equally}`;
  }
  const regret = allocation.portfolios.find(
    (portfolio) => close(portfolio.objective_value, value) && portfolioName(portfolio.ids, portfolio.shares) === name,
  )?.max_regret;
  const least = leastRegret(rows);
  const aside =
    regret === undefined
      ? ''
      : close(regret, least)
        ? ` Its largest regret, ${money.exact(regret)}, is the smallest listed as well.`
        : ` Its largest regret is ${money.exact(regret)}, where another row has ${money.exact(least)}.`;
  if (rule.id === 'greedy_roi')
    return `${rule.label} takes what returns most for its cost while money is left: ${name}. That proves nothing.${aside}`;
  const best = rule.objective.sense === 'minimise' ? 'smallest' : 'largest';
  return `The ${best} of these is ${money.exact(value)}: ${rule.label} funds ${name}.${aside}${equally}`;
}

/** A row with something in it, the same one all along: the first that is not the choice. */
function exampleRow(rows: readonly OptionRow[]): OptionRow | undefined {
  const filled = rows.filter(({ portfolio }) => portfolio.ids.length > 0);
  return filled.find(({ chosen }) => !chosen) ?? filled[0];
}

/** '$30.3 − $21.3 = $9.0'; with the sign for 'about' where rounding would make the sum look wrong. */
export function difference(money: Money, from: number, less: number): string {
  const digits = (text: string) => Number(text.replace('\u2212', '-').replaceAll(/[^0-9.-]/g, ''));
  const [a, b, c] = [money.exact(from), money.exact(less), money.exact(from - less)];
  const isExact = Math.abs(digits(a) - digits(b) - digits(c)) < 1e-9 * Math.max(1, Math.abs(digits(a)));
  return `${a} \u2212 ${less < 0 ? `(${b})` : b} ${isExact ? '=' : '\u2248'} ${c}`;
}
