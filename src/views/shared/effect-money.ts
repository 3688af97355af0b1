import { formatMoney } from '../../charts/format.ts';

/** Effects are small money per product and day: three digits that count, at most four decimals. */
export function effectMoney(symbol: string): (value: number) => string {
  return (value) => {
    const size = Math.abs(value);
    const decimals = size >= 100 ? 1 : size >= 10 ? 2 : 3;
    return formatMoney(value, symbol, decimals);
  };
}
