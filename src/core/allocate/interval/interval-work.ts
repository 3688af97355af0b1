/**
 * What the search has done so far, in steps of its inner loops, and where it is to stop. It takes the place of a clock: the search
 * stops at the same point everywhere, after much the same time whatever the number of rows.
 */
export type Work = { done: number; limit: number };

export function unlimited(): Work {
  return { done: 0, limit: Infinity };
}
