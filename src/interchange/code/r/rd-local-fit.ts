import type { CodePiece } from '../code-script.ts';

export const localFit: CodePiece = {
  name: 'local_fit',
  needs: [],
  code: String.raw`
kernel_weight <- function(u, kernel) switch(kernel, triangular = pmax(0, 1 - abs(u)), epanechnikov = 0.75 * pmax(0, 1 - u^2),
                                            uniform = ifelse(abs(u) <= 1, 0.5, 0))

# Weighted polynomial in place over bandwidth, through the rows on one side within it.
local_fit <- function(place, y, order, h, kernel) {
  w <- kernel_weight(place / h, kernel)
  rows <- which(w > 0)
  u <- place[rows] / h
  powers <- outer(u, 0:order, "^")
  fit <- lm.wfit(powers, y[rows], w[rows], tol = 1e-10)
  if (fit$rank <= order) stop("too few distinct places within the bandwidth")
  list(rows = rows, u = u, w = w[rows], powers = powers, b = fit$coefficients, inverse = chol2inv(qr.R(fit$qr)), h = h, order = order)
}

# How much each outcome counts in the coefficient of a power.
influence_on <- function(fit, power) fit$w * drop(fit$powers %*% fit$inverse[, power + 1])

# Residuals for the variance, of the rows of a window: from the three nearest rows on the same side (more where places tie), or from a fit.
residuals_for <- function(errors, place, y, window, fit) {
  if (errors == "nearest_neighbour") return(neighbour_residuals(place[window], y[window]))
  u <- place[window] / fit$h
  residual <- y[window] - drop(outer(u, 0:fit$order, "^") %*% fit$b)
  n <- length(window)
  if (errors == "HC0") return(residual)
  if (errors == "HC1") return(residual * sqrt(n / max(1, n - fit$order - 1)))
  leverage <- numeric(length(y))
  leverage[fit$rows] <- fit$w * rowSums((fit$powers %*% fit$inverse) * fit$powers)
  free <- 1 - leverage[window]
  residual * ifelse(free < 1e-10, 0, if (errors == "HC2") 1 / sqrt(free) else 1 / free)
}

neighbour_residuals <- function(place, y) {
  here <- unique(place)
  run <- match(place, here)
  size <- tabulate(run)
  total <- as.vector(rowsum(y, run))
  needed <- min(3, length(y) - 1)
  residual <- numeric(length(y))
  for (r in seq_along(here)) {
    left <- right <- r
    while (sum(size[left:right]) - 1 < needed) {
      to_left <- if (left > 1) here[r] - here[left - 1] else Inf
      to_right <- if (right < length(here)) here[right + 1] - here[r] else Inf
      slack <- 1e-6 * min(to_left, to_right)
      go_left <- to_left <= to_right + slack
      go_right <- to_right <= to_left + slack
      left <- left - go_left
      right <- right + go_right
    }
    others <- sum(size[left:right]) - 1
    if (others < 1) next
    own <- run == r
    residual[own] <- sqrt(others / (others + 1)) * (y[own] - (sum(total[left:right]) - y[own]) / others)
  }
  residual
}
`,
};
