import { keepCanonical, type IntervalClasses } from './interval-classes.ts';
import type { IntervalProgram } from './interval-program.ts';

type Linear = { readonly values: Float64Array; readonly most: number };

/**
 * A function that decides, in place, the open rows (2) that budget, floor, limits and alike rows leave no choice about; false where
 * they cannot all be kept any more. `budget` may be below the program's.
 */
export function propagator({ costs, rawWorst, floor, constraints }: IntervalProgram, alike: IntervalClasses): (x: Uint8Array, budget: number) => boolean {
  const fixed: Linear[] = [
    ...(floor === null ? [] : [{ values: rawWorst.map((value) => -value), most: -floor }]),
    ...(constraints?.limits ?? []),
  ];
  return (x, budget) => {
    const rows = [{ values: costs.values, most: budget }, ...fixed];
    for (let changes = true; changes; ) {
      const moved = keepCanonical(alike, x);
      if (moved === null) return false;
      changes = false;
      for (const row of rows) {
        const settled = settle(row, x);
        if (settled === null) return false;
        changes ||= settled && (rows.length > 1 || alike.classes.length > 0);
      }
    }
    return true;
  };
}

/** Whether it decided anything; null where the sum certainly exceeds its limit. */
function settle({ values, most }: Linear, x: Uint8Array): boolean | null {
  let least = 0;
  for (let i = 0; i < x.length; i += 1) {
    const value = values[i] as number;
    if (x[i] === 1 || (x[i] === 2 && value < 0)) least += value;
  }
  if (least > most) return null;
  let changed = false;
  for (let i = 0; i < x.length; i += 1) {
    if (x[i] !== 2 || least + Math.abs(values[i] as number) <= most) continue;
    x[i] = (values[i] as number) > 0 ? 0 : 1;
    changed = true;
  }
  return changed;
}
