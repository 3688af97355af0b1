// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveReturnsGeometry } from '../../src/charts/effective-returns-geometry.ts';
import { errorPartsGeometry } from '../../src/charts/error-parts-geometry.ts';
import { estimateGeometry } from '../../src/charts/estimate-geometry.ts';
import { forestGeometry } from '../../src/charts/forest-geometry.ts';
import { formatForIntervals, formatForValues } from '../../src/charts/format.ts';
import { intervalHandlesGeometry } from '../../src/charts/interval-handles-geometry.ts';
import { seriesGeometry } from '../../src/charts/series-geometry.ts';
import { discontinuityGeometry } from '../../src/charts/discontinuity-geometry.ts';
import { eventStudyGeometry } from '../../src/charts/event-study-geometry.ts';
import { overlapGeometry } from '../../src/charts/overlap-geometry.ts';
import { responseGeometry } from '../../src/charts/response-geometry.ts';
import { days } from './fixtures.ts';
import { discontinuityPicture, eventStudyPicture, overlapPicture, responsePicture } from './picture-fixtures.ts';

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324),
);
const interval = fc.tuple(number, number, number).map((values) => {
  const [lower, estimate, upper] = [...values].sort((a, b) => a - b) as [number, number, number];
  return { lower, estimate, upper };
});
const width = fc.integer({ min: 240, max: 2000 });

/** All numbers in a geometry, at any depth; functions and scales are not followed. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, inner]) => (key === 'row' || key === 'scale' ? [] : numbersIn(inner)));
  return typeof value === 'string' && /NaN|undefined/.test(value) ? [Number.NaN] : [];
}

function expectDrawable(geometry: { readonly height: number }): void {
  expect(numbersIn(geometry).filter((value) => !Number.isFinite(value))).toEqual([]);
  expect(geometry.height).toBeGreaterThan(20);
  expect(geometry.height).toBeLessThan(20_000);
}

describe('whatever the numbers, the drawing has only finite places', () => {
  it('forest plot', () => {
    const row = fc.record({
      id: fc.uuid(),
      label: fc.string({ minLength: 1, maxLength: 80 }),
      detail: fc.string({ maxLength: 120 }),
      funded: fc.boolean(),
      pilot: fc.option(interval),
      scale: fc.option(interval),
      truth: fc.option(number),
      note: fc.option(fc.string({ maxLength: 200 })),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { maxLength: 8, selector: ({ id }) => id }), width, (rows, width) => {
        const format = formatForIntervals(
          rows.map(({ pilot }) => pilot),
          rows.map(({ truth }) => truth),
        );
        expectDrawable(forestGeometry(rows, { width, format, unit: 'dollars', intervalLabel: '95% interval' }));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('effective returns, estimates and error parts', () => {
    fc.assert(
      fc.property(
        fc.array(interval, { maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(number),
        width,
        (intervals, confidence, truth, width) => {
          const returns = intervals.map(({ lower, estimate, upper }, i) => ({
            id: `${i}`,
            label: `${i}`,
            confidence,
            returns: { best: upper, med: estimate, worst: lower },
          }));
          expectDrawable(effectiveReturnsGeometry(returns, { width, format: formatForValues(intervals.map(({ upper }) => upper)) }));
          const estimates = intervals.map((interval, i) => ({ id: `${i}`, label: `${i}`, tone: 'pilot' as const, interval }));
          expectDrawable(
            estimateGeometry(estimates, truth, { width, format: formatForIntervals(intervals), intervalLabel: '95% interval' }),
          );
          const errors = intervals.map(({ lower, estimate, upper }, i) => ({
            id: `${i}`,
            label: `${i}`,
            parts: { pilot_estimation: lower, pilot_sample: estimate, scale_sample: upper, scale_estimation: 1 },
          }));
          expectDrawable(errorPartsGeometry(errors, { width, format: String }));
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it('interval handles', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const row = fc
      .record({
        id: fc.uuid(),
        label: fc.string({ maxLength: 80 }),
        cost: number,
        confidence: share,
        three: interval,
        before: fc.option(interval),
        ineligible: fc.option(fc.string({ maxLength: 120 })),
        funded: fc.boolean(),
        mine: fc.boolean(),
      })
      .map(({ three, before, ...rest }) => ({
        ...rest,
        raw: { best: three.upper, med: three.estimate, worst: three.lower },
        effective: { best: three.estimate, med: three.estimate, worst: three.lower },
        changed: before !== null,
        original: before && { raw: { best: before.upper, med: before.estimate, worst: before.lower }, confidence: 0.3 },
      }));
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { maxLength: 8, selector: ({ id }) => id }),
        width,
        fc.boolean(),
        fc.option(share),
        (rows, width, ticks, threshold) => {
          const { layout, ...rest } = intervalHandlesGeometry(rows, {
            width,
            format: String,
            formatCost: String,
            ticks,
            threshold,
            hideFunded: false,
          });
          expectDrawable(rest);
          expect(numbersIn(layout.rows).every(Number.isFinite)).toBe(true);
        },
      ),
      { seed: 6, numRuns: 300 },
    );
  });

  it('series', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 40 }),
        fc.nat({ max: 45 }),
        width,
        (pairs, start, width) => {
          const series = {
            dates: days(pairs.length),
            intervention_index: start,
            treated: pairs.map(([a]) => a),
            control: null,
            treated_without_treatment: pairs.map(([, b]) => b),
          };
          const { panel, marks, ...rest } = seriesGeometry(series, { width, format: String, unit: 'dollars' });
          expectDrawable(rest);
          expect(numbersIn([panel.box, marks.map(({ box }) => box), panel.up.ticks.map(({ at }) => at)]).every(Number.isFinite)).toBe(true);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('event study, overlap, discontinuity and response', () => {
    const options = { unit: 'dollars', format: String, intervalLabel: '95% interval' };
    const events = eventStudyPicture(2, 3);
    const cutoff = discontinuityPicture();
    const response = responsePicture();
    const overlap = overlapPicture();
    fc.assert(
      fc.property(
        fc.array(interval, { minLength: 1, maxLength: 8 }),
        number,
        fc.nat({ max: 5000 }),
        width,
        (intervals, other, count, width) => {
          const rows = intervals.map(({ lower, estimate, upper }, i) => ({
            event_time: i - 2,
            estimate,
            ci_lower: lower,
            ci_upper: upper,
            simultaneous_lower: lower,
            simultaneous_upper: upper,
            is_reference: i === 1,
          }));
          expectDrawable(eventStudyGeometry({ ...events, rows, two_way: null }, { ...options, width }));
          const bins = intervals.map(({ lower, estimate, upper }) => ({
            x: other,
            mean: estimate,
            n: count,
            ci_lower: lower,
            ci_upper: upper,
          }));
          expectDrawable(discontinuityGeometry({ ...cutoff, cutoff: other, bins }, { ...options, width }));
          const curve = intervals.map(({ lower, estimate, upper }) => ({ x: other, y: estimate, lower, upper }));
          expectDrawable(responseGeometry({ ...response, curve, mean_change: other }, { ...options, width }));
          expectDrawable(
            overlapGeometry({ ...overlap, bins: [{ from: 0, to: 1, treated: count, control: 0 }], kept_range: [0.9, 0.1] }, { width }),
          );
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});
