import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../../src/core/contracts/parameter.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { assignmentDesigns, findAssignmentDesign } from '../../../../src/core/simulate/assignment-designs/index.ts';
import { selectionOnObservables } from '../../../../src/core/simulate/assignment-designs/selection-on-observables.ts';
import { makeCalendar } from '../../../../src/core/simulate/calendar.ts';
import { makeCatalog } from '../../../../src/core/simulate/catalog.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const calendar = makeCalendar('2026-01-05', 10, 5);
const stream = (purpose: string, replication = 0) =>
  namedStream({ seed: 'designs', initiative: 'test', stage: 'pilot', replication, purpose });
const inputOf = (nProducts: number, units: readonly string[] = []) => {
  const catalog = makeCatalog(stream('catalog'), nProducts, ['Books', 'Electronics'], units);
  const revenue = stream('revenue');
  return {
    catalog,
    calendar,
    preRevenue: Float64Array.from({ length: nProducts }, () => revenue.uniform() ** 3),
    appeal: new Float64Array(nProducts),
  };
};
const treatedCount = (firstTreated: Int32Array) => firstTreated.reduce((count, first) => count + (first >= 0 ? 1 : 0), 0);

describe('registry', () => {
  it('lists every design under its own id, with defaults that pass their own check', () => {
    for (const [id, design] of Object.entries(assignmentDesigns)) {
      expect(design.id).toBe(id);
      expect(parseParameters(design.parameters, {}, '').ok).toBe(true);
      expect(findAssignmentDesign(id)).toBe(design);
    }
    expect(findAssignmentDesign('constructor')).toBeUndefined();
  });

  it('starts every treatment at the intervention, and says truly whether there are treated and controls', () => {
    for (const id of Object.keys(assignmentDesigns)) {
      const { pilot } = simulateToy(toyWorld({ design: { id, parameters: {} } }));
      const design = findAssignmentDesign(id)!;
      const parsed = parseParameters(design.parameters, {}, '');
      const count = treatedCount(pilot.assignment.firstTreated);
      const { treated, controls } = design.groups(parsed.ok ? parsed.value : {}, 60);
      expect(new Set(pilot.assignment.firstTreated)).toEqual(new Set([...(treated ? [14] : []), ...(controls ? [-1] : [])]));
      expect([count > 0, count < 60]).toEqual([treated, controls]);
      expect(pilot.catalog.unitNames.length > 0).toBe(design.unitCount !== undefined);
    }
  });
});

describe('complete_randomisation', () => {
  const { complete_randomisation: design } = assignmentDesigns;

  it('treats exactly the share, and every product equally often', () => {
    const input = inputOf(40);
    const rounds = 4000;
    const times = new Float64Array(40);
    for (let replication = 0; replication < rounds; replication += 1) {
      const { firstTreated } = design.assign(input, { treated_share: 0.3 }, stream('assignment', replication));
      expect(treatedCount(firstTreated)).toBe(12);
      firstTreated.forEach((first, i) => (times[i]! += first >= 0 ? 1 : 0));
    }
    const error = Math.sqrt((0.3 * 0.7) / rounds);
    for (const count of times) expect(Math.abs(count / rounds - 0.3)).toBeLessThan(4.5 * error);
  });
});

