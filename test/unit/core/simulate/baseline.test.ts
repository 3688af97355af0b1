import { describe, expect, it } from 'vitest';
import { naiveDifference } from '../../../../src/core/measure/naive-difference.ts';
import { baselineRows } from '../../../../src/core/simulate/baseline.ts';
import { pilotSeries } from '../../../../src/core/simulate/pilot-series.ts';
import { pilotTable } from '../../../../src/core/simulate/pilot-table.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const targeted = { id: 'selection_on_observables', parameters: { quality_weight: -2, price_weight: 1 } };

describe('baselineRows', () => {
  it('has the means that a difference in means of the same columns has', () => {
    const { pilot } = simulateToy(toyWorld({ n_products: 400, design: targeted }));
    const table = pilotTable(pilot, 'cross_section');
    const rows = baselineRows(pilot);
    expect(rows.map(({ covariate }) => covariate)).toEqual(['price', 'quality_score', 'pre_revenue']);
    for (const row of rows) {
      const answer = naiveDifference.estimate(table, {
        outcome_column: row.covariate,
        treatment_column: 'treated',
        confidence_level: 0.95,
      });
      if (answer.status !== 'ok') throw new Error(answer.reason);
      expect(row.treated_mean - row.control_mean).toBeCloseTo(answer.estimate, 9);
      expect(Math.sign(row.smd)).toBe(Math.sign(answer.estimate));
    }
    expect(rows[1]!.smd).toBeLessThan(-0.5);
    expect(rows[0]!.smd).toBeGreaterThan(0.3);
  });

  it('divides by the standard deviation of the treated', () => {
    const { pilot } = simulateToy(toyWorld({ design: targeted }));
    const prices = [...pilot.catalog.price].filter((_, i) => pilot.assignment.firstTreated[i]! >= 0);
    const centre = prices.reduce((sum, price) => sum + price, 0) / prices.length;
    const spread = Math.sqrt(prices.reduce((sum, price) => sum + (price - centre) ** 2, 0) / (prices.length - 1));
    const [price] = baselineRows(pilot);
    expect(price!.smd).toBeCloseTo((price!.treated_mean - price!.control_mean) / spread, 12);
  });

  it('leaves out revenue where there are no periods before, and everything where a side is empty', () => {
    const withoutPast = simulateToy(toyWorld({ pre_periods: 0 }));
    expect(baselineRows(withoutPast.pilot).map(({ covariate }) => covariate)).toEqual(['price', 'quality_score']);
    const everyone = simulateToy(toyWorld({ design: { id: 'everyone_from_date', parameters: {} } }));
    expect(baselineRows(everyone.pilot)).toEqual([]);
  });
});

describe('the start of treatment', () => {
  it('is one date unless products start at different times', () => {
    const simulated = simulateToy(toyWorld());
    expect(pilotSeries(simulated)).not.toHaveProperty('last_start_index');
    const firstTreated = simulated.pilot.assignment.firstTreated.map((first, i) => (first >= 0 && i % 2 === 0 ? first + 3 : first));
    const staggered = { ...simulated, pilot: { ...simulated.pilot, assignment: { firstTreated } } };
    expect(pilotSeries(staggered).last_start_index).toBe(17);
  });

  it('and the periods of a series of weeks are named as weeks', () => {
    const { dates } = pilotSeries(
      simulateToy(toyWorld({ granularity: 'week', start_date: '2026-01-26', pre_periods: 2, post_periods: 1 })),
    );
    expect(dates).toEqual(['2026-W05', '2026-W06', '2026-W07']);
  });
});
