import { describe, expect, it } from 'vitest';
import { estimands } from '../../../../src/core/contracts/shared-types.ts';
import { makeCalendar } from '../../../../src/core/simulate/calendar.ts';
import { meanPrice, qualityDistribution } from '../../../../src/core/simulate/catalog.ts';
import { momentsGivenActivity } from '../../../../src/core/simulate/funnel-moments.ts';
import { groundTruth } from '../../../../src/core/simulate/ground-truth.ts';
import type { Catalog, Demand, PotentialOutcomes } from '../../../../src/core/simulate/pilot.ts';
import { livelyDemand, plainDemand, simulateToy, summarise, toyWorld } from './toy-world.ts';

describe('sample effects', () => {
  const calendar = makeCalendar('2026-01-05', 1, 2);
  const demandOf = (revenue: number[]) => ({ revenue: Float64Array.from(revenue) }) as Demand;
  const outcomes: PotentialOutcomes = { untreated: demandOf([9, 2, 4, 9, 1, 3, 9, 0, 6]), treated: demandOf([9, 5, 4, 9, 2, 2, 9, 7, 8]) };
  const catalog = { nProducts: 3 } as Catalog;
  const population = { effects: { ate: 1, att: 2, atc: null, at_cutoff: null }, standardError: 0.5, missing: {} };

  it('are averages over treated and untreated product-periods of the post window', () => {
    const truth = groundTruth(catalog, calendar, { firstTreated: Int32Array.of(1, -1, 2) }, outcomes, population, 0.3);
    // treated: product 0 at both periods (3, 0), product 2 at the last (2); not treated: product 1 (1, -1), product 2 once (7)
    expect(truth.sample).toEqual({ ate: null, att: 5 / 3, atc: null, at_cutoff: null });
    expect(truth.baseline_mean).toBe((2 + 4 + 6) / 3);
    expect(truth.realised_effect).toBe(5 / 12);
    expect(truth).toMatchObject({ nominal_effect: 0.3, population: population.effects, population_standard_error: 0.5 });
  });

  it('are null where a group is empty, and relative to nothing where nothing was sold', () => {
    const nobody = groundTruth(catalog, calendar, { firstTreated: Int32Array.of(-1, -1, -1) }, outcomes, population, 0);
    expect([nobody.sample.att, nobody.realised_effect, nobody.baseline_mean]).toEqual([null, null, null]);
    expect(nobody.sample.atc).toBe(nobody.sample.ate);
    const everybody = groundTruth(catalog, calendar, { firstTreated: Int32Array.of(1, 1, 1) }, outcomes, population, 0);
    expect(everybody.sample.atc).toBeNull();
    const idle = { untreated: demandOf([0, 0, 0, 0, 0, 0, 0, 0, 0]), treated: outcomes.treated };
    expect(groundTruth(catalog, calendar, { firstTreated: Int32Array.of(1, 1, 1) }, idle, population, 0).realised_effect).toBeNull();
  });
});

