import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../../src/core/contracts/parameter.ts';
import { makeCalendar } from '../../../../src/core/simulate/calendar.ts';
import { meanQuality, qualityDistribution } from '../../../../src/core/simulate/catalog.ts';
import { effects } from '../../../../src/core/simulate/effects/index.ts';
import {
  isSteady,
  isUniform,
  profileParameters,
  strengthInPeriod,
  strengthOfProduct,
  type EffectProfile,
} from '../../../../src/core/simulate/effects/effect-profile.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const profile = (changes: Partial<EffectProfile>): EffectProfile => {
  const parsed = parseParameters(profileParameters, changes, '');
  if (!parsed.ok) throw new Error('no such profile');
  return parsed.value;
};
const course = (changes: Partial<EffectProfile>, periods: number) =>
  Array.from({ length: periods }, (_, k) => strengthInPeriod(profile(changes), k));

describe('strength over time', () => {
  it('is full from the first period on without a profile', () => {
    expect(course({}, 3)).toEqual([1, 1, 1]);
    expect(isSteady(profile({}))).toBe(true);
  });

  it('ramps up in equal steps and is not zero on the first day, so that a pilot of one day has an effect', () => {
    expect(course({ ramp_periods: 3 }, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    const oneDay = toyWorld({
      n_products: 4000,
      pre_periods: 0,
      post_periods: 1,
      effect: { id: 'quantity_boost', parameters: { size: 1, ramp_periods: 1 } },
    });
    const { truth } = simulateToy(oneDay);
    expect(truth.sample.ate).toBeGreaterThan(0);
    expect(truth.realised_effect).toBeCloseTo(0.5, 1);
  });

  it('waits for the delay, then ramps, and wears off by half in every half-life from there', () => {
    expect(course({ start_delay: 2, ramp_periods: 1 }, 5)).toEqual([0, 0, 0.5, 1, 1]);
    const fading = course({ start_delay: 1, half_life: 4 }, 10);
    expect(fading[0]).toBe(0);
    expect([fading[1], fading[5], fading[9]]).toEqual([1, expect.closeTo(0.5, 14), expect.closeTo(0.25, 14)]);
    expect(strengthInPeriod(profile({ half_life: 0.1 }), 700)).toBe(0);
    for (const changes of [{ start_delay: 1 }, { ramp_periods: 1 }, { half_life: 3 }]) expect(isSteady(profile(changes))).toBe(false);
  });
});

describe('strength by product', () => {
  const mean = meanQuality();

  it('has mean one over quality and over categories, and is never negative', () => {
    const differing = profile({ quality_heterogeneity: -2, category_spread: 1 });
    expect(isUniform(differing)).toBe(false);
    for (const n of [1, 2, 5, 8]) {
      let total = 0;
      let lowest = Infinity;
      qualityDistribution().forEach((probability, k) => {
        if (probability === 0) return;
        for (let c = 0; c < n; c += 1) {
          const strength = strengthOfProduct(differing, k / 1000, mean, c, n);
          total += (probability * strength) / n;
          lowest = Math.min(lowest, strength);
        }
      });
      expect(total).toBeCloseTo(1, 12);
      expect(lowest).toBeGreaterThanOrEqual(0);
    }
  });

  it('changes with quality by the stated share, and between categories evenly', () => {
    expect(strengthOfProduct(profile({ quality_heterogeneity: -1 }), mean + 0.2, mean, 0, 3)).toBeCloseTo(0.8, 14);
    const spread = profile({ category_spread: 0.5 });
    expect([0, 1, 2].map((c) => strengthOfProduct(spread, 0.4, mean, c, 3))).toEqual([0.5, 1, 1.5]);
    expect(strengthOfProduct(spread, 0.4, mean, 0, 1)).toBe(1);
  });
});

describe('every effect', () => {
  it('has the parameters of the profile, and with their defaults the same bits as without them', () => {
    for (const [id, effect] of Object.entries(effects)) {
      for (const name of Object.keys(profileParameters)) expect(Object.hasOwn(effect.parameters, name)).toBe(true);
      const [bare, spelt] = [{}, profile({})].map((parameters) => simulateToy(toyWorld({ effect: { id, parameters } })));
      expect([...spelt!.potentialOutcomes.treated.revenue]).toEqual([...bare!.potentialOutcomes.treated.revenue]);
      expect(spelt!.truth).toEqual(bare!.truth);
    }
  });

  it('does nothing before its delay is over, and leaves Y(0) alone', () => {
    for (const id of Object.keys(effects)) {
      const world = (parameters: object) => toyWorld({ n_products: 120, effect: { id, parameters: { ...parameters } } });
      const [plain, late] = [simulateToy(world({})), simulateToy(world({ start_delay: 3 }))];
      expect(late.potentialOutcomes.untreated).toEqual(plain.potentialOutcomes.untreated);
      const differing = { before: 0, after: 0 };
      late.potentialOutcomes.treated.revenue.forEach((y, at) => {
        if (y !== late.potentialOutcomes.untreated.revenue[at]) differing[at % 21 < 14 + 3 ? 'before' : 'after'] += 1;
      });
      expect(differing.before).toBe(0);
      expect(differing.after).toBeGreaterThan(0);
    }
  });

  it('counts its course from each product’s own start where products start at different dates', () => {
    const world = toyWorld({
      n_products: 120,
      pre_periods: 4,
      post_periods: 20,
      demand: { sale_probability: 0.9 },
      effect: { id: 'quantity_boost', parameters: { size: 1, start_delay: 2 } },
      design: { id: 'staggered_rollout', parameters: { n_cohorts: 3, spacing: 5, never_treated_share: 0.25 } },
    });
    const { pilot, potentialOutcomes } = simulateToy(world);
    const { nPeriods } = makeCalendar('2026-01-05', 4, 20);
    const starts = new Set<number>();
    let wrong = 0;
    pilot.assignment.firstTreated.forEach((first, i) => {
      starts.add(first);
      const begins = (first >= 0 ? first : 4) + 2;
      for (let t = 0; t < nPeriods; t += 1) {
        const [without, treated] = [
          potentialOutcomes.untreated.orderedUnits[i * nPeriods + t]!,
          potentialOutcomes.treated.orderedUnits[i * nPeriods + t]!,
        ];
        if (treated !== (t >= begins ? 2 * without : without)) wrong += 1;
      }
    });
    expect(wrong).toBe(0);
    expect([...starts].sort((a, b) => a - b)).toEqual([-1, 4, 9, 14]);
  });
});
