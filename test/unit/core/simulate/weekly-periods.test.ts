import { describe, expect, it } from 'vitest';
import { onlineRetailFive } from '../../../../src/core/scenario/presets/online-retail-five.ts';
import { parseScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import type { SimulatedInitiative } from '../../../../src/core/scenario/scenario.ts';
import { dayNumber, isoWeek, makeCalendar, mondayOf, periodLabels, startMisfit } from '../../../../src/core/simulate/calendar.ts';
import { labelAt, requireNumbers } from '../../../../src/core/numeric/columns.ts';
import { pilotTable } from '../../../../src/core/simulate/pilot-table.ts';
import type { Demand } from '../../../../src/core/simulate/pilot.ts';
import { livelyDemand, simulateToy, toyWorld } from './toy-world.ts';

describe('weekly calendar', () => {
  it('runs from Monday to Monday, over the year boundary', () => {
    const calendar = makeCalendar('2026-12-21', 2, 2, 'week');
    expect(calendar).toEqual({
      dates: ['2026-12-21', '2026-12-28', '2027-01-04', '2027-01-11'],
      nPeriods: 4,
      interventionIndex: 2,
      daysPerPeriod: 7,
    });
    expect(periodLabels(calendar)).toEqual(['2026-W52', '2026-W53', '2027-W01', '2027-W02']);
    expect(periodLabels(makeCalendar('2026-01-05', 1, 1))).toEqual(['2026-01-05', '2026-01-06']);
  });

  // Years of 53 ISO weeks are those that start on a Thursday, and leap years that start on a Wednesday.
  it('knows the years of 53 weeks', () => {
    const long = [];
    for (let year = 2000; year < 2100; year += 1) if (isoWeek(dayNumber(`${year}-12-28`)).endsWith('W53')) long.push(year);
    expect(long).toEqual([2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043, 2048, 2054, 2060, 2065, 2071, 2076, 2082, 2088, 2093, 2099]);
  });

  it.each([
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-30', '2025-W01'],
    ['2022-01-02', '2021-W52'],
    ['2026-02-01', '2026-W05'],
  ])('puts %s into %s', (date, week) => expect(isoWeek(dayNumber(date))).toBe(week));

  it('starts on a Monday, or says which one', () => {
    expect(mondayOf('2026-01-11')).toBe('2026-01-05');
    expect(mondayOf('2026-01-05')).toBe('2026-01-05');
    expect(startMisfit('2026-01-06', 'day')).toBeNull();
    expect(() => makeCalendar('2027-01-01', 1, 1, 'week')).toThrow(
      /start_date: must be a Monday where periods are weeks, and 2027-01-01 is a Friday; the Monday of its week is 2026-12-28/,
    );
  });
});

describe('a weekly scenario', () => {
  const withCatalog = (changes: object) => {
    const initiative = onlineRetailFive.scenario.initiatives.find((one): one is SimulatedInitiative => one.source === 'simulated')!;
    return parseScenario({
      ...onlineRetailFive.scenario,
      initiatives: [{ ...initiative, catalog: { ...initiative.catalog, ...changes } }],
    });
  };
  const issuesOf = (changes: object) => {
    const parsed = withCatalog(changes);
    return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path} ${message}`);
  };

  it('starts on a Monday', () => {
    const weeks = { granularity: 'week', pre_periods: 4, post_periods: 4 };
    expect(issuesOf({ ...weeks, start_date: '2026-02-02' })).toEqual([]);
    expect(issuesOf({ ...weeks, start_date: '2026-02-04' }).join()).toMatch(
      /^initiatives\.0\.catalog\.start_date must be a Monday .* 2026-02-04 is a Wednesday/,
    );
    expect(issuesOf({ granularity: 'day', start_date: '2026-02-04' })).toEqual([]);
  });

  it('is as large as its days', () => {
    const long = { start_date: '2026-02-02', pre_periods: 100, post_periods: 100 };
    expect(issuesOf({ ...long, granularity: 'day' })).toEqual([]);
    expect(issuesOf({ ...long, granularity: 'week' }).join()).toMatch(/post_periods .* over 200 weeks are more than a browser can hold/);
  });
});

describe('a weekly pilot', () => {
  const demand = { ...livelyDemand, trend: 0, appeal_variation: 0.4 };
  const effect = { id: 'price_change', parameters: { size: 0.37, elasticity: -1.4, quality_heterogeneity: 1 } };
  const design = { id: 'one_treated_unit', parameters: { n_units: 4 } };
  const weekly = simulateToy(toyWorld({ granularity: 'week', pre_periods: 3, post_periods: 2, demand, effect, design }));
  const daily = simulateToy(toyWorld({ pre_periods: 21, post_periods: 14, demand, effect, design }));

  it('is the daily one, drawn day by day and summed, on a complete grid', () => {
    expect(weekly.pilot.calendar.dates).toEqual([0, 7, 14, 21, 28].map((day) => daily.pilot.calendar.dates[day]));
    const sides: [Demand, Demand][] = [
      [weekly.potentialOutcomes.untreated, daily.potentialOutcomes.untreated],
      [weekly.potentialOutcomes.treated, daily.potentialOutcomes.treated],
      [weekly.pilot.observed, daily.pilot.observed],
    ];
    let zeros = 0;
    for (const [weeks, days] of sides) {
      expect(weeks.revenue.length).toBe(60 * 5);
      for (const column of ['impressions', 'visits', 'cartAdds', 'orderedUnits', 'revenue'] as const) {
        weeks[column].forEach((sum, week) => {
          const own = Array.from(days[column].subarray(7 * week, 7 * week + 7)).reduce((total, x) => total + x, 0);
          if (column === 'revenue') expect(sum).toBeCloseTo(own, 9);
          else expect(sum).toBe(own);
          if (own === 0) zeros += 1;
        });
      }
    }
    expect(zeros).toBeGreaterThan(0);
  });

  it('has seven times the effect per period, in the sample and in expectation', () => {
    for (const group of ['sample', 'population'] as const) {
      for (const estimand of ['ate', 'att', 'atc'] as const)
        expect(weekly.truth[group][estimand]! / daily.truth[group][estimand]!).toBeCloseTo(7, 9);
    }
    expect(weekly.truth.realised_effect).toBeCloseTo(daily.truth.realised_effect!, 12);
  });

  it('has rows by week, dated by their Mondays', () => {
    const table = pilotTable(weekly.pilot, 'panel');
    expect(table.rowCount).toBe(4 * 5);
    expect(labelAt(table.columns.get('date')!, 6)).toBe('2026-01-12');
    const unit = Array.from(weekly.pilot.catalog.unit.keys()).filter((i) => weekly.pilot.catalog.unit[i] === 1);
    const mean = unit.reduce((sum, i) => sum + weekly.pilot.observed.revenue[i * 5 + 1]!, 0) / unit.length;
    expect(requireNumbers(table, 'revenue', 'test')[6]).toBeCloseTo(mean, 10);
  });

  it('moves with the trend and the effect by the week, not by the day', () => {
    const steep = toyWorld({
      n_products: 500,
      granularity: 'week',
      pre_periods: 1,
      post_periods: 2,
      demand: { trend: 50 },
      effect: { id: 'quantity_boost', parameters: { size: 1, start_delay: 1 } },
    });
    const { potentialOutcomes } = simulateToy(steep);
    const total = ({ orderedUnits }: Demand, week: number) => orderedUnits.reduce((sum, u, at) => sum + (at % 3 === week ? u : 0), 0);
    const { untreated, treated } = potentialOutcomes;
    expect([0, 1].map((week) => total(treated, week))).toEqual([0, 1].map((week) => total(untreated, week)));
    expect(total(treated, 2)).toBe(2 * total(untreated, 2));
    // Level 1, 1.5 and 2 times the base, which is capped at 1.
    expect(total(untreated, 1)).toBeGreaterThan(1.2 * total(untreated, 0));
  });
});
