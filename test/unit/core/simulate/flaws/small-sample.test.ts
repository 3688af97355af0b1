import { describe, expect, it } from 'vitest';
import { summarise } from '../toy-world.ts';
import { flawed, naiveDifferenceOf, shiftOf } from './flawed-worlds.ts';

const flaw = (severity: number) => ({ id: 'small_sample', parameters: { severity } });

describe('small_sample', () => {
  it('moves the naive answer neither way, and further off', () => {
    const { mean, standardError } = shiftOf(naiveDifferenceOf, flaw(0.8), {}, 100);
    expect(Math.abs(mean)).toBeLessThan(4 * standardError);
    const error = (severity: number) =>
      summarise(
        Array.from({ length: 60 }, (_, r) => {
          const { pilot, truth } = flawed(severity === 0 ? [] : [flaw(severity)], {}, r);
          return (naiveDifferenceOf(pilot) - truth.sample.att!) ** 2;
        }),
      );
    const [all, few] = [error(0), error(0.8)];
    expect((few.mean - all.mean) / Math.hypot(few.standardError, all.standardError)).toBeGreaterThan(4);
  });

  it('keeps the share of the products that is left', () => {
    const { pilot } = flawed([flaw(0.7)], { n_products: 1000 });
    const kept = pilot.observedUntil.filter((until) => until === 28).length;
    expect(Math.abs(kept - 300)).toBeLessThan(4 * Math.sqrt(1000 * 0.21));
    expect(pilot.observedUntil.filter((until) => until === -1).length).toBe(1000 - kept);
  });
});
