import type { ErrorParts, InitiativeRun, Run } from '../../core/contracts/run.ts';

const parts = ['pilot_estimation', 'pilot_sample', 'transport', 'scale_sample', 'scale_estimation'] as const;

/** The funded initiatives whose error can be split. */
export function splitErrors(run: Run): (InitiativeRun & { readonly error_parts: ErrorParts })[] {
  return run.initiatives.filter((initiative): initiative is InitiativeRun & { error_parts: ErrorParts } => initiative.error_parts !== null);
}

/** Their sum, part by part, in units of `divisor`; null where there is none. */
export function portfolioErrorParts(run: Run, divisor = 1): ErrorParts | null {
  const split = splitErrors(run);
  if (split.length === 0) return null;
  const sum = (part: keyof ErrorParts) => split.reduce((total, { error_parts }) => total + error_parts[part], 0) / divisor;
  return Object.fromEntries(parts.map((part) => [part, sum(part)])) as ErrorParts;
}
