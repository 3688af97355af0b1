import { coefficientsFromPartials, seasonalProduct, type Arma } from './arma.ts';

/** Numbers of autoregressive and moving average terms, ordinary and seasonal. */
export type ArmaOrder = {
  readonly p: number;
  readonly q: number;
  readonly seasonalP: number;
  readonly seasonalQ: number;
  readonly season: number;
};

export function countTerms({ p, q, seasonalP, seasonalQ }: ArmaOrder): number {
  return p + q + seasonalP + seasonalQ;
}

/** The process at unbounded x, of which inside * x / sqrt(1 + x^2) are partial autocorrelations (Monahan 1984, Biometrika 71). */
export function processOf(x: ArrayLike<number>, order: ArmaOrder, inside: number): Arma {
  const natural = naturalOf(x, order, inside);
  const { p, q, seasonalP, season } = order;
  const part = (from: number, count: number, sign: number) => natural.slice(from, from + count).map((value) => sign * value);
  return {
    phi: seasonalProduct(part(0, p, 1), part(p + q, seasonalP, 1), season),
    theta: seasonalProduct(part(p, q, -1), part(p + q + seasonalP, order.seasonalQ, -1), season).map((value) => -value),
  };
}

/** The coefficients as they are reported: autoregressive, moving average, seasonal autoregressive, seasonal moving average. */
export function naturalOf(x: ArrayLike<number>, { p, q, seasonalP, seasonalQ }: ArmaOrder, inside: number): number[] {
  const partials = Array.from(x, (value) => (inside * value) / Math.sqrt(1 + value * value));
  const block = (from: number, count: number) => coefficientsFromPartials(partials.slice(from, from + count));
  const negated = (values: number[]) => values.map((value) => -value);
  return [...block(0, p), ...negated(block(p, q)), ...block(p + q, seasonalP), ...negated(block(p + q + seasonalP, seasonalQ))];
}

export function processNames({ p, q, seasonalP, seasonalQ }: ArmaOrder): string[] {
  const named = (prefix: string, count: number) => Array.from({ length: count }, (_, j) => `${prefix}${j + 1}`);
  return [...named('ar', p), ...named('ma', q), ...named('sar', seasonalP), ...named('sma', seasonalQ)];
}

/** The covariance of the reported coefficients from that of x. */
export function naturalCovariance(covariance: Float64Array, x: Float64Array, order: ArmaOrder, inside: number): Float64Array {
  const free = x.length;
  const slopes = Array.from(x, (value, j) => {
    const step = 1e-5 * Math.max(1, Math.abs(value));
    const shifted = (by: number) =>
      naturalOf(
        x.map((other, i) => (i === j ? other + by : other)),
        order,
        inside,
      );
    const [up, down] = [shifted(step), shifted(-step)];
    return up.map((upper, i) => (upper - down[i]!) / (2 * step));
  });
  return Float64Array.from({ length: free * free }, (_, k) => {
    const [a, b] = [Math.floor(k / free), k % free];
    let sum = 0;
    for (let i = 0; i < free; i += 1) for (let j = 0; j < free; j += 1) sum += slopes[i]![a]! * slopes[j]![b]! * covariance[i * free + j]!;
    return sum;
  });
}
