import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { inverseProbabilityWeightingDescription } from '../../../core/measure/inverse-probability-weighting.ts';
import { closedForm, defineMethodCode, type CodePiece } from '../code-script.ts';
import { rCall, rLogical, rNumber, rText } from './r-text.ts';
import { trimLines, trimming, unitLines, weights } from './units.ts';

type Values = ParameterValues<(typeof inverseProbabilityWeightingDescription)['parameters']>;

export const inverseProbabilityWeighting = defineMethodCode<Values>('inverse_probability_weighting', (asked, p) => ({
  lines: [
    ...unitLines(asked, p),
    ...trimLines(p),
    rCall('weighted_difference', {
      data: 'u',
      target: rText(p.weighting === 'overlap' ? 'overlap' : p.estimand),
      normalised: rLogical(p.weighting !== 'horvitz_thompson'),
      score_known: rLogical(p.standard_errors === 'known_propensity'),
      corrected: rLogical(p.small_sample_correction),
      level: rNumber(p.confidence_level),
    }),
  ].join('\n'),
  needs: [weights, ...(p.trimming === 'none' ? [] : [trimming]), weightedDifference],
  tolerance: closedForm,
}));

const weightedDifference: CodePiece = {
  name: 'weighted_difference',
  needs: [weights],
  code: String.raw`
# Weighted mean of the treated less that of the controls: normalised (Hajek) over the sum of the weights, else (Horvitz-Thompson) over
# the size of the target group. The standard error stacks the estimating equations of the propensity score and of both means
# (Lunceford and Davidian 2004); corrected, each part is what leaving the unit out does to first order.
weighted_difference <- function(u, target, normalised, score_known, corrected, level) {
  y <- u$y
  t <- u$treated
  n <- length(y)
  design <- cbind(1, standardised(u$x))
  score <- logistic_fit(design, t)
  balancing <- balancing_weights(score$log_odds, t, target)
  w <- balancing$weight
  in_target <- switch(target, att = t, atc = 1 - t, rep(1, n))
  total <- if (normalised) ifelse(t == 1, sum(w[t == 1]), sum(w[t == 0])) else rep(sum(in_target), n)
  means <- c(sum((w * y / total)[t == 0]), sum((w * y / total)[t == 1]))
  estimate <- means[2] - means[1]

  sign <- ifelse(t == 1, 1, -1)
  deviation <- if (normalised) y - means[t + 1] else y
  influence <- n * sign * w * deviation / total
  if (!normalised) influence <- influence - n * in_target * estimate / sum(in_target)
  else if (corrected) influence <- influence / freedom(w / total)
  if (!score_known) {
    # The part of the score: derivative of the means times what each unit adds to the error of its coefficients.
    v <- score$probability * (1 - score$probability)
    fit <- lm.wfit(design, ifelse(v > 0, n * sign * balancing$slope * deviation / total / v, 0), v, tol = 1e-9)
    part <- fit$fitted.values * (t - score$probability)
    leverage <- rowSums(qr.Q(fit$qr)[, seq_len(fit$rank), drop = FALSE]^2)
    influence <- influence + if (corrected) part / freedom(leverage) else part
  }
  df <- if (corrected) arms_df(influence, t, effective_df(w[t == 1]), effective_df(w[t == 0])) else Inf
  t_answer(estimate, sqrt(sum(influence^2)) / n, df, level)
}
`,
};
