import { formatCount } from '../../../charts/format.ts';
import type { Measured } from '../../../core/study/diagnosand.ts';
import { tone, type Phrase } from '../../../ui/phrase.ts';
import type { Money } from '../../shared/money.ts';
import { moneyMeasure } from './money-measure.ts';

export type Difference = Measured & { readonly replications_that_differ: number };

/** What a paired difference of regrets says. */
export type Verdict = 'lower' | 'higher' | 'no clear difference' | 'too few differ' | 'never differs';

/** A Monte Carlo error rests on the replications that differ; with fewer it is itself a guess. */
export const fewestThatDiffer = 10;
const errors = 2;

/** Against zero, give or take two Monte Carlo errors. */
export function verdictOf({ value, monte_carlo_se: error, replications_that_differ: differ }: Difference): Verdict {
  if (differ === 0) return 'never differs';
  if (differ < fewestThatDiffer || error === null) return 'too few differ';
  if (Math.abs(value) <= errors * error) return 'no clear difference';
  return value < 0 ? 'lower' : 'higher';
}

/** The scenario has a penalty and is compared with none, or has none and is compared with the usual one. */
export type PenaltyComparison = { readonly difference: Difference; readonly inUse: boolean };

/** 'The confidence penalty lowers realised regret here, by $900 give or take $300.' Both ways on the same replications. */
export function penaltySentence({ difference, inUse }: PenaltyComparison, replications: number, money: Money): Phrase[] {
  const { value, error } = withTwoErrors(difference, money);
  const otherwise = inUse ? 'without it' : 'with it';
  const differ = `${formatCount(difference.replications_that_differ)} of ${formatCount(replications)} replications`;
  const claim = (direction: 'lower' | 'raise'): Phrase[] => [
    inUse
      ? `The confidence penalty ${direction}s realised regret here, by `
      : `A confidence penalty would ${direction} realised regret here, by `,
    tone(`${value} give or take ${error}`, 'regret'),
    ' (two Monte Carlo errors, on the same replications).',
  ];
  switch (verdictOf(difference)) {
    case 'never differs':
      return [
        `${inUse ? 'The' : 'A'} confidence penalty changes nothing here: ${otherwise}, every replication would have funded the same.`,
      ];
    case 'too few differ':
      return [`Whether ${subject(inUse)} cannot be told: ${otherwise}, only ${differ} would have funded something else.`];
    case 'no clear difference':
      return [
        `Whether ${subject(inUse)} cannot be told from zero: ${otherwise}, regret would be `,
        tone(
          `${/[1-9]/.test(value) ? `${value} ${difference.value < 0 ? 'lower' : 'higher'}` : 'the same'}, give or take ${error}`,
          'regret',
        ),
        ` (two Monte Carlo errors; ${differ} would have funded something else).`,
      ];
    case 'higher':
      return claim(inUse ? 'lower' : 'raise');
    case 'lower':
      return claim(inUse ? 'raise' : 'lower');
  }
}

function subject(inUse: boolean): string {
  return inUse ? 'the confidence penalty lowers realised regret' : 'a confidence penalty would lower realised regret';
}

/** The size of a difference and two Monte Carlo errors of it, in the digits of the latter. */
function withTwoErrors({ value, monte_carlo_se: error }: Measured, money: Money): { readonly value: string; readonly error: string } {
  const rounded = moneyMeasure({ value: Math.abs(value), monte_carlo_se: (error ?? 0) * errors }, money);
  return { value: rounded.value, error: rounded.error === '' ? 'nothing' : `${money.symbol}${rounded.error}` };
}
