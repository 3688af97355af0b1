import type { MenuExample } from '../../core/allocate/explain/explanations.ts';
import { formatConfidence } from '../../charts/format.ts';
import { tone, type Phrase } from '../../ui/phrase.ts';
import type { Money } from '../shared/money.ts';
import { portfolioName } from '../shared/portfolio-name.ts';
import { alongState } from './state-words.ts';

/** What the option is and where it comes from. */
export function optionWords({ option, source }: MenuExample, money: Money): string {
  const { id, cost, R_best, R_med, R_worst, confidence } = option;
  const numbers = `it costs ${money.exact(cost)}, returns ${money.exact(R_worst)}, ${money.exact(R_med)} or ${money.exact(R_best)}, confidence ${formatConfidence(confidence)}`;
  switch (source) {
    case 'constructed':
      return `Suppose ${id} came along: ${numbers}.`;
    case 'ineligible':
      return `Suppose ${id}, which is below the confidence threshold, were let in: ${numbers}.`;
    case 'excluded':
      return `Suppose ${id}, which is excluded, were let in: ${numbers}.`;
    default:
      return source satisfies never;
  }
}

/** How an option that nobody funds turns the choice. */
export function menuReading({ option, raises, before, after }: MenuExample, money: Money): Phrase[] {
  return [
    `It is not funded. But it raises what one could have had ${alongState[raises]} from ${money.exact(before.v_star[raises])} to ${money.exact(after.v_star[raises])}, and with that everybody\u2019s regret there. The choice moves from `,
    tone(portfolioName(before.selected_initiatives), 'strong'),
    ' to ',
    tone(portfolioName(after.selected_initiatives), 'strong'),
    `, and ${option.id} is in neither. Rules that look at returns alone cannot be moved like that.`,
  ];
}
