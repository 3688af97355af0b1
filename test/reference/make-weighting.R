# Makes weighting.json: inverse probability weighting, augmented weighting and g-computation on data/obs.csv, by stacked estimating
# equations. The Jacobian is taken by complex steps, so that no formula for a derivative is shared with what is being checked.
# Run in this folder: Rscript make-weighting.R
d <- read.csv("data/obs.csv")
X <- cbind(1, d$a, d$b, d$c)
digits <- function(x) sprintf("%.17g", x)

logit <- function(t, X) {
  b <- coef(glm(t ~ X - 1, family = binomial, control = glm.control(epsilon = 1e-15, maxit = 100)))
  for (step in 1:3) { # to the last digits
    e <- drop(1 / (1 + exp(-X %*% b)))
    b <- b + solve(crossprod(X, X * e * (1 - e)), crossprod(X, t - e))
  }
  drop(b)
}
score <- function(beta, X) drop(1 / (1 + exp(-(X %*% beta))))

# Derivative of the mean of psi, an n x k matrix of estimating functions.
jacobian <- function(psi, theta) {
  h <- 1e-30
  sapply(seq_along(theta), function(k) {
    moved <- as.complex(theta)
    moved[k] <- moved[k] + h * 1i
    colMeans(Im(psi(moved))) / h
  })
}

# Standard error of a contrast of theta: A^-1 B A^-T / n.
sandwich_se <- function(psi, theta, contrast) {
  A <- jacobian(psi, theta)
  n <- nrow(psi(theta))
  B <- crossprod(Re(psi(theta))) / n
  V <- solve(A, B) %*% t(solve(A)) / n
  sqrt(drop(contrast %*% V %*% contrast))
}

# Satterthwaite's degrees of freedom of a difference between arms, from the units' contributions to it.
satterthwaite <- function(part, t, d1, d0) {
  v1 <- sum(part[t == 1]^2)
  v0 <- sum(part[t == 0]^2)
  (v1 + v0)^2 / (v1^2 / d1 + v0^2 / d0)
}

weights_of <- list(
  ate = list(function(e) 1 / e, function(e) 1 / (1 - e), function(t) 0 * t + 1),
  att = list(function(e) e / e, function(e) e / (1 - e), function(t) t),
  atc = list(function(e) (1 - e) / e, function(e) (1 - e) / (1 - e), function(t) 1 - t),
  overlap = list(function(e) 1 - e, function(e) e, NULL)
)

ipw <- function(y, t, X, target, normalised) {
  w <- weights_of[[target]]
  beta <- logit(t, X)
  p <- ncol(X)
  e <- score(beta, X)
  g1 <- if (normalised) t * w[[1]](e) else w[[3]](t)
  g0 <- if (normalised) (1 - t) * w[[2]](e) else w[[3]](t)
  mu1 <- sum(t * w[[1]](e) * y) / sum(g1)
  mu0 <- sum((1 - t) * w[[2]](e) * y) / sum(g0)
  psi <- function(theta) {
    e <- score(theta[1:p], X)
    w1 <- t * w[[1]](e)
    w0 <- (1 - t) * w[[2]](e)
    one <- if (normalised) w1 * (y - theta[p + 1]) else w1 * y - w[[3]](t) * theta[p + 1]
    zero <- if (normalised) w0 * (y - theta[p + 2]) else w0 * y - w[[3]](t) * theta[p + 2]
    cbind(X * (t - e), one, zero)
  }
  known <- function(theta) {
    one <- if (normalised) t * w[[1]](e) * (y - theta[1]) else t * w[[1]](e) * y - w[[3]](t) * theta[1]
    zero <- if (normalised) (1 - t) * w[[2]](e) * (y - theta[2]) else (1 - t) * w[[2]](e) * y - w[[3]](t) * theta[2]
    cbind(one, zero)
  }
  w1 <- (w[[1]](e))[t == 1]
  w0 <- (w[[2]](e))[t == 0]
  ess1 <- sum(w1)^2 / sum(w1^2)
  ess0 <- sum(w0)^2 / sum(w0^2)
  # Each unit's part in the contrast, that of the means over 1 - share and that of the score over 1 - R's hat value.
  theta <- c(beta, mu1, mu0)
  direction <- c(rep(0, p), 1, -1) %*% solve(-jacobian(psi, theta))
  each <- sweep(Re(psi(theta)), 2, direction, "*") / length(y)
  hat <- hatvalues(glm(t ~ X - 1, family = binomial, control = glm.control(epsilon = 1e-15, maxit = 100)))
  share <- if (normalised) t * w[[1]](e) / sum(w1) + (1 - t) * w[[2]](e) / sum(w0) else 0 * t
  part <- rowSums(each[, p + 1:2]) / (1 - share) + rowSums(each[, 1:p]) / (1 - hat)
  list(estimate = mu1 - mu0, mu1 = mu1, mu0 = mu0,
    se = sandwich_se(psi, c(beta, mu1, mu0), c(rep(0, p), 1, -1)),
    se_known = sandwich_se(known, c(mu1, mu0), c(1, -1)),
    se_corrected = sqrt(sum(part^2)), df = satterthwaite(part, t, ess1 - 1, ess0 - 1), ess1 = ess1, ess0 = ess0)
}

