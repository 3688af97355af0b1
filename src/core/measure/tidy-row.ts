import { studentTQuantile, studentTTwoSidedP } from '../numeric/student-t.ts';
import type { CoefficientRow, DegenerateEstimate, Estimate, FittedEstimate } from './estimator.ts';

type Shared = Omit<DegenerateEstimate, 'status' | 'reason'>;

export type Inference = {
  readonly estimate: number;
  readonly standardError: number;
  /** Degrees of freedom of the t distribution; null for the normal. */
  readonly df: number | null;
  readonly confidenceLevel: number;
};

export const TOO_LARGE = 'The numbers are too large, or too unequal in size, to compute with: rescale the outcome or the covariates.';

const NO_VARIATION = 1e-13;

/**
 * The tidy row of an estimate with a standard error: statistic, two-sided p value and interval by t or normal quantiles.
 * Degenerate where the standard error is nothing but rounding, next to the outcome's size.
 */
export function tidyRow(
  shared: Shared,
  inference: Inference,
  outcome: Float64Array,
  extra: Pick<FittedEstimate, 'picture' | 'coefficients'>,
): Estimate {
  const { estimate, standardError, df } = inference;
  const size = outcome.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (standardError <= NO_VARIATION * size)
    return degenerate(shared, 'The outcomes leave no variation by which to judge how uncertain the estimate is.');
  return finite({ status: 'ok', ...shared, ...coefficientRow(inference), estimate, standard_error: standardError, df, ...extra });
}

/** One row of a regression table. */
export function coefficientRow({ estimate, standardError, df, confidenceLevel }: Inference): CoefficientRow {
  const statistic = estimate / standardError;
  const reach = studentTQuantile(0.5 + confidenceLevel / 2, df ?? Infinity) * standardError;
  return {
    estimate,
    standard_error: standardError,
    statistic,
    p_value: positiveP(studentTTwoSidedP(statistic, df ?? Infinity)),
    ci_lower: estimate - reach,
    ci_upper: estimate + reach,
  };
}

/** A p value is never exactly 0: one that underflows becomes the smallest positive number. */
export function positiveP(p: number): number {
  return Math.min(1, Math.max(p, Number.MIN_VALUE));
}

export function degenerate(shared: Shared, reason: string): DegenerateEstimate {
  return { status: 'degenerate', ...shared, diagnostics: finiteDiagnostics(shared.diagnostics), reason };
}

/** The estimate as it is where all its numbers are finite. Diagnostics that are not become null; anything else makes the result degenerate. */
export function finite(fitted: FittedEstimate): Estimate {
  const { estimand, n_observations, n_treated, n_control, diagnostics, warnings } = fitted;
  const checked = { ...fitted, diagnostics: finiteDiagnostics(diagnostics) };
  if (isFiniteThroughout(checked)) return checked;
  return degenerate({ estimand, n_observations, n_treated, n_control, diagnostics, warnings }, TOO_LARGE);
}

function finiteDiagnostics(diagnostics: Shared['diagnostics']): Shared['diagnostics'] {
  return Object.fromEntries(
    Object.entries(diagnostics).map(([name, value]) => [name, typeof value === 'number' && !Number.isFinite(value) ? null : value]),
  );
}

function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isFiniteThroughout);
}
