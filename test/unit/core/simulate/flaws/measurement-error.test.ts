import { describe, expect, it } from 'vitest';
import { flawed, groupMean, naiveDifferenceOf, shiftOf, REPLICATIONS } from './flawed-worlds.ts';
import { summarise } from '../toy-world.ts';

const flaw = (severity: number, parameters: Record<string, unknown> = {}) => ({
  id: 'measurement_error',
  parameters: { severity, outcome_noise: 0, overstatement: 0, quality_noise: 0, ...parameters },
});

describe('measurement_error', () => {
  it('moves the naive answer up by the overstatement of what the treated sell', () => {
    const { mean, standardError } = shiftOf(naiveDifferenceOf, flaw(0.5, { overstatement: 0.3 }));
    expect(mean / standardError).toBeGreaterThan(4);
    const treated = Array.from({ length: REPLICATIONS }, (_, r) => groupMean(flawed([], {}, r).pilot, true, 'after')).reduce(
      (sum, x) => sum + x / REPLICATIONS,
      0,
    );
    expect(mean).toBeCloseTo(0.15 * treated, 2);
  });

  it('adds noise of mean zero to revenue, of the coefficient of variation that was set', () => {
    const [clean, seen] = [flawed([], { n_products: 600 }).pilot, flawed([flaw(1, { outcome_noise: 0.5 })], { n_products: 600 }).pilot];
    const factors = Array.from(seen.observed.revenue).flatMap((revenue, at) =>
      clean.observed.revenue[at]! > 0 ? [revenue / clean.observed.revenue[at]!] : [],
    );
    const { mean, standardError } = summarise(factors);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError);
    expect(standardError * Math.sqrt(factors.length)).toBeGreaterThan(0.45);
    expect(standardError * Math.sqrt(factors.length)).toBeLessThan(0.55);
    expect(seen.observed.revenue.every((revenue, at) => revenue > 0 === clean.observed.revenue[at]! > 0)).toBe(true);
    expect(seen.observed.orderedUnits).toEqual(clean.observed.orderedUnits);
  });

  it('makes recorded quality noisy, within its bounds, and leaves the truth of it to demand', () => {
    const [clean, seen] = [flawed([], { n_products: 600 }).pilot, flawed([flaw(0.5, { quality_noise: 0.2 })], { n_products: 600 }).pilot];
    const errors = seen.catalog.quality.map((q, i) => q - clean.catalog.quality[i]!);
    const { mean, standardError } = summarise(errors);
    // Scores near 1 are cut there, so the mean error is a little below 0.
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(standardError * Math.sqrt(600)).toBeGreaterThan(0.08);
    expect(standardError * Math.sqrt(600)).toBeLessThan(0.11);
    for (const q of seen.catalog.quality) {
      if (!(q >= 0 && q <= 1 && q === Math.round(1000 * q) / 1000)) expect.fail(`score ${q}`);
    }
    expect(seen.observed).toEqual(clean.observed);
  });
});