ols <- function(y, X) drop(qr.coef(qr(X), y))

# g-computation: outcome regressions by arm, averaged over the target.
outcome_only <- function(y, t, X, target) {
  p <- ncol(X)
  b1 <- ols(y[t == 1], X[t == 1, ])
  b0 <- ols(y[t == 0], X[t == 0, ])
  g <- switch(target, ate = 0 * t + 1, att = t, atc = 1 - t)
  estimate <- sum(g * (X %*% (b1 - b0))) / sum(g)
  psi <- function(theta) {
    c1 <- theta[1:p]
    c0 <- theta[p + 1:p]
    r1 <- drop(y - X %*% c1)
    r0 <- drop(y - X %*% c0)
    cbind(X * (t * r1), X * ((1 - t) * r0), g * (drop(X %*% (c1 - c0)) - theta[2 * p + 1]))
  }
  theta <- c(b1, b0, estimate)
  direction <- c(rep(0, 2 * p), 1) %*% solve(-jacobian(psi, theta))
  each <- sweep(Re(psi(theta)), 2, direction, "*") / length(y)
  left_out <- without_unit(y, t, X)
  scale <- ifelse(t == 1, (y - left_out$m1) / (y - drop(X %*% b1)), (y - left_out$m0) / (y - drop(X %*% b0)))
  part <- each[, 2 * p + 1] + rowSums(each[, 1:(2 * p)]) * scale
  list(estimate = estimate, se = sandwich_se(psi, theta, c(rep(0, 2 * p), 1)), se_corrected = sqrt(sum(part^2)),
    df = satterthwaite(part, t, sum(t) - p, sum(1 - t) - p))
}

# Predictions for each unit by regressions from which it was left out, in its own arm.
without_unit <- function(y, t, X) {
  predict_own <- function(i, arm) {
    rows <- t == arm
    rows[i] <- FALSE
    sum(X[i, ] * ols(y[rows], X[rows, ]))
  }
  list(m1 = sapply(seq_along(y), predict_own, 1), m0 = sapply(seq_along(y), predict_own, 0))
}

augmented <- function(y, t, e, m1, m0, target) {
  g <- switch(target, ate = 0 * t + 1, att = t, atc = 1 - t)
  scores <- switch(target,
    ate = m1 - m0 + t * (y - m1) / e - (1 - t) * (y - m0) / (1 - e),
    att = (t - (1 - t) * e / (1 - e)) * (y - m0),
    atc = (t * (1 - e) / e - (1 - t)) * (y - m1))
  estimate <- sum(scores) / sum(g)
  influence <- (scores - g * estimate) / mean(g)
  list(estimate = estimate, se_ddof1 = sd(influence) / sqrt(length(y)), se_ddof0 = sqrt(mean(influence^2) / length(y)))
}

