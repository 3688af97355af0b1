import { formatCount } from '../../../charts/format.ts';
import { defaultPenalty } from '../../../core/allocate/penalties/index.ts';
import type { ArmSummary, DecisionSummary } from '../../../core/study/decision-summary.ts';
import type { Measured } from '../../../core/study/diagnosand.ts';
import type { RegretSplit } from '../../../core/study/regret-split.ts';
import { tone, type Phrase } from '../../../ui/phrase.ts';
import type { Money } from '../../shared/money.ts';
import { paragraph } from '../../shared/phrases.ts';
import { penaltySentence, type PenaltyComparison } from './comparison-words.ts';
import { moneyMeasure, shareWords } from './money-measure.ts';

/** What the study says about the decision, in a few sentences with their uncertainty. */
export function decisionReading(summary: DecisionSummary, money: Money): Phrase[] {
  const own = summary.arms[0];
  if (own === undefined) return [];
  const penalty = penaltyComparison(summary.arms);
  return paragraph([
    regretSentence(own, money),
    oracleSentence(own, summary.with_oracle),
    penalty === null ? [] : penaltySentence(penalty, own.replications, money),
    curseSentence(own, money),
  ]);
}

/** What larger pilots, unbiased methods and another rule could save, as far as it can be told. */
export function splitReading({ sampling_noise, estimator_bias, transport, decision_rule }: RegretSplit, money: Money): Phrase[] {
  if (sampling_noise.monte_carlo_se === null)
    return ['How far each part may be off cannot be told: there are too few replications, or more than twenty initiatives.'];
  const told = [
    { part: sampling_noise, cost: 'Sampling noise costs ', gain: 'Sampling noise happens to save ' },
    { part: estimator_bias, cost: 'The bias of the estimators costs ', gain: 'The bias of the estimators happens to save ' },
    { part: transport, cost: 'That effects differ at scale costs ', gain: 'That effects differ at scale happens to save ' },
    { part: decision_rule, cost: 'The way to decide costs ', gain: 'The way to decide saves ' },
  ].filter(({ part }) => isClear(part));
  if (told.length === 0) return ['No part can be told from zero yet.'];
  return paragraph(
    told.map(({ part, cost, gain }): Phrase[] => {
      const amount = moneyMeasure({ ...part, value: Math.abs(part.value) }, money).text;
      return [part.value > 0 ? cost : gain, tone(amount, 'regret'), '.'];
    }),
  );
}

/** Of the arms that vary the penalty, the one without any, or, where the scenario has none, the usual one. */
function penaltyComparison(arms: readonly ArmSummary[]): PenaltyComparison | null {
  const differenceOf = (id: string) => arms.find((arm) => arm.id === id)?.difference_from_own ?? null;
  const without = differenceOf('penalty:none');
  if (without !== null) return { difference: without, inUse: true };
  const usual = differenceOf(`penalty:${defaultPenalty.id}`);
  return usual === null ? null : { difference: usual, inUse: false };
}

function regretSentence({ expected_regret: regret, worst_regret: worst, replications }: ArmSummary, money: Money): Phrase[] {
  if (regret === null || worst === null) return ['One replication does not make an average: let it go on.'];
  if (regret.value === 0 && worst.value === 0)
    return [
      `Deciding this way lost nothing in any of ${formatCount(replications)} replications against an oracle that knows every true effect.`,
    ];
  return [
    'Deciding this way loses ',
    tone(moneyMeasure(regret, money).text, 'regret'),
    ' on average against an oracle that knows every true effect, and ',
    tone(money.rounded(worst.value), 'regret'),
    ' at worst.',
  ];
}

function oracleSentence({ probability_of_oracle_set: same, probability_of_harmful_pick: harmful }: ArmSummary, of: number): Phrase[] {
  if (same === null || harmful === null) return [];
  return [`It funds what the oracle would in ${shareOf(same, of)}, and something that does harm in ${shareOf(harmful, of)}.`];
}

function curseSentence({ winners_curse: curse }: ArmSummary, money: Money): Phrase[] {
  if (curse === null) return [];
  const text = moneyMeasure({ ...curse, value: Math.abs(curse.value) }, money).text;
  if (!isClear(curse))
    return ['Whether portfolios return what was predicted cannot be told from zero: they miss it by ', tone(text, 'pilot'), ' on average.'];
  return ['What is funded returns ', tone(text, 'pilot'), ` ${curse.value > 0 ? 'less' : 'more'} than was predicted, on average.`];
}

function shareOf(share: Measured, of: number): string {
  const words = shareWords(share, of);
  return words.endsWith(`of ${formatCount(of)}`) ? `${words} replications` : `${words} of replications`;
}

/** More than two Monte Carlo errors from zero. */
function isClear({ value, monte_carlo_se: error }: Measured): boolean {
  return value !== 0 && error !== null && Math.abs(value) > 2 * error;
}
