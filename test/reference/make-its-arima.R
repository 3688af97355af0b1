# Makes its_arima.json: regressions with ARMA errors on data/its.csv, by R's arima (exact maximum likelihood) and by nlme's gls
# (restricted likelihood).
# transform.pars = FALSE, because with transformation arima carries standard errors over by forward differences of 1e-3.
# Run in this folder: Rscript make-its-arima.R
d <- read.csv("data/its.csv")
X <- cbind(trend = d$t, level_change = d$post, slope_change = d$tpost)
one <- function(order, seasonal = c(0, 0, 0), period = 1, xreg = X, y = d$y, mean = TRUE) {
  k <- sum(order) + sum(seasonal) + ncol(xreg) + mean
  f <- arima(y, order, seasonal = list(order = seasonal, period = period), xreg = xreg, include.mean = mean, method = "ML",
    transform.pars = FALSE, optim.control = list(reltol = 1e-15, ndeps = rep(1e-4, k), maxit = 1000))
  stopifnot(f$code == 0)
  list(coef = as.list(coef(f)), se = as.list(sqrt(diag(f$var.coef))), sigma2 = f$sigma2, loglik = f$loglik)
}
D <- apply(X, 2, diff)
out <- list(
  ar1 = one(c(1, 0, 0)), ar2 = one(c(2, 0, 0)), ma1 = one(c(0, 0, 1)), arma11 = one(c(1, 0, 1)),
  white = one(c(0, 0, 0)), seasonal = one(c(1, 0, 0), c(1, 0, 0), 12),
  differenced_ma1 = one(c(0, 0, 1), xreg = D[, 1:2], y = diff(d$y), mean = FALSE)
)
library(nlme)
restricted <- function(correlation, names) {
  d$s <- sin(2 * pi * d$t / 12)
  d$c <- cos(2 * pi * d$t / 12)
  f <- gls(y ~ t + post + tpost + s + c, d, correlation = correlation, method = "REML",
    control = glsControl(tolerance = 1e-14, msTol = 1e-16, opt = "optim", msMaxIter = 1000))
  process <- setNames(as.list(coef(f$modelStruct$corStruct, unconstrained = FALSE)), names)
  table <- summary(f)$tTable
  terms <- c("intercept", "trend", "level_change", "slope_change", "sine_1", "cosine_1")
  list(coef = c(process, setNames(as.list(table[, 1]), terms)), se = setNames(as.list(table[, 2]), terms), sigma2 = f$sigma^2,
    loglik = as.numeric(logLik(f)))
}
out$restricted_ar1 <- restricted(corAR1(0.3, form = ~t), "ar1")
out$restricted_ar2 <- restricted(corARMA(c(0.3, 0.1), form = ~t, p = 2), c("ar1", "ar2"))
number <- function(x) format(x, digits = 17)
fields <- function(x) paste0("{", paste0('"', names(x), '":', vapply(x, number, ""), collapse = ","), "}")
entry <- function(x) paste0('{"coef":', fields(x$coef), ',"se":', fields(x$se), ',"sigma2":', number(x$sigma2), ',"loglik":', number(x$loglik), "}")
body <- paste0('"', names(out), '":', vapply(out, entry, ""), collapse = ",\n")
writeLines(paste0('{"software":"', R.version.string, '","reference":{\n', body, "\n}}"), "its_arima.json")
