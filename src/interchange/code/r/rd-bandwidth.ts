import type { CodePiece } from '../code-script.ts';
import { localFit } from './rd-local-fit.ts';

const plugIn: CodePiece = {
  name: 'mse_bandwidths',
  needs: [localFit],
  code: String.raw`
# The least bandwidth that holds so many distinct places on either side.
holding <- function(sides, count) max(vapply(sides, function(s) {
  away <- sort(unique(abs(s$place)))
  away[min(count, length(away))] * (1 + 1e-6)
}, 0))

distinct <- function(sides) vapply(sides, function(s) length(unique(s$place)), 0)
reach_of <- function(sides) vapply(sides, function(s) max(abs(s$place)), 0)

# Silverman's rule, by distinct places.
pilot_bandwidth <- function(sides, kernel) {
  all <- c(sides$control$place, sides$treated$place)
  between <- diff(quantile(all, c(0.25, 0.75), type = 2, names = FALSE))
  spread <- if (between > 0) min(sd(all), between / 1.349) else sd(all)
  c(triangular = 2.576, epanechnikov = 2.34, uniform = 1.843)[[kernel]] * spread * sum(distinct(sides))^(-1 / 5)
}

# Bandwidths with the least mean squared error of the jump, by the direct plug-in rule of Calonico, Cattaneo and Titiunik (2014): each
# stage is ((V- + V+) / ((B+ - B-)^2 + R- + R+))^(1 / (2 o + 3)), with variance, bias constant and regularisation of both sides.
mse_bandwidths <- function(sides, kernel, order, errors) {
  p <- order
  q <- p + 1
  widest <- max(reach_of(sides))
  n <- vapply(sides, function(s) length(s$place), 0)
  heaped <- any(1 - distinct(sides) / n >= 0.2)
  floor_at <- holding(sides, if (heaped) max(10, q + 3) else q + 3)
  pilot <- max(min(pilot_bandwidth(sides, kernel), widest), floor_at)
  stage <- function(o, derivative, bias_h, regularise) {
    parts <- lapply(names(sides), function(name) error_terms(sides[[name]], o, derivative, pilot, bias_h[[name]], regularise, kernel, errors))
    v <- parts[[1]]$variance + parts[[2]]$variance
    b <- (parts[[2]]$bias - parts[[1]]$bias)^2 + parts[[1]]$regularisation + parts[[2]]$regularisation
    min((v / b)^(1 / (2 * o + 3)), widest)
  }
  both <- function(h) c(control = h, treated = h)
  d <- stage(q + 1, q + 1, reach_of(sides), FALSE)
  b <- stage(q, p + 1, both(max(d, floor_at)), TRUE)
  c(main = stage(p, 0, both(max(b, holding(sides, q + 2))), TRUE), bias = b)
}

error_terms <- function(s, o, derivative, pilot, bias_h, regularise, kernel, errors) {
  fit <- local_fit(s$place, s$y, o, pilot, kernel)
  wider <- local_fit(s$place, s$y, o + 1, bias_h, kernel)
  count <- influence_on(fit, derivative)
  constant <- sum(count * fit$u^(o + 1))
  scale <- bias_h^-(o + 1)
  weight <- 2 * (o + 1 - derivative)
  variance_of <- function(count, fit) sum((count * residuals_for(errors, s$place, s$y, fit$rows, fit))^2)
  list(variance = (2 * derivative + 1) * pilot * variance_of(count, fit),
       bias = sqrt(weight) * constant * wider$b[o + 2] * scale,
       regularisation = if (regularise) 3 * weight * (constant * scale)^2 * variance_of(influence_on(wider, o + 1), wider) else 0)
}
`,
};

const imbensKalyanaraman: CodePiece = {
  name: 'ik_bandwidth',
  needs: [plugIn],
  code: String.raw`
# The bandwidth of Imbens and Kalyanaraman (2012), without the lower bound on the squared third derivative.
ik_bandwidth <- function(sides, kernel) {
  place <- c(sides$control$place, sides$treated$place)
  y <- c(sides$control$y, sides$treated$y)
  n <- length(y)
  pilot <- max(1.84 * sd(place) * n^(-1 / 5), holding(sides, 3))
  near <- lapply(sides, function(s) s$y[abs(s$place) <= pilot])
  density <- sum(lengths(near)) / (2 * n * pilot)
  variances <- vapply(near, var, 0)
  u <- place / sd(place)
  third <- 6 * lm.fit(cbind(1, place >= 0, u, u^2, u^3), y - mean(y), tol = 1e-10)$coefficients[[5]] / sd(place)^3
  found <- vapply(names(sides), function(name) {
    s <- sides[[name]]
    wanted <- 3.56 * (variances[[name]] / (density * third^2) / length(s$y))^(1 / 7)
    window <- max(min(wanted, max(abs(s$place))), holding(sides[name], 4))
    fit <- local_fit(s$place, s$y, 2, window, "uniform")
    c(curvature = 2 * fit$b[[3]] / window^2, regularisation = 2160 * variances[[name]] / (length(fit$u) * window^4))
  }, numeric(2))
  ratio <- sum(variances) / (density * (diff(found[1, ])^2 + sum(found[2, ])))
  min(kernel_constant(kernel) * (ratio / n)^(1 / 5), max(reach_of(sides)))
}

# C_K of the paper, from the moments of the kernel and of its square on one side of 0: 3.4375 for the triangular one.
kernel_constant <- function(kernel) {
  of <- function(j) integrate(function(u) kernel_weight(u, kernel) * u^j, 0, 1, rel.tol = 1e-12)$value
  of_square <- function(j) integrate(function(u) kernel_weight(u, kernel)^2 * u^j, 0, 1, rel.tol = 1e-12)$value
  v <- vapply(0:3, of, 0)
  s <- vapply(0:2, of_square, 0)
  determinant <- v[3] * v[1] - v[2]^2
  bias <- (v[3]^2 - v[2] * v[4]) / determinant
  variance <- (v[3]^2 * s[1] - 2 * v[2] * v[3] * s[2] + v[2]^2 * s[3]) / determinant^2
  (variance / bias^2)^(1 / 5)
}
`,
};

/** The bandwidths by a rule. */
export const bandwidthRule: CodePiece = {
  name: 'rule_bandwidths',
  needs: [plugIn, imbensKalyanaraman],
  code: String.raw`
# Bandwidths of the jump and of its bias by a rule, wide enough for the fits; a bias bandwidth that is given stays.
rule_bandwidths <- function(sides, rule, kernel, order, errors, bias) {
  n <- sum(vapply(sides, function(s) length(s$y), 0))
  adjusted <- without_covariates(sides, pilot_bandwidth(sides, kernel), kernel, order)
  h <- if (rule == "imbens_kalyanaraman") rep(ik_bandwidth(adjusted, kernel), 2) else mse_bandwidths(adjusted, kernel, order, errors)
  if (rule == "coverage_error") h[1] <- h[1] * n^(-order / ((3 + order) * (3 + 2 * order)))
  c(main = max(h[[1]], holding(sides, order + 3)), bias = if (is.na(bias)) max(h[[2]], holding(sides, order + 4)) else bias)
}
`,
};
