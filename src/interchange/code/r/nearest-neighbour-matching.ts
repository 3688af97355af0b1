import type { MatchingValues } from '../../../core/measure/matching-parameters.ts';
import { closedForm, defineMethodCode, type CodePiece } from '../code-script.ts';
import { rCall, rLogical, rNumber, rText } from './r-text.ts';
import { propensity, unitLines, units } from './units.ts';

export const nearestNeighbourMatching = defineMethodCode<MatchingValues>('nearest_neighbour_matching', (asked, p) => ({
  lines: [
    ...unitLines(asked, p),
    placeLine(p),
    rCall('matching_estimate', {
      data: 'u',
      place: 'place',
      estimand: rText(p.estimand),
      ratio: String(p.ratio),
      replace: rLogical(p.replace),
      caliper: rNumber(p.caliper),
      tie_tolerance: rNumber(p.tie_tolerance),
      bias_adjustment: rLogical(p.bias_adjustment),
      variance_neighbours: String(p.variance_neighbours),
      level: rNumber(p.confidence_level),
    }),
  ].join('\n'),
  needs: [units, p.distance === 'propensity' ? propensity : covariatePlace, matchingEstimate],
  tolerance: closedForm,
}));

/** Where units stand, and what a caliper is laid on. */
function placeLine({ distance, propensity_scale: scale }: MatchingValues): string {
  if (distance !== 'propensity') return `place <- list(points = ${distance}_points(u$x), caliper_on = u$x)`;
  const score = scale === 'logit' ? 'log_odds' : 'probability';
  return `score <- cbind(propensity_score(u)$${score})\nplace <- list(points = standardised(score), caliper_on = score)`;
}

const covariatePlace: CodePiece = {
  name: 'covariate_place',
  needs: [units],
  code: String.raw`
# Points whose Euclidean distances are those of standardised covariates, and those by the inverse of their covariance matrix.
euclidean_points <- function(x) standardised(x)[, apply(x, 2, sd) > 0, drop = FALSE]
mahalanobis_points <- function(x) {
  z <- standardised(x)
  independent <- qr(z)
  z <- z[, sort(independent$pivot[seq_len(independent$rank)]), drop = FALSE]
  z %*% solve(chol(crossprod(z) / nrow(z)))
}
`,
};

const matchSets: CodePiece = {
  name: 'match_sets',
  needs: [],
  code: String.raw`
squared_distances <- function(points, i, others) colSums((t(points[others, , drop = FALSE]) - points[i, ])^2)

# Whether other units lie within the caliper, in standard deviations (divisor n) of each column.
admitted <- function(on, i, others, caliper) {
  if (is.na(caliper)) return(rep(TRUE, length(others)))
  width <- caliper * apply(on, 2, function(v) sqrt(mean((v - mean(v))^2)))
  colSums(abs(t(on[others, , drop = FALSE]) - on[i, ]) > width) == 0
}

# For each focal unit its nearest donors, with all that are as near as the last of them.
match_with_replacement <- function(place, focal, donors, ratio, caliper, tie_tolerance)
  lapply(focal, function(i) {
    near <- donors[admitted(place$caliper_on, i, donors, caliper)]
    d <- squared_distances(place$points, i, near)
    near[d <= sort(d)[min(ratio, length(d))] + tie_tolerance]
  })

# Each donor once: of all free pairs the closest is joined, and so on; everybody's first match before anybody's second.
match_without_replacement <- function(place, focal, donors, ratio, caliper) {
  pairs <- do.call(rbind, lapply(focal, function(i) {
    near <- donors[admitted(place$caliper_on, i, donors, caliper)]
    if (length(near) == 0) NULL else cbind(focal = i, donor = near, d = signif(squared_distances(place$points, i, near), 12))
  }))
  pairs <- pairs[order(pairs[, "d"], pairs[, "focal"], pairs[, "donor"]), , drop = FALSE]
  sets <- replicate(max(focal), integer(0), simplify = FALSE)
  free <- rep(TRUE, nrow(place$points))
  for (round in seq_len(ratio)) {
    seeking <- replace(logical(length(free)), focal, TRUE)
    for (k in seq_len(nrow(pairs))) {
      i <- pairs[k, 1]
      j <- pairs[k, 2]
      if (!seeking[i] || !free[j]) next
      sets[[i]] <- c(sets[[i]], j)
      seeking[i] <- FALSE
      free[j] <- FALSE
    }
    pairs <- pairs[free[pairs[, 2]], , drop = FALSE]
  }
  sets[focal]
}
`,
};

const matchingEstimate: CodePiece = {
  name: 'matching_estimate',
  needs: [matchSets],
  code: String.raw`
# Mean difference between units and their matches in the other arm, with Abadie and Imbens' (2006) variance.
matching_estimate <- function(u, place, estimand, ratio, replace, caliper, tie_tolerance, bias_adjustment,
                              variance_neighbours, level) {
  n <- length(u$y)
  times <- squares <- numeric(n)  # how often a unit serves as a match: sums of 1/m and of 1/m^2
  seekers <- switch(estimand, att = 1, atc = 0, ate = c(1, 0))
  searches <- lapply(seekers, function(arm) {
    focal <- which(u$treated == arm)
    donors <- which(u$treated != arm)
    sets <- if (replace) match_with_replacement(place, focal, donors, ratio, caliper, tie_tolerance)
      else match_without_replacement(place, focal, donors, ratio, caliper)
    list(arm = arm, focal = focal[lengths(sets) > 0], sets = sets[lengths(sets) > 0])
  })
  for (s in searches) for (set in s$sets) {
    times[set] <- times[set] + 1 / length(set)
    squares[set] <- squares[set] + 1 / length(set)^2
  }

  effect <- spread <- numeric(0)
  for (s in searches) {
    y <- u$y
    if (bias_adjustment) {  # less what a regression among the matches says the covariates are worth
      w <- times * (u$treated != s$arm)
      b <- lm.wfit(cbind(1, u$x)[w > 0, , drop = FALSE], u$y[w > 0], w[w > 0])$coefficients[-1]
      y <- y - drop(u$x %*% ifelse(is.na(b), 0, b))
    }
    centre <- vapply(s$sets, function(set) mean(y[set]), 0)
    effect <- c(effect, (if (s$arm == 1) 1 else -1) * (y[s$focal] - centre))
    spread <- c(spread, vapply(s$sets, function(set) mean((y[set] - mean(y[set]))^2), 0))
  }
  estimate <- mean(effect)
  sigma2 <- if (variance_neighbours == 0) rep(mean((effect - estimate)^2 + spread) / 2, n)
    else local_variance(u, place, variance_neighbours, tie_tolerance)
  reuse <- sum(sigma2 * (times^2 - squares + if (estimand == "ate") 2 * times else 0))
  t_answer(estimate, sqrt(sum((effect - estimate)^2) + reuse) / length(effect), Inf, level)
}

# Each outcome's variance from the nearest units of its own arm.
local_variance <- function(u, place, neighbours, tie_tolerance) vapply(seq_along(u$y), function(i) {
  own <- which(u$treated == u$treated[i])
  d <- squared_distances(place$points, i, own)
  near <- setdiff(own[d <= sort(d)[min(neighbours + 1, length(d))] + tie_tolerance], i)
  length(near) / (length(near) + 1) * (u$y[i] - mean(u$y[near]))^2
}, 0)
`,
};
