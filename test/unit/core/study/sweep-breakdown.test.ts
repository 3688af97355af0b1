import { describe, expect, it } from 'vitest';
import type { EstimateSummary } from '../../../../src/core/study/study-document.ts';
import { diagnosandBand, normalBand, shareBand } from '../../../../src/core/study/monte-carlo-band.ts';
import { firstCrossing, sweepBreakdown } from '../../../../src/core/study/sweep-breakdown.ts';
import type { SweepPoint } from '../../../../src/core/study/sweep-plan.ts';

const z = 1.959963984540054;

/** A point where one initiative's coverage is c of n, and this portfolio is funded most often. */
function point(value: number, c: number | null, n: number, portfolio: readonly string[] | null = null): SweepPoint {
  const coverage = c === null ? null : { value: c, monte_carlo_se: Math.sqrt((c * (1 - c)) / n) };
  const summary = {
    initiative_id: 'a',
    position: 0,
    about: 'population',
    replications: n,
    kept: n,
    diagnosands: { coverage },
  } as unknown as EstimateSummary;
  return {
    value,
    issues: null,
    replications: n,
    diagnosands: c === null ? [] : [summary],
    decision:
      portfolio === null
        ? null
        : {
            expected_regret: null,
            oracle_probability: null,
            selection: [],
            modal_portfolio: { initiatives: portfolio, share: 0.8 },
            average_portfolio: null,
          },
  };
}

const coverageOf = (points: readonly SweepPoint[]) => sweepBreakdown(['a'], points, null).coverage[0]!;

describe('the crossing of a threshold', () => {
  it('is on the line between two neighbours', () => {
    const line = (x: number) => 1 - x / 4;
    const points = [0, 0.3, 0.7, 1].map((x) => ({ x, y: line(x) }));
    expect(firstCrossing(points, 0.9)!.value).toBeCloseTo(0.4, 12);
    expect(firstCrossing(points, 0.9)!.between).toEqual([0.3, 0.7]);
    expect(
      firstCrossing(
        [...points].map(({ x, y }) => ({ x, y: 1 - y })),
        0.1,
      )!.value,
    ).toBeCloseTo(0.4, 12);
  });
  it('is the first where there are several, and none where there is none', () => {
    const points = [1, 0.8, 1, 0].map((y, x) => ({ x, y }));
    expect(firstCrossing(points, 0.9)).toEqual({ value: 0.5, between: [0, 1] });
    expect(firstCrossing(points, -1)).toBeNull();
    expect(firstCrossing([], 0.9)).toBeNull();
    expect(firstCrossing([{ x: 3, y: 0 }], 0.9)).toBeNull();
  });
});

describe('the breakdown of coverage', () => {
  it('lies where the line falls below 0.90, its interval where the edges of the band do', () => {
    const n = 400;
    const points = [point(0, 0.95, n), point(1, 0.85, n), point(2, 0.75, n)];
    const { kind, value, between, interval } = coverageOf(points);
    expect([kind, value, between]).toEqual(['falls', expect.closeTo(0.5, 12), [0, 1]]);
    const edge = (k: number, side: 'lower' | 'upper') => wilson([0.95, 0.85, 0.75][k]!, n)[side];
    const cross = (side: 'lower' | 'upper', k: number) => k + (0.9 - edge(k, side)) / (edge(k + 1, side) - edge(k, side));
    expect(interval!.lower).toBeCloseTo(cross('lower', 0), 10);
    expect(interval!.upper).toBeCloseTo(cross('upper', edge(1, 'upper') < 0.9 ? 0 : 1), 10);
    expect(interval!.lower!).toBeLessThan(value!);
    expect(interval!.upper!).toBeGreaterThan(value!);
  });
  it('has an end beyond the grid where the band does not cross within it', () => {
    const { kind, interval } = coverageOf([point(0, 0.92, 50), point(1, 0.88, 50)]);
    expect(kind).toBe('falls');
    expect(interval).toEqual({ lower: null, upper: null });
  });
  it('is said to be rising where more of the parameter helps, with the ends in order', () => {
    const { kind, value, interval } = coverageOf([point(100, 0.5, 1000), point(200, 0.8, 1000), point(300, 0.95, 1000)]);
    expect([kind, value]).toEqual(['rises', expect.closeTo(200 + 100 * (0.1 / 0.15), 8)]);
    expect(interval!.lower!).toBeLessThan(value!);
    expect(interval!.upper!).toBeGreaterThan(value!);
  });
  it('is never, always, or not to be told', () => {
    expect(coverageOf([point(0, 0.95, 100), point(1, 0.9, 100)])).toMatchObject({ kind: 'never', value: null, interval: null });
    expect(coverageOf([point(0, 0.5, 100), point(1, 0.89, 100)])).toMatchObject({ kind: 'always', value: null });
    expect(coverageOf([point(0, null, 100)])).toMatchObject({ kind: 'unknown' });
  });
  it('passes over values that the scenario cannot have', () => {
    const gap: SweepPoint = { value: 1, issues: [{ path: 'x', message: 'cannot be' }], replications: 0, diagnosands: [], decision: null };
    expect(coverageOf([point(0, 1, 100), gap, point(2, 0.8, 100)])).toMatchObject({
      kind: 'falls',
      value: expect.closeTo(1, 12),
      between: [0, 2],
    });
  });
});

