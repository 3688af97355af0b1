import type { Allocation, Portfolio } from '../../core/allocate/decision-rule.ts';
import { states } from '../../core/contracts/shared-types.ts';
import type { OwnJudged } from '../../engine/lab-session.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import { ruleOf } from '../shared/catalogue.ts';
import type { Money } from '../shared/money.ts';
import { named, paragraph } from '../shared/phrases.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { listed, sentence } from '../shared/words.ts';
import { allocateHeading, type Decided } from './allocate-words.ts';
import type { LeastPossible } from './least-possible.ts';
import { close } from './portfolio-rows.ts';
import { stateWords } from './state-words.ts';

/** That the choice rests on numbers nobody measured; nothing where it does not. */
export function handWords(ids: readonly string[]): Phrase[] {
  if (ids.length === 0) return [];
  return ['The choice rests on numbers ', tone('set by hand', 'strong'), ' for ', ...named(ids), '.'];
}

/** What a person's own portfolio comes to, held against the best one. */
export function judgedWords(judged: OwnJudged, allocation: Allocation, money: Money): Phrase[] {
  if (!judged.feasible) return breachWords(judged);
  return paragraph([regretWords(judged, money), distanceWords(judged.portfolio.objective_value, allocation, money)]);
}

/** The same while the best one is still to be found: how far off it is, and nothing that names it. */
export function guessedWords(judged: OwnJudged, allocation: Allocation, least: LeastPossible | null, money: Money): Phrase[] {
  if (!judged.feasible) return breachWords(judged);
  return paragraph([regretWords(judged, money), guessDistance(judged.portfolio, allocation, least, money)]);
}

/** How far a portfolio is from the least possible regret, and from what the rule in use wants where that is something else. */
export function guessDistance(
  { max_regret: largest, objective_value: value }: Pick<Portfolio, 'max_regret' | 'objective_value'>,
  allocation: Allocation,
  least: LeastPossible | null,
  money: Money,
): Phrase[] {
  if (least === null) return ['How far that is from the least possible is being worked out.'];
  const isSavage = allocation.rule === 'minimax_regret';
  const better = isSavage ? 'there is a better portfolio' : 'another portfolio has less to regret';
  const bound = least.proved ? 'the least possible' : 'the least that was found';
  const regret: Phrase[] =
    largest <= least.value || close(largest, least.value)
      ? [`The largest regret is ${bound}${isSavage && least.proved ? ': no portfolio does better' : ''}.`]
      : ['The largest regret is ', tone(amount(largest - least.value, money), 'strong'), ` more than ${bound}: ${better}.`];
  return paragraph([regret, isSavage ? [] : objectiveDistance(value, allocation, money)]);
}

function breachWords({ breaches }: OwnJudged): Phrase[] {
  return [tone('It cannot be chosen. ', 'strong'), breaches.map(sentence).join(' ')];
}

function regretWords({ portfolio, independentRegret }: OwnJudged, money: Money): Phrase[] {
  const { max_regret: largest } = portfolio;
  const worst = states.filter((state) => portfolio.regrets[state] === largest).map((state) => stateWords[state]);
  const where = largest === 0 ? ' in any state' : ` in the ${listed(worst)} ${worst.length === 1 ? 'state' : 'states'}`;
  const alone: Phrase[] =
    independentRegret <= largest ? ['.'] : ['; if each goes its own way, ', tone(money.exact(independentRegret), 'regret'), '.'];
  return [
    'You could regret ',
    tone(largest === 0 ? 'nothing' : money.exact(largest), 'regret'),
    `${where} if all turn out alike`,
    ...alone,
  ];
}

function objectiveDistance(value: number, { objective_value: best, rule, status }: Allocation, money: Money): Phrase[] {
  const objective = ruleOf(rule)?.objective;
  if (best === null || rule === 'greedy_roi' || objective === undefined) return [];
  const [most, apart] = objective.sense === 'minimise' ? ['the least', 'more than'] : ['the most', 'less than'];
  const bound = `${most} ${status === 'optimal' ? 'possible' : 'that was found'}`;
  const what = `The ${objective.label}, which the rule in use looks at, is`;
  if (close(value, best)) return [`${what} ${bound}.`];
  return [`${what} `, tone(amount(Math.abs(value - best), money), 'strong'), ` ${apart} ${bound}.`];
}

/** An amount that is not nothing, even where its digits round to it. */
function amount(value: number, money: Money): string {
  const text = money.exact(value);
  return /[1-9]/.test(text) ? text : `less than ${money.exact(0).replace(/0$/, '1')}`;
}

function distanceWords(value: number, { objective_value: best, rule, selected_initiatives, shares }: Allocation, money: Money): Phrase[] {
  if (best === null || rule === 'greedy_roi') return [];
  const distance = Math.abs(value - best);
  if (distance <= 1e-9 * Math.max(1, Math.abs(best))) return ['No portfolio does better by this rule.'];
  const direction = isRegret(rule) ? 'more than' : 'less than';
  return [
    'By this rule that is ',
    tone(money.exact(distance), 'strong'),
    ` ${direction} the best, ${portfolioName(selected_initiatives, shares)}, at ${money.exact(best)}.`,
  ];
}

function isRegret(rule: string): boolean {
  return rule === 'minimax_regret' || rule === 'interval_minimax_regret';
}

/** What is said when a new answer is there. */
export function answerAnnouncement(decided: Decided, money: Money): string {
  const { selected_initiatives: chosen, shares } = decided.allocation;
  const heading = allocateHeading(decided, money);
  return chosen.length === 0 ? heading : `${heading} ${portfolioName(chosen, shares)}.`;
}
