import type { RdValues } from '../../../core/measure/rd-parameters.ts';
import { closedForm, defineMethodCode, type CodePiece } from '../code-script.ts';
import { arms } from './frame.ts';
import { rCall, rNumber, rText, rTexts } from './r-text.ts';
import { bandwidthRule } from './rd-bandwidth.ts';
import { localFit } from './rd-local-fit.ts';
import { readLine } from './read-line.ts';
import { units } from './units.ts';

export const regressionDiscontinuity = defineMethodCode<RdValues>('regression_discontinuity', (asked, p) => {
  const covariates = [...new Set(p.covariate_columns)].filter((name) => name !== p.running_column);
  const isAdjusted = p.covariate_use === 'adjust' && covariates.length > 0;
  const common = { kernel: rText(p.kernel), order: String(p.polynomial_order) };
  const errors = { errors: rText(p.standard_errors) };
  const isGiven = p.bandwidth !== null;
  const rule = rCall('rule_bandwidths', {
    data: 'sides',
    rule: rText(p.bandwidth_rule),
    ...common,
    ...errors,
    bias: rNumber(p.bias_bandwidth),
  });
  return {
    lines: [
      readLine(asked),
      `sides <- ${rCall('rd_sides', {
        data: 'data',
        outcome: rText(p.outcome_column),
        running: rText(p.running_column ?? ''),
        cutoff: rNumber(p.cutoff),
        treated_above: p.treated_side === 'above' ? 'TRUE' : 'FALSE',
        ...(p.treatment_column === null ? {} : { treatment: rText(p.treatment_column) }),
        ...(isAdjusted ? { covariates: rTexts(covariates) } : {}),
        donut: rNumber(p.donut_radius),
      })}`,
      `h <- ${isGiven ? `c(main = ${rNumber(p.bandwidth)}, bias = ${rNumber(p.bias_bandwidth ?? p.bandwidth)})` : rule}`,
      ...(isAdjusted ? [`sides <- without_covariates(sides, h[["main"]], ${rText(p.kernel)}, ${p.polynomial_order})`] : []),
      rCall('jump', {
        data: 'sides',
        h: 'h',
        ...common,
        ...errors,
        robust: p.inference === 'robust' ? 'TRUE' : 'FALSE',
        level: rNumber(p.confidence_level),
      }),
    ].join('\n'),
    needs: [rdSides, localFit, ...(isGiven ? (isAdjusted ? [withoutCovariates] : []) : [withoutCovariates, bandwidthRule]), jump],
    tolerance: closedForm,
  };
});

const rdSides: CodePiece = {
  name: 'rd_sides',
  needs: [arms, units],
  code: String.raw`
# Controls and treated by their place: the running variable less the cutoff, positive where the rule treats. Outcomes less their mean.
# A treatment column is kept only where it does not follow the rule.
rd_sides <- function(data, outcome, running, cutoff, treated_above, treatment = NULL, covariates = character(0), donut = 0) {
  data <- complete(data, c(outcome, running, treatment, covariates))
  data <- data[abs(data[[running]] - cutoff) >= donut, ]
  place <- (data[[running]] - cutoff) * if (treated_above) 1 else -1
  data <- data[order(place), ]
  place <- sort(place)
  y <- data[[outcome]] - mean(data[[outcome]])
  taken <- if (is.null(treatment)) as.numeric(place >= 0) else treated_of(data[[treatment]])
  x <- units_from(y, taken, data[covariates])$x
  x <- sweep(x, 2, colMeans(x))
  sharp <- all(taken == (place >= 0))
  lapply(list(control = place < 0, treated = place >= 0), function(own)
    list(place = place[own], y = y[own], taken = if (sharp) NULL else taken[own], x = x[own, , drop = FALSE]))
}
`,
};

