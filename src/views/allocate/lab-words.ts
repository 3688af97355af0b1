import type { Allocation } from '../../core/allocate/decision-rule.ts';
import { states } from '../../core/contracts/shared-types.ts';
import type { OwnJudged } from '../../engine/lab-session.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { named, paragraph } from '../shared/phrases.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { listed, sentence } from '../shared/words.ts';
import { allocateHeading, type Decided } from './allocate-words.ts';
import { stateWords } from './state-words.ts';

/** That the choice rests on numbers nobody measured; nothing where it does not. */
export function handWords(ids: readonly string[]): Phrase[] {
  if (ids.length === 0) return [];
  return ['The choice rests on numbers ', tone('set by hand', 'strong'), ' for ', ...named(ids), '.'];
}

/** What a person's own portfolio comes to, held against the best one unless that is still hidden. */
export function judgedWords(
  { portfolio, feasible, breaches, independentRegret }: OwnJudged,
  allocation: Allocation,
  money: Money,
  hidden: boolean,
): Phrase[] {
  if (!feasible) return [tone('It cannot be chosen. ', 'strong'), breaches.map(sentence).join(' ')];
  if (hidden) return ['It can be chosen. Reveal the best one to see what you would regret.'];
  const { max_regret: largest } = portfolio;
  const worst = states.filter((state) => portfolio.regrets[state] === largest).map((state) => stateWords[state]);
  const where = largest === 0 ? ' in any state' : ` in the ${listed(worst)} ${worst.length === 1 ? 'state' : 'states'}`;
  const alone: Phrase[] =
    independentRegret <= largest ? ['.'] : ['; if each goes its own way, ', tone(money.exact(independentRegret), 'regret'), '.'];
  const regret: Phrase[] = [
    'You could regret ',
    tone(largest === 0 ? 'nothing' : money.exact(largest), 'regret'),
    `${where} if all turn out alike`,
    ...alone,
  ];
  return paragraph([regret, distanceWords(portfolio.objective_value, allocation, money)]);
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
