import { describe, expect, it } from 'vitest';
import { flawed, naiveDifferenceOf, shiftOf } from './flawed-worlds.ts';

const flaw = (severity: number) => ({ id: 'imbalance', parameters: { severity } });

describe('imbalance', () => {
  it.each([0, 14])('moves the naive answer up, with %i periods before the intervention', (pre_periods) => {
    const { mean, standardError } = shiftOf(naiveDifferenceOf, flaw(0.6), { pre_periods });
    expect(mean / standardError).toBeGreaterThan(4);
  });

  it('takes controls off the record, half of the severity of them, and the stronger rather', () => {
    const clean = flawed([], { n_products: 1000 }).pilot;
    const { pilot } = flawed([flaw(0.8)], { n_products: 1000 });
    const before = (i: number) => clean.observed.revenue.slice(i * 28, i * 28 + 14).reduce((sum, x) => sum + x, 0);
    const sums = { missing: 0, kept: 0, missingCount: 0 };
    pilot.observedUntil.forEach((until, i) => {
      if (pilot.assignment.firstTreated[i]! >= 0) return expect(until).toBe(28);
      if (until === -1) sums.missingCount += 1;
      sums[until === -1 ? 'missing' : 'kept'] += before(i);
    });
    expect(Math.abs(sums.missingCount - 200)).toBeLessThan(4 * Math.sqrt(500 * 0.24));
    expect(sums.missing / sums.missingCount).toBeGreaterThan((1.5 * sums.kept) / (500 - sums.missingCount));
  });
});
