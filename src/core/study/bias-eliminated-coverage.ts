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
    const centres = centresOf(kept);
    return share(kept.filter(({ ci_lower, ci_upper }, i) => ci_lower <= centres[i]! && centres[i]! <= ci_upper).length, kept.length);
  },
});

function centresOf(kept: readonly Replicate[]): Float64Array {
  const truths = Float64Array.from(kept, ({ truth }) => truth);
  if (truths.every((truth) => truth === truths[0])) return truths.fill(mean(kept.map(({ estimate }) => estimate)));
  const shift = mean(kept.map(({ estimate, truth }) => estimate - truth));
  return truths.map((truth) => truth + shift);
}
