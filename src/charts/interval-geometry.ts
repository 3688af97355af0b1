import type { ScaleLinear } from 'd3-scale';
import type { Interval } from './chart-types.ts';

/** An interval on a scale; an end outside the scale stops at its edge and is open (drawn as an arrow). */
export type PlacedInterval = {
  readonly x: number;
  readonly x0: number;
  readonly x1: number;
  readonly openLeft: boolean;
  readonly openRight: boolean;
};

export function placeInterval(interval: Interval, scale: ScaleLinear<number, number>): PlacedInterval {
  const [low, high] = scale.domain() as [number, number];
  const inside = (value: number) => scale(Math.min(Math.max(value, low), high));
  return {
    x: inside(interval.estimate),
    x0: inside(interval.lower),
    x1: inside(interval.upper),
    openLeft: interval.lower < low,
    openRight: interval.upper > high,
  };
}

export function contains(interval: Interval, value: number): boolean {
  return interval.lower <= value && value <= interval.upper;
}

/** How far outside the interval the value is; 0 inside. */
export function distanceOutside(interval: Interval, value: number): number {
  return Math.max(0, interval.lower - value, value - interval.upper);
}
