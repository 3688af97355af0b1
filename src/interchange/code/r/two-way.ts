import type { CodePiece } from '../code-script.ts';
import { biasReducedErrors, clusteredErrors } from './robust-covariance.ts';
import { influenceAnswer } from './panel.ts';

export const twoWay: CodePiece = {
  name: 'two_way',
  needs: [biasReducedErrors, clusteredErrors],
  code: String.raw`
# Two-way fixed effects: outcome = unit + time + b treated. Units are taken out by their means; what is left is regressed on times and
# the treatment. Errors by cluster; CR1 leaves unit constants out of the count of coefficients, CR1_all_dummies counts them.
two_way <- function(panel, anticipation, errors, level) {
  units <- nrow(panel$y)
  cells <- expand.grid(unit = seq_len(units), time = seq_len(ncol(panel$y)))
  cells$y <- c(panel$y)
  start <- panel$start[cells$unit]
  cells$treated <- as.numeric(!is.na(start) & cells$time >= start)
  starts <- unique(na.omit(panel$start))
  own <- if (length(starts) == 1) starts else start
  anticipates <- !is.na(own) & cells$time < own & cells$time >= own - anticipation
  cells <- cells[is.finite(cells$y) & !anticipates, ]
  within <- function(m) {
    sums <- rowsum(m, cells$unit)
    m - (sums / as.vector(table(cells$unit)))[match(cells$unit, rownames(sums)), , drop = FALSE]
  }
  design <- cbind(outer(cells$time, unique(cells$time)[-1], "==") * 1, treated = cells$treated)
  # The treatment comes last, so that times never give way to it.
  fit <- lm.fit(within(design), within(cbind(cells$y))[, 1])
  names(fit$coefficients) <- colnames(design)
  names(fit$coefficients)[ncol(design)] <- "treated"
  fit$df.residual <- nrow(cells) - fit$rank - length(unique(cells$unit))
  cluster <- panel$cluster[cells$unit]
  if (errors %in% c("CR2", "welch")) {
    found <- bias_reduced_errors(fit, "treated", cluster)
  } else {
    found <- clustered_errors(fit, "treated", "CR0", cluster)
    k <- fit$rank + if (errors == "CR1") 1 else length(unique(cells$unit))
    g <- length(unique(cluster))
    found$variance <- found$variance * cluster_factor(errors, g, nrow(cells), k)
  }
  t_answer(fit$coefficients[["treated"]], sqrt(found$variance), found$df, level)
}

# What White's variance by cluster is multiplied by, with n rows and k coefficients.
cluster_factor <- function(errors, g, n, k)
  if (errors == "CR0") 1 else g / (g - 1) * if (errors == "CR1_groups") 1 else (n - 1) / (n - k)
`,
};

export const twoByTwo: CodePiece = {
  name: 'two_by_two',
  needs: [twoWay, influenceAnswer],
  code: String.raw`
# Mean change of the treated units less that of the never treated, a unit's change being its mean after less its mean before.
two_by_two <- function(panel, anticipation, errors, adjustment, level) {
  first <- min(panel$start, na.rm = TRUE)
  before <- seq_len(first - 1 - anticipation)
  after <- first:ncol(panel$y)
  mean_over <- function(m, times) rowMeans(replace(m, !is.finite(panel$y), NA)[, times, drop = FALSE], na.rm = TRUE)
  change <- mean_over(panel$y, after) - mean_over(panel$y, before)
  x <- do.call(cbind, c(list(matrix(0, nrow(panel$y), 0)), lapply(panel$x, mean_over, before)))
  seen <- is.finite(change) & rowSums(!is.finite(x)) == 0
  treated <- as.numeric(!is.na(panel$start))
  if (ncol(x) > 0) {
    contrast <- adjusted_contrast(change[seen], treated[seen], x[seen, , drop = FALSE], adjustment, errors == "CR2")
    return(influence_answer(panel, contrast$estimate, replace(numeric(length(seen)), seen, contrast$influence), errors, level))
  }
  if (errors == "welch") return(welch(change[seen], treated[seen], level))
  fit <- lm(change ~ treated, data.frame(change, treated)[seen, ])
  if (errors == "CR2") {
    found <- bias_reduced_errors(fit, "treated", panel$cluster[seen])
  } else {
    found <- clustered_errors(fit, "treated", "CR0", panel$cluster[seen])
    rows <- sum(is.finite(panel$y[seen, c(before, after)]))
    found$variance <- found$variance * cluster_factor(errors, length(unique(panel$cluster[seen])), rows, 4)
  }
  t_answer(coef(fit)[["treated"]], sqrt(found$variance), found$df, level)
}
`,
};
