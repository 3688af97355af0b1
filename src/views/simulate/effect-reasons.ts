import { formatNumber } from '../../charts/format.ts';
import type { Parameters } from '../../core/contracts/parameter.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import type { GroundTruth } from '../../core/simulate/pilot.ts';
import { effectOf } from '../shared/catalogue.ts';
import { periodWord, type Period } from '../shared/period.ts';
import { listed } from '../shared/words.ts';

/** Nominal and realised effect count as the same within this, absolutely and as a share of the nominal one. */
const sameWithin = { absolute: 0.002, relative: 0.03 } as const;

/** Why the effect that the treated really had is not the one asked for; null where it is, or where nobody is treated. */
export function whyRealisedDiffers(truth: GroundTruth, initiative: SimulatedInitiative): string | null {
  const { nominal_effect: nominal, realised_effect: realised } = truth;
  if (realised === null) return null;
  const gap = Math.abs(realised - nominal);
  if (gap <= Math.max(sameWithin.absolute, sameWithin.relative * Math.abs(nominal))) return null;
  const reasons = systematicReasons(initiative);
  const chance = 'the draws of this one pilot';
  if (reasons.length === 0) return `They differ by chance: ${chance}.`;
  return `They differ because ${listed(reasons)}; the rest is chance, ${chance}.`;
}

/** What takes from an effect, or adds to it, on average. */
function systematicReasons(initiative: SimulatedInitiative): string[] {
  const { effect, demand } = initiative;
  const period = periodWord(initiative);
  const defaults: Parameters = effectOf(effect.id)?.parameters ?? {};
  const value = (name: string) => effect.parameters[name] ?? defaults[name]?.default ?? null;
  const number = (name: string) => Number(value(name) ?? 0);
  const reasons: string[] = [];
  if (number('start_delay') > 0) reasons.push(`nothing happens in the first ${periods(number('start_delay'), period)}`);
  if (number('ramp_periods') > 0) reasons.push(`it builds up over ${periods(number('ramp_periods'), period)}`);
  if (value('half_life') !== null) reasons.push(`it wears off by half every ${periods(number('half_life'), period)}`);
  if (number('quality_heterogeneity') !== 0 || number('category_spread') !== 0)
    reasons.push('products differ in it, and sales lie with some more than with others');
  if (value('rounding') === 'truncate') reasons.push('units are rounded down, which takes most of it from small orders');
  if (effect.id === 'impressions_boost')
    reasons.push('visits, carts and orders are whole numbers, so that more impressions do not become orders in proportion');
  if (effect.id === 'product_detail_boost') reasons.push('what a better text adds depends on how good the text was');
  if (actsOnActivity(effect.id, value('acts_on')) && mayBeCapped(demand, number('size')))
    reasons.push('no product can be active more often than every day');
  return reasons;
}

function actsOnActivity(effect: string, actsOn: unknown): boolean {
  return effect === 'probability_boost' || effect === 'product_detail_boost' || actsOn === 'activity';
}

/** The probability of activity is highest at the best text, and goes up and down with everything that makes demand restless. */
function mayBeCapped(demand: SimulatedInitiative['demand'], size: number): boolean {
  const restless = [
    demand.product_variation,
    demand.weekday_amplitude,
    demand.trend,
    demand.shock_deviation,
    demand.unit_variation,
    demand.appeal_variation,
  ];
  return restless.some((level) => level !== 0) || demand.sale_probability * 1.2 * (1 + Math.max(0, size)) > 1;
}

function periods(count: number, period: Period): string {
  return count === 1 ? `${period}` : `${formatNumber(count, Number.isInteger(count) ? 0 : 1)} ${period}s`;
}
