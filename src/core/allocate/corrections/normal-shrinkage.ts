import { betweenVariance, weightedMean } from './between-variance.ts';

/** What an estimate becomes once the others are known: posterior mean, and posterior over sampling standard deviation. */
export type Shrunk = { readonly mean: number; readonly deviation_ratio: number };
/** The distribution that the true values are taken to come from. `sure` is (k - 3) / (k - 1), or 1 where tau^2 is taken as known. */
export type Prior = { readonly mean: number; readonly variance: number; readonly sure: number };

/** Fewest estimates from which anything can be learnt for each: see `fitPrior`. */
export const fewest = { allowing: 4, plain: 3 } as const;

/**
 * The prior behind estimates x_i ~ N(theta_i, v_i), theta_i ~ N(mu, tau^2): tau^2 by `betweenVariance`, mu the mean weighted by
 * 1 / (v_i + tau^2). null where there are too few estimates. Allowing for that tau^2 is itself estimated from few, less is
 * shrunk, by (k - 3) / (k - 1), which is nothing up to three: with an estimated mean, no amount of shrinkage towards it lowers the
 * total squared error of three for certain, and that of four or more, if equally certain, it does (Stein 1956; Efron and Morris
 * 1973). Taken as known, three estimates are asked for, as two always lie alike about their own mean.
 */
export function fitPrior(estimates: readonly number[], variances: readonly number[], allowing: boolean): Prior | null {
  const k = estimates.length;
  if (k < (allowing ? fewest.allowing : fewest.plain)) return null;
  const variance = betweenVariance(estimates, variances);
  return { mean: weightedMean(estimates, variances, variance), variance, sure: allowing ? (k - 3) / (k - 1) : 1 };
}

/**
 * Posterior of each theta_i, mu having been estimated:
 *   mean  x_i - B_i (x_i - mu),  B_i = sure v_i / (v_i + tau^2)
 *   variance  v_i (1 - (1 - w_i) B_i) + 2 / (k - 3) B_i^2 (x_i - mu)^2 (vbar + tau^2) / (v_i + tau^2)
 * with w_i and vbar by weights 1 / (v_i + tau^2). The last term, the doubt about tau^2, is absent where tau^2 is taken as known;
 * what is left is then exact under a flat prior on mu. Morris 1983, JASA 78: 47-55.
 */
export function shrink(estimates: readonly number[], variances: readonly number[], prior: Prior): Shrunk[] {
  const k = estimates.length;
  const weights = variances.map((v) => 1 / (v + prior.variance));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const typical = variances.reduce((sum, v, i) => sum + v * (weights[i]! / total), 0);
  return estimates.map((x, i) => {
    const v = variances[i]!;
    const kept = prior.sure * v * weights[i]!;
    const away = kept * (x - prior.mean);
    const doubt = prior.sure === 1 ? 0 : (2 / (k - 3)) * away * away * (typical + prior.variance) * weights[i]!;
    const variance = v * (1 - (1 - weights[i]! / total) * kept) + doubt;
    return { mean: x - away, deviation_ratio: Math.sqrt(variance / v) };
  });
}
