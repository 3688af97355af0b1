import type { CodePiece, CodeQuestion } from '../code-script.ts';
import { arms } from './frame.ts';
import { rText, rTexts } from './r-text.ts';
import { readLine } from './read-line.ts';

type UnitColumns = { readonly outcome_column: string; readonly treatment_column: string; readonly covariate_columns: readonly string[] };

/** Lines that leave `u`: outcome, treatment and covariates of the complete rows. */
export function unitLines(asked: CodeQuestion, p: UnitColumns): string[] {
  const covariates = rTexts([...new Set(p.covariate_columns)]);
  return [readLine(asked), `u <- units_of(data, ${rText(p.outcome_column)}, ${rText(p.treatment_column)}, ${covariates})`];
}

/** Outcome, treatment and covariates as vectors and as a design. */
export const units: CodePiece = {
  name: 'units',
  needs: [arms],
  code: String.raw`
# Outcome, treatment and covariates of the complete rows; x has one column per number and per level but the first of a text.
units_of <- function(data, outcome, treatment, covariates) {
  data <- complete(data, c(outcome, treatment, covariates))
  units_from(data[[outcome]], treated_of(data[[treatment]]), data[covariates])
}

units_from <- function(y, treated, covariates) {
  x <- lapply(covariates, function(column) {
    if (is.numeric(column)) return(cbind(column))
    levels <- sort(unique(column), method = "radix")[-1]
    vapply(levels, function(level) as.numeric(column == level), numeric(length(column)))
  })
  x <- do.call(cbind, c(list(matrix(0, length(y), 0)), x))
  list(y = y, treated = treated, covariates = covariates, x = unname(x))
}

# Columns less their means and over their standard deviations.
standardised <- function(x) apply(x, 2, function(v) (v - mean(v)) / if (sd(v) > 0) sd(v) else 1)
`,
};

/** Logistic regression of the treatment on the covariates. */
export const propensity: CodePiece = {
  name: 'propensity',
  needs: [units],
  code: String.raw`
# Logistic regression of who is treated on the columns of a design: coefficients, log-odds and probabilities.
logistic_fit <- function(design, treated) {
  independent <- qr(design, tol = 1e-9)
  kept <- sort(independent$pivot[seq_len(independent$rank)])
  fit <- suppressWarnings(glm.fit(design[, kept, drop = FALSE], treated, family = binomial(),
                                  control = glm.control(epsilon = 1e-14, maxit = 100)))
  b <- replace(numeric(ncol(design)), kept, fit$coefficients)
  log_odds <- drop(design %*% b)
  list(coefficients = b, log_odds = log_odds, probability = plogis(log_odds))
}

propensity_score <- function(u) logistic_fit(cbind(1, standardised(u$x)), u$treated)
`,
};

/** Leaves out the units whose score is near 0 or 1. */
export const trimming: CodePiece = {
  name: 'trimming',
  needs: [propensity],
  code: String.raw`
# The units whose propensity score lies between the bounds.
trim <- function(u, range) {
  e <- propensity_score(u)$probability
  kept <- e >= range[1] & e <= range[2]
  units_from(u$y[kept], u$treated[kept], u$covariates[kept, , drop = FALSE])
}

# Bounds by Crump, Hotz, Imbens and Mitnik (2009): keep whose 1 / (e (1 - e)) is at most twice its mean among those kept.
crump_range <- function(u) {
  e <- propensity_score(u)$probability
  g <- sort(1 / (e * (1 - e)))
  k <- seq_along(g)
  twice_mean <- 2 * cumsum(g) / k
  solves <- g <= twice_mean & (k == length(g) | twice_mean < c(g[-1], Inf))
  best <- which(solves)[which.min((cumsum(g) / k^2)[solves])]
  margin <- if (best == length(g)) 0 else 0.5 - sqrt(0.25 - 1 / twice_mean[best])
  if (margin > 0) c(margin, 1 - margin) else c(-Inf, Inf)
}
`,
};

type Trimming = { readonly trimming: string; readonly trim_lower: number; readonly trim_upper: number };

/** Lines that trim `u`; none where nothing is to be trimmed. */
export function trimLines({ trimming: rule, trim_lower: lower, trim_upper: upper }: Trimming): readonly string[] {
  if (rule === 'none') return [];
  return [`u <- trim(u, ${rule === 'crump' ? 'crump_range(u)' : `c(${lower}, ${upper})`})`];
}

/** What weighting methods share: weights, and degrees of freedom for small samples. */
export const weights: CodePiece = {
  name: 'weights',
  needs: [propensity],
  code: String.raw`
# Each unit's weight in its own arm, so that both arms look like the target; and its derivative by the log-odds of treatment.
balancing_weights <- function(log_odds, treated, target) {
  sign <- ifelse(treated == 1, -1, 1)
  odds <- exp(pmin(pmax(sign * log_odds, -40), 40))
  if (target == "overlap") {
    w <- odds / (1 + odds)
    return(list(weight = w, slope = sign * w / (1 + odds)))
  }
  own <- (target == "att" & treated == 1) | (target == "atc" & treated == 0)
  odds[own] <- 0
  list(weight = odds + (own | target == "ate"), slope = sign * odds)
}

# 1 - leverage; 1 where a unit is fitted exactly and its error cannot be seen.
freedom <- function(leverage) ifelse(1 - leverage < 1e-10, 1, 1 - leverage)

# Satterthwaite's degrees of freedom of a difference between arms, from each unit's contribution to the error.
arms_df <- function(contribution, treated, df_treated, df_control) {
  v <- c(sum(contribution[treated == 1]^2), sum(contribution[treated == 0]^2))
  sum(v)^2 / sum(v^2 / c(df_treated, df_control))
}

# The effective number of units of a weighted mean, less one.
effective_df <- function(w) sum(w)^2 / sum(w^2) - 1
`,
};
