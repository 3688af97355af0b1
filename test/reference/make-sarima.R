# Makes data/sarima.csv (once, from its own seed) and sarima.json: regressions with seasonal ARMA errors by R's arima, exact maximum
# likelihood, on a daily series with a weekly season and a step. Differenced models are fitted to the differenced columns, so that
# R's diffuse prior for differences plays no part. Run in this folder: Rscript make-sarima.R
set.seed(20260105)
n <- 210; at <- 150
e <- arima.sim(list(order = c(1, 0, 1), ar = 0.6, ma = 0.6), n)
s <- as.numeric(stats::filter(rnorm(n + 70, sd = 0.5), c(rep(0, 6), 0.6), method = "recursive"))[71:(n + 70)]
d <- data.frame(t = seq_len(n), post = as.integer(seq_len(n) > at))
d$y <- round(50 + 0.02 * d$t + 2.5 * d$post + e + s, 6)
write.csv(d, "data/sarima.csv", row.names = FALSE, quote = FALSE)
d <- read.csv("data/sarima.csv")
one <- function(order, seasonal, y, X, mean, init = NULL) {
  k <- sum(order) + sum(seasonal) + ncol(X) + mean
  f <- arima(y, order, seasonal = list(order = seasonal, period = 7), xreg = X, include.mean = mean, method = "ML",
    transform.pars = FALSE, init = init, optim.control = list(reltol = 1e-15, ndeps = rep(1e-4, k), maxit = 2000))
  stopifnot(f$code == 0)
  list(coef = as.list(coef(f)), se = as.list(sqrt(diag(f$var.coef))), sigma2 = f$sigma2, loglik = f$loglik)
}
X <- cbind(trend = d$t, level_change = d$post)
season <- function(x) diff(x, lag = 7)
both <- function(x) diff(diff(x), lag = 7)
out <- list(
  "101x101" = one(c(1, 0, 1), c(1, 0, 1), d$y, X, TRUE),
  "200x100" = one(c(2, 0, 0), c(1, 0, 0), d$y, X, TRUE),
  "100x200" = one(c(1, 0, 0), c(2, 0, 0), d$y, X, TRUE),
  "001x001" = one(c(0, 0, 1), c(0, 0, 1), d$y, X, TRUE),
  "202x000" = one(c(2, 0, 2), c(0, 0, 0), d$y, X, TRUE),
  "100x011_differenced" = one(c(1, 0, 0), c(0, 0, 1), season(d$y), apply(X, 2, season), FALSE),
  "011x011_differenced" = one(c(0, 0, 1), c(0, 0, 1), both(d$y), cbind(level_change = both(d$post)), FALSE,
    init = c(0, -0.8, 3)) # or it stops at the mirror image, whose moving average cannot be inverted
)
number <- function(x) format(x, digits = 17)
fields <- function(x) paste0("{", paste0('"', names(x), '":', vapply(x, number, ""), collapse = ","), "}")
entry <- function(x) paste0('{"coef":', fields(x$coef), ',"se":', fields(x$se), ',"sigma2":', number(x$sigma2), ',"loglik":', number(x$loglik), "}")
body <- paste0('"', names(out), '":', vapply(out, entry, ""), collapse = ",\n")
writeLines(paste0('{"software":"', R.version.string, '","reference":{\n', body, "\n}}"), "sarima.json")
