/**
 * How much the true values differ: the variance tau^2 >= 0 of theta_i ~ N(mu, tau^2) behind estimates x_i ~ N(theta_i, v_i), in the
 * square of their unit. The root of sum w_i (x_i - m)^2 = k - 1 with w_i = 1 / (v_i + tau^2) and m the mean weighted by them; 0
 * where the estimates differ less than their noise alone would have them. The sum falls in tau^2, so that halving finds the root
 * to the last bit. Variances are more than 0, and there are two estimates at least.
 * Paule and Mandel 1982; the same equation as in Morris 1983, JASA 78: 47-55.
 */
export function betweenVariance(estimates: readonly number[], variances: readonly number[]): number {
  const k = estimates.length;
  if (spread(estimates, variances, 0) <= k - 1) return 0;
  const mean = estimates.reduce((sum, x) => sum + x / k, 0);
  let low = 0;
  let high = estimates.reduce((sum, x) => sum + ((x - mean) * (x - mean)) / (k - 1), 0);
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return low;
    if (spread(estimates, variances, middle) > k - 1) low = middle;
    else high = middle;
  }
}

/** The mean of estimates of such precision, each weighted by 1 / (v_i + tau^2). */
export function weightedMean(estimates: readonly number[], variances: readonly number[], between: number): number {
  let weights = 0;
  let sum = 0;
  for (let i = 0; i < estimates.length; i += 1) {
    const weight = 1 / (variances[i]! + between);
    weights += weight;
    sum += weight * estimates[i]!;
  }
  return sum / weights;
}

function spread(estimates: readonly number[], variances: readonly number[], between: number): number {
  const mean = weightedMean(estimates, variances, between);
  let sum = 0;
  for (let i = 0; i < estimates.length; i += 1) {
    const deviation = estimates[i]! - mean;
    sum += (deviation * deviation) / (variances[i]! + between);
  }
  return sum;
}
