import type { CodePiece, CodeQuestion } from '../code-script.ts';
import { rText } from './r-text.ts';
import { readLine } from './read-line.ts';

/** Lines that leave `s`, the series in order of time, and `post`, whether a time is after the intervention. */
export function seriesLines(asked: CodeQuestion, outcome: string, time: string, intervention: string): string[] {
  return [
    readLine(asked),
    `s <- series_of(data, ${rText(outcome)}, ${rText(time)})`,
    `post <- s$time >= time_value(${asked.columns.find(({ name }) => name === time)?.kind === 'number' ? Number(intervention) : rText(intervention)})`,
  ];
}

export const times: CodePiece = {
  name: 'times',
  needs: [],
  code: String.raw`
# Times as numbers that grow: numbers as they are, dates in days, ISO weeks in weeks, months in months, years.
time_value <- function(x) {
  if (is.numeric(x)) return(x)
  x <- trimws(x)
  part <- function(from, to) as.numeric(substr(x, from, to))
  if (all(grepl("^\\d{4}-\\d\\d-\\d\\d$", x) | is.na(x))) return(as.numeric(as.Date(x)))
  if (all(grepl("^\\d{4}-W\\d\\d$", x) | is.na(x))) {
    fourth <- as.numeric(as.Date(paste0(substr(x, 1, 4), "-01-04")))
    return((fourth - (fourth + 3) %% 7 + 3) / 7 + part(7, 8) - 1)
  }
  if (all(grepl("^\\d{4}-\\d\\d$", x) | is.na(x))) return(12 * part(1, 4) + part(6, 7) - 1)
  part(1, 4)
}
`,
};

export const series: CodePiece = {
  name: 'series',
  needs: [times],
  code: String.raw`
# A series in order of time; steps count on the calendar where all distances are whole multiples of the least.
series_of <- function(data, outcome, time) {
  data <- complete(data, c(outcome, time))
  value <- time_value(data[[time]])
  data <- data[order(value), ]
  value <- sort(value)
  step <- (value - value[1]) / min(diff(value))
  step <- if (all(abs(step - round(step)) < 1e-9)) round(step) else seq_along(value) - 1
  list(y = data[[outcome]], time = value, step = step)
}
`,
};

export const neweyWest: CodePiece = {
  name: 'newey_west',
  needs: [],
  code: String.raw`
# Least squares with errors that may go together up to a lag (Newey and West 1987); by the length of the series where none is given.
newey_west <- function(y, x, lag, corrected) {
  n <- length(y)
  if (is.na(lag)) lag <- floor(4 * (n / 100)^(2 / 9))
  fit <- lm.fit(x, y, tol = 1e-14)
  score <- x * fit$residuals
  meat <- crossprod(score)
  for (l in seq_len(min(lag, n - 1))) {
    gamma <- crossprod(score[(l + 1):n, , drop = FALSE], score[1:(n - l), , drop = FALSE])
    meat <- meat + (1 - l / (lag + 1)) * (gamma + t(gamma))
  }
  bread <- chol2inv(qr.R(fit$qr))
  list(b = fit$coefficients, variance = bread %*% meat %*% bread * (if (corrected) n / (n - ncol(x)) else 1), df = n - ncol(x))
}
`,
};
