import type { CodePiece } from '../code-script.ts';

/** Regression with ARMA errors by restricted likelihood. */
export const restrictedLikelihood: CodePiece = {
  name: 'restricted_likelihood',
  needs: [],
  code: String.raw`
# Coefficients from partial autocorrelations (Durbin and Levinson).
from_partials <- function(partials) {
  phi <- numeric(0)
  for (r in partials) phi <- c(phi - r * rev(phi), r)
  phi
}

# Coefficients of (1 - a_1 B - ...) (1 - b_1 B^s - ...), with the same signs.
seasonal_product <- function(a, b, period) {
  left <- c(1, -a)
  right <- 1
  for (j in seq_along(b)) right <- c(right, numeric(period - 1), -b[j])
  product <- numeric(length(left) + length(right) - 1)
  for (i in seq_along(left)) product[i - 1 + seq_along(right)] <- product[i - 1 + seq_along(right)] + left[i] * right
  -product[-1]
}

# Covariance matrix of n successive values of an ARMA process whose innovations have variance 1: gamma_k - sum phi_i gamma_|k-i| =
# sum theta_j psi_(j-k), solved for the first lags and carried on from there.
arma_covariance <- function(phi, theta, n) {
  m <- max(length(phi), length(theta))
  phi <- c(phi, numeric(m - length(phi)))
  theta <- c(1, theta, numeric(m - length(theta)))
  psi <- 1
  for (j in seq_len(m)) psi[j + 1] <- theta[j + 1] + sum(phi[seq_len(j)] * psi[j:1])
  a <- diag(m + 1)
  for (k in 0:m) for (i in seq_len(m)) a[k + 1, abs(k - i) + 1] <- a[k + 1, abs(k - i) + 1] - phi[i]
  gamma <- solve(a, vapply(0:m, function(k) sum(theta[(k:m) + 1] * psi[(k:m) - k + 1]), 0))
  for (k in seq_len(max(0, n - m - 1)) + m) gamma[k + 1] <- sum(phi * gamma[k + 1 - seq_len(m)])
  toeplitz(gamma[seq_len(n)])
}

# Regression with ARMA errors by restricted likelihood (Patterson and Thompson 1971): that of the n - k combinations of outcomes free
# of the coefficients; partial autocorrelations stay within 1 - 1/(2n).
restricted_likelihood <- function(y, x, order, seasonal, period) {
  n <- length(y)
  k <- ncol(x)
  counts <- c(order[1], order[3], seasonal[1], seasonal[3])
  fitted_at <- function(at) {
    blocks <- split((1 - 0.5 / n) * at / sqrt(1 + at^2), factor(rep(1:4, counts), 1:4))
    phi <- seasonal_product(from_partials(blocks[[1]]), from_partials(blocks[[3]]), period)
    theta <- -seasonal_product(from_partials(blocks[[2]]), from_partials(blocks[[4]]), period)
    root <- chol(arma_covariance(phi, theta, n))
    wx <- backsolve(root, x, transpose = TRUE)
    fit <- lm.fit(wx, backsolve(root, y, transpose = TRUE), tol = 1e-14)
    squares <- sum(fit$residuals^2)
    r <- qr.R(fit$qr)
    list(loss = (n - k) / 2 * log(squares / (n - k)) + sum(log(diag(root))) + sum(log(abs(diag(r)))),
         b = fit$coefficients, variance = chol2inv(r) * squares / (n - k), df = n - k - sum(counts))
  }
  loss <- function(at) fitted_at(at)$loss
  if (sum(counts) == 0) return(fitted_at(numeric(0)))
  if (sum(counts) > 1) {
    starts <- list(numeric(sum(counts)), rep(0.3, sum(counts)))
    found <- lapply(starts, function(at) nlminb(at, loss, control = list(rel.tol = 1e-14, x.tol = 1e-10, iter.max = 500, eval.max = 2000)))
    return(fitted_at(found[[which.min(vapply(found, function(f) f$objective, 0))]]$par))
  }
  # One term is bracketed on a grid first, as its likelihood can have two maxima.
  of_share <- function(share) loss(share / sqrt(1 - share^2))
  grid <- c(-1 + 1e-8, -0.98, -0.85, -0.65, -0.4, -0.15, 0.1, 0.35, 0.6, 0.8, 0.92, 0.985, 1 - 1e-8)
  least <- 1 + which.min(vapply(grid[2:12], of_share, 0))
  share <- optimize(of_share, grid[c(least - 1, least + 1)], tol = 1e-10)$minimum
  fitted_at(share / sqrt(1 - share^2))
}
`,
};
