import { describe, expect, it } from 'vitest';
import { measureInitiative, type MeasureTask } from '../../../../src/core/measure-initiative.ts';
import { differenceInDifferences } from '../../../../src/core/measure/difference-in-differences.ts';
import type { EventStudyPicture } from '../../../../src/core/measure/method-picture.ts';
import { defaultDemand } from '../../../../src/core/scenario/defaults.ts';
import { performance, randomSource, runFitted, tableOf, type Replicate } from './toy-worlds.ts';

const names = { outcome_column: 'y', unit_column: 'unit', time_column: 'time', treatment_column: 'd', n_bootstrap: 99 };

/** Levels differ by arm, errors follow each other within units; the effect depends on the time since the start. */
function world(seed: number, starts: readonly number[], nTimes: number, effect: (sinceStart: number) => number) {
  const { normal } = randomSource(seed);
  const unit: number[] = [];
  const time: number[] = [];
  const d: number[] = [];
  const y: number[] = [];
  let truth = 0;
  starts.forEach((start, u) => {
    const level = 10 + normal() + (start > 0 ? 3 : 0);
    let error = normal();
    for (let t = 1; t <= nTimes; t += 1) {
      error = 0.6 * error + 0.8 * normal();
      const isTreated = start > 0 && t >= start;
      const gain = isTreated ? effect(t - start) : 0;
      truth += gain;
      unit.push(u);
      time.push(t);
      d.push(isTreated ? 1 : 0);
      y.push(level + 0.2 * t + error + gain);
    }
  });
  return { table: tableOf({ unit, time, d, y }), truth: truth / d.reduce((sum, value) => sum + value, 0) };
}

function replicate(
  count: number,
  starts: readonly number[],
  nTimes: number,
  effect: (sinceStart: number) => number,
  given: Record<string, unknown>,
) {
  return Array.from({ length: count }, (_, r) => {
    const { table, truth } = world(1000 + 17 * r, starts, nTimes, effect);
    return { ...runFitted(differenceInDifferences, table, { ...names, ...given }), truth };
  });
}

function expectCalibrated(replicates: readonly Replicate[]): void {
  const { bias, biasError, coverage, coverageError } = performance(replicates);
  expect(Math.abs(bias)).toBeLessThan(4 * biasError);
  expect(Math.abs(coverage - 0.95)).toBeLessThan(3 * Math.max(coverageError, Math.sqrt((0.95 * 0.05) / replicates.length)));
}

const fewTreated = [...Array<number>(14).fill(0), ...Array<number>(4).fill(5)];
const cohorts = [...Array<number>(8).fill(0), ...Array<number>(8).fill(4), ...Array<number>(8).fill(6)];

