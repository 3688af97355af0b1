import { formatConfidence, formatNumber } from '../../charts/format.ts';
import type { Allocation } from '../../core/allocate/decision-rule.ts';
import type { State } from '../../core/contracts/shared-types.ts';
import { ruleOf } from '../shared/catalogue.ts';
import type { Money } from '../shared/money.ts';
import { listed } from '../shared/words.ts';
import { stateWords } from './state-words.ts';

/** The rule's parameters as given; what is not given has the rule's default. */
export type RuleSettings = Readonly<Record<string, unknown>>;

/** What the choice of a rule promises, to follow 'Fund ... for ...'. */
export function promise(allocation: Allocation, settings: RuleSettings, money: Money): string {
  const { rule, objective_value: value } = allocation;
  if (value === null) return '';
  const amount = money.rounded(value);
  switch (rule) {
    case 'minimax_regret':
      return value === 0 ? ', with nothing to regret in any state' : `: at most ${amount} to regret`;
    case 'interval_minimax_regret':
      return value === 0
        ? ', with nothing to regret however each one turns out'
        : `: at most ${amount} to regret however each one turns out`;
    case 'maximin':
      return value < 0
        ? `, which loses at most ${money.rounded(-value)} if all turn out worst`
        : `, which guarantees at least ${amount} if all turn out worst`;
    case 'maximax':
      return `, for ${amount} if all turn out best`;
    case 'bayesian':
      return `: ${amount} expected`;
    case 'hurwicz':
      return `: ${amount} at an optimism of ${optimism(settings)}`;
    case 'greedy_roi':
      return ', by a rule of thumb that proves nothing';
    default:
      return '';
  }
}

/** Why the rule takes what it takes, in a sentence or two; '' where its regret says it all. */
export function ruleSentence(allocation: Allocation, settings: RuleSettings, money: Money): string {
  const { rule, objective_value: value } = allocation;
  if (value === null) return '';
  const amount = money.exact(value);
  const best = (claim: string) => (allocation.status === 'node_limit' ? `${doubt(allocation, money)}` : claim);
  switch (rule) {
    case 'minimax_regret':
      return allocation.status === 'node_limit' ? `The search stopped at its limit: ${doubt(allocation, money)}.` : '';
    case 'interval_minimax_regret':
      return `However each initiative turns out, it can be regretted by ${amount} at most: ${best('no portfolio can promise less')}.`;
    case 'maximin':
      return `If all turn out worst it returns ${amount}: ${best('no portfolio guarantees more')}.`;
    case 'maximax':
      return `If all turn out best it returns ${amount}: ${best('no portfolio can return more')}.`;
    case 'bayesian':
      return `With weights of ${weightWords(settings)} it returns ${amount} on average: ${best('no portfolio returns more')}.`;
    case 'hurwicz':
      return `Weighing its best state by ${optimism(settings)} and its worst by the rest, it is worth ${amount}: ${best('no portfolio is worth more')}.`;
    case 'greedy_roi':
      return 'It takes what returns most per cost in the median state, while money is left.';
    default:
      return '';
  }
}

/** ', at most 3% from the best' where the answer is not proved. */
export function doubtClause(allocation: Allocation, money: Money): string {
  return allocation.status === 'node_limit' && allocation.proof !== null ? `, ${doubt(allocation, money)}` : '';
}

/** 'at most 3% from the best': the gap as a share of the bound, rounded up so that it stays true. */
function doubt({ proof }: Allocation, money: Money): string {
  if (proof === null) return 'how far from the best is not known';
  const percent = (proof.gap / Math.abs(proof.bound)) * 100;
  if (!(percent <= 100)) return `at most ${money.exact(proof.gap)} from the best`;
  const digits = percent < 1 ? 2 : percent < 10 ? 1 : 0;
  const unit = 10 ** digits;
  return `at most ${trimmed(formatNumber(Math.ceil(percent * unit - 1e-9) / unit, digits))}% from the best`;
}

function trimmed(number: string): string {
  return number.includes('.') ? number.replace(/\.?0+$/, '') : number;
}

function setting(rule: string, settings: RuleSettings, name: string): unknown {
  const parameters: Readonly<Record<string, { readonly default: unknown }>> | undefined = ruleOf(rule)?.parameters;
  return settings[name] ?? parameters?.[name]?.default;
}

function optimism(settings: RuleSettings): string {
  const alpha = setting('hurwicz', settings, 'alpha');
  return typeof alpha === 'number' ? formatConfidence(alpha) : 'its own';
}

function weightWords(settings: RuleSettings): string {
  const weights = setting('bayesian', settings, 'weights');
  const record = typeof weights === 'object' && weights !== null ? (weights as Readonly<Record<string, unknown>>) : {};
  const states = Object.keys(stateWords) as State[];
  const values = states.map((state) => record[state]);
  if (!values.every((value) => typeof value === 'number')) return 'its own';
  const [first] = values;
  if (values.every((value) => Math.abs(value - (first ?? 0)) < 1e-9)) return 'a third on each state';
  return listed(states.map((state, j) => `${formatConfidence(values[j] ?? 0)} on the ${stateWords[state]} state`));
}
