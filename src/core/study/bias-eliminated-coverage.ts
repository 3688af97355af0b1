import { mean } from '../numeric/moments.ts';
import { defineDiagnosand, type Replicate } from './diagnosand.ts';
import { share } from './replicate-moments.ts';

/**
 * Share of the intervals kept that hold the mean estimate of those kept, ends included; where the truth differs from one replication
 * to the next, that hold their own truth plus the mean error. Monte Carlo SE sqrt(c (1 - c) / k). Needs two replicates.
 * Morris, White and Crowther 2019, table 6.
 */
export const biasEliminatedCoverage = defineDiagnosand({
  id: 'bias_eliminated_coverage',
  label: 'Bias-eliminated coverage',
  summary: 'How often the interval would hold the truth if the estimate were right on average: what its width alone is worth.',
  unit: 'share',
  about: 'kept',
  measure({ kept }) {
    if (kept.length < 2) return null;
    const { constant, shift } = centre(kept);
    let covered = 0;
    for (const { ci_lower, ci_upper, truth } of kept) {
      const held = constant ? shift : truth + shift;
      if (ci_lower <= held && held <= ci_upper) covered += 1;
    }
    return share(covered, kept.length);
  },
});

/** The mean estimate where all truths are the same, the mean error elsewhere. */
function centre(kept: readonly Replicate[]): { readonly constant: boolean; readonly shift: number } {
  const column = new Float64Array(kept.length);
  const constant = kept.every(({ truth }) => truth === kept[0]!.truth);
  kept.forEach(({ estimate, truth }, i) => (column[i] = constant ? estimate : estimate - truth));
  return { constant, shift: mean(column) };
}
