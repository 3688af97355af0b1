import { formatMoney } from '../../charts/format.ts';

/**
 * Effects are money per product and day, from fractions of a cent to thousands. All that are shown together get the same
 * decimals: three figures of the largest of them, and cents at least.
 */
export function effectMoney(symbol: string, shownTogether: readonly (number | null)[]): (value: number) => string {
  const sizes = shownTogether.flatMap((value) => (value === null || value === 0 ? [] : [Math.abs(value)]));
  const largest = sizes.length === 0 ? 1 : Math.max(...sizes);
  const decimals = largest >= 1000 ? 0 : Math.min(8, Math.max(2, 2 - exponentOf(largest)));
  return (value) => formatMoney(value, symbol, decimals);
}

function exponentOf(value: number): number {
  return Number(value.toExponential(0).split('e')[1]);
}
