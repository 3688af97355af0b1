import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseParameters, type Parameters } from '../../../../src/core/contracts/parameter.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { standardNormal } from '../../../../src/core/random/variates.ts';
import { assignmentDesigns, findAssignmentDesign } from '../../../../src/core/simulate/assignment-designs/index.ts';
import { selectionOnObservables } from '../../../../src/core/simulate/assignment-designs/selection-on-observables.ts';
import { makeCalendar } from '../../../../src/core/simulate/calendar.ts';
import { makeCatalog } from '../../../../src/core/simulate/catalog.ts';
import { simulateToy, summarise, toyWorld } from './toy-world.ts';

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
    appeal: Float64Array.from({ length: nProducts }, () => standardNormal(revenue)),
  };
};
/** Two scores shared by ten products each, so that there are ties to break. */
const tied = (input: ReturnType<typeof inputOf>) => {
  input.catalog.quality.fill(0.5, 5, 15);
  input.catalog.quality.fill(0.6, 15, 25);
  return input;
};
/** Every parameter anywhere in its range. */
const anyParameters = (parameters: Parameters) =>
  fc.record(
    Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]): [string, fc.Arbitrary<unknown>] => {
        if (parameter.kind === 'choice') return [name, fc.constantFrom(...parameter.options)];
        if (parameter.kind === 'integer') return [name, fc.integer({ min: parameter.min, max: Math.min(parameter.max, 40) })];
        if (parameter.kind === 'number') return [name, fc.double({ min: parameter.min, max: parameter.max, noNaN: true })];
        throw new Error(`a design with a ${parameter.kind}`);
      }),
    ),
  );
