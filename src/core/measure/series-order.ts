import { inputError } from '../contracts/input-error.ts';
import type { ArmaOrder } from './arma-parameters.ts';

export type SeriesOrder = {
  readonly arma: ArmaOrder;
  /** Lags at which the series is differenced, one after another. */
  readonly differences: readonly number[];
};

const MOST_TERMS = 5;
const MOST_SEASONAL_TERMS = 2;
const LONGEST_SEASON = 60;

/** Reads [p, d, q] and [P, D, Q, s]. @throws InputError for terms that cannot be fitted. */
export function readOrder(order: readonly number[], seasonalOrder: readonly number[] | null): SeriesOrder {
  const [p = 0, d = 0, q = 0] = order;
  const [seasonalP = 0, seasonalD = 0, seasonalQ = 0, season = 1] = seasonalOrder ?? [];
  if (Math.min(p, q) < 0 || Math.max(p, q) > MOST_TERMS) {
    throw inputError('order', `takes 0 to ${MOST_TERMS} autoregressive and moving average terms (found ${order.join(', ')})`, order);
  }
  if (d !== 0 && d !== 1) throw inputError('order', `takes 0 or 1 differences (found ${d})`, order);
  if (seasonalOrder !== null) {
    const found = seasonalOrder.join(', ');
    if (Math.min(seasonalP, seasonalQ) < 0 || Math.max(seasonalP, seasonalQ) > MOST_SEASONAL_TERMS) {
      throw inputError(
        'seasonal_order',
        `takes 0 to ${MOST_SEASONAL_TERMS} seasonal autoregressive and moving average terms (found ${found})`,
        seasonalOrder,
      );
    }
    if (seasonalD !== 0 && seasonalD !== 1) {
      throw inputError('seasonal_order', `takes 0 or 1 seasonal differences (found ${found})`, seasonalOrder);
    }
    if (season < 2 || season > LONGEST_SEASON) {
      throw inputError('seasonal_order', `takes a season of 2 to ${LONGEST_SEASON} periods (found ${found})`, seasonalOrder);
    }
  }
  return { arma: { p, q, seasonalP, seasonalQ, season }, differences: [...(d === 1 ? [1] : []), ...(seasonalD === 1 ? [season] : [])] };
}

/** The column differenced at each lag in turn; shorter by the sum of the lags. */
export function difference(column: Float64Array, lags: readonly number[]): Float64Array {
  return lags.reduce((values, lag) => values.slice(lag).map((value, t) => value - values[t]!), column);
}
