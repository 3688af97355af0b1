import type { Dominated } from './decision.ts';
import type { ExactTable } from './exact-table.ts';

/**
 * The options that another one is never worse than and somewhere better than. `by` is the first option that is better in
 * every state (`strictly`), else the first that dominates. Options with the same payoffs do not dominate each other.
 */
export function dominatedOptions({ options, gains }: ExactTable): readonly Dominated[] {
  return options.flatMap((option, i): Dominated[] => {
    const row = gains[i] as readonly bigint[];
    const by = (better: (rival: readonly bigint[]) => boolean) => options[gains.findIndex(better)];
    const strict = by((rival) => rival.every((gain, j) => gain > (row[j] as bigint)));
    if (strict !== undefined) return [{ option, by: strict, strictly: true }];
    const weak = by((rival) => rival.every((gain, j) => gain >= (row[j] as bigint)) && rival.some((gain, j) => gain > (row[j] as bigint)));
    return weak === undefined ? [] : [{ option, by: weak, strictly: false }];
  });
}
