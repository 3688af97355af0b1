import { formatCount } from '../../charts/format.ts';
import type { Allocation } from '../../core/allocate/decision-rule.ts';
import { states, type State } from '../../core/contracts/shared-types.ts';
import { largestRegret } from '../shared/largest-regret.ts';
import type { Money } from '../shared/money.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { capitalise, counted, countWord } from '../shared/words.ts';
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
/** Guess first: all of one's own row, and nothing that says which portfolio is the best of a column or of all. */
export const beforeTheAnswer: Revealed = { ...everything, vStar: false, choice: false };
/** On paper: one's own payoffs, and room for the rest. A regret beside its payoff would give V* away. */
export const worksheet: Revealed = { ...beforeTheAnswer, regrets: 0, largest: false, objective: false };
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
  const affordable = allocation.proof?.portfolios_enumerated ?? 0;
  const shown = rows.filter(({ mine, breaches }) => !mine || breaches.length === 0).length;
  const listed =
    affordable > shown ? ` Of the ${formatCount(affordable)} that fit, ${countWord(shown)} ${shown === 1 ? 'is' : 'are'} listed.` : '';
  return `Each row is a portfolio and what it costs; the budget is ${money.exact(budget)}.${listed}`;
}

function payoffSentence({ allocation, rows, money }: Told, state: State): string {
  const example = exampleRow(rows);
  if (example === undefined) return `${capitalise(ifState[state])}, nothing returns anything.`;
  return `${capitalise(ifState[state])}, each row adds up its initiatives: for ${example.name}, ${sumOf(example, allocation, money, state)}.`;
}

/** '$13.7 + $7.6 = $21.3', or the sum alone where it is long or holds shares. */
function sumOf({ portfolio }: OptionRow, { effective_returns }: Allocation, money: Money, state: State): string {
  const { ids, returns, shares } = portfolio;
  const parts = ids.map((id) => effective_returns[id]?.[state]);
  const total = money.exact(returns[state]);
  if (ids.length < 2 || ids.length > summandsShown || shares !== undefined || !parts.every((part) => part !== undefined)) return total;
  const texts = parts.map(money.exact);
  return `${texts.map((text, i) => (i > 0 && (parts[i] ?? 0) < 0 ? `(${text})` : text)).join(' + ')} ${adds(texts, total)} ${total}`;
}

const summandsShown = 5;

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
  const texts: Readonly<Record<string, string>> = {
    interval_minimax_regret:
      'This rule lets every initiative turn out anywhere on its own, and looks at the most that can then be regretted',
    greedy_roi: `This rule looks at one initiative after the other, not at portfolios; the last column is the ${rule.objective.label} of each portfolio`,
  };
  const text = texts[rule.id] ?? `This rule looks not at regret but at the ${rule.objective.label}`;
  return example === undefined ? `${text}.` : `${text}: for ${example.name}, ${money.exact(example.portfolio.objective_value)}.`;
}

function choiceSentence(told: Told): string {
  const { allocation, rows, money, rule } = told;
  const { objective_value: value, selected_initiatives: ids, shares } = allocation;
  if (allocation.status === 'infeasible' || value === null) return allocation.reason ?? 'None of them may be chosen.';
  const name = portfolioName(ids, shares);
  if (rule.id === 'greedy_roi')
    return `It takes what returns most per cost while money is left: ${name}. A rule of thumb proves nothing.${regretAside(told)}`;
  const best = rule.objective.sense === 'minimise' ? 'smallest' : 'largest';
  const which = allocation.status === 'node_limit' ? `The ${best} that was found` : `The ${best} of these`;
  const who = rule.id === 'minimax_regret' ? 'minimax regret' : 'the rule';
  const ties = rows.filter(({ tied }) => tied).length;
  const equally =
    ties === 0
      ? ''
      : ` ${capitalise(counted(ties, 'other'))} listed ${ties === 1 ? 'is' : 'are'} equally good; this one costs least, then comes first by name.`;
  return `${which} is ${money.exact(value)}: ${who} funds ${name}.${rule.id === 'minimax_regret' ? '' : regretAside(told)}${equally}`;
}

/** What the choice of another rule can be regretted, beside the least of all listed. */
function regretAside({ allocation, rows, money }: Told): string {
  const regret = largestRegret(allocation);
  if (regret === null) return '';
  const least = leastRegret(rows);
  return close(regret, least) || regret < least
    ? ` Its largest regret, ${money.exact(regret)}, is the smallest listed as well.`
    : ` Its largest regret is ${money.exact(regret)}, where another row has ${money.exact(least)}.`;
}

/** A row with something in it, the same one all along: the first that is not the choice. */
function exampleRow(rows: readonly OptionRow[]): OptionRow | undefined {
  const filled = rows.filter(({ portfolio }) => portfolio.ids.length > 0);
  return filled.find(({ chosen }) => !chosen) ?? filled[0];
}

/** '$30.3 \u2212 $21.3 = $9.0'; with the sign for 'about' where rounding would make the sum look wrong. */
export function difference(money: Money, from: number, less: number): string {
  const [a, b, c] = [money.exact(from), money.exact(less), money.exact(from - less)];
  return `${a} \u2212 ${less < 0 ? `(${b})` : b} ${adds([b, c], a)} ${c}`;
}

/** Whether the printed parts add up to the printed total. */
function adds(parts: readonly string[], total: string): '=' | '\u2248' {
  const digits = (text: string) => Number(text.replace('\u2212', '-').replaceAll(/[^0-9.-]/g, ''));
  const sum = parts.reduce((all, part) => all + digits(part), 0);
  return Math.abs(sum - digits(total)) <= 1e-9 * Math.max(1, Math.abs(sum)) ? '=' : '\u2248';
}
