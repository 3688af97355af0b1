# Makes rsimsum_tt.csv and rsimsum_tt.json.
# The data are the t-test simulation that the documentation of R's rsimsum summarises (data set 'tt'): its seed, its sample sizes and
# its four data-generating mechanisms give the very figures printed there. The measures are written out from the definitions in
# Morris, White and Crowther 2019, table 6, with base R's quantiles, sums and variances; nothing is shared with what is being checked.
# Run in this folder: Rscript make-rsimsum.R
set.seed(2398756)
sizes <- c(60, 30)
arm <- rep(c("a", "b"), sizes)

analyse <- function(y, dgm, repno) {
  do.call(rbind, lapply(1:2, function(method) {
    test <- t.test(y ~ arm, var.equal = method == 1)
    data.frame(
      diff = test$estimate[[1]] - test$estimate[[2]], se = test$stderr, conf.low = test$conf.int[1], conf.high = test$conf.int[2],
      df = test$parameter[[1]], p = test$p.value, repno = repno, dgm = dgm, method = method
    )
  }))
}
tt <- do.call(rbind, lapply(1:500, function(repno) {
  even <- c(rnorm(sizes[1], 5, 5), rnorm(sizes[2], 6, 5))
  uneven <- c(even[arm == "a"], rnorm(sizes[2], 6, 10))
  skewed <- c(rgamma(sizes[1], shape = 1, scale = 5), rgamma(sizes[2], shape = 1, scale = 5) + 1)
  skewed_uneven <- c(skewed[arm == "a"], rgamma(sizes[2], shape = 1, scale = 10) - 4)
  do.call(rbind, Map(analyse, list(even, uneven, skewed, skewed_uneven), 1:4, repno))
}))
# What is checked, and what it is checked against, both start from the rounded figures.
tt[] <- lapply(tt, signif, 7)
write.csv(tt, "rsimsum_tt.csv", row.names = FALSE, quote = FALSE)

measure <- function(d, truth, lower, upper, rejects) {
  n <- nrow(d)
  est <- d$diff
  variance <- d$se^2
  error <- est - truth
  emp <- sd(est)
  mod <- sqrt(mean(variance))
  share <- function(x) c(mean(x), sqrt(mean(x) * (1 - mean(x)) / n))
  width <- upper - lower
  leave_one_out <- vapply(1:n, function(i) sqrt(mean(error[-i]^2)), 0)
  significant <- abs(est[rejects] / truth)
  wrong <- sign(est[rejects]) == -sign(truth)
  list(
    bias = c(mean(error), emp / sqrt(n)),
    relative_bias = c(mean(error / truth), sd(error / truth) / sqrt(n)),
    empirical_se = c(emp, emp / sqrt(2 * (n - 1))),
    model_se = c(mod, sqrt(var(variance) / (4 * n * mod^2))),
    relative_error_model_se = c(100 * (mod / emp - 1), 100 * mod / emp * sqrt(var(variance) / (4 * n * mod^4) + 1 / (2 * (n - 1)))),
    mse = c(mean(error^2), sqrt(sum((error^2 - mean(error^2))^2) / (n * (n - 1)))),
    rmse = c(sqrt(mean(error^2)), sqrt((n - 1) / n * sum((leave_one_out - mean(leave_one_out))^2))),
    coverage = share(lower <= truth & truth <= upper),
    bias_eliminated_coverage = share(lower <= mean(est) & mean(est) <= upper),
    power = share(rejects),
    interval_width = c(mean(width), sd(width) / sqrt(n)),
    type_s_error = c(mean(wrong), sqrt(mean(wrong) * (1 - mean(wrong)) / sum(rejects))),
    type_m_error = c(mean(significant), sd(significant) / sqrt(sum(rejects))),
    mean_estimate = c(mean(est), emp / sqrt(n)),
    median_estimate = c(median(est), NA),
    mean_variance = c(mean(variance), sd(variance) / sqrt(n)),
    median_variance = c(median(variance), NA)
  )
}

# How many are left of the file in which every seventh row lacks its estimate and every eleventh its standard error.
answered <- (1:nrow(tt)) %% 7 != 0 & (1:nrow(tt)) %% 11 != 0
cases <- list(
  normal = list(level = 0.95, rows = rep(TRUE, nrow(tt))),
  wide = list(level = 0.8, rows = rep(TRUE, nrow(tt))),
  interval = list(level = 0.95, rows = rep(TRUE, nrow(tt))),
  df = list(level = 0.9, rows = rep(TRUE, nrow(tt))),
  p = list(level = 0.95, rows = rep(TRUE, nrow(tt))),
  power_df = list(level = 0.95, rows = rep(TRUE, nrow(tt))),
  missing = list(level = 0.95, rows = answered)
)
diagnose <- function(name, dgm, method) {
  level <- cases[[name]]$level
  d <- tt[tt$dgm == dgm & tt$method == method & cases[[name]]$rows, ]
  z <- qnorm((1 + level) / 2)
  reach <- if (name == "df") qt((1 + level) / 2, d$df) else z
  lower <- if (name == "interval") d$conf.low else d$diff - reach * d$se
  upper <- if (name == "interval") d$conf.high else d$diff + reach * d$se
  rejects <- if (name == "p") d$p <= 1 - level else abs(d$diff) >= (if (name == "power_df") qt((1 + level) / 2, 20) else z) * d$se
  list(dgm = dgm, method = method, replications = nrow(d), diagnosands = measure(d, -1, lower, upper, rejects))
}
groups <- expand.grid(method = 1:2, dgm = 1:4)
results <- lapply(setNames(names(cases), names(cases)), function(name) Map(function(m, g) diagnose(name, g, m), groups$method, groups$dgm))
writeLines(jsonlite::toJSON(results, digits = NA, auto_unbox = TRUE, na = "null"), "rsimsum_tt.json")
