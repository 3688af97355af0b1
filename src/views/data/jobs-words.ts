import type { RecordedDifference } from '../../interchange/job-directory/recorded-results.ts';
import type { ImportedJobs } from '../../state/jobs-import.svelte.ts';

/** What came of holding the opened directories against this run. */
export function comparisonWords({ name, recorded }: ImportedJobs, differences: readonly RecordedDifference[]): string {
  const directories = recorded.length === 1 ? 'The directory' : `The ${recorded.length} directories`;
  if (recorded.length === 0) return `No directory of ${name} could be held against this run.`;
  if (differences.length === 0) return `${directories} of ${name} and this run give the same returns and confidence, to the last digit.`;
  const figures = differences.length === 1 ? 'one figure is' : `${differences.length} figures are`;
  return `${directories} of ${name} and this run do not agree: ${figures} not the same.`;
}

/** Both figures in full: they may differ in the last digit. */
export function differenceWords({ initiative_id, figure, recorded, computed }: RecordedDifference): string {
  return `${initiative_id}, ${figure}: ${recorded} in the directory, ${computed === null ? 'none' : computed} in this run.`;
}
