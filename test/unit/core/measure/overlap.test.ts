import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapSample, crumpMargin } from '../../../../src/core/measure/overlap.ts';
import { describeOverlap, drawOverlap, summariseWeights } from '../../../../src/core/measure/overlap-report.ts';
import { readUnits } from '../../../../src/core/measure/read-table.ts';
import { tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

const none = { trimming: 'none', trim_lower: 0, trim_upper: 1 } as const;
const names = { outcome_column: 'y', treatment_column: 't', covariate_columns: ['x'] };
const cellTable = tableOf({ y: [1, 2, 3, 4, 5, 6, 7, 8], t: [1, 0, 0, 0, 1, 1, 1, 0], x: [0, 0, 0, 0, 1, 1, 1, 1] });

describe("Crump's rule", () => {
  /** The precision of an average over a set is the sum of 1 / (e (1 - e)) over the squared size: least over all symmetric cuts. */
  function bruteForce(scores: readonly number[]): number {
    const within = (margin: number) => scores.filter((e) => Math.min(e, 1 - e) >= margin);
    const spread = (margin: number) => within(margin).reduce((sum, e) => sum + 1 / (e * (1 - e)), 0) / within(margin).length ** 2;
    return Math.min(...scores.map((e) => spread(Math.min(e, 1 - e))));
  }

  it('keeps the set on which the average effect is told most precisely, as trying every set shows', () => {
    const score = fc.oneof(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.double({ min: 0.001, max: 0.05, noNaN: true }));
    fc.assert(
      fc.property(fc.array(score, { minLength: 3, maxLength: 60 }), (scores) => {
        const margin = crumpMargin(Float64Array.from(scores));
        const kept = scores.filter((e) => e >= margin && e <= 1 - margin);
        const spread = kept.reduce((sum, e) => sum + 1 / (e * (1 - e)), 0) / kept.length ** 2;
        // The rule is that of a large sample: among n units it may keep one too many, or one too few.
        expect(spread).toBeLessThanOrEqual(bruteForce(scores) * (1 + 1.5 / kept.length));
        expect(margin).toBeGreaterThanOrEqual(0);
        expect(margin).toBeLessThan(0.5);
      }),
    );
  });

  it('solves its equation', () => {
    const scores = Float64Array.from({ length: 200 }, (_, i) => 0.002 + (0.9 * i) / 200);
    const margin = crumpMargin(scores);
    const bound = 1 / (margin * (1 - margin));
    const g = [...scores].map((e) => 1 / (e * (1 - e))).filter((value) => value <= bound);
    expect(margin).toBeGreaterThan(0);
    expect(bound).toBeCloseTo((2 * g.reduce((sum, value) => sum + value, 0)) / g.length, 8);
  });

  it('leaves everybody in where all scores are well inside', () => {
    expect(crumpMargin(Float64Array.of(0.3, 0.4, 0.5, 0.6, 0.7))).toBe(0);
    expect(crumpMargin(Float64Array.of(0.1, 0.1, 0.1))).toBe(0);
  });
});

describe('the sample', () => {
  it('is everybody without trimming, with scores that are the shares in each cell', () => {
    const sample = overlapSample(readUnits(cellTable, names), none);
    if (typeof sample === 'string') throw new Error(sample);
    expect([...sample.kept]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    sample.scores.forEach((score, i) => expect(score).toBeCloseTo(i < 4 ? 0.25 : 0.75, 10));
  });

  it('is told apart by a score that is fitted again to the units kept', () => {
    const x = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2];
    const t = [1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0];
    const units = readUnits(tableOf({ y: x.map((_, i) => i), t, x }), names);
    const sample = overlapSample(units, { trimming: 'bounds', trim_lower: 0, trim_upper: 0.7 });
    if (typeof sample === 'string') throw new Error(sample);
    expect(sample.units.n).toBe(8);
    expect([...sample.units.outcome]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(sample.propensity.probability[0]).toBeCloseTo(0.25, 10);
    expect(sample.propensity.probability[7]).toBeCloseTo(0.5, 10);
  });
});

describe('the report', () => {
  it('counts units by score and arm, pairs in order, and weight', () => {
    const units = readUnits(cellTable, names);
    const sample = overlapSample(units, none);
    if (typeof sample === 'string') throw new Error(sample);
    const weights = Float64Array.of(4, 4 / 3, 4 / 3, 4 / 3, 4 / 3, 4 / 3, 4 / 3, 4);
    const summary = summariseWeights(units, weights);
    expect(summary.effectiveTreated).toBeCloseTo(64 / (16 + 16 / 3), 12);
    expect(summary.largest).toBe(4);
    expect(summary.largestShare).toBeCloseTo(0.5, 12);
    const picture = drawOverlap(units, sample, weights, summary);
    const filled = picture.bins.filter((bin) => bin.treated + bin.control > 0);
    expect(filled.map(({ treated, control }) => [treated, control])).toEqual([
      [1, 3],
      [3, 1],
    ]);
    expect(picture.balance[0]?.after).toBeCloseTo(0, 12);
    const diagnostics = describeOverlap(units, sample, picture, summary);
    expect(diagnostics['c_statistic']).toBeCloseTo((9 + 0.5 * 6) / 16, 12);
    expect(diagnostics['overlap_share']).toBe(1);
  });
});
