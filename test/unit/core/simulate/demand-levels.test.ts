import { describe, expect, it } from 'vitest';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { makeCalendar } from '../../../../src/core/simulate/calendar.ts';
import { makeCatalog } from '../../../../src/core/simulate/catalog.ts';
import { dayFactors, drawDemandLevels, loadingSpread, trendDrift } from '../../../../src/core/simulate/demand-levels.ts';
import type { DemandDeclaration } from '../../../../src/core/scenario/scenario.ts';
import { plainDemand, summarise } from './toy-world.ts';

const calendar = makeCalendar('2026-01-05', 20, 30);
const name = (replication = 0) => ({ seed: 'levels', initiative: 'test', stage: 'pilot', replication }) as const;

function levels(demand: Partial<DemandDeclaration>, { nProducts = 10, nUnits = 0, replication = 0, when = calendar } = {}) {
  const units = Array.from({ length: nUnits }, (_, u) => `unit ${u}`);
  const catalog = makeCatalog(namedStream({ ...name(), purpose: 'catalog' }), nProducts, ['Books'], units);
  return drawDemandLevels(catalog, when, { ...plainDemand, ...demand }, name(replication));
}

describe('drawDemandLevels', () => {
  it('is 1 everywhere with every extension off', () => {
    const { product, unitDay } = levels({});
    expect([...product, ...unitDay].every((m) => m === 1)).toBe(true);
    const { unitDay: panel } = levels({}, { nUnits: 4 });
    expect(panel.every((m) => m === 1)).toBe(true);
    expect(panel.length).toBe(200);
  });

  it('varies products around mean one with the stated coefficient of variation', () => {
    const { product } = levels({ product_variation: 0.5 }, { nProducts: 50_000 });
    const { mean, standardError } = summarise(product);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError);
    expect(standardError * Math.sqrt(50_000)).toBeCloseTo(0.5, 1);
  });

  it('keeps the levels of the first products and the first days when there are more of either', () => {
    const demand = { product_variation: 0.5, shock_deviation: 0.2, shock_autocorrelation: 0.5, weekday_amplitude: 0.2, trend: 0.4 };
    const [small, large] = [levels(demand), levels(demand, { nProducts: 30, when: makeCalendar('2026-01-05', 20, 90) })];
    expect([...large.product.slice(0, 10)]).toEqual([...small.product]);
    expect([...large.unitDay.slice(0, 50)]).toEqual([...small.unitDay]);
  });

  it('has day shocks of mean one, with the stated spread and autocorrelation from the first day on', () => {
    const [deviation, rho] = [0.3, 0.7];
    const replications = 4000;
    const logs = Array.from({ length: replications }, (_, replication) =>
      Array.from(
        levels({ shock_deviation: deviation, shock_autocorrelation: rho }, { replication, when: makeCalendar('2026-01-05', 1, 4) }).unitDay,
      ),
    );
    for (const t of [0, 1, 4]) {
      const { mean, standardError } = summarise(logs.map((path) => path[t]!));
      expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError);
      const z = logs.map((path) => Math.log(path[t]!) + (deviation * deviation) / 2);
      const variance = z.reduce((sum, x) => sum + x * x, 0) / replications;
      expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / replications));
    }
    const z = (path: number[], t: number) => Math.log(path[t]!) / deviation + deviation / 2;
    for (const [lag, expected] of [
      [1, rho],
      [4, rho ** 4],
    ] as const) {
      const { mean, standardError } = summarise(logs.map((path) => z(path, 0) * z(path, lag)));
      expect(Math.abs(mean - expected)).toBeLessThan(4 * standardError);
    }
  });

  it('spreads panel units in level and in how they follow the common factor, both of mean one', () => {
    const nUnits = 20_000;
    const drift = trendDrift(calendar, 1);
    const { unitDay } = levels({ trend: 1, unit_variation: 0.25 }, { nProducts: nUnits, nUnits });
    const loadings: number[] = [];
    const unitLevels: number[] = [];
    for (let u = 0; u < nUnits; u += 1) {
      const [a, b] = [unitDay[u * 50]!, unitDay[u * 50 + 49]!];
      // a = L (1 + k d0), b = L (1 + k d1)
      const slope = (b - a) / (drift[49]! - drift[0]!);
      const level = a - slope * drift[0]!;
      unitLevels.push(level);
      loadings.push(slope / level);
    }
    for (const values of [unitLevels, loadings]) {
      const { mean, standardError } = summarise(values);
      expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError);
      expect(standardError * Math.sqrt(nUnits)).toBeCloseTo(0.25, 1);
    }
    expect(Math.min(...loadings)).toBeGreaterThanOrEqual(1 - loadingSpread(0.25) - 1e-9);
    expect(loadingSpread(1)).toBe(1);
  });

  it('never goes below zero, however steep the fall', () => {
    const { unitDay } = levels({ trend: -0.9, unit_variation: 1 }, { nUnits: 5, when: makeCalendar('2026-01-05', 10, 600) });
    expect(Math.min(...unitDay)).toBe(0);
  });
});

describe('profiles', () => {
  it('average one over any week and follow the real weekday', () => {
    const weekly = { ...plainDemand, weekday_amplitude: 0.4 };
    const weekdays = dayFactors(calendar, weekly);
    for (let t = 0; t + 7 <= 50; t += 1) expect(weekdays.slice(t, t + 7).reduce((sum, w) => sum + w, 0)).toBeCloseTo(7, 12);
    // 2026-01-05 is a Monday, so index 5 is a Saturday, the busiest day.
    expect(Math.max(...weekdays)).toBe(weekdays[5]);
    expect(dayFactors(makeCalendar('2026-01-06', 20, 30), weekly)[4]).toBe(weekdays[5]);
  });

  it('carry a one-off shock for as long as it lasts, whole weeks of it where periods are weeks', () => {
    const shocked = { ...plainDemand, one_off_size: -0.4, one_off_period: 21, one_off_length: 3 };
    expect([...dayFactors(calendar, shocked)].flatMap((factor, t) => (factor === 1 ? [] : [[t, factor]]))).toEqual(
      [21, 22, 23].map((t) => [t, 0.6]),
    );
    const weeks = dayFactors(makeCalendar('2026-01-05', 2, 4, 'week'), { ...shocked, one_off_period: 3, one_off_length: 1 });
    expect([...weeks].map((factor) => (factor === 1 ? '.' : 'x')).join('')).toBe(`${'.'.repeat(21)}${'x'.repeat(7)}${'.'.repeat(14)}`);
    expect(dayFactors(calendar, { ...shocked, one_off_size: 0 })).toEqual(dayFactors(calendar, plainDemand));
  });

  it('have a trend of mean zero before the intervention, or zero on the first day where nothing is before', () => {
    const drift = trendDrift(calendar, 0.5);
    expect(drift.slice(0, 20).reduce((sum, d) => sum + d, 0)).toBeCloseTo(0, 12);
    expect(drift[30]! - drift[20]!).toBeCloseTo(0.05, 12);
    expect(trendDrift(makeCalendar('2026-01-05', 0, 9), 0.5)[0]).toBe(0);
  });
});
