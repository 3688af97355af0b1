import * as v from 'valibot';
import { currencySchema, finiteSchema, initiativeIdSchema } from './shared-types.ts';

/** What ALLOCATE decides: the funded initiatives, what each is predicted to return and what each is given. */
export const allocateResultSchema = v.pipe(
  v.looseObject({
    selected_initiatives: v.array(initiativeIdSchema),
    predicted_returns: v.record(v.string(), finiteSchema),
    budget_allocated: v.record(v.string(), currencySchema),
  }),
  v.check(
    (r) => sameKeys(r.selected_initiatives, r.predicted_returns) && sameKeys(r.selected_initiatives, r.budget_allocated),
    'the keys of predicted_returns and budget_allocated must be selected_initiatives',
  ),
);
export type AllocateResult = v.InferOutput<typeof allocateResultSchema>;

function sameKeys(ids: readonly string[], record: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(record);
  return keys.length === ids.length && ids.every((id) => Object.hasOwn(record, id));
}
