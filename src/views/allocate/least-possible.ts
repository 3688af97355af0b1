import type { Allocation } from '../../core/allocate/decision-rule.ts';
import { largestRegret } from '../shared/largest-regret.ts';

/** The least any portfolio that may be chosen can be regretted if all turn out alike; `proved` false where a search gave up. */
export type LeastPossible = { readonly value: number; readonly proved: boolean };

/** Minimax regret knows it; under another rule it is taken from the rules side by side, null until they are worked out. */
export function leastPossible(
  allocation: Allocation,
  rules: readonly { readonly rule: string; readonly allocation: Allocation }[] | null,
): LeastPossible | null {
  const asked = allocation.rule === minimaxRegret ? allocation : rules?.find(({ rule }) => rule === minimaxRegret)?.allocation;
  const value = asked === undefined ? null : largestRegret(asked);
  return asked === undefined || value === null ? null : { value, proved: asked.status === 'optimal' };
}

const minimaxRegret = 'minimax_regret';
