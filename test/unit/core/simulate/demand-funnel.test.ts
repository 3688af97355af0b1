import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedStream } from '../../../../src/core/random/stream.ts';
import type { DemandDeclaration } from '../../../../src/core/scenario/scenario.ts';
import { makeCalendar } from '../../../../src/core/simulate/calendar.ts';
import { makeCatalog } from '../../../../src/core/simulate/catalog.ts';
import { drawDemand, uniformsPerProductPeriod } from '../../../../src/core/simulate/demand-funnel.ts';
import { drawDemandLevels } from '../../../../src/core/simulate/demand-levels.ts';
import { noChange, type FunnelChange } from '../../../../src/core/simulate/effects/effect.ts';
import type { Catalog, Demand } from '../../../../src/core/simulate/pilot.ts';
import { uniformPlan } from '../../../../src/core/simulate/treatment-plan.ts';
import reference from '../../../reference/simulator_moments.json';
import { livelyDemand, plainDemand } from './toy-world.ts';

const name = { seed: 'funnel', initiative: 'test', stage: 'pilot', replication: 0 } as const;
const none = noChange;
const columns = ['impressions', 'visits', 'cartAdds', 'orderedUnits', 'revenue'] as const;

function catalogOf(nProducts: number, quality?: number): Catalog {
  const catalog = makeCatalog(namedStream({ ...name, purpose: 'catalog' }), nProducts, ['Books', 'Electronics']);
  return quality === undefined ? catalog : { ...catalog, quality: new Float64Array(nProducts).fill(quality) };
}

function draw({
  nProducts = 200,
  pre = 5,
  post = 5,
  quality,
  demand = plainDemand,
  change = none,
}: {
  nProducts?: number;
  pre?: number;
  post?: number;
  quality?: number;
  demand?: DemandDeclaration;
  change?: Partial<FunnelChange>;
} = {}) {
  const catalog = catalogOf(nProducts, quality);
  const calendar = makeCalendar('2026-01-05', pre, post);
  const levels = drawDemandLevels(catalog, calendar, demand, name);
  return {
    catalog,
    calendar,
    ...drawDemand(
      namedStream({ ...name, purpose: 'demand' }),
      catalog,
      calendar,
      demand,
      levels,
      uniformPlan({ ...noChange, ...change }, calendar),
    ),
  };
}

describe('with extensions off, quality 0.5', () => {
  const nProducts = 10_000;
  const nPeriods = 100;
  const n = nProducts * nPeriods;
  const { untreated } = draw({ nProducts, pre: nPeriods, post: 0, quality: 0.5 });
  const byName: Record<string, Uint16Array> = {
    impressions: untreated.impressions,
    visits: untreated.visits,
    cart_adds: untreated.cartAdds,
    ordered_units: untreated.orderedUnits,
  };
  const values = (moment: string) => (moment === 'ordered_units_squared' ? untreated.orderedUnits.map((u) => u * u) : byName[moment]!);
  const moments = (column: Uint16Array, count: number) => {
    let [sum, squares] = [0, 0];
    for (const x of column) {
      sum += x;
      squares += x * x;
    }
    const mean = sum / count;
    return { mean, error: Math.sqrt((squares / count - mean * mean) / count) };
  };

  it('has the moments of the rule', () => {
    for (const [moment, value] of Object.entries(reference.unconditional)) {
      const { mean, error } = moments(values(moment), n);
      expect(Math.abs(mean - value), moment).toBeLessThan(4 * error);
    }
  });

  it('has the moments given activity', () => {
    const active = untreated.impressions.reduce((count, x) => count + (x > 0 ? 1 : 0), 0);
    expect(Math.abs(active / n - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / n));
    for (const [moment, value] of Object.entries(reference.given_activity)) {
      const { mean, error } = moments(values(moment), active);
      expect(Math.abs(mean - value), moment).toBeLessThan(4 * error);
    }
    const counts = new Float64Array(6);
    untreated.orderedUnits.forEach((u, at) => {
      if (untreated.impressions[at]! > 0) counts[u]! += 1;
    });
    for (const [k, p] of Object.entries(reference.p_units_given_activity)) {
      expect(Math.abs(counts[Number(k)]! / active - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / active));
    }
  });

  it('has the share of product-periods with an order', () => {
    const share = untreated.orderedUnits.reduce((count, u) => count + (u > 0 ? 1 : 0), 0) / n;
    const p = reference.p_any_order;
    expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
  });
});

