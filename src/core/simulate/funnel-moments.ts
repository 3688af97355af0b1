import { cartSpread, impressionsByTwentieth, unitsByPercentile, visitSpread } from './demand-funnel.ts';

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
