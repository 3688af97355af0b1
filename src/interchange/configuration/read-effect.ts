import { parseParameters } from '../../core/contracts/parameter.ts';
import { findEffect } from '../../core/simulate/effects/index.ts';
import type { Ledger } from './ledger.ts';
import { dropFields, field, fieldsOf, takeNumber, textOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

type Choice = { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> };
export type EffectSource = {
  readonly enrichment: Tree | undefined;
  readonly method: string | undefined;
  readonly granularity: 'day' | 'week';
  readonly to: string;
};

const boost = { min: -1, max: 5 };
const truncation = 'Their simulator rounds units down, so that 50% more of a single unit is nothing; here it is set to do the same.';
const rampNote =
  'Their ramp is zero on its first day, so that a one-day pilot has no effect at all; the same here, as one period of delay.';
const noEffect: Choice = { id: 'quantity_boost', parameters: { size: 0 } };

/** What the enrichment does to demand. Without one, nothing. */
export function readEffect(ledger: Ledger, source: EffectSource): Choice {
  const { enrichment, to } = source;
  const named = field(ledger, enrichment, 'FUNCTION');
  const parameters = field(ledger, enrichment, 'PARAMS');
  if (named === undefined) {
    ledger.assume(`${to}.effect`, noEffect, 'No file names an enrichment: nothing is changed by the treatment.');
    return noEffect;
  }
  const name = textOf(ledger, named) ?? '';
  dropFields(ledger, parameters, {
    backend: 'chooses who writes the new texts; here the workbench does',
    prompt_path: 'is for a language model; here no model is asked',
  });
  switch (name) {
    case 'quantity_boost':
      return boostOf(ledger, source, named, parameters, 'quantity_boost');
    case 'probability_boost':
      return boostOf(ledger, source, named, parameters, 'probability_boost');
    case 'combined_boost':
      return rampedBoost(ledger, source, named, parameters);
    case 'product_detail_boost':
      return productDetails(ledger, source, named, parameters);
    default:
      return ownEffect(ledger, source, named, name, parameters);
  }
}

function boostOf(
  ledger: Ledger,
  { to }: EffectSource,
  named: Tree,
  parameters: Tree | undefined,
  id: 'quantity_boost' | 'probability_boost',
): Choice {
  const isQuantity = id === 'quantity_boost';
  ledger.map(
    named,
    `${to}.effect.id`,
    isQuantity
      ? truncation
      : 'There this is the quantity boost under another name; here more products sell on a day, and units stay as they are.',
  );
  const units = field(ledger, parameters, 'min_units');
  if (units?.kind === 'leaf' && units.value === 0) ledger.map(units, `${to}.effect`, 'No least number of units, as here.');
  else if (units !== undefined)
    ledger.drop(units, 'sells that many units of every treated product on every day, also where nothing was ordered');
  const size = effectSize(ledger, parameters, to);
  return { id, parameters: isQuantity ? { size, rounding: 'truncate' } : { size } };
}

function effectSize(ledger: Ledger, parameters: Tree | undefined, to: string): number {
  const size = takeNumber(ledger, field(ledger, parameters, 'effect_size'), `${to}.effect.parameters.size`, boost);
  if (size === undefined) ledger.assume(`${to}.effect.parameters.size`, 0.5, 'Their default effect size.');
  return size ?? 0.5;
}

/** Orders are raised by an effect size that grows over some days. */
function rampedBoost(ledger: Ledger, source: EffectSource, named: Tree, parameters: Tree | undefined): Choice {
  ledger.map(named, `${source.to}.effect.id`, truncation);
  const size = effectSize(ledger, parameters, source.to);
  return { id: 'quantity_boost', parameters: { size, rounding: 'truncate', ...ramp(ledger, source, parameters, 7) } };
}

/** Their strength on day d is min(1, d / days): one period of delay, then days - 1 of ramp. */
function ramp(
  ledger: Ledger,
  { granularity, to }: EffectSource,
  parameters: Tree | undefined,
  usual: number,
): Readonly<Record<string, number>> {
  const place = `${to}.effect.parameters.ramp_periods`;
  const given = takeNumber(ledger, field(ledger, parameters, 'ramp_days'), place, { min: 0, max: 700, whole: true }, rampNote);
  if (given === undefined && usual > 0) ledger.assume(place, usual, `Their default: ${usual} days. ${rampNote}`);
  const periods = Math.ceil((given ?? usual) / (granularity === 'week' ? 7 : 1));
  return periods <= 0 ? {} : { start_delay: 1, ramp_periods: periods - 1 };
}

/** New texts and a higher quality score; with an effect size, more orders come from that and not from the score. */
function productDetails(ledger: Ledger, source: EffectSource, named: Tree, parameters: Tree | undefined): Choice {
  const size = field(ledger, parameters, 'effect_size');
  const says = size?.kind === 'leaf' ? size.value : undefined;
  const quality = field(ledger, parameters, 'quality_boost');
  const byScore = source.method === 'metrics_approximation' || says === 0 || (size === undefined && quality !== undefined);
  if (!byScore) {
    if (quality !== undefined) ledger.drop(quality, 'raises the recorded score only; here effect_size does the work, and the score stays');
    return rampedBoost(ledger, source, named, parameters);
  }
  const { to } = source;
  ledger.map(
    named,
    `${to}.effect.id`,
    'Their simulator raises orders by effect_size (0.5 where none is given, after a ramp of 7 days that begins at zero, rounded down), whatever the score; here demand answers to the better score.',
  );
  if (says === 0) ledger.map(size as Tree, `${to}.effect`, 'Nothing beside the score.');
  else if (size !== undefined) ledger.drop(size, 'here orders answer to the better score, which the method needs');
  const boosted = takeNumber(ledger, quality, `${to}.effect.parameters.quality_boost`, { min: 0, max: 1 });
  if (boosted === undefined) ledger.assume(`${to}.effect.parameters.quality_boost`, 0, 'Their default: the score stays.');
  return { id: 'product_detail_boost', parameters: { quality_boost: boosted ?? 0, ...ramp(ledger, source, parameters, 0) } };
}

/** An effect of the workbench by its own names; anything else does nothing here. */
function ownEffect(ledger: Ledger, { to }: EffectSource, named: Tree, name: string, parameters: Tree | undefined): Choice {
  const effect = findEffect(name);
  if (effect === undefined) {
    ledger.drop(named, 'is a function of its own that no file defines; here the treatment changes nothing');
    ledger.assume(`${to}.effect`, noEffect, `Nothing stands in for ${name}.`);
    return noEffect;
  }
  ledger.map(named, `${to}.effect.id`);
  const given: Record<string, unknown> = {};
  for (const [key, tree] of fieldsOf(parameters)) {
    if (tree.kind !== 'leaf' || !parseParameters(effect.parameters, { [key]: tree.value }, '').ok) continue;
    given[key] = tree.value;
    ledger.map(tree, `${to}.effect.parameters.${key}`);
  }
  return { id: name, parameters: given };
}
