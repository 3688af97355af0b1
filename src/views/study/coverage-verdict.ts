import type { Measured } from '../../core/study/diagnosand.ts';

/** What so many replications say about the coverage of an interval against its level. */
export type CoverageVerdict = 'as promised' | 'too seldom' | 'too often' | 'cannot tell';

/** Below so many replications an interval that covers half as often as it should would not be noticed. */
const least = 30;

/**
 * Whether coverage is within three Monte Carlo standard errors of its level. The error is the level's own, sqrt(level (1 - level) / n):
 * that of what was seen is nothing where every interval covers.
 */
export function coverageVerdict(coverage: Measured | null, nominal: number, replications: number): CoverageVerdict {
  if (coverage === null || replications === 0) return 'cannot tell';
  const off = coverage.value - nominal;
  const error = Math.sqrt((nominal * (1 - nominal)) / replications);
  if (off < -3 * error) return 'too seldom';
  if (off > 3 * error) return 'too often';
  return replications < least ? 'cannot tell' : 'as promised';
}

export const verdictWords: Readonly<Record<CoverageVerdict, string>> = {
  'as promised': 'covers as promised',
  'too seldom': 'covers too seldom',
  'too often': 'covers more often than promised',
  'cannot tell': 'too few to tell',
};