describe('common random numbers', () => {
  it('draws the same bits from the same name', () => {
    const [a, b] = [draw({ demand: livelyDemand }), draw({ demand: livelyDemand })];
    for (const column of columns) expect(a.treated[column]).toEqual(b.treated[column]);
  });

  it('gives the first products the same demand, however many follow', () => {
    const change = { activityFactor: 1.2, unitsFactor: 1.3 };
    const [small, large] = [draw({ nProducts: 40, demand: livelyDemand, change }), draw({ nProducts: 90, demand: livelyDemand, change })];
    for (const column of columns) {
      expect([...large.untreated[column].slice(0, 400)]).toEqual([...small.untreated[column]]);
      expect([...large.treated[column].slice(0, 400)]).toEqual([...small.treated[column]]);
    }
  });

  it('uses six uniforms per product-period, whatever happens', () => {
    for (const demand of [
      plainDemand,
      { ...plainDemand, sale_probability: 0 },
      { ...plainDemand, sale_probability: 1, visit_to_cart: 1 },
    ]) {
      let used = 0;
      const { uniform } = namedStream({ ...name, purpose: 'demand' });
      const catalog = catalogOf(30);
      const calendar = makeCalendar('2026-01-05', 3, 4);
      const counting = { uniform: () => ((used += 1), uniform()) };
      drawDemand(
        counting,
        catalog,
        calendar,
        demand,
        drawDemandLevels(catalog, calendar, demand, name),
        uniformPlan({ ...noChange, activityFactor: 1.4, unitsFactor: 0.5 }, calendar),
      );
      expect(used).toBe(uniformsPerProductPeriod * 30 * 7);
    }
  });

  it('does not reshuffle the untreated outcome when the effect is turned', () => {
    const [a, b] = [draw({ change: none }), draw({ change: { activityFactor: 0.3, unitsFactor: 2.2 } })];
    for (const column of columns) expect(b.untreated[column]).toEqual(a.untreated[column]);
  });

  it('adds active periods and takes none away when the sale probability is raised', () => {
    const [low, high] = [
      draw({ demand: { ...plainDemand, sale_probability: 0.4 } }),
      draw({ demand: { ...plainDemand, sale_probability: 0.6 } }),
    ];
    let added = 0;
    low.untreated.impressions.forEach((x, at) => {
      if (x > 0) expect(high.untreated.impressions[at]).toBe(x);
      else if (high.untreated.impressions[at]! > 0) added += 1;
    });
    expect(added).toBeGreaterThan(0);
  });

  it('has equal potential outcomes before the intervention, and everywhere without an effect', () => {
    const strong = draw({ pre: 4, post: 3, change: { activityFactor: 1.5, unitsFactor: 2.5 } });
    let differing = 0;
    strong.treated.revenue.forEach((y, at) => {
      if (at % 7 < 4) expect(y).toBe(strong.untreated.revenue[at]);
      else if (y !== strong.untreated.revenue[at]) differing += 1;
    });
    expect(differing).toBeGreaterThan(0);
    const idle = draw({ demand: livelyDemand });
    for (const column of columns) expect(idle.treated[column]).toEqual(idle.untreated[column]);
  });

  it('does not hand out shared memory', () => {
    const { untreated, treated } = draw();
    for (const column of columns) expect(treated[column].buffer).not.toBe(untreated[column].buffer);
  });
});

describe('any rates and any effect', () => {
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  const declaration = fc.record({
    sale_probability: rate,
    impression_to_visit: rate,
    visit_to_cart: rate,
    cart_to_order: rate,
    product_variation: fc.double({ min: 0, max: 2, noNaN: true }),
    weekday_amplitude: fc.double({ min: 0, max: 0.9, noNaN: true }),
    trend: fc.double({ min: -0.9, max: 5, noNaN: true }),
    shock_deviation: rate,
    shock_autocorrelation: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
    unit_variation: rate,
    one_off_size: fc.double({ min: -1, max: 5, noNaN: true }),
    one_off_period: fc.nat(40),
    one_off_length: fc.integer({ min: 1, max: 40 }),
    appeal_variation: rate,
  });
  const change = fc.record({
    activityFactor: fc.double({ min: 0, max: 6, noNaN: true }),
    unitsFactor: fc.double({ min: 0, max: 6, noNaN: true }),
  });

  function isCoherent({ impressions, visits, cartAdds, orderedUnits, revenue }: Demand, price: Float64Array, nPeriods: number): boolean {
    return revenue.every((y, at) => {
      const active = impressions[at]! > 0;
      return (
        orderedUnits[at]! <= cartAdds[at]! &&
        y === price[Math.floor(at / nPeriods)]! * orderedUnits[at]! &&
        (active ? impressions[at]! >= 10 && visits[at]! >= 1 : visits[at] === 0 && cartAdds[at] === 0)
      );
    });
  }

  it('keep the funnel coherent', () => {
    fc.assert(
      fc.property(declaration, change, (demand, turned) => {
        const { catalog, untreated, treated } = draw({ nProducts: 25, pre: 4, post: 8, demand, change: turned });
        return isCoherent(untreated, catalog.price, 12) && isCoherent(treated, catalog.price, 12);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('never lower the treated outcome by a boost, nor raise it by a cut', () => {
    fc.assert(
      fc.property(declaration, change, (demand, { activityFactor, unitsFactor }) => {
        const up = draw({ nProducts: 25, demand, change: { activityFactor: 1 + activityFactor, unitsFactor: 1 + unitsFactor } });
        const down = draw({ nProducts: 25, demand, change: { activityFactor: activityFactor / 6, unitsFactor: unitsFactor / 6 } });
        return (
          up.treated.orderedUnits.every((u, at) => u >= up.untreated.orderedUnits[at]!) &&
          down.treated.orderedUnits.every((u, at) => u <= down.untreated.orderedUnits[at]!)
        );
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('keep ordered units at or below visits and impressions when units are boosted fivefold', () => {
    const { treated } = draw({ nProducts: 2000, change: { activityFactor: 1, unitsFactor: 6 } });
    expect(Math.max(...treated.orderedUnits)).toBeGreaterThan(10);
    treated.orderedUnits.forEach((u, at) => {
      if (u > treated.cartAdds[at]! || u > treated.visits[at]! || u > treated.impressions[at]!) expect.fail(`row ${at}`);
    });
  });
});
