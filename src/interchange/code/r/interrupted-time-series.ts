import { readOrder, type SeriesOrder } from '../../../core/measure/series-order.ts';
import type { SeriesValues } from '../../../core/measure/series-parameters.ts';
import { closedForm, defineMethodCode, iterative, type CodePiece } from '../code-script.ts';
import { restrictedLikelihood } from './restricted-likelihood.ts';
import { rLogical, rNumber, rNumbers } from './r-text.ts';
import { neweyWest, series, seriesLines } from './series.ts';

export const interruptedTimeSeries = defineMethodCode<SeriesValues>('interrupted_time_series', (asked, p) => {
  const order = readOrder(p.order, p.seasonal_order);
  const fit = fitOf(p, order);
  const outcome = p.dependent_variable ?? p.outcome_column ?? '';
  return {
    lines: [
      ...seriesLines(asked, outcome, p.time_column, p.intervention_date ?? ''),
      `x <- cbind(${regressors(p).join(', ')})`,
      `differences <- ${order.differences.length === 0 ? 'integer(0)' : rNumbers(order.differences)}`,
      `fit <- ${fit.call}`,
      `level_change_answer(fit, x, post, level = ${rNumber(p.confidence_level)})`,
    ].join('\n'),
    needs: [series, levelChange, ...fit.needs, ...(p.seasonality === 'weekday' ? [weekdays] : p.seasonality === 'fourier' ? [waves] : [])],
    tolerance: fit.isIterative ? iterative : closedForm,
  };
});

function regressors(p: SeriesValues): string[] {
  return [
    'intercept = 1',
    ...(p.trend ? ['trend = s$step + 1'] : []),
    'level_change = post',
    ...(p.slope_change ? ['slope_change = pmax(0, s$step - s$step[post][1] + 1)'] : []),
    ...(p.seasonality === 'weekday' ? ['weekdays(s$time)'] : []),
    ...(p.seasonality === 'fourier' ? [`waves(s$step + 1, period = ${p.period}, harmonics = ${p.harmonics})`] : []),
  ];
}

type Fit = { readonly call: string; readonly needs: readonly CodePiece[]; readonly isIterative: boolean };

function fitOf(p: SeriesValues, { arma }: SeriesOrder): Fit {
  if (p.standard_errors === 'newey_west') {
    const options = `lag = ${rNumber(p.newey_west_lag)}, corrected = ${rLogical(p.small_sample_correction)}`;
    return { call: `with_usable(s$y, x, differences, newey_west, ${options})`, needs: [neweyWest], isIterative: false };
  }
  const isRestricted = p.standard_errors === 'restricted_likelihood';
  const orders = `order = ${rNumbers([arma.p, 0, arma.q])}, seasonal = ${rNumbers([arma.seasonalP, 0, arma.seasonalQ])}, period = ${arma.season}`;
  return {
    call: `with_usable(s$y, x, differences, ${isRestricted ? 'restricted_likelihood' : 'maximum_likelihood'}, ${orders})`,
    needs: [isRestricted ? restrictedLikelihood : maximumLikelihood],
    isIterative: true,
  };
}

const levelChange: CodePiece = {
  name: 'level_change',
  needs: [],
  code: String.raw`
difference <- function(v, lags) {
  for (lag in lags) v <- diff(v, lag)
  v
}

# Fits the differenced series on the differenced terms that those before them do not already span.
with_usable <- function(y, x, differences, fit, ...) {
  dx <- matrix(difference(x, differences), ncol = ncol(x))
  independent <- qr(dx)
  kept <- sort(independent$pivot[seq_len(independent$rank)])
  c(fit(difference(y, differences), dx[, kept, drop = FALSE], ...), list(names = colnames(x)[kept]))
}

# The change of level (and slope, where there is one), averaged over the time after the intervention.
level_change_answer <- function(fit, x, post, level) {
  average <- ifelse(fit$names %in% c("level_change", "slope_change"), colMeans(x[post, fit$names, drop = FALSE]), 0)
  t_answer(sum(average * fit$b), sqrt(drop(average %*% fit$variance %*% average)), fit$df, level)
}
`,
};

const maximumLikelihood: CodePiece = {
  name: 'maximum_likelihood',
  needs: [],
  code: String.raw`
# Regression with ARMA errors by exact maximum likelihood; degrees of freedom are the periods less the coefficients of both.
maximum_likelihood <- function(y, x, order, seasonal, period) {
  terms <- sum(order) + sum(seasonal)
  k <- terms + ncol(x)
  fit <- arima(y, order, seasonal = list(order = seasonal, period = period), xreg = x, include.mean = FALSE, method = "ML",
               transform.pars = FALSE, optim.control = list(reltol = 1e-15, ndeps = rep(1e-4, k), maxit = 1000))
  own <- terms + seq_len(ncol(x))
  list(b = coef(fit)[own], variance = fit$var.coef[own, own, drop = FALSE], df = length(y) - k)
}
`,
};

const weekdays: CodePiece = {
  name: 'weekdays',
  needs: [],
  code: String.raw`
# An indicator of each weekday that occurs but the first, from Monday on.
weekdays <- function(day) {
  own <- (day + 3) %% 7
  x <- outer(own, sort(unique(own))[-1], "==") * 1
  colnames(x) <- paste0("weekday_", sort(unique(own))[-1])
  x
}
`,
};

const waves: CodePiece = {
  name: 'waves',
  needs: [],
  code: String.raw`
# Sine and cosine of each harmonic of a season; at half the period the sine is 0 throughout.
waves <- function(step, period, harmonics) do.call(cbind, lapply(seq_len(harmonics), function(k) {
  angle <- 2 * pi * ((k * step) %% period) / period
  x <- cbind(sin(angle), cos(angle))
  colnames(x) <- paste0(c("sine_", "cosine_"), k)
  x[, if (2 * k < period) 1:2 else 2, drop = FALSE]
}))
`,
};