const unitsOf = (id: string) => (findAssignmentDesign(id)?.unitCount === undefined ? [] : ['a', 'b', 'c', 'd', 'e']);
function chosen(id: string, given: Readonly<Record<string, unknown>> = {}) {
  const design = findAssignmentDesign(id)!;
  const units = design.unitCount === undefined ? {} : { n_units: 5 };
  const parsed = parseParameters(design.parameters, { ...units, ...given }, '');
  if (!parsed.ok) throw new Error(parsed.issues.map(({ path, message }) => `${path} ${message}`).join());
  return { design, parameters: parsed.value };
}
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

  it.each(Object.keys(assignmentDesigns))('%s says truly whether there are treated and controls', (id) => {
    const { pilot } = simulateToy(toyWorld({ post_periods: 21, design: { id, parameters: {} } }));
    const { design, parameters } = chosen(id);
    const starts = new Set(pilot.assignment.firstTreated);
    const { treated, controls } = design.groups(parameters, 60);
    expect([starts.has(14), starts.has(-1)]).toEqual([treated, controls]);
    for (const start of starts) if (id !== 'staggered_rollout') expect([14, -1]).toContain(start);
    expect(pilot.catalog.unitNames.length > 0).toBe(design.unitCount !== undefined);
    expect(design.estimands.length).toBeGreaterThan(0);
    expect(design.identifies).toMatch(/\.$/);
  });

  it.each(Object.keys(assignmentDesigns))('%s assigns the same for the same draws, and leaves what it is given alone', (id) => {
    const { design, parameters } = chosen(id);
    const input = inputOf(60, unitsOf(id));
    const before = structuredClone(input);
    const assign = () => design.assign(input, parameters, stream('assignment'));
    expect(assign()).toEqual(assign());
    expect(input).toEqual(before);
  });

  it('assigns any catalog, wherever its parameters stand, to periods there are', () => {
    for (const [id, { parameters }] of Object.entries(assignmentDesigns)) {
      fc.assert(
        fc.property(anyParameters(parameters), fc.integer({ min: 30, max: 70 }), fc.nat(1000), (given, nProducts, replication) => {
          const { design, parameters: values } = chosen(id, given);
          const units = Array.from({ length: design.unitCount?.(values) ?? 0 }, (_, u) => `unit ${u}`);
          if (units.length > nProducts) return;
          const { firstTreated, blocks, threshold } = design.assign(inputOf(nProducts, units), values, stream('assignment', replication));
          expect(firstTreated.length).toBe(nProducts);
          if (!firstTreated.every((first) => first === -1 || (first >= 10 && first < 15))) expect.fail(`${id}: ${firstTreated.join()}`);
          if (blocks !== undefined && !blocks.codes.every((code) => code < blocks.labels.length)) expect.fail('a block without a label');
          if (threshold !== undefined) expect(threshold.cutoff).toBe(values.cutoff);
          const p = design.treatmentProbabilities?.(inputOf(nProducts, units), values) ?? new Float64Array(0);
          if (!p.every((x) => x >= 0 && x <= 1 + 1e-12)) expect.fail(`${id}: ${p.join()}`);
        }),
        { numRuns: 60, seed: 9 },
      );
    }
  });

  it.each([
    ['complete_randomisation', { treated_share: 0.3 }],
    ['bernoulli_randomisation', { treated_share: 0.3 }],
    ['stratified_randomisation', { treated_share: 0.3, blocks_by: 'category_and_quality', quality_strata: 3 }],
    ['cluster_randomisation', { treated_share: 0.4, n_units: 5 }],
    ['selection_on_observables', { price_weight: 0.5, sales_weight: 0.8 }],
    ['selection_on_unobservable', { appeal_weight: 1.5, quality_weight: -0.5 }],
    ['lowest_quality_first', { treated_share: 0.43 }],
    ['threshold_rule', { running_variable: 'pre_revenue', cutoff: 0.2, treated_side: 'above' }],
    ['one_treated_unit', { n_units: 5 }],
    ['staggered_rollout', { spacing: 2, never_treated_share: 0.3 }],
    ['everyone_from_date', {}],
  ])('%s treats each product with its probability', (id, given) => {
    const { design, parameters } = chosen(id, given);
    const input = tied(inputOf(40, unitsOf(id)));
    const rounds = 1200;
    const times = new Float64Array(40);
    for (let replication = 0; replication < rounds; replication += 1) {
      design
        .assign(input, parameters, stream('assignment', replication))
        .firstTreated.forEach((first, i) => (times[i]! += first >= 0 ? 1 : 0));
    }
    const share = times.reduce((sum, count) => sum + count, 0) / (40 * rounds);
    const expected = design.treatmentProbabilities?.(input, parameters) ?? new Float64Array(40).fill(share);
    // Forty products: 4.5 standard errors is 1 in 3,700 for the whole table.
    times.forEach((count, i) => {
      const p = expected[i]!;
      expect(Math.abs(count / rounds - p)).toBeLessThanOrEqual(4.5 * Math.sqrt((p * (1 - p)) / rounds));
    });
  });
});

