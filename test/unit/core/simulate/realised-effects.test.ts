import { describe, expect, it } from 'vitest';
import type { Choice, DemandDeclaration } from '../../../../src/core/scenario/scenario.ts';
import { localMean } from '../../../../src/core/simulate/local-mean.ts';
import type { SimulatedPilot } from '../../../../src/core/simulate/pilot.ts';
import { livelyDemand, plainDemand, simulateToy, summarise, toyWorld } from './toy-world.ts';
import reference from '../../../reference/simulator_moments.json';

/** Population effect on all, relative to what losing everything would cost. */
function relativeEffect(effect: Choice, demand: Partial<DemandDeclaration> = {}, categories = ['Books', 'Toys & Games']): number {
  const ateOf = (choice: Choice) =>
    simulateToy(toyWorld({ n_products: 30, pre_periods: 0, post_periods: 4, categories, demand, effect: choice })).truth.population.ate!;
  return ateOf(effect) / -ateOf({ id: 'quantity_boost', parameters: { size: -1 } });
}

describe('quantity_boost', () => {
  it.each(Object.entries(reference.truncated_quantity_boost_realised_relative_effect))(
    'of %s, truncated, realises what the reference says, exactly',
    (size, realised) => {
      const truncated = { id: 'quantity_boost', parameters: { size: Number(size), rounding: 'truncate' } };
      expect(Math.abs(relativeEffect(truncated) - realised)).toBeLessThan(1e-12);
      expect(Math.abs(relativeEffect({ id: 'quantity_boost', parameters: { size: Number(size) } }) - Number(size))).toBeLessThan(1e-12);
    },
  );

  it('truncated, leaves orders of one as they are until it doubles them', () => {
    const { untreated, treated } = simulateToy(
      toyWorld({ n_products: 500, effect: { id: 'quantity_boost', parameters: { size: 0.9, rounding: 'truncate' } } }),
    ).potentialOutcomes;
    const wrong = untreated.orderedUnits.filter((u, at) => treated.orderedUnits[at] !== (at % 21 >= 14 ? Math.floor(u * 1.9) : u));
    expect(wrong.length).toBe(0);
    expect(
      simulateToy(toyWorld({ n_products: 2000, effect: { id: 'quantity_boost', parameters: { size: 0.1, rounding: 'truncate' } } })).truth
        .realised_effect,
    ).toBe(0);
  });
});

describe('price_change', () => {
  it.each([
    [-0.2, -1.5],
    [0.25, -0.4],
    [0.5, -1],
    [-0.5, 0],
  ])('of %s at elasticity %s realises (1 + size)^(1 + elasticity) - 1', (size, elasticity) => {
    const effect = { id: 'price_change', parameters: { size, elasticity } };
    const nominal = Math.pow(1 + size, 1 + elasticity) - 1;
    const { truth, potentialOutcomes, pilot } = simulateToy(toyWorld({ n_products: 300, categories: ['Books'], effect }));
    expect(truth.nominal_effect).toBeCloseTo(nominal, 12);
    expect(relativeEffect(effect)).toBeCloseTo(nominal, 12);
    // Few orders of an active product stay at none, so activity has the same effect as long as no cap binds.
    expect(
      relativeEffect({ id: 'price_change', parameters: { ...effect.parameters, acts_on: 'activity' } }, { sale_probability: 0.2 }),
    ).toBeCloseTo(nominal, 12);
    const { treated } = potentialOutcomes;
    const wrong = treated.revenue.filter((y, at) => {
      const paid = pilot.catalog.price[Math.floor(at / 21)]! * (at % 21 >= 14 ? 1 + size : 1);
      return Math.abs(y - paid * treated.orderedUnits[at]!) > 1e-9;
    });
    expect(wrong.length).toBe(0);
  });
});

describe('product_detail_boost', () => {
  const effect = { id: 'product_detail_boost', parameters: { quality_boost: 0.2 } };

  it('raises activity by the new score: exactly, by enumerating all texts', () => {
    const { truth, pilot } = simulateToy(
      toyWorld({ n_products: 8000, pre_periods: 0, post_periods: 1, demand: { sale_probability: 0.5 }, effect }),
    );
    const after = pilot.qualityAfter!;
    const before = pilot.catalog.quality;
    const treated = Array.from(after.keys()).filter((i) => pilot.assignment.firstTreated[i]! >= 0);
    const rises = summarise(treated.map((i) => after[i]! - before[i]!));
    const baseline = 0.8 + 0.4 * summarise(treated.map((i) => before[i]!)).mean;
    expect(Math.abs(relativeEffect(effect, { sale_probability: 0.5 }) - (0.4 * rises.mean) / baseline)).toBeLessThan(
      4 * 0.4 * rises.standardError,
    );
    expect(truth.nominal_effect).toBeGreaterThan(0.07);
    expect(truth.nominal_effect).toBeLessThan(0.08);
  });

  it('shows the analyst the new score of treated listings, and the old one of the others', () => {
    const { pilot } = simulateToy(toyWorld({ n_products: 400, effect }));
    pilot.qualityAfter!.forEach((after, i) => {
      const before = pilot.catalog.quality[i]!;
      if (pilot.assignment.firstTreated[i]! < 0) expect(after).toBe(before);
      else expect(after).toBeGreaterThanOrEqual(Math.min(1, before + 0.2) - 1e-12);
    });
  });

  it('is nothing to speak of where every product is active anyway', () => {
    expect(relativeEffect(effect, { sale_probability: 1 })).toBeLessThan(0.5 * relativeEffect(effect, { sale_probability: 0.5 }));
  });
});