describe('the flip of the decision', () => {
  const points = [point(0, null, 9, ['a']), point(1, null, 9, ['a']), point(2, null, 9, ['a', 'b']), point(3, null, 9, [])];
  it('is every change of the portfolio funded most often, with the values around it', () => {
    expect(sweepBreakdown([], points, null).decision!.flips).toEqual([
      { between: [1, 2], from: ['a'], to: ['a', 'b'], shares: [0.8, 0.8] },
      { between: [2, 3], from: ['a', 'b'], to: [], shares: [0.8, 0.8] },
    ]);
  });
  it('is told from the current value on both of its sides', () => {
    const at = (current: number) => sweepBreakdown([], points, current).decision!.from_current;
    expect(at(2)).toMatchObject({ portfolio: ['a', 'b'], below: { between: [1, 2] }, above: { between: [2, 3] } });
    expect(at(0)).toMatchObject({ below: null, above: { between: [1, 2] } });
    expect(at(3)).toMatchObject({ portfolio: [], below: { between: [2, 3] }, above: null });
    expect(at(0.5)).toBeNull();
  });
  it('is nothing where nothing was decided', () => {
    expect(sweepBreakdown([], [point(0, 1, 9)], 0).decision).toBeNull();
  });
});

describe('a Monte Carlo band', () => {
  it('of a share is where the score test does not reject: (p - q)^2 = z^2 q (1 - q) / n', () => {
    for (const [p, n] of [
      [0, 20],
      [0.05, 20],
      [0.5, 300],
      [0.97, 100],
      [1, 20],
    ] as const) {
      const band = shareBand(p, n)!;
      for (const q of [band.lower, band.upper]) if (q > 0 && q < 1) expect((p - q) * (p - q)).toBeCloseTo((z * z * q * (1 - q)) / n, 12);
      expect(band.upper - band.lower).toBeGreaterThan(0);
      expect(band.lower).toBeLessThanOrEqual(p);
      expect(band.upper).toBeGreaterThanOrEqual(p);
    }
    expect(shareBand(1, 20)!.lower).toBeCloseTo(20 / (20 + z * z), 12);
    expect(shareBand(0.5, 0)).toBeNull();
  });
  it('of anything else is 1.96 errors wide on either side', () => {
    expect(normalBand({ value: 3, monte_carlo_se: 0.5 })).toEqual({ lower: 3 - z * 0.5, upper: 3 + z * 0.5 });
    expect(normalBand({ value: 3, monte_carlo_se: null })).toBeNull();
  });
  it('of a sign error rests on the replications that reject', () => {
    const summary = {
      replications: 200,
      kept: 200,
      diagnosands: { rejection_rate: { value: 0.1, monte_carlo_se: 0.02 }, type_s_error: { value: 0, monte_carlo_se: 0 } },
    } as unknown as EstimateSummary;
    expect(diagnosandBand(summary, 'type_s_error')).toEqual(shareBand(0, 20));
  });
});

/** Roots of the score equation by the quadratic formula. */
function wilson(p: number, n: number): { readonly lower: number; readonly upper: number } {
  const [a, b, c] = [1 + (z * z) / n, -(2 * p + (z * z) / n), p * p];
  const root = Math.sqrt(b * b - 4 * a * c);
  return { lower: (-b - root) / (2 * a), upper: (-b + root) / (2 * a) };
}
