import type { PerState } from '../contracts/shared-types.ts';
import type { Decimal } from './exact/exact-decimal.ts';

/**
 * What a rule on the states best, med and worst is after: the least largest regret, or the largest sum of what each
 * initiative's effective returns are worth to it, divided by `divisor` (1 where absent: for weights such as thirds, which no
 * decimal writes).
 *
 * Every usual rule but regret is such a sum: R_best >= R_med >= R_worst holds for each initiative and discounting keeps the
 * order, so every portfolio is at its best in the state best and at its worst in the state worst.
 */
export type Aim =
  | { readonly kind: 'regret' }
  | { readonly kind: 'return'; readonly worth: (effective: PerState<Decimal>) => Decimal; readonly divisor?: number };