describe('complete_randomisation', () => {
  const { complete_randomisation: design } = assignmentDesigns;

  it('treats exactly the share, and every product equally often', () => {
    const input = inputOf(40);
    const rounds = 1500;
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
    const rounds = 2000;
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

describe('bernoulli_randomisation', () => {
  const { bernoulli_randomisation: design } = assignmentDesigns;

  it('begins a larger catalog with the assignment of the smaller one', () => {
    const [small, large] = [30, 90].map((n) => design.assign(inputOf(n), { treated_share: 0.4 }, stream('assignment')).firstTreated);
    expect(large!.slice(0, 30)).toEqual(small);
  });

  it('treats a number that varies as a binomial does', () => {
    const input = inputOf(50);
    const counts = Array.from({ length: 3000 }, (_, k) =>
      treatedCount(design.assign(input, { treated_share: 0.3 }, stream('assignment', k)).firstTreated),
    );
    const { mean, standardError } = summarise(counts);
    expect(Math.abs(mean - 15)).toBeLessThan(4 * standardError);
    const variance = standardError * standardError * 3000;
    expect(Math.abs(variance / (50 * 0.3 * 0.7) - 1)).toBeLessThan(4 * Math.sqrt(2 / 3000));
  });

  it('is a degenerate result, and no error, where an arm stays empty', () => {
    const world = toyWorld({ n_products: 30, design: { id: 'bernoulli_randomisation', parameters: { treated_share: 0.02 } } });
    const empty = Array.from({ length: 20 }, (_, replication) => simulateToy(world, { replication })).find(
      ({ pilot }) => treatedCount(pilot.assignment.firstTreated) === 0,
    );
    expect(empty?.truth.sample.att).toBeNull();
    expect(empty?.truth.sample.ate).toBeGreaterThan(0);
  });
});

describe('stratified_randomisation', () => {
  const { stratified_randomisation: design } = assignmentDesigns;

  it('treats the share of every block, and of all, rounded up or down', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('category' as const, 'quality' as const, 'category_and_quality' as const),
        fc.integer({ min: 2, max: 20 }),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        fc.integer({ min: 30, max: 120 }),
        fc.nat(1000),
        (blocks_by, quality_strata, treated_share, nProducts, replication) => {
          const { firstTreated, blocks } = design.assign(
            inputOf(nProducts),
            { treated_share, blocks_by, quality_strata },
            stream('assignment', replication),
          );
          const size = new Float64Array(blocks!.labels.length);
          const treated = new Float64Array(blocks!.labels.length);
          blocks!.codes.forEach((code, i) => {
            size[code]! += 1;
            treated[code]! += firstTreated[i]! >= 0 ? 1 : 0;
          });
          for (let b = 0; b < size.length; b += 1) expect(Math.abs(treated[b]! - treated_share * size[b]!)).toBeLessThan(1 + 1e-9);
          expect(Math.abs(treatedCount(firstTreated) - treated_share * nProducts)).toBeLessThan(1 + 1e-9);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  it('makes blocks of one category, and of neighbouring scores of about equal number', () => {
    const input = inputOf(400);
    const { blocks } = design.assign(
      input,
      { treated_share: 0.5, blocks_by: 'category_and_quality', quality_strata: 4 },
      stream('assignment'),
    );
    expect(blocks!.labels[0]).toBe('Books, quality 1 of 4');
    const qualities = new Map<number, number[]>();
    blocks!.codes.forEach((code, i) => {
      expect(Math.floor(code / 4)).toBe(input.catalog.category[i]);
      qualities.set(code % 4, [...(qualities.get(code % 4) ?? []), input.catalog.quality[i]!]);
    });
    for (let s = 0; s < 4; s += 1) {
      expect(Math.abs(qualities.get(s)!.length - 100)).toBeLessThan(10);
      if (s > 0) expect(Math.min(...qualities.get(s)!)).toBeGreaterThan(Math.max(...qualities.get(s - 1)!));
    }
  });
});

describe('cluster_randomisation', () => {
  it('treats whole store fronts, the share of them, and says so', () => {
    const input = inputOf(53, ['a', 'b', 'c', 'd', 'e']);
    const { firstTreated, clustered } = assignmentDesigns.cluster_randomisation.assign(
      input,
      { treated_share: 0.4, n_units: 5 },
      stream('assignment'),
    );
    const units = (wanted: boolean) => new Set(input.catalog.unit.filter((_, i) => firstTreated[i]! >= 0 === wanted));
    expect([units(true).size, units(false).size]).toEqual([2, 3]);
    expect(clustered).toBe(true);
  });
});

describe('lowest_quality_first', () => {
  it('leaves no untreated listing weaker than a treated one', () => {
    const input = tied(inputOf(40));
    const { firstTreated } = assignmentDesigns.lowest_quality_first.assign(input, { treated_share: 0.3 }, stream('assignment'));
    const quality = (wanted: boolean) => Array.from(input.catalog.quality).filter((_, i) => firstTreated[i]! >= 0 === wanted);
    expect(quality(true)).toHaveLength(12);
    expect(Math.max(...quality(true))).toBeLessThanOrEqual(Math.min(...quality(false)));
  });
});

describe('selection_on_unobservable', () => {
  const { selection_on_unobservable: design } = assignmentDesigns;
  const parameters = { treated_share: 0.3, appeal_weight: 1.2, quality_weight: 0 };

  it('treats the appealing first: log-odds rise by the weight per standard deviation', () => {
    const input = inputOf(500);
    const p = design.treatmentProbabilities!(input, parameters);
    const { mean, standardError } = summarise(input.appeal);
    const sd = standardError * Math.sqrt(499);
    const intercepts = Array.from(p, (x, i) => Math.log(x / (1 - x)) - (1.2 * (input.appeal[i]! - mean)) / sd);
    for (const intercept of intercepts) expect(intercept).toBeCloseTo(intercepts[0]!, 8);
    expect(p.reduce((sum, x) => sum + x, 0)).toBeCloseTo(150, 8);
  });

  it('is as good as random where its weights are 0', () => {
    for (const x of design.treatmentProbabilities!(inputOf(100), { ...parameters, appeal_weight: 0 })) expect(x).toBeCloseTo(0.3, 10);
  });
});

describe('threshold_rule', () => {
  it.each(['quality_score', 'price', 'pre_revenue'] as const)(
    'treats one side of the cutoff in %s, itself included, and puts the rule on record',
    (running_variable) => {
      const input = inputOf(100);
      const values = { quality_score: input.catalog.quality, price: input.catalog.price, pre_revenue: input.preRevenue }[running_variable];
      const cutoff = values[17]!;
      for (const treated_side of ['below', 'above'] as const) {
        const { firstTreated, threshold } = assignmentDesigns.threshold_rule.assign(
          input,
          { running_variable, cutoff, treated_side },
          stream('assignment'),
        );
        values.forEach((x, i) => expect(firstTreated[i]! >= 0).toBe(x === cutoff || (treated_side === 'below' ? x < cutoff : x > cutoff)));
        expect(threshold).toEqual({ column: running_variable, cutoff, treatedSide: treated_side });
      }
    },
  );

  it.each([
    [{ cutoff: 1 }, {}, /design: needs a cutoff between 0 and 1, where quality_score lies/],
    [
      { running_variable: 'price', cutoff: 8 },
      { categories: ['Books', 'Clothing'] },
      /needs a cutoff between 10 and 200, where price lies in these categories \(found 8\)/,
    ],
    [{ running_variable: 'pre_revenue', cutoff: 3 }, { pre_periods: 0 }, /needs periods before the intervention/],
  ])('says so where nobody can be on one side: %j', (parameters, catalog, message) =>
    expect(() => simulateToy(toyWorld({ ...catalog, design: { id: 'threshold_rule', parameters } }))).toThrow(message),
  );
});

describe('staggered_rollout', () => {
  it('starts equal cohorts one after the other, and leaves the rest for good', () => {
    const { firstTreated } = assignmentDesigns.staggered_rollout.assign(
      inputOf(50),
      { n_cohorts: 3, spacing: 2, never_treated_share: 0.2 },
      stream('assignment'),
    );
    const sizes = [10, 12, 14, -1].map((start) => firstTreated.filter((first) => first === start).length);
    expect(sizes).toEqual([14, 13, 13, 10]);
  });

  it('shows each product treated from its own start on', () => {
    const world = toyWorld({
      post_periods: 21,
      effect: { id: 'quantity_boost', parameters: { size: -1 } },
      design: { id: 'staggered_rollout', parameters: {} },
    });
    const { pilot, potentialOutcomes } = simulateToy(world);
    pilot.observed.orderedUnits.forEach((units, at) => {
      const first = pilot.assignment.firstTreated[Math.floor(at / 35)]!;
      expect(units).toBe(first >= 0 && at % 35 >= first ? 0 : potentialOutcomes.untreated.orderedUnits[at]);
    });
  });

  it('says so where the last cohort would start after the end', () => {
    const world = toyWorld({ post_periods: 14, design: { id: 'staggered_rollout', parameters: {} } });
    expect(() => simulateToy(world)).toThrow(/design: starts its last cohort 14 periods after the first, and there are 14 in all/);
  });
});
