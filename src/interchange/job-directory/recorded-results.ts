import type { Run } from '../../core/contracts/run.ts';
import type { RecordedResult } from './job-reading.ts';
import type { JobDirectory } from './read-directory.ts';

/** A figure of a job directory that a run gives otherwise; null where the run has none. */
export type RecordedDifference = {
  readonly initiative_id: string;
  readonly figure: string;
  readonly recorded: number;
  readonly computed: number | null;
};

/** Which of the recorded figures a run of the same scenario does not give, to the last bit. */
export function recordedDifferences(
  recorded: readonly RecordedResult[],
  run: Pick<Run, 'evaluate_results'>,
): readonly RecordedDifference[] {
  const computedOf = new Map(run.evaluate_results.map((result) => [result.initiative_id, result]));
  return recorded.flatMap(({ initiative_id, ...figures }) =>
    (['R_best', 'R_med', 'R_worst', 'confidence'] as const).flatMap((figure) => {
      const value = figures[figure];
      const computed = computedOf.get(initiative_id)?.[figure] ?? null;
      return value === null || value === computed ? [] : [{ initiative_id, figure, recorded: value, computed }];
    }),
  );
}

/** What a directory records. */
export function recordedIn({ id, estimate, confidence }: JobDirectory): RecordedResult {
  return { initiative_id: id, R_best: estimate.ci_upper, R_med: estimate.effect_estimate, R_worst: estimate.ci_lower, confidence };
}
