import type { Ledger } from './ledger.ts';
import { field, takeNumber } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

type Choice = { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> };

/** Shares outside these are nobody or everybody, as far as a design goes. */
const shares = { min: 0.02, max: 0.98 };
const usualShare = 0.3;

/** Who is treated: theirs is always a share of the products, drawn at random; a time series and a synthetic control have their own. */
export function readDesign(ledger: Ledger, enrichment: Tree | undefined, method: string, nProducts: number, to: string): Choice {
  const parameters = field(ledger, enrichment, 'PARAMS');
  const fraction = field(ledger, parameters, 'enrichment_fraction');
  if (method === 'synthetic_control') return oneUnit(ledger, fraction, nProducts, to);
  if (enrichment === undefined) return assumed(ledger, method, to);
  const share = fraction?.kind === 'leaf' && typeof fraction.value === 'number' ? fraction.value : usualShare;
  if (fraction === undefined) ledger.assume(`${to}.design.parameters.treated_share`, usualShare, 'Their default share.');
  if (share > shares.max) {
    takeNumber(ledger, fraction, `${to}.design.id`, { min: 0, max: 1 }, 'Every product, from the day of the treatment on.');
    return { id: 'everyone_from_date', parameters: {} };
  }
  const taken = takeNumber(ledger, fraction, `${to}.design.parameters.treated_share`, shares, drawNote(method));
  return { id: 'complete_randomisation', parameters: { treated_share: taken ?? usualShare } };
}

function drawNote(method: string): string {
  if (method === 'interrupted_time_series')
    return 'Their series adds up all products, treated or not; here it is the mean of those that are treated.';
  return method === 'experiment'
    ? ''
    : 'The share is drawn at random, there as here: nothing is confounded that the method would have to undo.';
}

function oneUnit(ledger: Ledger, fraction: Tree | undefined, nProducts: number, to: string): Choice {
  const units = Math.max(2, Math.min(500, nProducts));
  if (fraction !== undefined)
    ledger.drop(
      fraction,
      'treats a share of the products, of which one is studied while others are among its donors; here one store front is treated and no donor is',
    );
  ledger.assume(
    `${to}.design`,
    { id: 'one_treated_unit', parameters: { n_units: units } },
    units === nProducts ? 'Each product is a unit, as there.' : `Their units are products; here there are ${units} store fronts.`,
  );
  return { id: 'one_treated_unit', parameters: { n_units: units } };
}

function assumed(ledger: Ledger, method: string, to: string): Choice {
  const series = method === 'interrupted_time_series' || method === 'before_after';
  const design: Choice = series
    ? { id: 'everyone_from_date', parameters: {} }
    : { id: 'complete_randomisation', parameters: { treated_share: 0.5 } };
  ledger.assume(`${to}.design`, design, 'No file says who is treated.');
  return design;
}
