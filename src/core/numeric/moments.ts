/** Sum in index order with Neumaier's compensation, so that long columns lose no digits. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + (lost === lost ? lost : 0);
}

/** Arithmetic mean; NaN when there is nothing to average. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** Sample variance with divisor n - 1, two-pass with the correction for a rounded mean; NaN for fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 2) return NaN;
  const centre = mean(values);
  let squares = 0;
  let deviations = 0;
  for (let i = 0; i < n; i += 1) {
    const deviation = values[i]! - centre;
    squares += deviation * deviation;
    deviations += deviation;
  }
  return (squares - (deviations * deviations) / n) / (n - 1);
}

/** Square root of the sample variance. */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}

/** Sample covariance with divisor n - 1, two-pass; NaN for fewer than two pairs. */
export function covariance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = Math.min(x.length, y.length);
  if (n < 2) return NaN;
  const meanX = mean(x);
  const meanY = mean(y);
  let products = 0;
  for (let i = 0; i < n; i += 1) products += (x[i]! - meanX) * (y[i]! - meanY);
  return products / (n - 1);
}

/** Pearson's correlation, kept inside [-1, 1]; NaN if either column is constant. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const ratio = covariance(x, y) / (standardDeviation(x) * standardDeviation(y));
  return ratio > 1 ? 1 : ratio < -1 ? -1 : ratio;
}

/** Weighted mean, sum w x / sum w; NaN when the weights sum to 0. */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let top = 0;
  let bottom = 0;
  for (let i = 0; i < values.length; i += 1) {
    top += weights[i]! * values[i]!;
    bottom += weights[i]!;
  }
  return top / bottom;
}
