import type { CodePiece } from '../code-script.ts';
import { influenceAnswer } from './panel.ts';
import { propensity } from './units.ts';

/** Changes compared given covariates. */
export const adjustedContrast: CodePiece = {
  name: 'adjusted_contrast',
  needs: [propensity],
  code: String.raw`
# Effect on the treated from changes, given covariates (Sant'Anna and Zhao 2020): the treated's mean residual from a regression among
# the controls; doubly robust, less the controls' mean residual weighted by the odds of treatment. With each unit's contribution to
# the error; corrected, each arm's is scaled by n / (n - coefficients). NULL where the controls do not span the covariates.
adjusted_contrast <- function(change, treated, x, adjustment, corrected) {
  x <- cbind(1, x)
  control <- treated == 0
  fit <- lm.fit(x[control, , drop = FALSE], change[control])
  if (fit$rank < qr(x)$rank || sum(control) <= fit$rank) return(NULL)
  kept <- sort(fit$qr$pivot[seq_len(fit$rank)])
  x <- x[, kept, drop = FALSE]
  residual <- drop(change - x %*% fit$coefficients[kept])
  bread <- solve(crossprod(x[control, , drop = FALSE]))
  regression_error <- function(w) control * residual * drop(x %*% bread %*% crossprod(x, w))
  part <- function(w) list(mean = sum(w * residual) / sum(w), error = w * (residual - sum(w * residual) / sum(w)) / sum(w))
  own <- part(treated)
  estimate <- own$mean
  influence <- own$error - regression_error(treated) / sum(treated)
  if (adjustment == "doubly_robust") {
    p <- pmin(propensity_score(list(x = x[, -1, drop = FALSE], treated = treated))$probability, 1 - 1e-6)
    w <- control * p / (1 - p)
    rest <- part(w)
    of_odds <- solve(crossprod(x * sqrt(p * (1 - p))), crossprod(x, w * (residual - rest$mean)))
    estimate <- estimate - rest$mean
    influence <- influence - rest$error - ((treated - p) * drop(x %*% of_odds) - regression_error(w)) / sum(w)
  }
  if (corrected) influence <- influence * ifelse(control, arm_scale(sum(control), fit$rank), arm_scale(sum(treated), 1))
  list(estimate = estimate, influence = influence)
}

# A single unit shows no variation of its own to scale up.
arm_scale <- function(n, k) if (n > k) sqrt(n / (n - k)) else 1
`,
};

export const groupTime: CodePiece = {
  name: 'group_time',
  needs: [adjustedContrast, influenceAnswer],
  code: String.raw`
# Group-time effects (Callaway and Sant'Anna 2021): the mean change of the cohort that starts at g, from its base period to t, less that
# of units untreated at both; averaged over cells from the start of treatment on.
group_time <- function(panel, control_group, base_period, anticipation, aggregation, adjustment, errors, level) {
  corrected <- errors %in% c("CR2", "welch") && !panel$has_clusters
  effects <- list()
  for (g in sort(unique(na.omit(panel$start)))) for (t in g:ncol(panel$y)) {
    effect <- group_time_effect(panel, g, t, control_group, base_period, anticipation, adjustment, corrected)
    if (!is.null(effect)) effects[[length(effects) + 1]] <- effect
  }
  key <- vapply(effects, function(e) switch(aggregation, simple = 0, dynamic = e$t - e$g, group = e$g, calendar = e$t), 0)
  parts <- lapply(split(effects, key), average_effects, panel = panel, corrected = corrected)
  estimates <- vapply(parts, function(p) p$estimate, 0)
  share <- rep(1 / length(parts), length(parts))
  if (aggregation == "group") {
    size <- vapply(names(parts), function(g) sum(panel$start == as.numeric(g), na.rm = TRUE), 0)
    share <- size / sum(size)
  }
  estimate <- sum(share * estimates)
  influence <- drop(vapply(parts, function(p) p$influence, numeric(nrow(panel$y))) %*% share)
  # Sizes of cohorts vary from sample to sample.
  if (aggregation == "group") for (k in seq_along(parts)) {
    own <- panel$start %in% as.numeric(names(parts)[k])
    influence[own] <- influence[own] + (estimates[k] - estimate) / sum(size)
  }
  influence_answer(panel, estimate, influence, errors, level)
}

group_time_effect <- function(panel, g, t, control_group, base_period, anticipation, adjustment, corrected) {
  last <- g - 1 - anticipation
  if (last < 1) return(NULL)
  base <- if (base_period == "pre_mean") rowMeans(panel$y[, seq_len(last), drop = FALSE], na.rm = TRUE) else panel$y[, last]
  own <- panel$start %in% g
  pool <- if (control_group == "never_treated") is.na(panel$start) else is.na(panel$start) | panel$start > t + anticipation
  x <- do.call(cbind, c(list(matrix(0, nrow(panel$y), 0)), lapply(panel$x, function(m) m[, last])))
  change <- panel$y[, t] - base
  seen <- is.finite(change) & rowSums(!is.finite(x)) == 0 & (own | pool)
  n1 <- sum(own & seen)
  n0 <- sum(seen) - n1
  if (n1 == 0 || n0 < 2) return(NULL)
  influence <- numeric(length(own))
  if (ncol(x) > 0) {
    contrast <- adjusted_contrast(change[seen], as.numeric(own[seen]), x[seen, , drop = FALSE], adjustment, corrected)
    if (is.null(contrast)) return(NULL)
    influence[seen] <- contrast$influence
    estimate <- contrast$estimate
  } else {
    means <- c(mean(change[seen & !own]), mean(change[seen & own]))
    scale <- if (corrected) c(arm_scale(n0, 1), arm_scale(n1, 1)) else c(1, 1)
    influence[seen] <- ifelse(own, scale[2] * (change - means[2]) / n1, -scale[1] * (change - means[1]) / n0)[seen]
    estimate <- means[2] - means[1]
  }
  list(g = g, t = t, estimate = estimate, influence = influence, size = sum(own))
}

# Cohorts weigh by their size, whose own error counts too; cohorts of one unit show how units differ by nothing but this.
average_effects <- function(effects, panel, corrected) {
  size <- vapply(effects, function(e) e$size, 0)
  estimates <- vapply(effects, function(e) e$estimate, 0)
  estimate <- sum(size * estimates) / sum(size)
  influence <- drop(vapply(effects, function(e) e$influence, numeric(nrow(panel$y))) %*% size) / sum(size)
  singles <- length(unique(vapply(effects[size == 1], function(e) e$g, 0)))
  for (k in seq_along(effects)) {
    own <- panel$start %in% effects[[k]]$g
    scale <- if (corrected && size[k] == 1) arm_scale(singles, 1) else 1
    influence[own] <- influence[own] + scale * (estimates[k] - estimate) / sum(size)
  }
  list(estimate = estimate, influence = influence)
}
`,
};
