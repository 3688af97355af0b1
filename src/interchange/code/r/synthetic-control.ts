import type { SyntheticControlValues } from '../../../core/measure/synthetic-control-parameters.ts';
import { closedForm, defineMethodCode, type CodePiece, type CodeQuestion } from '../code-script.ts';
import { arms } from './frame.ts';
import { rCall, rNumber, rText } from './r-text.ts';
import { readLine } from './read-line.ts';
import { times } from './series.ts';
import { ridgeGaps, simplexGaps, simplexWeights, syntheticDifferenceGaps } from './synthetic-weights.ts';

const gapsOf = { simplex: simplexGaps, ridge_augmented: ridgeGaps, synthetic_did: syntheticDifferenceGaps } as const;
const mostPlacebos = { simplex: 200, ridge_augmented: 100, synthetic_did: 100 } as const;

export const syntheticControl = defineMethodCode<SyntheticControlValues>('synthetic_control', (asked, p) => {
  const isSpread = p.variant === 'synthetic_did';
  const penalty: Readonly<Record<string, string>> = p.variant === 'ridge_augmented' ? { penalty: rNumber(p.ridge_penalty) } : {};
  const inference = isSpread ? 'placebo_spread' : 'placebo_test';
  return {
    lines: [
      readLine(asked),
      `comparison <- ${comparisonCall(asked, p)}`,
      rCall('placebos', { data: 'comparison', gaps: `${p.variant}_gaps`, most: String(mostPlacebos[p.variant]), ...penalty }).replace(
        /^/,
        'fits <- ',
      ),
      `${inference}(fits, level = ${rNumber(p.confidence_level)})`,
    ].join('\n'),
    needs: [compared, simplexWeights, gapsOf[p.variant], placebos, isSpread ? placeboSpread : placeboTest],
    tolerance: closedForm,
  };
});

function comparisonCall({ columns }: CodeQuestion, p: SyntheticControlValues): string {
  const isNumber = columns.find(({ name }) => name === p.time_column)?.kind === 'number';
  return rCall('compared', {
    data: 'data',
    outcome: rText(p.outcome_column),
    unit: rText(p.unit_column),
    time: rText(p.time_column),
    ...(p.treatment_column === null ? {} : { treatment: rText(p.treatment_column) }),
    ...(p.treated_unit === null ? {} : { treated_unit: rText(p.treated_unit) }),
    ...(p.treatment_time === null ? {} : { treatment_time: isNumber ? rNumber(Number(p.treatment_time)) : rText(p.treatment_time) }),
  });
}

const compared: CodePiece = {
  name: 'compared',
  needs: [arms, times],
  code: String.raw`
# The treated unit's series and, by column, those of its donors: units never treated and seen whenever it was. Where unit or time are
# not given, the treatment column marks them.
compared <- function(data, outcome, unit, time, treatment = NULL, treated_unit = NULL, treatment_time = NULL) {
  data <- data[!is.na(data[[unit]]) & !is.na(data[[time]]), ]
  who <- sort(unique(as.character(data[[unit]])), method = "radix")
  value <- time_value(data[[time]])
  when <- sort(unique(value))
  cell <- cbind(match(value, when), match(as.character(data[[unit]]), who))
  y <- replace(matrix(NA_real_, length(when), length(who)), cell, data[[outcome]])
  first <- rep(NA, length(who))
  if (!is.null(treatment)) {
    marked <- replace(matrix(NA_real_, length(when), length(who)), cell, treated_of(data[[treatment]]))
    first <- apply(marked, 2, function(t) match(1, t))
  }
  own <- if (is.null(treated_unit)) which(!is.na(first)) else match(treated_unit, who)
  start <- if (is.null(treatment_time)) when[first[own]] else time_value(treatment_time)
  seen <- !is.na(y[, own])
  donors <- setdiff(which(is.na(first) & colSums(is.na(y[seen, , drop = FALSE])) == 0), own)
  list(treated = y[seen, own], donors = y[seen, donors, drop = FALSE], before = sum(when[seen] < start))
}
`,
};

const placebos: CodePiece = {
  name: 'placebos',
  needs: [],
  code: String.raw`
# Gaps between the treated unit and its synthetic control, and the same for every donor taken for the treated one in turn, without
# the treated unit among its donors; of very many donors, evenly spaced ones.
placebos <- function(comparison, gaps, most, ...) {
  n <- ncol(comparison$donors)
  size <- max(abs(comparison$treated), abs(comparison$donors))
  before <- seq_len(comparison$before)
  rms <- function(v) sqrt(mean(v^2))
  summary_of <- function(target, donors) {
    fit <- gaps(target, donors, comparison, ...)
    error <- if (is.null(fit$held_out)) rms(fit$gap[before]) else fit$held_out
    c(gap = mean(fit$gap[-before]), scale = max(error, 1e-10 * size), after = rms(fit$gap[-before]))
  }
  count <- min(n, most)
  chosen <- floor((seq_len(count) - 1) * n / count) + 1
  list(own = summary_of(comparison$treated, comparison$donors), least = 1e-10 * size,
       others = vapply(chosen, function(j) summary_of(comparison$donors[, j], comparison$donors[, -j, drop = FALSE]), numeric(3)))
}
`,
};

const placeboTest: CodePiece = {
  name: 'placebo_test',
  needs: [],
  code: String.raw`
# p value: the treated unit's rank among all in the root mean squared gap after over that before (Abadie, Diamond and Hainmueller 2010).
# Interval: the effects that the placebo test of the mean gap over the gap before does not reject; with too few donors for that, by t.
placebo_test <- function(fits, level) {
  own <- fits$own
  n <- ncol(fits$others)
  # Where any unit is followed without error before and not afterwards, there is nothing to divide by.
  all <- cbind(own, fits$others)
  by <- if (any(all["scale", ] <= fits$least & abs(all["gap", ]) > fits$least)) 0 * all["scale", ] + 1 else all["scale", ]
  divided <- sort(abs(fits$others["gap", ]) / by[-1], decreasing = TRUE)
  standard_error <- by[[1]] * sqrt(mean(divided^2))
  place <- floor((1 - level) * (n + 1) + 1e-9)
  reach <- if (place >= 1) by[[1]] * divided[place] else qt((1 + level) / 2, n) * standard_error
  as_extreme <- sum(fits$others["after", ] / fits$others["scale", ] >= own[["after"]] / own[["scale"]])
  list(estimate = own[["gap"]], standard_error = standard_error, ci_lower = own[["gap"]] - reach, ci_upper = own[["gap"]] + reach,
       p_value = (1 + as_extreme) / (n + 1))
}
`,
};

const placeboSpread: CodePiece = {
  name: 'placebo_spread',
  needs: [],
  code: String.raw`
# The standard deviation of the placebo estimates, the treated unit's error being one draw more from their distribution
# (Arkhangelsky et al. 2021, algorithm 4, with t instead of normal quantiles).
placebo_spread <- function(fits, level) {
  n <- ncol(fits$others)
  t_answer(fits$own[["gap"]], sd(fits$others["gap", ]) * sqrt(1 + 1 / n), n - 1, level)
}
`,
};