const withoutCovariates: CodePiece = {
  name: 'without_covariates',
  needs: [localFit],
  code: String.raw`
# Outcomes less what covariates explain of them, by one coefficient each for both sides (Calonico, Cattaneo, Farrell and Titiunik 2019);
# as they are where the window holds too few rows.
without_covariates <- function(sides, h, kernel, order) {
  if (ncol(sides$control$x) == 0) return(sides)
  near <- lapply(sides, function(s) kernel_weight(s$place / h, kernel) > 0)
  powers <- function(s, own) outer(s$place[own] / h, 0:order, "^")
  left <- powers(sides$control, near$control)
  right <- powers(sides$treated, near$treated)
  design <- cbind(rbind(left, 0 * right), rbind(0 * left, right))
  x <- rbind(sides$control$x[near$control, , drop = FALSE], sides$treated$x[near$treated, , drop = FALSE])
  if (nrow(x) < 5 * (ncol(design) + ncol(x))) return(sides)
  w <- kernel_weight(c(sides$control$place[near$control], sides$treated$place[near$treated]) / h, kernel)
  less <- function(field) {
    b <- lm.wfit(cbind(design, x), c(sides$control[[field]][near$control], sides$treated[[field]][near$treated]), w)$coefficients
    b <- b[-seq_len(ncol(design))]
    lapply(sides, function(s) s[[field]] - drop(s$x %*% ifelse(is.na(b), 0, b)))
  }
  y <- less("y")
  taken <- if (is.null(sides$control$taken)) NULL else less("taken")
  for (s in names(sides)) {
    sides[[s]]$y <- y[[s]]
    if (!is.null(taken)) sides[[s]]$taken <- taken[[s]]
  }
  sides
}
`,
};

const jump: CodePiece = {
  name: 'jump',
  needs: [localFit],
  code: String.raw`
# Limit from the treated side less that from the other, by local polynomials; robust, less the bias seen by a fit of the next order, with
# the standard error of that (Calonico, Cattaneo and Titiunik 2014). Over the jump of the treatment where it does not follow the rule.
jump <- function(sides, h, kernel, order, errors, robust, level) {
  limits <- lapply(sides, function(s) lapply(c("y", if (!is.null(s$taken)) "taken"), function(field)
    limit_at(s, s[[field]], h, kernel, order, errors, robust)))
  jump_of <- function(k, which) limits$treated[[k]][[which]] - limits$control[[k]][[which]]
  if (length(limits$treated) == 1) {
    variance <- sum(limits$treated[[1]]$error^2) + sum(limits$control[[1]]$error^2)
    return(t_answer(jump_of(1, "value"), sqrt(variance), Inf, level))
  }
  share <- jump_of(2, "plain")
  ratio <- jump_of(1, "plain") / share
  estimate <- ratio - (jump_of(1, "plain") - jump_of(1, "value")) / share + ratio * (share - jump_of(2, "value")) / share
  variance <- sum(vapply(limits, function(l) sum(((l[[1]]$error - ratio * l[[2]]$error) / share)^2), 0))
  t_answer(estimate, sqrt(variance), Inf, level)
}

# The mean outcome at the cutoff from one side, and each unit's contribution to its error.
limit_at <- function(s, y, h, kernel, order, errors, robust) {
  fit <- local_fit(s$place, y, order, h[["main"]], kernel)
  wider <- local_fit(s$place, y, order + 1, h[["bias"]], kernel)
  count <- numeric(length(y))
  count[fit$rows] <- influence_on(fit, 0)
  plain <- value <- fit$b[1]
  if (robust) {
    scale <- sum(influence_on(fit, 0) * fit$u^(order + 1)) * (h[["main"]] / h[["bias"]])^(order + 1)
    count[wider$rows] <- count[wider$rows] - scale * influence_on(wider, order + 1)
    value <- plain - scale * wider$b[order + 2]
  }
  window <- if (h[["main"]] > h[["bias"]]) fit$rows else wider$rows
  residual <- residuals_for(errors, s$place, y, window, if (robust) wider else fit)
  list(plain = plain, value = value, error = count[window] * residual)
}
`,
};
