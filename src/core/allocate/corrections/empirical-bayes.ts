import { errorOfReturn } from './error-of-return.ts';
import { fitPrior, shrink } from './normal-shrinkage.ts';
import { defineReturnCorrection, type CorrectedReturn, type UncorrectedReturn } from './return-correction.ts';

/** Variance over the square of the largest number: below it a weight could not be held by a number, and doubt is none to speak of. */
const leastVariance = 1e-300;

/**
 * Shrinks every R_med towards the mean of all: R_med_i ~ N(theta_i, s_i^2), theta_i ~ N(mu, tau^2), mu and tau^2 from the returns
 * themselves. The corrected R_med is the posterior mean. The interval goes with it and is narrowed (or, far from the mean,
 * widened) by posterior over sampling standard deviation: where it was R_med +- q s, it becomes mean +- q posterior deviations,
 * with the method's own q, and one that is longer on one side stays so.
 *
 * Initiatives differ in size, so their returns in money hardly come from one distribution: a large one would be pulled to what
 * small ones make. Returns per unit of cost are alike in kind and have no currency, which makes them the default. Returns
 * without doubt stay as they are, and say nothing of the others: mostly they were stated without an interval.
 */
export const empiricalBayes = defineReturnCorrection({
  id: 'empirical_bayes',
  label: 'Empirical Bayes',
  summary: 'Pulls each return towards the mean of all: the further, the less certain it is and the less returns differ beyond their noise.',
  parameters: {
    basis: {
      kind: 'choice',
      label: 'What is alike in kind',
      help: 'Returns per unit of cost, or returns in money. Sizes differ, so money is seldom alike.',
      options: ['return_per_cost', 'return'],
      default: 'return_per_cost',
    },
    allow_for_few: {
      kind: 'boolean',
      label: 'Allow for few initiatives',
      help: 'Shrinks less, as how much returns differ is itself a guess: by (k \u2212 3) / (k \u2212 1), so not at all up to three initiatives. Otherwise from three on.',
      default: true,
    },
  },
  reference: 'Morris 1983, JASA 78: 47-55; Paule and Mandel 1982',
  correct: (returns, { basis, allow_for_few }, { confidence_level }) => {
    const units = returns.map((one) => inUnits(one, basis === 'return' ? 1 : one.cost, confidence_level));
    const used = units.flatMap((unit, i) => (isUsable(unit) ? [i] : []));
    const size = used.reduce((largest, i) => Math.max(largest, Math.abs(units[i]!.estimate), units[i]!.error), 0);
    const scaled = used.map((i) => ({ i, estimate: units[i]!.estimate / size, variance: square(units[i]!.error / size) }));
    const alike = scaled.filter(({ variance }) => variance > leastVariance);
    const estimates = alike.map(({ estimate }) => estimate);
    const variances = alike.map(({ variance }) => variance);
    const prior = fitPrior(estimates, variances, allow_for_few);
    if (prior === null) return returns;
    const shrunk = new Map(shrink(estimates, variances, prior).map((posterior, j) => [alike[j]!.i, posterior]));
    return returns.map((one, i) => {
      const posterior = shrunk.get(i);
      return posterior === undefined ? one : moved(one, posterior.mean * size * units[i]!.unit, posterior.deviation_ratio);
    });
  },
});

type InUnits = { readonly unit: number; readonly estimate: number; readonly error: number };

function inUnits(one: UncorrectedReturn, unit: number, confidenceLevel: number): InUnits {
  return { unit, estimate: one.R_med / unit, error: errorOfReturn(one, confidenceLevel) / unit };
}

/** Doubt there is, and numbers that can be reckoned with. */
function isUsable({ estimate, error }: InUnits): boolean {
  return error > 0 && Number.isFinite(estimate) && Number.isFinite(error);
}

function moved({ R_best, R_med, R_worst }: UncorrectedReturn, mean: number, ratio: number): CorrectedReturn {
  return { R_best: mean + (R_best - R_med) * ratio, R_med: mean, R_worst: mean - (R_med - R_worst) * ratio };
}

function square(x: number): number {
  return x * x;
}