plain <- function(y, t, X, target) {
  m1 <- drop(X %*% ols(y[t == 1], X[t == 1, ]))
  m0 <- drop(X %*% ols(y[t == 0], X[t == 0, ]))
  e <- score(logit(t, X), X)
  result <- augmented(y, t, e, m1, m0, target)
  left_out <- without_unit(y, t, X)
  g <- switch(target, ate = 0 * t + 1, att = t, atc = 1 - t)
  scores <- switch(target,
    ate = m1 - m0 + t * (y - left_out$m1) / e - (1 - t) * (y - left_out$m0) / (1 - e),
    att = t * (y - m0) - (1 - t) * e / (1 - e) * (y - left_out$m0),
    atc = t * (1 - e) / e * (y - left_out$m1) - (1 - t) * (y - m1))
  influence <- (scores - g * result$estimate) / mean(g)
  w <- weights_of[[target]]
  w1 <- w[[1]](e[t == 1])
  w0 <- w[[2]](e[t == 0])
  c(result, se_corrected = sd(influence) / sqrt(length(y)),
    df = satterthwaite(influence, t, sum(w1)^2 / sum(w1^2) - 1, sum(w0)^2 / sum(w0^2) - 1))
}

# Row i is in fold (i - 1) mod K: every unit's score and outcomes are predicted by models that have not seen its fold.
cross_fitted <- function(y, t, X, target, folds) {
  fold <- (seq_along(y) - 1) %% folds
  e <- m1 <- m0 <- rep(NA, length(y))
  for (k in unique(fold)) {
    own <- fold == k
    e[own] <- score(logit(t[!own], X[!own, ]), X[own, ])
    m1[own] <- X[own, ] %*% ols(y[!own & t == 1], X[!own & t == 1, ])
    m0[own] <- X[own, ] %*% ols(y[!own & t == 0], X[!own & t == 0, ])
  }
  augmented(y, t, e, m1, m0, target)
}

# Crump, Hotz, Imbens and Mitnik (2009): alpha with 1 / (alpha (1 - alpha)) = 2 E[g | g <= that], g = 1 / (e (1 - e)).
crump <- function(e) {
  g <- 1 / (e * (1 - e))
  if (max(g) <= 2 * mean(g)) return(0)
  excess <- function(x) 2 * mean(g[g <= x]) - x
  ends <- sort(g)
  k <- which(sapply(ends, excess) > 0)
  bound <- uniroot(excess, c(ends[max(k)], max(g) + 1), tol = 1e-13)$root
  0.5 - sqrt(0.25 - 1 / bound)
}

e <- score(logit(d$t, X), X)
alpha <- crump(e)
trimmed <- function(low, high) {
  kept <- e >= low & e <= high
  own <- with(d[kept, ], list(y = y, t = t))
  Z <- X[kept, ]
  list(low = low, high = high, n = sum(kept), n_treated = sum(own$t),
    ipw = ipw(own$y, own$t, Z, "ate", TRUE), aipw = plain(own$y, own$t, Z, "ate"))
}

targets <- c("ate", "att", "atc")
each <- function(f, names = targets) setNames(lapply(names, f), names)
out <- list(
  hajek = each(function(k) ipw(d$y, d$t, X, k, TRUE), c(targets, "overlap")),
  horvitz_thompson = each(function(k) ipw(d$y, d$t, X, k, FALSE)),
  outcome_only = each(function(k) outcome_only(d$y, d$t, X, k)),
  aipw = each(function(k) plain(d$y, d$t, X, k)),
  cross_fitted_5 = each(function(k) cross_fitted(d$y, d$t, X, k, 5)),
  cross_fitted_2 = each(function(k) cross_fitted(d$y, d$t, X, k, 2)),
  trimmed_bounds = trimmed(0.2, 0.75),
  trimmed_crump = trimmed(alpha, 1 - alpha),
  c_statistic = mean(outer(e[d$t == 1], e[d$t == 0], function(a, b) (a > b) + 0.5 * (a == b)))
)
json <- function(x) {
  if (is.list(x)) return(paste0("{", paste0('"', names(x), '":', vapply(x, json, ""), collapse = ","), "}"))
  digits(x)
}
cat('{"software":"', R.version.string, '","data_csv":"data/obs.csv","reference":', json(out), "}\n", sep = "", file = "weighting.json")
