import type { CodePiece } from '../code-script.ts';

/** Least squares with weights that are not negative and sum to 1. */
export const simplexWeights: CodePiece = {
  name: 'simplex_weights',
  needs: [],
  code: String.raw`
# Least squares with coefficients that are not negative (Lawson and Hanson 1974).
nonnegative_least_squares <- function(x, y) {
  k <- ncol(x)
  b <- numeric(k)
  inside <- logical(k)
  scale <- max(colSums(x^2))
  for (step in seq_len(30 * k)) {
    slope <- drop(crossprod(x, y - x %*% b))
    slope[inside] <- -Inf
    if (max(slope) <= 1e-15 * scale) break
    entering <- which.max(slope)
    inside[entering] <- TRUE
    repeat {
      wanted <- numeric(k)
      fitted <- lm.fit(x[, inside, drop = FALSE], y, tol = 1e-12)$coefficients
      wanted[inside] <- ifelse(is.na(fitted), 0, fitted)
      if (all(wanted[inside] > 0)) break
      leaving <- inside & wanted <= 0
      share <- min((b / (b - wanted))[leaving & b > 0], if (any(leaving & b == 0)) 0)
      b <- b + share * (wanted - b)
      inside <- inside & b > 1e-15 * max(b, 1e-300)
      b[!inside] <- 0
      if (!any(inside)) break
    }
    if (!inside[entering]) break
    b <- wanted
  }
  b
}

# Weights on the columns that are not negative and sum to 1, nearest to the target: with a row of ones beside the distances to the target,
# the ray of the best v >= 0 is that of the best weights.
simplex_weights <- function(columns, target) {
  distance <- columns - target
  v <- nonnegative_least_squares(rbind(distance / sqrt(min(colSums(distance^2)) + 1e-300), 1), c(numeric(length(target)), 1))
  v / sum(v)
}
`,
};

export const simplexGaps: CodePiece = {
  name: 'simplex_gaps',
  needs: [simplexWeights],
  code: String.raw`
# Synthetic control: the weighted mean of donors that follows the target before the treatment.
simplex_gaps <- function(target, donors, comparison) {
  before <- seq_len(comparison$before)
  list(gap = drop((target - donors) %*% simplex_weights(donors[before, , drop = FALSE], target[before])))
}
`,
};

export const ridgeGaps: CodePiece = {
  name: 'ridge_augmented_gaps',
  needs: [simplexWeights],
  code: String.raw`
# The same with a ridge correction of what the weights leave unmatched (Ben-Michael, Feller and Rothstein 2021). The penalty, unless
# given, is the largest whose squared error in periods held out is within one standard error of the least.
ridge_augmented_gaps <- function(target, donors, comparison, penalty) {
  before <- seq_len(comparison$before)
  x <- donors[before, , drop = FALSE]
  y <- target[before]
  centred <- x - rowMeans(x)
  parts <- svd(centred)
  kept <- parts$d^2 > 1e-14 * parts$d[1]^2
  u <- parts$u[, kept, drop = FALSE]
  squares <- parts$d[kept]^2
  # Column t: what the weights from all periods but t leave unmatched.
  left <- vapply(before, function(t) drop((y - x) %*% simplex_weights(x[-t, , drop = FALSE], y[-t])), numeric(length(y)))
  held_out_errors <- function(lambda) {
    hat <- u %*% (squares / (squares + lambda) * t(u))
    own <- diag(hat)
    foretold <- rowSums(hat * t(left)) - own * diag(left)
    (diag(left) - ifelse(own < 1, foretold / (1 - own), 0))^2
  }
  shares <- if (is.na(penalty)) (1e-8)^(0:20 / 20) else penalty
  errors <- vapply(shares * max(squares), held_out_errors, numeric(length(y)))
  means <- colMeans(errors)
  best <- which.min(means)
  chosen <- which(means <= means[best] + sd(errors[, best]) / sqrt(length(y)))[1]
  weights <- simplex_weights(x, y)
  along <- crossprod(u, y - x %*% weights) / (squares + shares[chosen] * max(squares))
  weights <- weights + drop(crossprod(centred, u %*% along))
  list(gap = drop((target - donors) %*% weights), held_out = sqrt(means[chosen]))
}
`,
};

export const syntheticDifferenceGaps: CodePiece = {
  name: 'synthetic_did_gaps',
  needs: [simplexWeights],
  code: String.raw`
# Synthetic difference in differences (Arkhangelsky et al. 2021): weights on donors that move along with the target before, up to a
# constant, and on times that foretell the donors' mean afterwards; penalties by the noise of the donors' changes.
synthetic_did_gaps <- function(target, donors, comparison) {
  before <- seq_len(comparison$before)
  noise <- sd(apply(comparison$donors[before, , drop = FALSE], 2, diff))
  penalised <- function(columns, y, penalty) {
    x <- scale(columns, scale = FALSE)
    ridge <- diag(penalty * sqrt(length(y)), ncol(x))
    simplex_weights(rbind(x, ridge), c(y - mean(y), numeric(ncol(x))))
  }
  weights <- penalised(donors[before, , drop = FALSE], target[before], (nrow(donors) - comparison$before)^(1 / 4) * noise)
  times <- penalised(t(donors[before, , drop = FALSE]), colMeans(donors[-before, , drop = FALSE]), 1e-6 * noise)
  gap <- drop((target - donors) %*% weights)
  list(gap = gap - sum(times * gap[before]))
}
`,
};
