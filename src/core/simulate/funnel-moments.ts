import { cartSpread, impressionsByTwentieth, unitsByPercentile, visitSpread } from './demand-funnel.ts';
import type { FunnelChange } from './effects/effect.ts';

/** [impressions, how many twentieths of active products have them]. */
const twentiethsByImpressions = Array.from(new Set(impressionsByTwentieth), (impressions) => {
  return [impressions, impressionsByTwentieth.filter((each) => each === impressions).length] as const;
});

export type FunnelRates = { readonly impression_to_visit: number; readonly visit_to_cart: number; readonly cart_to_order: number };

/** Moments of one product-period. */
export type FunnelMoments = {
  readonly impressions: number;
  readonly visits: number;
  readonly cart_adds: number;
  readonly ordered_units: number;
  readonly ordered_units_squared: number;
  /** P(ordered_units = k) at index k = 0..5. */
  readonly p_units: readonly number[];
};

/**
 * Moments of the funnel given that the product is active, exactly: a floor of a uniform takes each whole number with the
 * length of the interval that leads to it, so the expectation is a finite sum over impressions, visits and cart adds.
 */
export function momentsGivenActivity(rates: FunnelRates): FunnelMoments {
  let impressionsMean = 0;
  let visitsMean = 0;
  let cartAddsMean = 0;
  const pUnits = new Float64Array(6);
  for (const impressions of impressionsByTwentieth) {
    const share = 1 / impressionsByTwentieth.length;
    impressionsMean += share * impressions;
    forEachFloor(impressions * rates.impression_to_visit, visitSpread, (floored, pVisits) => {
      const visits = Math.max(1, floored);
      visitsMean += share * pVisits * visits;
      forEachFloor(visits * rates.visit_to_cart, cartSpread, (cartAdds, pCart) => {
        const probability = share * pVisits * pCart;
        cartAddsMean += probability * cartAdds;
        addUnits(pUnits, probability, cartAdds, rates.cart_to_order);
      });
    });
  }
  let units = 0;
  let squares = 0;
  pUnits.forEach((probability, k) => {
    units += probability * k;
    squares += probability * k * k;
  });
  return {
    impressions: impressionsMean,
    visits: visitsMean,
    cart_adds: cartAddsMean,
    ordered_units: units,
    ordered_units_squared: squares,
    p_units: [...pUnits],
  };
}

/** Expected ordered units of an active product under a change of the funnel. */
export type ExpectedUnits = (change: Pick<FunnelChange, 'impressionsFactor' | 'unitsFactor' | 'truncatesUnits'>) => number;

/**
 * Exact as `momentsGivenActivity`: units rounded at random have the factor times the mean, truncated ones the sum of
 * P(k) floor(k * factor); impressions rounded at random lie between two whole numbers, each with its own distribution of units.
 */
export function expectedUnits(rates: FunnelRates): ExpectedUnits {
  const plain = momentsGivenActivity(rates);
  const unitsGiven = unitsGivenImpressions(rates);
  const meanGiven = remembering((impressions) => meanUnits(unitsGiven(impressions)));
  return ({ impressionsFactor, unitsFactor, truncatesUnits }) => {
    const kept = (pUnits: ArrayLike<number>) => meanUnits(pUnits, (k) => Math.floor(k * unitsFactor));
    if (impressionsFactor === 1) return truncatesUnits ? kept(plain.p_units) : unitsFactor * plain.ordered_units;
    return truncatesUnits
      ? shownMoreOften((impressions) => kept(unitsGiven(impressions)), impressionsFactor)
      : unitsFactor * shownMoreOften(meanGiven, impressionsFactor);
  };
}

function meanUnits(pUnits: ArrayLike<number>, unitsOf = (k: number) => k): number {
  let sum = 0;
  for (let k = 0; k < pUnits.length; k += 1) sum += pUnits[k]! * unitsOf(k);
  return sum;
}

/** Mean of what is given for each number of impressions, these multiplied and rounded up or down at random. */
function shownMoreOften(given: (impressions: number) => number, factor: number): number {
  let sum = 0;
  for (const [impressions, twentieths] of twentiethsByImpressions) {
    const shown = impressions * factor;
    const fewer = Math.floor(shown);
    const share = shown - fewer;
    sum += twentieths * (share > 0 ? (1 - share) * given(fewer) + share * given(fewer + 1) : given(fewer));
  }
  return sum / impressionsByTwentieth.length;
}

/** P(ordered_units = k) given the impressions, worked out once for each number of impressions and of visits. */
function unitsGivenImpressions(rates: FunnelRates): (impressions: number) => Float64Array {
  const givenVisits = remembering((visits) => {
    const pUnits = new Float64Array(6);
    forEachFloor(visits * rates.visit_to_cart, cartSpread, (cartAdds, probability) =>
      addUnits(pUnits, probability, cartAdds, rates.cart_to_order),
    );
    return pUnits;
  });
  return remembering((impressions) => {
    if (impressions === 0) return Float64Array.of(1, 0, 0, 0, 0, 0);
    const pUnits = new Float64Array(6);
    forEachFloor(impressions * rates.impression_to_visit, visitSpread, (floored, probability) => {
      givenVisits(Math.max(1, floored)).forEach((p, k) => (pUnits[k] = pUnits[k]! + probability * p));
    });
    return pUnits;
  });
}

function remembering<T>(compute: (x: number) => T): (x: number) => T {
  const known = new Map<number, T>();
  return (x) => {
    const found = known.get(x);
    if (found !== undefined) return found;
    const value = compute(x);
    known.set(x, value);
    return value;
  };
}

/** Calls back with every value of floor(x * U), U uniform on [low, high), and its probability. */
function forEachFloor(x: number, [low, high]: readonly [number, number], visit: (value: number, probability: number) => void): void {
  if (!(x > 0)) return visit(0, 1);
  const last = Math.floor(x * high);
  for (let value = Math.floor(x * low); value <= last; value += 1) {
    const length = Math.min(high, (value + 1) / x) - Math.max(low, value / x);
    if (length > 0) visit(value, length / (high - low));
  }
}

function addUnits(pUnits: Float64Array, probability: number, cartAdds: number, orderRate: number): void {
  if (!(Math.floor(cartAdds * orderRate) > 0)) {
    pUnits[0] = pUnits[0]! + probability;
    return;
  }
  const share = probability / unitsByPercentile.length;
  for (const wanted of unitsByPercentile) {
    const units = Math.min(wanted, cartAdds);
    pUnits[units] = pUnits[units]! + share;
  }
}
