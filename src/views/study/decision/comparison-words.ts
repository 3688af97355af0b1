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

/** 'The confidence penalty lowers realised regret here, by $900 give or take $300.' Difference: regret without it minus regret with it. */
export function penaltySentence(difference: Difference, replications: number, money: Money): Phrase[] {
  const { value, error } = withTwoErrors(difference, money);
  const amount = tone(`${value} give or take ${error}`, 'regret');
  const differ = `${formatCount(difference.replications_that_differ)} of ${formatCount(replications)} replications`;
  switch (verdictOf(difference)) {
    case 'never differs':
      return ['The confidence penalty changes nothing here: without it, every replication would have funded the same.'];
    case 'too few differ':
      return [
        `Whether the confidence penalty lowers realised regret cannot be told: without it, only ${differ} would have funded something else.`,
      ];
    case 'no clear difference':
      return [
        'Whether the confidence penalty lowers realised regret cannot be told from zero: without it, regret would be ',
        tone(`${value} ${difference.value < 0 ? 'lower' : 'higher'}, give or take ${error}`, 'regret'),
        ` (two Monte Carlo errors; ${differ} would have funded something else).`,
      ];
    case 'higher':
      return ['The confidence penalty lowers realised regret here, by ', amount, ` (two Monte Carlo errors, on the same replications).`];
    case 'lower':
      return ['The confidence penalty raises realised regret here, by ', amount, ` (two Monte Carlo errors, on the same replications).`];
  }
}

/** The size of a difference and two Monte Carlo errors of it, in the digits of the latter. */
function withTwoErrors({ value, monte_carlo_se: error }: Measured, money: Money): { readonly value: string; readonly error: string } {
  const rounded = moneyMeasure({ value: Math.abs(value), monte_carlo_se: (error ?? 0) * errors }, money);
  return { value: rounded.value, error: rounded.error === '' ? 'nothing' : `${money.symbol}${rounded.error}` };
}
