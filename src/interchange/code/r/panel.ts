import type { CodePiece } from '../code-script.ts';
import { arms } from './frame.ts';
import { times } from './series.ts';

/** A panel in which treatment starts once and lasts. */
export const treatedPanel: CodePiece = {
  name: 'treated_panel',
  needs: [arms, times],
  code: String.raw`
# Outcomes by unit and time, and the first treated time of each unit (NA for never), counted from 1. Where the treatment column only
# says who is treated, treatment_time says when. Left out: units without outcome, cluster or an outcome before their treatment.
treated_panel <- function(data, outcome, unit, time, treatment, treatment_time = NA, cluster = NULL, covariates = character(0),
                          anticipation = 0) {
  data <- data[!is.na(data[[unit]]) & !is.na(data[[time]]), ]
  value <- time_value(data[[time]])
  when <- sort(unique(value))
  who <- unique(data[[unit]])
  cell <- cbind(match(data[[unit]], who), match(value, when))
  by_cell <- function(v) replace(matrix(NA_real_, length(who), length(when)), cell, v)
  y <- by_cell(data[[outcome]])
  treated <- by_cell(treated_of(data[[treatment]]))
  start <- apply(treated, 1, function(t) match(1, t))
  says_when <- any(treated == 0 & !is.na(start), na.rm = TRUE)
  if (!says_when && !is.na(treatment_time)) start[!is.na(start)] <- sum(when < time_value(treatment_time)) + 1
  group <- if (is.null(cluster)) who else data[[cluster]][match(who, ifelse(is.na(data[[cluster]]), NA, data[[unit]]))]
  first <- apply(is.finite(y), 1, function(seen) match(TRUE, seen))
  kept <- !is.na(first) & !is.na(group) & (is.na(start) | first < start - anticipation)
  seen <- colSums(is.finite(y[kept, , drop = FALSE])) > 0
  x <- unlist(lapply(covariates, function(name) {
    column <- data[[name]]
    if (is.numeric(column)) return(list(by_cell(column)))
    lapply(sort(unique(column), method = "radix")[-1], function(level) by_cell(as.numeric(column == level)))
  }), recursive = FALSE)
  start <- vapply(start[kept], function(s) sum(which(seen) < s) + 1, 0)
  list(y = y[kept, seen, drop = FALSE], start = ifelse(start > sum(seen), NA, start), cluster = group[kept],
       has_clusters = !is.null(cluster), x = lapply(x, function(m) m[kept, seen, drop = FALSE]))
}
`,
};

/** Standard errors of averages of changes, from each unit's contribution. */
export const influenceAnswer: CodePiece = {
  name: 'influence_answer',
  needs: [],
  code: String.raw`
# Squared contributions of units, summed within clusters. Without correction CR0; for CR2 with units as clusters Welch's degrees of
# freedom; else times G / (G - 1) with G - 1.
influence_answer <- function(panel, estimate, influence, errors, level) {
  g <- length(unique(panel$cluster))
  welch <- errors %in% c("CR2", "welch") && !panel$has_clusters
  plain <- errors == "CR0" || welch
  variance <- sum(rowsum(influence, panel$cluster)^2) * if (plain) 1 else g / (g - 1)
  df <- if (welch) welch_df(panel$start, influence) else if (errors == "CR0") Inf else g - 1
  t_answer(estimate, sqrt(variance), df, level)
}

# Satterthwaite's over the never treated and each cohort (cohorts of one unit together): the smaller of those with variances as
# estimated and those with variances that equal errors would give groups of these sizes.
welch_df <- function(start, influence) {
  satterthwaite <- function(v, n) sum(v)^2 / sum(v^2 / pmax(1, n - 1))
  never <- sum(influence[is.na(start)]^2)
  n_never <- sum(is.na(start))
  v <- tapply(influence^2, start, sum)
  n <- tapply(influence, start, length)[v > 0]
  v <- v[v > 0]
  if (any(n == 1)) {
    v <- c(v[n > 1], sum(v[n == 1]))
    n <- c(n[n > 1], sum(n == 1))
  }
  equal <- n / sum(n)^2
  if (never > 0) {
    v <- c(v, never)
    equal <- c(equal, 1 / n_never)
    n <- c(n, n_never)
  }
  max(1, min(satterthwaite(v, n), satterthwaite(equal, n)))
}
`,
};