describe('impressions_boost', () => {
  it('works through the funnel: units follow impressions, by common draws, as far as the steps carry them', () => {
    const effect = { id: 'impressions_boost', parameters: { size: 0.83 } };
    const { untreated, treated } = simulateToy(toyWorld({ n_products: 400, effect })).potentialOutcomes;
    let moreUnits = 0;
    treated.impressions.forEach((shown, at) => {
      const before = untreated.impressions[at]!;
      const isPost = at % 21 >= 14;
      const isRight = isPost ? Math.abs(shown - 1.83 * before) < 1 : shown === before;
      if (!isRight || treated.visits[at]! < untreated.visits[at]! || treated.orderedUnits[at]! < untreated.orderedUnits[at]!)
        expect.fail(`row ${at}`);
      if (treated.orderedUnits[at]! > untreated.orderedUnits[at]!) moreUnits += 1;
    });
    expect(moreUnits).toBeGreaterThan(20);
    expect(Math.abs(relativeEffect(effect) - 0.83)).toBeGreaterThan(0.001);
  });

  it('agrees with its moments at whole and broken multiples, and loses all at none', () => {
    for (const size of [1, 0.37, -0.6]) {
      const world = toyWorld({
        n_products: 12_000,
        categories: ['Books'],
        pre_periods: 0,
        post_periods: 1,
        effect: { id: 'impressions_boost', parameters: { size } },
      });
      const { potentialOutcomes, truth } = simulateToy(world);
      const { treated, untreated } = potentialOutcomes;
      const gains = treated.revenue.map((y, at) => y - untreated.revenue[at]!);
      const { mean, standardError } = summarise(gains);
      expect(Math.abs(mean - truth.population.ate!)).toBeLessThan(4 * standardError);
    }
    expect(relativeEffect({ id: 'impressions_boost', parameters: { size: -1 } })).toBeCloseTo(-1, 12);
  });
});

describe('the effect at a cutoff', () => {
  const boost = { id: 'probability_boost', parameters: { size: 0.6, quality_heterogeneity: 2 } };
  const world = (running_variable: string, cutoff: number, demand: Partial<DemandDeclaration> = {}, effect: Choice = boost) =>
    toyWorld({
      n_products: 3000,
      categories: ['Books', 'Toys & Games', 'Food & Beverage'],
      pre_periods: 6,
      post_periods: 8,
      demand,
      effect,
      design: { id: 'threshold_rule', parameters: { running_variable, cutoff } },
    });
  const individual = ({ pilot, potentialOutcomes }: SimulatedPilot, i: number) => {
    const { nPeriods, interventionIndex } = pilot.calendar;
    let sum = 0;
    for (let at = i * nPeriods + interventionIndex; at < (i + 1) * nPeriods; at += 1)
      sum += potentialOutcomes.treated.revenue[at]! - potentialOutcomes.untreated.revenue[at]!;
    return sum / (nPeriods - interventionIndex);
  };

  it.each([
    ['quality_score', 0.7, 0.02, plainDemand],
    ['quality_score', 0.5, 0.02, livelyDemand],
    ['price', 40, 1.5, livelyDemand],
    ['price', 80, 3, plainDemand],
  ])('in %s = %s is the mean effect of products near it', (column, cutoff, width, demand) => {
    const near: number[] = [];
    let truth = NaN;
    for (let replication = 0; replication < 12; replication += 1) {
      const simulated = simulateToy(world(column, cutoff, demand), { replication });
      truth = simulated.truth.population.at_cutoff!;
      const values = column === 'price' ? simulated.pilot.catalog.price : simulated.pilot.catalog.quality;
      values.forEach((x, i) => {
        if (Math.abs(x - cutoff) <= width) near.push(individual(simulated, i));
      });
      expect(simulated.truth.sample.at_cutoff).toBe(truth);
    }
    const { mean, standardError } = summarise(near);
    expect(near.length).toBeGreaterThan(500);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * standardError);
    expect(standardError).toBeLessThan(0.1 * truth);
  });

  it('in earlier revenue agrees with other simulations, within both errors', () => {
    const estimates: number[] = [];
    let truth: SimulatedPilot['truth'] | null = null;
    for (let replication = 0; replication < 10; replication += 1) {
      const simulated = simulateToy(world('pre_revenue', 9, { product_variation: 0.6 }), { replication });
      const { pilot } = simulated;
      const pre = Array.from(
        { length: 3000 },
        (_, i) => pilot.observed.revenue.subarray(i * 14, i * 14 + 6).reduce((sum, y) => sum + y, 0) / 6,
      );
      estimates.push(
        localMean(
          pre,
          pre.map((_, i) => individual(simulated, i)),
          9,
        )!,
      );
      truth = simulated.truth;
    }
    const { mean, standardError } = summarise(estimates);
    const error = Math.sqrt(standardError ** 2 + truth!.population_standard_error ** 2);
    expect(truth!.population_standard_error).toBeGreaterThan(0);
    expect(truth!.population_standard_error).toBeLessThan(0.05 * truth!.population.at_cutoff!);
    expect(Math.abs(mean - truth!.population.at_cutoff!)).toBeLessThan(4 * error);
    // Mostly cheap products have so little earlier revenue: the effect there is not the effect on all.
    expect(truth!.population.at_cutoff!).toBeLessThan(0.95 * truth!.population.ate!);
  });

  it('is not known, and says so, where no product is near the cutoff', () => {
    const { truth } = simulateToy(world('pre_revenue', 5000));
    expect(truth.population.at_cutoff).toBeNull();
    expect(truth.missing.at_cutoff).toMatch(/earlier revenue near 5000/);
    expect(simulateToy(world('quality_score', 0.05)).truth.missing.at_cutoff).toMatch(
      /No product of this catalog can have a quality_score of 0\.05/,
    );
  });

  it('is zero without an effect', () => {
    for (const [column, cutoff] of [
      ['quality_score', 0.6],
      ['price', 40],
      ['pre_revenue', 9],
    ] as const) {
      expect(simulateToy(world(column, cutoff, {}, { id: 'probability_boost', parameters: { size: 0 } })).truth.population.at_cutoff).toBe(
        0,
      );
    }
  });
});

