// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveReturnsGeometry } from '../../src/charts/effective-returns-geometry.ts';
import { errorPartsGeometry } from '../../src/charts/error-parts-geometry.ts';
import { estimateGeometry } from '../../src/charts/estimate-geometry.ts';
import { forestGeometry } from '../../src/charts/forest-geometry.ts';
import { formatForIntervals, formatForValues, formatSignificant } from '../../src/charts/format.ts';
import { frontierGeometry } from '../../src/charts/frontier-geometry.ts';
import { holdingsGeometry } from '../../src/charts/holdings-geometry.ts';
import { pairedDifferenceGeometry } from '../../src/charts/paired-difference-geometry.ts';
import { countPValues } from '../../src/charts/p-value-data.ts';
import { pValueGeometry } from '../../src/charts/p-value-geometry.ts';
import { penaltyGeometry } from '../../src/charts/penalty-geometry.ts';
import { regretDistributionGeometry } from '../../src/charts/regret-distribution-geometry.ts';
import { regretSplitGeometry } from '../../src/charts/regret-split-geometry.ts';
import { samplingDistributionGeometry } from '../../src/charts/sampling-distribution-geometry.ts';
import { rankIntervals } from '../../src/charts/zip-data.ts';
import { zipGeometry } from '../../src/charts/zip-geometry.ts';
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
    const placed = fc
      .tuple(row, fc.option(number))
      .map(([plain, truthAtScale]) => (truthAtScale === null ? plain : { ...plain, truthAtScale }));
    fc.assert(
      fc.property(fc.uniqueArray(placed, { maxLength: 8, selector: ({ id }) => id }), width, (rows, width) => {
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
            parts: { pilot_estimation: lower, pilot_sample: estimate, transport: lower, scale_sample: upper, scale_estimation: 1 },
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

  it('frontier', () => {
    const returns = fc.record({ best: number, med: number, worst: number });
    const step = fc.record({ from: number, portfolio: fc.option(fc.record({ returns, regret: number })), v_star: returns });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), number, fc.boolean(), width, (drawn, budget, exact, width) => {
        const ordered = [...drawn].sort((a, b) => a.from - b.from);
        const steps = ordered.map(({ from, portfolio, v_star }, i) => ({
          from,
          to: ordered[i + 1]?.from ?? null,
          selected_initiatives: portfolio && ['a'],
          total_cost: portfolio && from,
          objective_value: portfolio && portfolio.regret,
          max_regret: portfolio && portfolio.regret,
          returns: portfolio && portfolio.returns,
          v_star,
          expected: portfolio && portfolio.returns.med,
        }));
        const geometry = frontierGeometry(
          { objective: { label: 'largest regret', sense: 'minimise' }, steps, exact, reason: null },
          { width, budget, format: String, formatBudget: String },
        );
        const { regret, value, ...rest } = geometry;
        expectDrawable(rest);
        expect(numbersIn([regret, value].map(({ box, up, across }) => [box, up.ticks, across.ticks])).every(Number.isFinite)).toBe(true);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('holdings and the penalty', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const standing = fc.constantFrom('core' as const, 'borderline' as const, 'exterior' as const);
    const holding = fc.record({ id: fc.uuid(), count: fc.nat(), share, standing });
    const point = fc.record({ id: fc.string({ maxLength: 80 }), confidence: share, gamma: share, funded: fc.boolean() });
    const curve = fc.array(fc.record({ x: share, y: share }), { maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(holding, { maxLength: 12 }),
        fc.array(point, { maxLength: 40 }),
        curve,
        fc.option(share),
        width,
        (holdings, points, curve, threshold, width) => {
          const near = { tolerance: 0.1, base: 1, limit: 1, best: 1, count: 5, capped: false, holdings, reason: null };
          expectDrawable(holdingsGeometry(near, { width, funded: [] }));
          const { panel, ...rest } = penaltyGeometry(curve, points, { width, threshold });
          expectDrawable(rest);
          expect(panel.box.x1).toBeGreaterThan(panel.box.x0);
        },
      ),
      { seed: 8, numRuns: 300 },
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

  it('pictures of a study, also of what is no number', () => {
    const any = fc.oneof(number, fc.constantFrom(Number.NaN, Infinity, -Infinity));
    const averaged = fc.record({ value: any, monte_carlo_se: fc.option(any) });
    const values = fc.array(any, { maxLength: 40 });
    const format = formatSignificant;
    fc.assert(
      fc.property(
        fc.array(values, { maxLength: 4 }),
        fc.array(averaged, { minLength: 2, maxLength: 6 }),
        any,
        width,
        (lists, means, other, width) => {
          const [first, second] = means as [(typeof means)[number], (typeof means)[number]];
          const all = lists.flat().map((value, i) => ({ replication: i, value }));
          const rows = lists.map((values, i) => ({
            id: `${i}`,
            label: `${i}`,
            estimates: values.map((estimate, replication) => ({ replication, estimate })),
            mean: first.value,
            mean_error: first.monte_carlo_se,
            truth: i === 0 ? null : other,
          }));
          expectDrawable(samplingDistributionGeometry(rows, { width, format }));
          const intervals = all.map(({ replication, value }, i) => {
            const [lower, estimate, upper] = [value, other, all[i - 1]?.value ?? 0].sort((a, b) => a - b) as [number, number, number];
            return { replication, estimate, lower, upper, z: value };
          });
          const zip = { width, truth: Number.isFinite(other) ? other : 0, nominal: 0.95, coverage: first, format };
          expectDrawable(zipGeometry(rankIntervals(intervals, zip.truth), zip));
          const pValues = countPValues(lists.flat(), { alpha: 0.05, nullHolds: true });
          expectDrawable(pValueGeometry(pValues, { width, alpha: 0.05 }));
          const regrets = all.map(({ replication, value }) => ({ replication, regret: value }));
          const worst = { value: other, replication: 3 };
          expectDrawable(regretDistributionGeometry({ regrets, mean: first, worst }, { width, format }));
          const arms = means.map((difference, i) => ({ id: `${i}`, label: `${i}`, group: `${i % 2}`, expected: second, difference }));
          expectDrawable(pairedDifferenceGeometry(arms, { width, format }));
          const parts = means.map((mean, i) => ({ ...mean, id: `${i}`, label: `${i}` }));
          expectDrawable(regretSplitGeometry(parts, second, { width, format }));
        },
      ),
      { seed: 9, numRuns: 150 },
    );
  });
});
