import type { Demand } from '../pilot.ts';

/** Multiplies the units ordered at an entry, rounded up or down by the uniform so that the product is their mean; at 1 nothing changes. */
export function scaleOrders(seen: Demand, at: number, factor: number, uniform: number): void {
  const units = seen.orderedUnits[at]!;
  if (units === 0) return;
  const exact = units * factor;
  const floor = Math.floor(exact);
  const changed = uniform < exact - floor ? floor + 1 : floor;
  if (changed !== units) setOrders(seen, at, changed, seen.revenue[at]! / units);
}

/** Writes the units ordered, at this price; whoever orders was in the cart, visited and was shown the product. */
export function setOrders(seen: Demand, at: number, units: number, price: number): void {
  seen.orderedUnits[at] = units;
  seen.revenue[at] = price * units;
  seen.cartAdds[at] = Math.max(seen.cartAdds[at]!, units);
  seen.visits[at] = Math.max(seen.visits[at]!, units);
  seen.impressions[at] = Math.max(seen.impressions[at]!, units);
}
