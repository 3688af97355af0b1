import type { MixedRegret, RuleVerdict } from '../../core/decide/decision.ts';
import { editableNumber } from '../../ui/parse-number.ts';
import type { QuickDecision as Decision } from './analyse-table.ts';

/** A figure of a table: up to six digits, grouped, with a real minus. */
export function figure(value: number): string {
  return editableNumber(Number(value.toPrecision(6))).replace('-', '\u2212');
}

export function percent(share: number): string {
  return `${figure(Math.round(share * 1000) / 10)}%`;
}

export function list(names: readonly string[], word = 'and'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}

export const ruleNames = {
  minimax_regret: 'Minimax regret',
  maximin: 'Maximin',
  maximax: 'Maximax',
  hurwicz: 'Hurwicz',
  laplace: 'Laplace',
  expected_value: 'Expected value',
} as const;
export type TableRuleName = keyof typeof ruleNames;

export type RuleLine = {
  readonly rule: TableRuleName;
  readonly label: string;
  readonly by: string;
  readonly verdict: RuleVerdict;
  readonly why: string;
};

/** Every rule with its pick and a sentence why. Rules of costs are named for what they do with them. */
export function ruleLines(decision: Decision): readonly RuleLine[] {
  return (Object.keys(ruleNames) as TableRuleName[]).flatMap((rule) => {
    const verdict = decision[rule];
    return verdict === undefined
      ? []
      : [{ rule, label: labelOf(rule, decision), by: foundBy[rule], verdict, why: whyOf(rule, verdict, decision) }];
  });
}

const foundBy: Readonly<Record<TableRuleName, string>> = {
  minimax_regret: 'smallest largest regret',
  maximin: 'best worst outcome',
  maximax: 'best best outcome',
  hurwicz: 'weighted best and worst',
  laplace: 'mean over states',
  expected_value: 'mean by the weights',
};

function labelOf(rule: TableRuleName, { sense }: Decision): string {
  if (sense === 'cost' && rule === 'maximin') return 'Minimax cost';
  if (sense === 'cost' && rule === 'maximax') return 'Minimin cost';
  return ruleNames[rule];
}

function whyOf(rule: TableRuleName, verdict: RuleVerdict, decision: Decision): string {
  const own = verdict.values[verdict.selected] ?? 0;
  const isCost = decision.sense === 'cost';
  const amount = figure(own);
  const shared = verdict.ties.length > 0;
  const next = runnerUp(verdict);
  switch (rule) {
    case 'minimax_regret': {
      if (own === 0) return 'It is as good as any option in every state: there is nothing to regret.';
      const where = list(decision.minimax_regret.worst_states, 'or');
      return `It is never more than ${amount} from the best (${where})${next === null ? '' : `; any other can be regretted by ${figure(next)} or more`}.`;
    }
    case 'maximin':
      return isCost
        ? `It costs ${amount} at the most${next === null ? '' : `; any other may cost ${figure(next)} or more`}.`
        : `It brings ${amount} even in its worst state${next === null ? '' : `; no other is sure of more than ${figure(next)}`}.`;
    case 'maximax':
      return isCost
        ? `It may cost as little as ${amount}, ${shared ? 'the least there is' : 'less than any other'}.`
        : `It may bring ${amount}, ${shared ? 'the most there is' : 'more than any other'}.`;
    case 'hurwicz': {
      const { alpha } = decision.hurwicz;
      return `${figure(alpha)} of its best outcome and ${figure(Number((1 - alpha).toPrecision(12)))} of its worst make ${amount}, ${shared ? 'as good as any' : isCost ? 'the least' : 'the most'}.`;
    }
    case 'laplace':
      return `Its mean is ${amount} with all states equally likely${next === null ? '' : `; the next best has ${figure(next)}`}.`;
    case 'expected_value': {
      const worth = decision.expected_value?.value_of_perfect_information ?? 0;
      return `It has ${amount} on average by the weights${next === null ? '' : `; the next best has ${figure(next)}`}. Being told the state first would be worth ${figure(worth)} at most.`;
    }
    default:
      return rule satisfies never;
  }
}

/** The best figure among the options that the rule does not pick; null where it picks all. */
function runnerUp({ selected, ties, values, chosen }: RuleVerdict): number | null {
  const picked = new Set([selected, ...ties]);
  const others = Object.entries(values)
    .filter(([name]) => !picked.has(name))
    .map(([, value]) => value);
  if (others.length === 0) return null;
  return chosen === 'largest' ? Math.max(...others) : Math.min(...others);
}

export function decideHeading(decision: Decision | null, missing: number): string {
  if (decision === null)
    return missing > 0
      ? `Fill in the table: ${missing === 1 ? 'one payoff is' : `${missing} payoffs are`} missing.`
      : 'The table needs a correction.';
  const { selected, ties, values } = decision.minimax_regret;
  const regret = values[selected] ?? 0;
  const picked = [selected, ...ties];
  if (regret === 0) return picked.length === 1 ? `${selected} cannot be regretted.` : `${list(picked)} cannot be regretted.`;
  return `${list(picked, 'or')}: the least to regret, ${figure(regret)} at most.`;
}

/** Who agrees with minimax regret, and who picks what instead. */
export function decideReading(decision: Decision): string {
  const [regret, ...others] = ruleLines(decision);
  if (regret === undefined) return '';
  const pick = regret.verdict.selected;
  const alike = others.filter(({ verdict }) => verdict.selected === pick);
  const picks = [...new Set(others.filter(({ verdict }) => verdict.selected !== pick).map(({ verdict }) => verdict.selected))];
  const elsewhere = picks.map((name) => {
    const rules = others.filter(({ verdict }) => verdict.selected === name).map(({ label }) => label);
    return `${list(rules)} ${rules.length === 1 ? 'picks' : 'pick'} ${name}`;
  });
  if (elsewhere.length === 0) return `Every rule picks ${pick}.`;
  const agreeing =
    alike.length === 0
      ? `Minimax regret is alone in picking ${pick}: `
      : `${list([regret.label, ...alike.map(({ label }) => label)])} pick ${pick}; `;
  return `${agreeing}${elsewhere.join('; ')}.`;
}

export function mixedWords({ expected_regret: expected, pure_regret: pure, probabilities, worst_states: states }: MixedRegret): string {
  const drawn = Object.entries(probabilities)
    .filter(([, share]) => share > 0)
    .map(([name]) => name);
  if (expected >= pure)
    return `Drawing lots does not help here: ${drawn[0] ?? ''} alone already has the smallest expected regret one can be sure of, ${figure(pure)}.`;
  return `Drawing between ${list(drawn)} keeps the expected regret at ${figure(expected)} whatever the state (reached in ${list(states)}); the best single option can be regretted by ${figure(pure)}.`;
}