describe('under parallel trends', () => {
  it.each(['two_way_fixed_effects', 'group_time'])('%s is unbiased and covers, with four treated units', (method) => {
    const replicates = replicate(300, fewTreated, 8, () => 1, { method });
    expectCalibrated(replicates);
    const spread = performance(replicates).spread;
    const meanSquare = replicates.reduce((sum, { standard_error: error }) => sum + error! * error!, 0) / replicates.length;
    expect(Math.sqrt(meanSquare) / spread).toBeGreaterThan(0.85);
    expect(Math.sqrt(meanSquare) / spread).toBeLessThan(1.15);
  });

  it('uncorrected errors cover too seldom there, which CR2 repairs', () => {
    const { coverage } = performance(replicate(200, fewTreated, 8, () => 1, { standard_errors: 'CR0' }));
    expect(coverage).toBeLessThan(0.92);
  });

  it('group-time effects find an effect that grows, and two-way fixed effects do not', () => {
    const grows = (sinceStart: number) => sinceStart;
    expectCalibrated(replicate(300, cohorts, 9, grows, {}));
    const { bias, biasError } = performance(replicate(60, cohorts, 9, grows, { method: 'two_way_fixed_effects' }));
    expect(bias).toBeLessThan(-10 * biasError);
    expect(bias).toBeLessThan(-0.3);
  });

  it.each(['doubly_robust', 'outcome_regression'])('trends that follow a covariate are adjusted for: %s', (adjustment) => {
    const draw = (seed: number) => {
      const { uniform, normal } = randomSource(seed);
      const columns = { unit: [] as number[], time: [] as number[], d: [] as number[], y: [] as number[], x: [] as number[] };
      for (let u = 0; u < 60; u += 1) {
        const x = normal();
        const isTreated = uniform() < 0.5 + 0.2 * Math.max(-2, Math.min(2, x));
        const level = 5 * normal();
        for (let t = 1; t <= 4; t += 1) {
          columns.unit.push(u);
          columns.time.push(t);
          columns.d.push(isTreated && t >= 3 ? 1 : 0);
          columns.y.push(level + t * (1 + x) + normal() + (isTreated && t >= 3 ? 2 : 0));
          columns.x.push(x);
        }
      }
      return tableOf(columns);
    };
    const estimates = (length: number, given: Record<string, unknown>) =>
      Array.from({ length }, (_, r) => ({
        ...runFitted(differenceInDifferences, draw(1 + 31 * r), { ...names, ...given }),
        truth: 2,
      }));
    expectCalibrated(estimates(200, { adjustment_columns: ['x'], adjustment }));
    const { bias, biasError } = performance(estimates(60, {}));
    expect(bias).toBeGreaterThan(6 * biasError);
  });

  it('the test of the periods before rejects as often as it says, and the band covers all periods at once', () => {
    const starts = [...Array<number>(20).fill(0), ...Array<number>(10).fill(6)];
    const replicates = replicate(300, starts, 9, () => 0, { n_bootstrap: 199 });
    const pictures = replicates.map(({ picture }) => picture as EventStudyPicture);
    const rejected = pictures.filter(({ pre_trend: test }) => test!.p_value < 0.05).length / pictures.length;
    const held =
      pictures.filter(({ rows }) => rows.every((row) => row.simultaneous_lower <= 0 && 0 <= row.simultaneous_upper)).length /
      pictures.length;
    const error = Math.sqrt((0.95 * 0.05) / pictures.length);
    expect(Math.abs(rejected - 0.05)).toBeLessThan(3 * error);
    expect(Math.abs(held - 0.95)).toBeLessThan(3 * error);
  });
});

describe('in pilots', () => {
  const task = (replication: number, design: MeasureTask['world']['design']): MeasureTask => ({
    stage: 'pilot',
    seed: 'difference in differences at home',
    replication,
    confidence_level: 0.95,
    n_products: 60,
    world: {
      initiative_id: 'home',
      catalog: {
        n_products: 60,
        categories: ['Food & Beverage'],
        start_date: '2026-01-05',
        granularity: 'day',
        pre_periods: 8,
        post_periods: 8,
      },
      demand: { ...defaultDemand, product_variation: 0.3 },
      effect: { id: 'quantity_boost', parameters: { size: 0.4 } },
      design,
      flaws: [],
      method: { id: 'difference_in_differences', parameters: { n_bootstrap: 99 } },
    },
  });

  it.each([
    ['staggered_rollout', { n_cohorts: 3, spacing: 2, never_treated_share: 0.25 }, 300],
    ['complete_randomisation', { treated_share: 0.4 }, 150],
  ] as const)('%s', (id, parameters, length) => {
    const replicates = Array.from({ length }, (_, r): Replicate => {
      const { result, truth } = measureInitiative(task(r, { id, parameters }));
      if (result.status !== 'ok') throw new Error(result.reason);
      return { estimate: result.effect_estimate, ci_lower: result.ci_lower, ci_upper: result.ci_upper, truth: truth.sample.att! };
    });
    expectCalibrated(replicates);
  });
});
