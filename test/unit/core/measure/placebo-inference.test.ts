import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeboInference, summariseGaps, type GapSummary } from '../../../../src/core/measure/placebo-inference.ts';

fc.configureGlobal({ seed: 7 });

const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
const summary = fc
  .record({
    preRmspe: positive,
    postRmspe: positive,
    meanPostGap: fc.integer({ min: 1, max: 5000 }).map((value) => (value % 2 === 0 ? value : -value) / 100),
  })
  .map((s): GapSummary => ({ ...s, ratio: s.postRmspe / s.preRmspe }));

describe('placeboInference', () => {
  it('keeps exactly the constant effects that the placebo test does not reject', () => {
    fc.assert(
      fc.property(
        summary,
        fc.array(summary, { minLength: 19, maxLength: 60 }),
        fc.constantFrom(0.8, 0.9, 0.95),
        (treated, placebos, level) => {
          const { ciLower, ciUpper, method } = placeboInference(treated, placebos, level, 1);
          const isRejected = (effect: number) => {
            const own = Math.abs(treated.meanPostGap - effect) / treated.preRmspe;
            const rank = 1 + placebos.filter((placebo) => Math.abs(placebo.meanPostGap) / placebo.preRmspe >= own).length;
            return rank / (placebos.length + 1) <= 1 - level + 1e-12;
          };
          const width = ciUpper - ciLower;
          expect(method).toBe('placebo test inverted');
          for (const inside of [ciLower + 1e-6 * width, treated.meanPostGap, ciUpper - 1e-6 * width])
            expect(isRejected(inside)).toBe(false);
          for (const outside of [ciLower - 1e-6 * width, ciUpper + 1e-6 * width]) expect(isRejected(outside)).toBe(true);
        },
      ),
    );
  });

  it('ranks the ratio and never goes below 1 over the number of units', () => {
    fc.assert(
      fc.property(summary, fc.array(summary, { minLength: 2, maxLength: 30 }), (treated, placebos) => {
        const { pValue, ciLower, ciUpper } = placeboInference(treated, placebos, 0.95, 1);
        const sorted = [treated, ...placebos].map((gaps) => gaps.ratio).sort((a, b) => b - a);
        expect(pValue).toBeCloseTo((sorted.lastIndexOf(treated.ratio) + 1) / sorted.length, 12);
        expect(pValue).toBeGreaterThanOrEqual(1 / sorted.length);
        expect(ciLower <= treated.meanPostGap && treated.meanPostGap <= ciUpper).toBe(true);
        expect(Number.isFinite(ciLower) && Number.isFinite(ciUpper)).toBe(true);
      }),
    );
  });

  it('uses t where the placebo test cannot reject: 18 donors at 95%, not 19', () => {
    const gaps: GapSummary = { preRmspe: 1, postRmspe: 2, meanPostGap: 2, ratio: 2 };
    const placebos = (count: number) =>
      Array.from({ length: count }, (_, j): GapSummary => ({ preRmspe: 1, postRmspe: 1, meanPostGap: j % 2 === 0 ? 1 : -1, ratio: 1 }));
    expect(placeboInference(gaps, placebos(18), 0.95, 1)).toMatchObject({ df: 18, standardError: 1, method: 't on placebo gaps' });
    expect(placeboInference(gaps, placebos(18), 0.95, 1).ciUpper).toBeCloseTo(2 + 2.10092204024, 9);
    expect(placeboInference(gaps, placebos(19), 0.95, 1)).toMatchObject({ df: null, ciLower: 1, ciUpper: 3 });
  });
});

describe('placebos that are followed without error', () => {
  const placebo = (preRmspe: number, meanPostGap: number) => ({ preRmspe, postRmspe: Math.abs(meanPostGap), meanPostGap, ratio: 1 });
  const treated = placebo(1, 3);
  const usual = Array.from({ length: 39 }, (_, k) => placebo(1, k / 10));

  it('leave nothing to divide by: mean gaps are then taken as they are, also where the treated unit is such', () => {
    const gaps = usual.map(({ meanPostGap }) => placebo(0.1, meanPostGap));
    for (const [own, others] of [
      [treated, [...gaps, placebo(0, 3.9)]],
      [placebo(0, 3), [...gaps, placebo(2, 3.9)]],
    ] as const) {
      const found = placeboInference(own, others, 0.95, 10);
      // The second largest of 40 absolute gaps: 3.9 and 3.8.
      expect([found.ciLower, found.ciUpper]).toEqual([3 - 3.8, 3 + 3.8]);
      expect(found.standardError).toBeCloseTo(Math.sqrt(others.reduce((sum, { meanPostGap: g }) => sum + g * g, 0) / 40), 12);
      expect(found.divided).toBe(false);
    }
  });

  it('are as good as any where nothing moves afterwards either', () => {
    const still = placeboInference(treated, [...usual, placebo(0, 0)], 0.95, 10);
    expect([still.divided, Number.isFinite(still.standardError)]).toEqual([true, true]);
  });
});

describe('summariseGaps', () => {
  it('takes roots of mean squares on either side', () => {
    expect(summariseGaps(Float64Array.of(3, -4, 1, 2, 3), 2, 10)).toEqual({
      preRmspe: Math.sqrt(12.5),
      postRmspe: Math.sqrt(14 / 3),
      meanPostGap: 2,
      ratio: Math.sqrt(14 / 3) / Math.sqrt(12.5),
    });
  });

  it('keeps the ratio finite after a perfect fit', () => {
    expect(Number.isFinite(summariseGaps(Float64Array.of(0, 0, 1), 2, 10).ratio)).toBe(true);
  });
});
