import { defineParameters, type ParameterValues } from '../../contracts/parameter.ts';
import { exp } from '../../numeric/elementary.ts';

/** How an effect unfolds over time and differs between products: parameters that every effect has. */
export const profileParameters = defineParameters({
  start_delay: {
    kind: 'integer',
    label: 'Delay',
    help: 'Periods from the start of the treatment until anything happens.',
    min: 0,
    max: 730,
    step: 1,
    unit: 'periods',
    default: 0,
  },
  ramp_periods: {
    kind: 'integer',
    label: 'Ramp-up',
    help: 'Periods over which the effect grows in equal steps; it is not zero on the first of them: with 3, the first has a quarter of it and the fourth all.',
    min: 0,
    max: 730,
    step: 1,
    unit: 'periods',
    default: 0,
  },
  half_life: {
    kind: 'number',
    label: 'Half-life',
    help: 'Periods in which the effect wears off by half, from when it starts; leave empty for an effect that lasts.',
    min: 0.1,
    max: 10_000,
    step: 1,
    unit: 'periods',
    default: null,
  },
  quality_heterogeneity: {
    kind: 'number',
    label: 'Differs by quality',
    help: 'Relative change of the effect per unit of quality score: at -1, a product 0.2 above the mean score has 20% less of it.',
    min: -2,
    max: 2,
    step: 0.1,
    default: 0,
  },
  category_spread: {
    kind: 'number',
    label: 'Differs by category',
    help: 'At 0.5, the first category in the list has half of the effect, the last one half more, those between lie evenly between them.',
    min: 0,
    max: 1,
    step: 0.1,
    default: 0,
  },
});

export type EffectProfile = ParameterValues<typeof profileParameters>;

const LOG_TWO = 0.6931471805599453;
/** Effects below this share of their size are nothing. */
const FAINTEST = 1e-12;

/**
 * The share of an effect that is felt in the k-th period (from 0) of a product's treatment: 0 in the delay, and j periods after
 * it min(1, (j + 1) / (ramp + 1)) * 2^(-j / half life).
 */
export function strengthInPeriod({ start_delay, ramp_periods, half_life }: EffectProfile, k: number): number {
  const j = k - start_delay;
  if (j < 0) return 0;
  const ramp = Math.min(1, (j + 1) / (ramp_periods + 1));
  if (half_life === null) return ramp;
  const strength = ramp * exp((-LOG_TWO * j) / half_life);
  return strength < FAINTEST ? 0 : strength;
}

/** (1 + heterogeneity * (quality - mean quality)) * (1 + spread * position), the category's position from -1 to 1: mean one. */
export function strengthOfProduct(
  profile: EffectProfile,
  quality: number,
  meanQuality: number,
  category: number,
  nCategories: number,
): number {
  const position = nCategories > 1 ? (2 * category) / (nCategories - 1) - 1 : 0;
  return (1 + profile.quality_heterogeneity * (quality - meanQuality)) * (1 + profile.category_spread * position);
}

/** Whether the effect is the same in every period of a product's treatment. */
export function isSteady({ start_delay, ramp_periods, half_life }: EffectProfile): boolean {
  return start_delay === 0 && ramp_periods === 0 && half_life === null;
}

/** Whether the effect has the same size for every product. */
export function isUniform({ quality_heterogeneity, category_spread }: EffectProfile): boolean {
  return quality_heterogeneity === 0 && category_spread === 0;
}
