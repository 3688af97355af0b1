import { describe, expect, it } from 'vitest';
import { pilotSeries, pilotSummary } from '../../../../src/core/simulate/pilot-series.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('pilotSeries', () => {
  const simulated = simulateToy(toyWorld());
  const series = pilotSeries(simulated);

  it('averages by date over the treated and the others', () => {
    const { pilot } = simulated;
    const at = (t: number, wanted: boolean) =>
      mean(
        Array.from({ length: 60 }, (_, i) => i)
          .filter((i) => pilot.assignment.firstTreated[i]! >= 0 === wanted)
          .map((i) => pilot.observed.revenue[i * 21 + t]!),
      );
    for (const t of [0, 13, 14, 20]) {
      expect(series.treated[t]).toBeCloseTo(at(t, true), 12);
      expect(series.control![t]).toBeCloseTo(at(t, false), 12);
    }
    expect([series.dates.length, series.intervention_index]).toEqual([21, 14]);
  });

  it('differs from the treated without treatment by the sample effect on the treated, and not at all before', () => {
    const gaps = series.treated.map((y, t) => y - series.treated_without_treatment[t]!);
    expect(gaps.slice(0, 14)).toEqual(new Array<number>(14).fill(0));
    expect(mean(gaps.slice(14))).toBeCloseTo(simulated.truth.sample.att!, 10);
  });

  it('has no controls where everyone is treated', () => {
    expect(pilotSeries(simulateToy(toyWorld({ design: { id: 'everyone_from_date', parameters: {} } }))).control).toBeNull();
  });
});

describe('pilotSummary', () => {
  it('describes what was observed', () => {
    const { pilot } = simulateToy(toyWorld());
    const summary = pilotSummary(pilot);
    expect([summary.n_products, summary.n_treated, summary.n_control]).toEqual([60, 30, 30]);
    expect(summary.mean_price).toBeCloseTo(mean([...pilot.catalog.price]), 10);
    expect((summary.mean_quality_treated! + summary.mean_quality_control!) / 2).toBeCloseTo(mean([...pilot.catalog.quality]), 10);
    expect(summary.revenue).toBeCloseTo(mean([...pilot.observed.revenue]), 10);
    expect(summary.ordered_units).toBeCloseTo(mean([...pilot.observed.orderedUnits]), 10);
    expect(summary.order_share).toBe([...pilot.observed.orderedUnits].filter((u) => u > 0).length / (60 * 21));
  });

  it('has no quality of controls where there are none', () => {
    expect(
      pilotSummary(simulateToy(toyWorld({ design: { id: 'everyone_from_date', parameters: {} } })).pilot).mean_quality_control,
    ).toBeNull();
  });
});
