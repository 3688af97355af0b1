import { describe, expect, it } from 'vitest';
import { integrateGaussLegendre } from '../../../../src/core/numeric/gauss-legendre.ts';
import { normalDensity } from '../../../../src/core/numeric/normal.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { makeCalendar } from '../../../../src/core/simulate/calendar.ts';
import { makeCatalog } from '../../../../src/core/simulate/catalog.ts';
import { baseActivity } from '../../../../src/core/simulate/demand-funnel.ts';
import { dayFactors, drawDemandLevels, loadingSpread, trendDrift } from '../../../../src/core/simulate/demand-levels.ts';
import { cappedLognormalMean, expectedActivity } from '../../../../src/core/simulate/expected-activity.ts';
import { livelyDemand, plainDemand, summarise } from './toy-world.ts';

describe('cappedLognormalMean', () => {
  it.each([
    [0.5, 0.3],
    [0.9, 0.6],
    [1.4, 0.2],
    [3, 1.2],
    [0.02, 0.05],
  ])('agrees with numerical integration at scale %s, sigma %s', (scale, sigma) => {
    const integrand = (z: number) => Math.min(1, scale * Math.exp(sigma * z - (sigma * sigma) / 2)) * normalDensity(z);
    const kink = ((sigma * sigma) / 2 - Math.log(scale)) / sigma;
    const edges = [-12, -4, 0, 4, 12, Math.max(-12, Math.min(12, kink))].sort((a, b) => a - b);
    let sum = 0;
    edges.slice(1).forEach((to, k) => {
      if (to > edges[k]!) sum += integrateGaussLegendre(integrand, edges[k]!, to);
    });
    expect(Math.abs(cappedLognormalMean(scale, sigma) - sum)).toBeLessThan(1e-11);
  });

  it('is the plain cap without spread, nothing without demand, and never above the mean or 1', () => {
    expect([cappedLognormalMean(0.4, 0), cappedLognormalMean(1.4, 0), cappedLognormalMean(0, 0.5)]).toEqual([0.4, 1, 0]);
    for (const scale of [0.1, 0.9, 1, 1.1, 50]) {
      const value = cappedLognormalMean(scale, 0.7);
      expect(value).toBeLessThanOrEqual(Math.min(1, scale) + 1e-15);
      expect(value).toBeGreaterThan(0);
    }
  });
});

describe('expectedActivity', () => {
  const calendar = makeCalendar('2026-01-07', 10, 25);

  it('is the base probability with every extension off', () => {
    const activity = expectedActivity(plainDemand, calendar, 10, false);
    expect(activity(0.5, 1)).toBeCloseTo(0.7, 14);
    expect(activity(0.5, 1.2)).toBeCloseTo(0.84, 14);
    expect(activity(0.5, 2)).toBe(1);
    expect(activity(0.5, 0)).toBe(0);
  });

  it.each([
    ['without units', false, livelyDemand],
    ['with units that follow the common factor differently', true, livelyDemand],
    ['with units and a trend that falls to nothing', true, { ...livelyDemand, trend: -5.5, unit_variation: 0.5 }],
  ])('agrees with drawn demand levels %s', (_label, hasUnits, demand) => {
    const quality = 0.6;
    const base = baseActivity(demand.sale_probability, quality);
    for (const factor of [1, 1.4, 0.7]) {
      const means = Array.from({ length: 3000 }, (_, replication) => {
        const name = { seed: 'activity', initiative: 'test', stage: 'pilot', replication } as const;
        const catalog = makeCatalog(namedStream({ ...name, purpose: 'catalog' }), 4, ['Books'], hasUnits ? ['a', 'b', 'c', 'd'] : []);
        const { product, unitDay } = drawDemandLevels(catalog, calendar, demand, name);
        let sum = 0;
        for (let i = 0; i < 4; i += 1) {
          for (let t = 10; t < 35; t += 1)
            sum += Math.min(1, factor * Math.min(1, base * product[i]! * unitDay[catalog.unit[i]! * 35 + t]!));
        }
        return sum / 100;
      });
      const { mean, standardError } = summarise(means);
      expect(Math.abs(expectedActivity(demand, calendar, 10, hasUnits)(quality, factor) - mean)).toBeLessThan(4 * standardError);
    }
  });

  it('integrates loadings as finely as a 32-point rule does', () => {
    const demand = livelyDemand;
    const [spread, profile, drift] = [
      loadingSpread(demand.unit_variation),
      dayFactors(calendar, demand),
      trendDrift(calendar, demand.trend),
    ];
    const levelVariance = Math.log(1 + demand.product_variation ** 2) + Math.log(1 + demand.unit_variation ** 2);
    const base = baseActivity(demand.sale_probability, 0.8);
    let sum = 0;
    for (let t = 10; t < 35; t += 1) {
      sum += integrateGaussLegendre(
        (loading) =>
          cappedLognormalMean(
            base * profile[t]! * (1 + loading * drift[t]!),
            Math.sqrt(levelVariance + (loading * demand.shock_deviation) ** 2),
          ),
        1 - spread,
        1 + spread,
      );
    }
    expect(expectedActivity(demand, calendar, 10, true)(0.8, 1)).toBeCloseTo(sum / (2 * spread) / 25, 10);
  });
});
