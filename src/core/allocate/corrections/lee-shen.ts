import { errorOfReturn } from './error-of-return.ts';
import { defineReturnCorrection, type UncorrectedReturn } from './return-correction.ts';
import { selectionBias } from './selection-bias.ts';

/**
 * Takes off every return its own term of Lee and Shen's estimate of what a portfolio is promised too much, s_i phi((c_i - R_med_i) /
 * s_i). It peaks where R_med is at the threshold c_i, at 0.4 s_i, and fades on both sides: what is funded or passed over by far is
 * hardly picked for its luck. All three returns move by the same amount; what the interval is wide is left as it is.
 */
export const leeShen = defineReturnCorrection({
  id: 'lee_shen',
  label: 'Lee and Shen',
  summary: 'Takes off what a return is expected to owe to having been picked, given that it is picked above a threshold.',
  parameters: {
    picked_above: {
      kind: 'choice',
      label: 'Picked when above',
      help: 'So many standard errors, as in a test, or the cost of the initiative.',
      options: ['standard_errors', 'cost'],
      default: 'standard_errors',
    },
    threshold: {
      kind: 'number',
      label: 'Threshold in standard errors',
      help: '1.96 is significance at 5% on both sides. Not used where initiatives are picked above their cost.',
      min: -10,
      max: 10,
      step: 0.01,
      default: 1.96,
    },
  },
  reference: 'Lee and Shen 2018, KDD: 491-499',
  correct: (returns, { picked_above, threshold }, { confidence_level }) =>
    returns.map((one) => {
      const error = errorOfReturn(one, confidence_level);
      return lowered(one, selectionBias(one.R_med, error, picked_above === 'cost' ? one.cost : threshold * error));
    }),
});

function lowered({ R_best, R_med, R_worst }: UncorrectedReturn, by: number) {
  return { R_best: R_best - by, R_med: R_med - by, R_worst: R_worst - by };
}
