import { normalQuantile } from '../../numeric/normal.ts';
import type { UncorrectedReturn } from './return-correction.ts';

/**
 * Standard error of R_med, in its money: the method's own or, where it has none, the width of the interval over 2 z, with z the
 * normal quantile of (1 + confidence level) / 2. 0 for a return that is stated without any doubt.
 */
export function errorOfReturn({ standard_error, R_best, R_worst }: UncorrectedReturn, confidenceLevel: number): number {
  return standard_error ?? (R_best / 2 - R_worst / 2) / normalQuantile((1 + confidenceLevel) / 2);
}
