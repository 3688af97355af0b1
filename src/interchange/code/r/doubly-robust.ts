import type { DoublyRobustValues } from '../../../core/measure/doubly-robust-description.ts';
import { closedForm, defineMethodCode, type CodePiece } from '../code-script.ts';
import { rCall, rLogical, rLongVector, rNumber, rText } from './r-text.ts';
import { trimLines, trimming, unitLines, weights } from './units.ts';

export const doublyRobust = defineMethodCode<DoublyRobustValues>('doubly_robust', (asked, p) => {
  const shared = { estimand: rText(p.estimand), corrected: rLogical(p.small_sample_correction), level: rNumber(p.confidence_level) };
  const folds = asked.random === null || p.cross_fitting_folds === 1 ? null : asked.random.deal_order.map((i) => i + 1);
  const isOutcomeOnly = p.models === 'outcome_only';
  const call = isOutcomeOnly
    ? rCall('outcome_only', { data: 'u', ...shared })
    : rCall('augmented', { data: 'u', models: 'models', ...shared });
  return {
    lines: [
      ...unitLines(asked, p),
      ...trimLines(p),
      ...(isOutcomeOnly ? [] : folds === null ? ['models <- fit_models(u)'] : foldLines(folds, p.cross_fitting_folds)),
      call,
    ].join('\n'),
    needs: [
      weights,
      ...(p.trimming === 'none' ? [] : [trimming]),
      armRegression,
      ...(isOutcomeOnly ? [outcomeOnly] : [folds === null ? fitModels : crossFit, augmented]),
    ],
    tolerance: closedForm,
  };
});

function foldLines(order: readonly number[], folds: number): string[] {
  return [
    '# The order in which chance dealt the units into folds, each arm by itself.',
    `order <- ${rLongVector(order)}`,
    `fold <- replace(integer(length(order)), order, ave(u$treated[order], u$treated[order], FUN = function(t) (seq_along(t) - 1) %% ${folds}))`,
    'models <- cross_fit(u, fold)',
  ];
}

const armRegression: CodePiece = {
  name: 'arm_regression',
  needs: [weights],
  code: String.raw`
# Regression of the outcome among some units: what it predicts for all of them, residuals and leverages of its own.
arm_regression <- function(u, design, rows) {
  fit <- lm.fit(design[rows, , drop = FALSE], u$y[rows], tol = 1e-9)
  kept <- sort(fit$qr$pivot[seq_len(fit$rank)])
  b <- replace(numeric(ncol(design)), kept, fit$coefficients[kept])
  leverage <- replace(numeric(length(u$y)), rows, rowSums(qr.Q(fit$qr)[, seq_len(fit$rank), drop = FALSE]^2))
  list(predicted = drop(design %*% b), leverage = leverage, df = fit$df.residual, kept = kept, rows = rows)
}
`,
};

const fitModels: CodePiece = {
  name: 'fit_models',
  needs: [armRegression],
  code: String.raw`
# Score and both outcome regressions, fitted to all units.
fit_models <- function(u) {
  design <- cbind(1, standardised(u$x))
  with <- arm_regression(u, design, which(u$treated == 1))
  without <- arm_regression(u, design, which(u$treated == 0))
  list(log_odds = logistic_fit(design, u$treated)$log_odds, with = with$predicted, without = without$predicted,
       leverage = with$leverage + without$leverage)
}
`,
};

const crossFit: CodePiece = {
  name: 'cross_fit',
  needs: [armRegression],
  code: String.raw`
# The same for each fold, fitted to the units of the others (Chernozhukov et al. 2018).
cross_fit <- function(u, fold) {
  design <- cbind(1, standardised(u$x))
  models <- list(log_odds = u$y, with = u$y, without = u$y, leverage = NULL)
  for (f in unique(fold)) {
    own <- fold == f
    score <- logistic_fit(design[!own, , drop = FALSE], u$treated[!own])
    models$log_odds[own] <- (design %*% score$coefficients)[own]
    models$with[own] <- arm_regression(u, design, which(u$treated == 1 & !own))$predicted[own]
    models$without[own] <- arm_regression(u, design, which(u$treated == 0 & !own))$predicted[own]
  }
  models
}
`,
};

const augmented: CodePiece = {
  name: 'augmented',
  needs: [weights],
  code: String.raw`
# Augmented inverse probability weighting with the standard error of its influence function (Robins, Rotnitzky and Zhao 1994; Hahn 1998
# for the treated); corrected, an outcome's residual is that of a regression without the unit.
augmented <- function(u, models, estimand, corrected, level) {
  t <- u$treated
  n <- length(t)
  w <- balancing_weights(models$log_odds, t, estimand)$weight
  model <- switch(estimand, ate = ifelse(t == 1, models$with, models$without), att = models$without, atc = models$with)
  base <- if (estimand == "ate") models$with - models$without else 0
  in_group <- switch(estimand, ate = rep(1, n), att = t, atc = 1 - t)
  residual <- ifelse(t == 1, 1, -1) * w * (u$y - model)
  estimate <- sum(base + residual) / sum(in_group)
  if (corrected && !is.null(models$leverage)) {
    own <- switch(estimand, ate = rep(TRUE, n), att = t == 0, atc = t == 1)
    residual <- ifelse(own, residual / freedom(models$leverage), residual)
  }
  influence <- (base + residual - in_group * estimate) * n / sum(in_group)
  df <- if (corrected) arms_df(influence, t, effective_df(w[t == 1]), effective_df(w[t == 0])) else Inf
  t_answer(estimate, sd(influence) / sqrt(n), df, level)
}
`,
};

const outcomeOnly: CodePiece = {
  name: 'outcome_only',
  needs: [armRegression],
  code: String.raw`
# Both arms' regressions averaged over the group (g-computation), with the standard error of stacked estimating equations.
outcome_only <- function(u, estimand, corrected, level) {
  t <- u$treated
  n <- length(t)
  design <- cbind(1, standardised(u$x))
  in_group <- switch(estimand, ate = rep(1, n), att = t, atc = 1 - t) == 1
  fits <- lapply(0:1, function(arm) arm_regression(u, design, which(t == arm)))
  effect <- fits[[2]]$predicted - fits[[1]]$predicted
  estimate <- mean(effect[in_group])
  contribution <- in_group * (effect - estimate) / sum(in_group)
  for (arm in 0:1) {
    fit <- fits[[arm + 1]]
    x <- design[fit$rows, fit$kept, drop = FALSE]
    direction <- x %*% solve(crossprod(x), colMeans(design[in_group, fit$kept, drop = FALSE]))
    own <- drop(direction) * (u$y - fit$predicted)[fit$rows]
    if (corrected) own <- own / freedom(fit$leverage[fit$rows])
    contribution[fit$rows] <- contribution[fit$rows] + (if (arm == 1) own else -own)
  }
  df <- if (corrected) arms_df(contribution, t, fits[[2]]$df, fits[[1]]$df) else Inf
  t_answer(estimate, sqrt(sum(contribution^2)), df, level)
}
`,
};
