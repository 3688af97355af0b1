import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import type { NoCounterpart } from './configuration.ts';
import type { Writable } from './write-yaml.ts';

type Effect = {
  readonly name: string;
  readonly parameters: { readonly [key: string]: Writable };
  readonly noCounterpart: readonly NoCounterpart[];
};

/** The enrichment that does what the effect does, as nearly as theirs can. */
export function exportEffect({ effect, catalog }: SimulatedInitiative, path: string): Effect {
  const values = effect.parameters;
  const lost: NoCounterpart[] = [];
  const lose = (name: string, why: string) =>
    lost.push({ path: `${path}.effect.${name}`, value: name === 'id' ? effect.id : values[name.slice('parameters.'.length)], why });
  if (values.half_life !== null && values.half_life !== undefined) lose('parameters.half_life', 'their effects last');
  if (values.quality_heterogeneity !== 0) lose('parameters.quality_heterogeneity', 'their effects are the same for every product');
  if (values.category_spread !== 0) lose('parameters.category_spread', 'their effects are the same for every product');
  const rampDays = rampOf(effect, catalog.granularity, lose);
  switch (effect.id) {
    case 'quantity_boost':
      if (values.rounding !== 'truncate')
        lose('parameters.rounding', 'their simulator rounds units down, so that 50% more of a single unit is nothing');
      return rampDays > 0
        ? {
            name: 'product_detail_boost',
            parameters: { effect_size: values.size as number, quality_boost: 0, ramp_days: rampDays },
            noCounterpart: lost,
          }
        : { name: 'quantity_boost', parameters: { effect_size: values.size as number, min_units: 0 }, noCounterpart: lost };
    case 'probability_boost':
      lose('id', 'theirs of that name raises the units of an order, rounded down, and not how often one is made');
      if (rampDays > 0) loseRamp(lose);
      return { name: 'probability_boost', parameters: { effect_size: values.size as number, min_units: 0 }, noCounterpart: lost };
    case 'product_detail_boost':
      lose('id', 'theirs raises the recorded score; demand there answers to effect_size, which is 0 here, and not to the score');
      return {
        name: 'product_detail_boost',
        parameters: { effect_size: 0, quality_boost: values.quality_boost as number, ramp_days: rampDays },
        noCounterpart: lost,
      };
    default:
      lose('id', 'theirs has no such function; one of that name has to be registered there');
      return { name: effect.id, parameters: values as Effect['parameters'], noCounterpart: lost };
  }
}

type Lose = (name: string, why: string) => void;

/** Days of their ramp, which is zero on its first day; 0 for none, or none that theirs could have. */
function rampOf({ id, parameters }: SimulatedInitiative['effect'], granularity: 'day' | 'week', lose: Lose): number {
  const delay = parameters.start_delay as number;
  const ramp = parameters.ramp_periods as number;
  if ((delay === 0 && ramp === 0) || !['quantity_boost', 'probability_boost', 'product_detail_boost'].includes(id)) return 0;
  if (delay === 1) return (ramp + 1) * (granularity === 'week' ? 7 : 1);
  loseRamp(lose);
  return 0;
}

function loseRamp(lose: Lose): void {
  lose('parameters.start_delay', 'theirs has no delay');
  lose('parameters.ramp_periods', 'their ramp begins at zero on the first day, and not every function has one');
}