describe('population effects', () => {
  it('are size * E[price] * E[units | active] * E[activity] where no cap binds', () => {
    const world = toyWorld({ effect: { id: 'quantity_boost', parameters: { size: 0.2 } } });
    const meanQuality = qualityDistribution().reduce((sum, p, k) => sum + (p * k) / 1000, 0);
    const expected =
      0.2 * meanPrice(world.catalog.categories) * momentsGivenActivity(plainDemand).ordered_units * 0.7 * (0.8 + 0.4 * meanQuality);
    const { population, population_standard_error } = simulateToy(world).truth;
    for (const estimand of ['ate', 'att', 'atc'] as const) expect(population[estimand]).toBeCloseTo(expected, 10);
    expect(population.at_cutoff).toBeNull();
    expect(population_standard_error).toBe(0);
  });

  it('are the same whatever the seed, the stage and the number of products, where assignment does not look', () => {
    const world = toyWorld({ demand: livelyDemand, design: { id: 'one_treated_unit', parameters: { n_units: 6 } } });
    const truths = [
      simulateToy(world),
      simulateToy(world, { seed: 'other', replication: 5 }),
      simulateToy(world, { stage: 'scale', nProducts: 300 }),
    ];
    for (const { truth } of truths) expect(truth.population).toEqual(truths[0]!.truth.population);
  });

  it('are zero without an effect, and minus the baseline where everything is lost', () => {
    for (const id of ['complete_randomisation', 'selection_on_observables']) {
      const design = { id, parameters: {} };
      const none = simulateToy(toyWorld({ design, effect: { id: 'probability_boost', parameters: { size: 0 } } })).truth;
      expect(none.population).toEqual({ ate: 0, att: 0, atc: 0, at_cutoff: null });
      const lost = simulateToy(toyWorld({ design, effect: { id: 'quantity_boost', parameters: { size: -1 } } })).truth;
      expect(lost.realised_effect).toBe(-1);
      expect(lost.sample.att).toBeCloseTo(-lost.baseline_mean!, 10);
    }
  });

  it('have a small Monte Carlo error under selection, and average to the effect on all', () => {
    const world = toyWorld({
      demand: livelyDemand,
      design: { id: 'selection_on_observables', parameters: { sales_weight: 1, treated_share: 0.4 } },
    });
    const { population, population_standard_error: error } = simulateToy(world).truth;
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(0.01 * population.ate!);
    expect(0.4 * population.att! + 0.6 * population.atc!).toBeCloseTo(population.ate!, 8);
    expect(population.att!).toBeGreaterThan(1.2 * population.ate!);
  });
});

describe('population effects under selection on what is on record', () => {
  it('are known to a fraction of a per cent, and to less the more products there are', () => {
    const errorAt = (nProducts: number) => {
      const design = { id: 'selection_on_observables', parameters: { quality_weight: -1.5, price_weight: 0.8 } };
      const { population, population_standard_error } = simulateToy(toyWorld({ categories: ['Books', 'Clothing'], design }), {
        nProducts,
      }).truth;
      return population_standard_error / population.ate!;
    };
    expect(errorAt(40)).toBeLessThan(0.003);
    expect(errorAt(3000)).toBeLessThan(0.0005);
    expect(errorAt(3000)).toBeGreaterThan(0);
  });
});

describe('population effects are the mean of sample effects', () => {
  const designs = [
    { id: 'complete_randomisation', parameters: { treated_share: 0.4 } },
    { id: 'selection_on_observables', parameters: { treated_share: 0.3, quality_weight: -1.5, price_weight: 0.8 } },
    { id: 'selection_on_observables', parameters: { treated_share: 0.3, quality_weight: 0.5, sales_weight: 1.5 } },
    { id: 'one_treated_unit', parameters: { n_units: 7 } },
    { id: 'everyone_from_date', parameters: {} },
  ];
  const effects = [
    { id: 'quantity_boost', parameters: { size: 0.6 } },
    { id: 'quantity_boost', parameters: { size: -0.5 } },
    { id: 'probability_boost', parameters: { size: 0.5 } },
    { id: 'probability_boost', parameters: { size: -0.5 } },
  ];
  const cases = designs.flatMap((design) =>
    effects.flatMap((effect) => [livelyDemand, plainDemand].map((demand) => ({ design, effect, demand }))),
  );
  const title = ({ design, effect, demand }: (typeof cases)[number]) =>
    `${design.id} ${JSON.stringify(design.parameters)}, ${effect.id} ${effect.parameters.size}, ${demand === plainDemand ? 'plain' : 'every extension'}`;

  it.each(cases.map((one) => [title(one), one] as const))('%s', (_title, { design, effect, demand }) => {
    const world = toyWorld({ n_products: 45, pre_periods: 9, post_periods: 10, demand, design, effect });
    const truths = Array.from({ length: 400 }, (_, replication) => simulateToy(world, { replication, seed: 'population test' }).truth);
    const { population, population_standard_error: populationError } = truths[0]!;
    for (const estimand of estimands) {
      if (population[estimand] === null) {
        expect(truths.every((truth) => truth.sample[estimand] === null)).toBe(true);
        continue;
      }
      const { mean, standardError } = summarise(truths.map((truth) => truth.sample[estimand]!));
      expect(Math.abs(mean - population[estimand]), estimand).toBeLessThan(4 * Math.sqrt(standardError ** 2 + populationError ** 2));
    }
  });
});