describe('effects on single products', () => {
  it('are spread in bins of one round width that hold every product once, treated and not', () => {
    const { pilot, truth } = simulateToy(toyWorld({ n_products: 500, effect: { id: 'probability_boost', parameters: { size: -0.3 } } }));
    const bins = truth.effects_histogram;
    const total = (side: 'treated' | 'control') => bins.reduce((sum, bin) => sum + bin[side], 0);
    const nTreated = pilot.assignment.firstTreated.reduce((sum, first) => sum + (first >= 0 ? 1 : 0), 0);
    expect([total('treated'), total('control')]).toEqual([nTreated, 500 - nTreated]);
    expect(bins.length).toBeGreaterThan(5);
    bins.slice(1).forEach(({ from }, k) => expect(from).toBeCloseTo(bins[k]!.to, 9));
    expect(bins.some(({ from, to }) => from < -1e-9 && to > 1e-9)).toBe(false);
    const middle = bins.reduce((sum, { from, to, treated }) => sum + ((from + to) / 2) * treated, 0) / nTreated;
    expect(Math.abs(middle - truth.sample.att!)).toBeLessThan(bins[0]!.to - bins[0]!.from);
  });

  it('are one bin around nothing without an effect, and none without a post window', () => {
    const none = simulateToy(toyWorld({ effect: { id: 'quantity_boost', parameters: { size: 0 } } })).truth.effects_histogram;
    expect(none).toEqual([{ from: -0.5, to: 0.5, treated: 30, control: 30 }]);
    expect(simulateToy(toyWorld({ post_periods: 0 })).truth.effects_histogram).toEqual([]);
  });
});

describe('a staggered roll-out', () => {
  const world = toyWorld({
    n_products: 60,
    pre_periods: 2,
    post_periods: 12,
    effect: { id: 'quantity_boost', parameters: { size: 1, ramp_periods: 3 } },
    design: { id: 'staggered_rollout', parameters: { n_cohorts: 3, spacing: 4, never_treated_share: 0.4 } },
  });

  it('has an effect on the treated, in closed form, and says why it has no other', () => {
    const { truth } = simulateToy(world);
    expect(truth.population).toMatchObject({ ate: null, atc: null, at_cutoff: null });
    expect(truth.sample).toMatchObject({ ate: null, atc: null });
    expect(truth.missing.ate).toMatch(/different dates/);
    // Cohorts of 12 products have 12, 8 and 4 periods; the ramp of three costs 0.75 + 0.5 + 0.25 of one.
    const atOnce = simulateToy(toyWorld({ pre_periods: 2, post_periods: 12, effect: { id: 'quantity_boost', parameters: { size: 1 } } }))
      .truth.population.ate!;
    expect(truth.population.att).toBeCloseTo((atOnce * (12 - 1.5 + 8 - 1.5 + 4 - 1.5)) / 24, 10);
    expect(truth.population_standard_error).toBe(0);
  });
});
