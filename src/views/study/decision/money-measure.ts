import { formatCount, formatMoney, formatSigned } from '../../../charts/format.ts';
import type { Measured } from '../../../core/study/diagnosand.ts';
import type { Money } from '../../shared/money.ts';
import { roundedMeasure, type RoundedMeasure } from '../rounded-measure.ts';

/** Money, with no digit finer than its Monte Carlo error. */
export function moneyMeasure(measured: Measured | null, { symbol }: Pick<Money, 'symbol'>): RoundedMeasure {
  return roundedMeasure(measured, 'outcome', (value, decimals) => formatMoney(value, symbol, decimals));
}

/** The same with its sign: '+$900 (300)'; where the error cannot be told, that is said. */
export function signedMeasure(measured: Measured | null, { symbol, rounded }: Pick<Money, 'symbol' | 'rounded'>): string {
  if (measured?.monte_carlo_se === null) return `${formatSigned(measured.value, rounded)}, error unknown`;
  const format = (value: number, decimals: number) => formatSigned(value, (amount) => formatMoney(amount, symbol, decimals));
  return roundedMeasure(measured, 'outcome', format).text;
}

/** '33% (7)', and where it is none or all, which has no Monte Carlo error: 'none of 40'. */
export function shareWords(measured: Measured | null, of: number): string {
  if (measured !== null && (measured.value === 0 || measured.value === 1))
    return `${measured.value === 0 ? 'none' : 'all'} of ${formatCount(of)}`;
  return roundedMeasure(measured, 'share').text;
}
