import { chiSquareSurvival } from '../numeric/chi-square.ts';
import { mean } from '../numeric/moments.ts';

/** Autocorrelations at lags 1 to `lags`, with the divisor n and about the mean. */
export function autocorrelations(values: Float64Array, lags: number): Float64Array {
  const centre = mean(values);
  const centred = values.map((value) => value - centre);
  const products = (lag: number) => centred.reduce((sum, value, t) => (t >= lag ? sum + value * centred[t - lag]! : sum), 0);
  const total = products(0);
  return Float64Array.from({ length: lags }, (_, lag) => (total > 0 ? products(lag + 1) / total : 0));
}

/**
 * P value of the Ljung-Box test that no correlation is left at lags 1 to `lags`; `fitted` parameters of the error process are
 * taken off the degrees of freedom. Ljung and Box (1978, Biometrika 65).
 */
export function ljungBoxP(errors: Float64Array, lags: number, fitted: number): number {
  const n = errors.length;
  const statistic = autocorrelations(errors, lags).reduce((sum, value, k) => sum + (value * value) / (n - k - 1), 0) * n * (n + 2);
  return chiSquareSurvival(statistic, Math.max(1, lags - fitted));
}

/** sum (e_t - e_(t-1))^2 / sum e_t^2: about 2 without autocorrelation, towards 0 with positive. */
export function durbinWatson(errors: Float64Array): number {
  let steps = 0;
  let squares = 0;
  errors.forEach((error, t) => {
    squares += error * error;
    if (t > 0) steps += (error - errors[t - 1]!) * (error - errors[t - 1]!);
  });
  return squares > 0 ? steps / squares : 2;
}
