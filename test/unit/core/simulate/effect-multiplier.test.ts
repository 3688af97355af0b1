import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../../src/core/scenario/scenario.ts';
import { expectedTruth } from '../../../../src/core/simulate/expected-truth.ts';
import { assignmentDesigns } from '../../../../src/core/simulate/assignment-designs/index.ts';
import { effects } from '../../../../src/core/simulate/effects/index.ts';
import type { SimulatedWorld } from '../../../../src/core/simulate/world.ts';
import { livelyDemand, simulateToy, summarise, toyWorld } from './toy-world.ts';
import reference from '../../../reference/simulator_moments.json';

const profile = { start_delay: 1, ramp_periods: 2, half_life: 3, quality_heterogeneity: -1.5, category_spread: 0.5 };
const strong: readonly Choice[] = [
  { id: 'quantity_boost', parameters: { size: 0.4 } },
  { id: 'quantity_boost', parameters: { size: 0.7, rounding: 'truncate' } },
  { id: 'probability_boost', parameters: { size: 0.5 } },
  { id: 'product_detail_boost', parameters: { quality_boost: 0.3 } },
  { id: 'price_change', parameters: { size: -0.2, elasticity: -2 } },
  { id: 'price_change', parameters: { size: 0.2, elasticity: -2, acts_on: 'activity' } },
  { id: 'impressions_boost', parameters: { size: 0.8 } },
];
const name = ({ id, parameters }: Choice) => `${id} ${JSON.stringify(parameters)}`;
const cases = strong.map((effect) => [name(effect), effect] as const);
const times = (world: SimulatedWorld, effect_multiplier: number): SimulatedWorld => ({ ...world, effect_multiplier });

/** Population effect on all, relative to what losing everything would cost. */
function relativeEffect(effect: Choice, multiplier: number): number {
  const world = (choice: Choice) => toyWorld({ n_products: 30, pre_periods: 0, post_periods: 4, effect: choice });
  const gain = simulateToy(times(world(effect), multiplier)).truth.population.ate!;
  return gain / -simulateToy(world({ id: 'quantity_boost', parameters: { size: -1 } })).truth.population.ate!;
}

