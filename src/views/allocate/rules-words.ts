import type { RuleAnswer } from '../../core/allocate/explain/explanations.ts';
import type { State } from '../../core/contracts/shared-types.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { named, paragraph } from '../shared/phrases.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { alongState } from './state-words.ts';

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

/** Under the table: how many answers there are. */
export function agreementWords(answers: readonly RuleAnswer[]): string {
  const portfolios = new Set(answers.map(({ allocation }) => portfolioName(allocation.selected_initiatives, allocation.shares)));
  if (portfolios.size === 1) return 'All rules agree: whatever one thinks of risk, the choice is the same.';
  return `${answers.length} rules, ${portfolios.size} portfolios. Where they disagree is where values, not data, decide.`;
}

/** Why a rule's choice is not the one of minimax regret; null where it is. */
export function disagreement({ label, because, objective, allocation }: RuleAnswer, money: Money): Phrase[] | null {
  switch (because.kind) {
    case 'reference':
    case 'same':
      return null;
    case 'no_choice':
      return [tone(label, 'strong'), ` has no choice here: ${lowerFirst(allocation.reason ?? 'no portfolio may be chosen')}`];
    case 'tie':
      return [tone(label, 'strong'), ' ', ...exchange(because.added, because.dropped), ': the largest regret is the same either way.'];
    case 'differs': {
      const gain = because.gains_most_in === null ? null : stateClause(because.gains_most_in, because.returns, money, 'gains');
      const loss = because.gives_up_most_in === null ? null : stateClause(because.gives_up_most_in, because.returns, money, 'gives up');
      const trade = [gain, loss].filter((clause) => clause !== null).join(' and ');
      const own = because.objective;
      const why: Phrase[] =
        own === null ? [] : [`Its ${objective.label} is ${money.exact(own.own)} instead of ${money.exact(own.reference)}.`];
      return paragraph([
        [tone(label, 'strong'), ' ', ...exchange(because.added, because.dropped), trade === '' ? '.' : `: that ${trade}.`],
        why,
        because.extra_regret > 0 ? ['The price is ', tone(`${money.exact(because.extra_regret)} more to regret`, 'regret'), '.'] : [],
      ]);
    }
    default:
      return because satisfies never;
  }
}

function exchange(added: readonly string[], dropped: readonly string[]): Phrase[] {
  if (added.length === 0) return ['does without ', ...named(dropped)];
  if (dropped.length === 0) return ['also takes ', ...named(added)];
  return ['takes ', ...named(added), ' instead of ', ...named(dropped)];
}

type Returns = Extract<RuleAnswer['because'], { readonly returns: unknown }>['returns'];

function stateClause(state: State, returns: Returns, money: Money, verb: string): string {
  return `${verb} ${money.exact(Math.abs(returns[state].difference))} ${alongState[state]}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