describe('selection_on_observables', () => {
  const weights = { treated_share: 0.3, quality_weight: -1, price_weight: 0.5, sales_weight: 0.8 };

  it('has probabilities that follow the logistic model and sum to the number of places', () => {
    const input = inputOf(500);
    const p = selectionOnObservables.treatmentProbabilities!(input, weights);
    expect(p.reduce((sum, x) => sum + x, 0)).toBeCloseTo(150, 8);
    const standardised = (values: Float64Array) => {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
      return values.map((x) => (x - mean) / sd);
    };
    const [quality, price, sales] = [
      standardised(input.catalog.quality),
      standardised(input.catalog.price),
      standardised(input.preRevenue),
    ];
    const intercepts = Array.from(p, (x, i) => Math.log(x / (1 - x)) - (-quality[i]! + 0.5 * price[i]! + 0.8 * sales[i]!));
    for (const intercept of intercepts) expect(intercept).toBeCloseTo(intercepts[0]!, 8);
  });

  it('treats exactly the number of places, each product with its probability', () => {
    const input = inputOf(50);
    const p = selectionOnObservables.treatmentProbabilities!(input, weights);
    const rounds = 6000;
    const times = new Float64Array(50);
    for (let replication = 0; replication < rounds; replication += 1) {
      const { firstTreated } = selectionOnObservables.assign(input, weights, stream('assignment', replication));
      expect(treatedCount(firstTreated)).toBe(15);
      firstTreated.forEach((first, i) => (times[i]! += first >= 0 ? 1 : 0));
    }
    times.forEach((count, i) => expect(Math.abs(count / rounds - p[i]!)).toBeLessThan(4.5 * Math.sqrt((p[i]! * (1 - p[i]!)) / rounds)));
  });

  it('treats weak listings first where quality pulls down', () => {
    const { pilot } = simulateToy(
      toyWorld({ n_products: 2000, design: { id: 'selection_on_observables', parameters: { quality_weight: -1 } } }),
    );
    const meanQuality = (wanted: boolean) => {
      const chosen = pilot.catalog.quality.filter((_, i) => pilot.assignment.firstTreated[i]! >= 0 === wanted);
      return chosen.reduce((sum, q) => sum + q, 0) / chosen.length;
    };
    expect(meanQuality(true)).toBeLessThan(meanQuality(false) - 0.08);
  });

  it('is plain chance without weights, and where nothing differs', () => {
    const input = inputOf(100);
    const idle = { treated_share: 0.4, quality_weight: 0, price_weight: 0, sales_weight: 0 };
    for (const x of selectionOnObservables.treatmentProbabilities!(input, idle)) expect(x).toBeCloseTo(0.4, 10);
    const flat = { ...input, preRevenue: new Float64Array(100) };
    for (const x of selectionOnObservables.treatmentProbabilities!(flat, { ...idle, sales_weight: 3 })) expect(x).toBeCloseTo(0.4, 10);
  });

  it('fills its places for any weights and shares', () => {
    const weight = fc.double({ min: -3, max: 3, noNaN: true });
    const input = inputOf(35);
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        weight,
        weight,
        weight,
        fc.nat(1000),
        (treated_share, quality_weight, price_weight, sales_weight, replication) => {
          const { firstTreated } = selectionOnObservables.assign(
            input,
            { treated_share, quality_weight, price_weight, sales_weight },
            stream('assignment', replication),
          );
          return treatedCount(firstTreated) === Math.round(treated_share * 35);
        },
      ),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe('one_treated_unit', () => {
  it('treats one whole unit, each as often as any other', () => {
    const units = ['a', 'b', 'c', 'd', 'e'];
    const input = inputOf(52, units);
    const times = new Map<number, number>();
    const rounds = 2000;
    for (let replication = 0; replication < rounds; replication += 1) {
      const { firstTreated } = assignmentDesigns.one_treated_unit.assign(input, { n_units: 5 }, stream('assignment', replication));
      const treatedUnits = new Set(Array.from(firstTreated).flatMap((first, i) => (first >= 0 ? [input.catalog.unit[i]!] : [])));
      const untreatedUnits = new Set(Array.from(firstTreated).flatMap((first, i) => (first < 0 ? [input.catalog.unit[i]!] : [])));
      expect([treatedUnits.size, untreatedUnits.size]).toEqual([1, 4]);
      for (const u of treatedUnits) times.set(u, (times.get(u) ?? 0) + 1);
    }
    for (const count of times.values()) expect(Math.abs(count / rounds - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / rounds));
    expect(times.size).toBe(5);
  });

  it('says so where there are more store fronts than products', () => {
    const world = toyWorld({ n_products: 30, design: { id: 'one_treated_unit', parameters: { n_units: 31 } } });
    expect(() => simulateToy(world)).toThrow(/design: needs at least one product for each of the 31 store fronts, and there are 30/);
  });
});