describe('an effect at a multiple of its size', () => {
  it('is tried here for every effect there is', () => {
    expect([...new Set(strong.map(({ id }) => id))].sort()).toEqual(Object.keys(effects).sort());
  });

  it.each(cases)('at 0 is nothing at all, bit for bit, however it unfolds: %s', (_name, effect) => {
    const world = toyWorld({ demand: livelyDemand, effect: { id: effect.id, parameters: { ...effect.parameters, ...profile } } });
    const { potentialOutcomes, truth } = simulateToy(times(world, 0));
    expect(potentialOutcomes.treated).toEqual(potentialOutcomes.untreated);
    expect(Object.values(truth.population).filter((value) => value !== null && value !== 0)).toEqual([]);
    expect(truth.sample).toMatchObject({ ate: 0, att: 0, atc: 0 });
    expect(truth.nominal_effect + 0).toBe(0);
    expect(truth.realised_effect).toBe(0);
  });

  it.each(cases.filter(([, { id }]) => id !== 'product_detail_boost'))(
    'is the effect of that size, bit for bit, with the truth that has: %s',
    (_name, effect) => {
      const of = (size: number) =>
        toyWorld({ demand: livelyDemand, effect: { id: effect.id, parameters: { ...effect.parameters, ...profile, size } } });
      const size = effect.parameters.size as number;
      for (const multiplier of [0.5, 2, -1]) {
        const changed = simulateToy(times(of(size), multiplier));
        const declared = simulateToy(of(multiplier * size));
        expect(changed.potentialOutcomes).toEqual(declared.potentialOutcomes);
        expect(changed.truth).toEqual(declared.truth);
      }
    },
  );

  it('has its closed form: proportional where nothing binds, (1 + m size)^(1 + elasticity) - 1 for a price, the table’s where truncated', () => {
    for (const multiplier of [0, 0.5, 2]) {
      expect(relativeEffect({ id: 'quantity_boost', parameters: { size: 0.3 } }, multiplier)).toBeCloseTo(0.3 * multiplier, 12);
      expect(relativeEffect({ id: 'price_change', parameters: { size: -0.2, elasticity: -1.5 } }, multiplier)).toBeCloseTo(
        Math.pow(1 - 0.2 * multiplier, -0.5) - 1,
        12,
      );
    }
    for (const [size, realised] of Object.entries(reference.truncated_quantity_boost_realised_relative_effect)) {
      const half = { id: 'quantity_boost', parameters: { size: Number(size) / 2, rounding: 'truncate' } };
      expect(relativeEffect(half, 2)).toBeCloseTo(realised, 12);
    }
  });

  it('can take no more than all there is, and no price below a quarter', () => {
    expect(relativeEffect({ id: 'quantity_boost', parameters: { size: 0.6 } }, -5)).toBeCloseTo(-1, 12);
    expect(relativeEffect({ id: 'price_change', parameters: { size: -0.5, elasticity: 0 } }, 5)).toBeCloseTo(-0.75, 12);
    expect(simulateToy(times(toyWorld({ effect: { id: 'probability_boost', parameters: { size: 0.6 } } }), -5)).truth.nominal_effect).toBe(
      -1,
    );
  });

  it('rewrites listings all the same: only what demand makes of them changes', () => {
    const effect = { id: 'product_detail_boost', parameters: { quality_boost: 0.2 } };
    const [as, half, none] = [1, 0.5, 0].map((multiplier) => simulateToy(times(toyWorld({ n_products: 300, effect }), multiplier)));
    expect(half!.pilot.qualityAfter).toEqual(as!.pilot.qualityAfter);
    expect(none!.pilot.qualityAfter).toEqual(as!.pilot.qualityAfter);
    expect(half!.truth.nominal_effect / as!.truth.nominal_effect).toBeCloseTo(0.5, 12);
    expect(half!.truth.population.ate! / as!.truth.population.ate!).toBeCloseTo(0.5, 1);
  });

  it('shows no product so often that a week of it would not fit its column', () => {
    const world = toyWorld({
      n_products: 200,
      granularity: 'week',
      pre_periods: 1,
      post_periods: 3,
      demand: { sale_probability: 1 },
      effect: { id: 'impressions_boost', parameters: { size: 5, category_spread: 1 } },
    });
    const { potentialOutcomes, pilot } = simulateToy(times(world, 5));
    const { untreated, treated } = potentialOutcomes;
    // Of the categories, the first has none of the effect, the last twice of it: 1 + 2 * 5 * 5 times as many, if that were possible.
    const factors = [1, 26, 30];
    const wrong = treated.impressions.filter(
      (shown, at) => at % 4 > 0 && shown !== factors[pilot.catalog.category[Math.floor(at / 4)]!]! * untreated.impressions[at]!,
    );
    expect(wrong.length).toBe(0);
  });

  it.each(cases)('has as its truth the mean of what samples have, whatever the profile: %s', (_name, effect) => {
    const world = toyWorld({
      n_products: 48,
      pre_periods: 3,
      post_periods: 5,
      demand: livelyDemand,
      design: { id: 'selection_on_observables', parameters: { quality_weight: -1.5 } },
      effect: { id: effect.id, parameters: { ...effect.parameters, ramp_periods: 2, quality_heterogeneity: 1.5, category_spread: 0.8 } },
    });
    for (const multiplier of [-0.7, 1.8]) {
      const truths = Array.from({ length: 100 }, (_, replication) => simulateToy(times(world, multiplier), { replication }).truth);
      const { population, population_standard_error: populationError } = truths[0]!;
      for (const estimand of ['ate', 'att', 'atc'] as const) {
        const { mean, standardError } = summarise(truths.map((truth) => truth.sample[estimand]!));
        expect(Math.abs(mean - population[estimand]!), `${estimand} at ${multiplier}`).toBeLessThan(
          4 * Math.sqrt(standardError ** 2 + populationError ** 2),
        );
      }
    }
  });
});

describe('the expected truth of a world that is not simulated', () => {
  it.each(Object.keys(assignmentDesigns))('is the one its pilots carry: %s', (id) => {
    const parameters =
      id === 'threshold_rule' ? { running_variable: 'pre_revenue', cutoff: 40 } : id === 'staggered_rollout' ? { spacing: 2 } : {};
    const world = toyWorld({ n_products: 80, demand: livelyDemand, design: { id, parameters } });
    for (const multiplier of [1, 0.5, -2]) {
      const { truth } = simulateToy(times(world, multiplier), { replication: 7 });
      const { population, population_standard_error, missing } = truth;
      expect(expectedTruth(times(world, multiplier), 80)).toEqual({ population, population_standard_error, missing });
    }
  });

  it('grows with the multiplier where nothing is capped, in proportion', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 3, noNaN: true }), (multiplier) => {
        const world = toyWorld({ effect: { id: 'quantity_boost', parameters: { size: 0.3, ...profile, quality_heterogeneity: 0 } } });
        const whole = expectedTruth(world, 60).population.ate!;
        expect(expectedTruth(times(world, multiplier), 60).population.ate! / whole).toBeCloseTo(multiplier, 9);
      }),
      { seed: 5, numRuns: 40 },
    );
  });
});
