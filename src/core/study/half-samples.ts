import { groups } from './evidence-tally.ts';

const residues = new Set([1, 4, 5, 6, 7, 9, 11, 16, 17]);

/**
 * Nineteen ways to take half of the twenty groups of replications: whether each group is taken. Balanced, being rows of a Hadamard
 * matrix (Paley's, of the quadratic residues modulo 19), so that for a mean of equal groups their errors come to its own exactly.
 */
export const halfSamples: readonly (readonly boolean[])[] = Array.from({ length: groups - 1 }, (_, row) =>
  Array.from({ length: groups }, (_group, group) => {
    const taken = group === groups - 1 || residues.has((group - row + groups - 1) % (groups - 1));
    return row % 2 === 0 ? taken : !taken;
  }),
);

/**
 * Standard error of a figure from the same figure of balanced half samples: sqrt(mean (v_half - v)^2). Unlike the jackknife it also
 * holds for figures that jump, such as what a decision costs. McCarthy 1969, Review of the International Statistical Institute 37: 239-264.
 */
export function halfSampleSe(value: number, halves: readonly number[]): number {
  return Math.sqrt(halves.reduce((sum, half) => sum + (half - value) * (half - value), 0) / halves.length);
}
