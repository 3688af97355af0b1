import type { RuleAnswer } from '../../core/allocate/explain/explanations.ts';
import type { State } from '../../core/contracts/shared-types.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { named, paragraph } from '../shared/phrases.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { counted, listed } from '../shared/words.ts';
import { alongState } from './state-words.ts';

type Difference = Extract<RuleAnswer['because'], { readonly returns: unknown }>;

/** The columns of the table: what any rule funds, in the order of the initiatives. */
export function fundedByAny(answers: readonly RuleAnswer[], ids: readonly string[]): string[] {
  const funded = new Set(answers.flatMap(({ allocation }) => allocation.selected_initiatives));
  return ids.filter((id) => funded.has(id));
}

/** Whether the rules differ about an initiative. */
export function isDisputed(answers: readonly RuleAnswer[], id: string): boolean {
  const deciding = answers.filter(({ allocation }) => allocation.objective_value !== null);
  const holding = deciding.filter(({ allocation }) => allocation.selected_initiatives.includes(id)).length;
  return holding > 0 && holding < deciding.length;
}

/** How many answers there are. */
export function agreementWords(answers: readonly RuleAnswer[]): string {
  const deciding = answers.filter(({ allocation }) => allocation.objective_value !== null);
  if (deciding.length < answers.length)
    return deciding.length === 0
      ? 'No rule has anything to choose from.'
      : `Only ${listed(deciding.map(({ label }) => label))} chooses something.`;
  const portfolios = new Set(answers.map(({ allocation }) => portfolioName(allocation.selected_initiatives, allocation.shares)));
  if (portfolios.size === 1) return 'All rules agree: whatever one thinks of risk, the choice is the same.';
  return `${answers.length} answers, ${counted(portfolios.size, 'portfolio')}. Where they disagree is where values, not data, decide.`;
}

/** Why rules choose otherwise than minimax regret does: those that choose alike in one paragraph. */
export function disagreements(answers: readonly RuleAnswer[], money: Money): { readonly key: string; readonly words: Phrase[] }[] {
  const groups = new Map<string, RuleAnswer[]>();
  for (const answer of answers) {
    const { kind } = answer.because;
    if (kind === 'reference' || kind === 'same') continue;
    const portfolio = portfolioName(answer.allocation.selected_initiatives, answer.allocation.shares);
    const key = kind === 'no_choice' ? `none: ${answer.allocation.reason ?? ''}` : portfolio;
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups].map(([key, group]) => ({ key, words: groupWords(group, money) }));
}

function groupWords(group: readonly RuleAnswer[], money: Money): Phrase[] {
  const [first] = group;
  if (first === undefined) return [];
  const who = named(
    group.map(({ label }) => label),
    'strong',
  );
  const { because } = first;
  if (first.allocation.objective_value !== null && !('returns' in because))
    return [
      ...who,
      ` ${group.length === 1 ? 'has' : 'have'} a choice where minimax regret has none. ${first.allocation.reason ?? ''}`.trimEnd(),
    ];
  if (!('returns' in because))
    return [
      ...who,
      ` ${group.length === 1 ? 'has' : 'have'} no choice here: ${lowerFirst(first.allocation.reason ?? 'no portfolio may be chosen.')}`,
    ];
  const isOne = group.length === 1;
  const price: Phrase[] =
    because.extra_regret > 0
      ? ['The price is ', tone(`${money.exact(because.extra_regret)} more to regret`, 'regret'), ' if all turn out alike.']
      : ['The largest regret is the same either way.'];
  return paragraph([[...who, ' ', ...exchange(because, isOne), `${tradeWords(because, money)}.`], price, ownReasons(group, money)]);
}

function exchange({ added, dropped }: Difference, isOne: boolean): Phrase[] {
  if (added.length === 0 && dropped.length === 0) return [isOne ? 'funds other shares' : 'fund other shares'];
  if (added.length === 0) return [isOne ? 'does without ' : 'do without ', ...named(dropped)];
  const also = dropped.length === 0 ? 'also ' : '';
  const takes: Phrase[] = [`${also}${isOne ? 'takes' : 'take'} `, ...named(added)];
  return dropped.length === 0 ? takes : [...takes, ' instead of ', ...named(dropped)];
}

/** ': that gains $1.0 in the worst state and gives up $1.4 in the best state'. */
function tradeWords({ gains_most_in: gains, gives_up_most_in: loses, returns }: Difference, money: Money): string {
  const amount = (state: State) => `${money.exact(Math.abs(returns[state].difference))} ${alongState[state]}`;
  const clauses = [gains === null ? '' : `gains ${amount(gains)}`, loses === null ? '' : `gives up ${amount(loses)}`].filter(
    (clause) => clause !== '',
  );
  return clauses.length === 0 ? '' : `: that ${listed(clauses)}`;
}

/** What each rule of the group looks at; one whose own figure is the same either way took the cheaper, then the first by name. */
function ownReasons(group: readonly RuleAnswer[], money: Money): Phrase[] {
  const reasons = group.flatMap(({ because, objective }) => {
    const own = 'objective' in because ? because.objective : null;
    if (own === null) return [];
    const [mine, reference] = [money.exact(own.own), money.exact(own.reference)];
    return [mine === reference ? `the ${objective.label} is ${mine} either way` : `the ${objective.label} ${mine} instead of ${reference}`];
  });
  return reasons.length === 0 ? [] : [`What ${group.length === 1 ? 'it looks' : 'they look'} at: ${reasons.join('; ')}.`];
}

/** A name cut where it may be broken: at capitals, hyphens and underscores. */
export function breakable(id: string): string[] {
  return id.split(/(?<=[-_])|(?<=[a-z0-9])(?=[A-Z])/);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
