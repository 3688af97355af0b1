import type { Choice } from '../../../../../src/core/scenario/scenario.ts';
import type { Pilot, SimulatedPilot } from '../../../../../src/core/simulate/pilot.ts';
import { simulateToy, summarise, toyWorld } from '../toy-world.ts';

export const REPLICATIONS = 12;

type Changes = Parameters<typeof toyWorld>[0];

const clean = new Map<string, SimulatedPilot>();

/** A pilot in which demand differs between products. Those without flaws are kept: they are what the others are compared with. */
export function flawed(flaws: readonly Choice[], changes: Changes = {}, replication = 0): SimulatedPilot {
  if (flaws.length > 0) return simulate(flaws, changes, replication);
  const key = JSON.stringify([changes, replication]);
  const known = clean.get(key) ?? simulate(flaws, changes, replication);
  clean.set(key, known);
  return known;
}

function simulate(flaws: readonly Choice[], changes: Changes, replication: number): SimulatedPilot {
  const world = toyWorld({ n_products: 120, post_periods: 14, demand: { product_variation: 0.4 }, ...changes, flaws });
  return simulateToy(world, { replication });
}

/** Mean and standard error of what the flaw adds to an answer, on the same products, demand and assignment. */
export function shiftOf(answer: (pilot: Pilot) => number, flaw: Choice, changes: Changes = {}, replications = REPLICATIONS) {
  const shifts = Array.from(
    { length: replications },
    (_, replication) => answer(flawed([flaw], changes, replication).pilot) - answer(flawed([], changes, replication).pilot),
  );
  return summarise(shifts);
}

/** Treated minus control mean of revenue per observed period from the intervention on. */
export function naiveDifferenceOf(pilot: Pilot): number {
  return groupMean(pilot, true, 'after') - groupMean(pilot, false, 'after');
}

/** Of the treated, after minus before. */
export function beforeAfterOf(pilot: Pilot): number {
  return groupMean(pilot, true, 'after') - groupMean(pilot, true, 'before');
}

export function groupMean(
  { catalog, calendar, assignment, observed, observedUntil }: Pilot,
  treated: boolean,
  when: 'before' | 'after',
): number {
  const { nPeriods, interventionIndex } = calendar;
  const [from, end] = when === 'before' ? [0, interventionIndex] : [interventionIndex, nPeriods];
  let products = 0;
  let sum = 0;
  for (let i = 0; i < catalog.nProducts; i += 1) {
    const to = Math.min(end, observedUntil[i]!);
    if (assignment.firstTreated[i]! >= 0 !== treated || to <= from) continue;
    let revenue = 0;
    for (let t = from; t < to; t += 1) revenue += observed.revenue[i * nPeriods + t]!;
    products += 1;
    sum += revenue / (to - from);
  }
  return sum / products;
}

/** Equal in every key and every bit; quicker than a deep comparison that can explain itself. */
export function identical(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    const [left, right] = [a, b] as unknown as [Float64Array, Float64Array];
    return left.constructor === right.constructor && left.length === right.length && left.every((x, i) => Object.is(x, right[i]));
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && identical((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
