# Makes before_after.json: Welch's test, and Newey-West standard errors worked out from their definition, on data/its.csv.
# Run in this folder: Rscript make-before-after.R
d <- read.csv("data/its.csv")
after <- d$y[d$post == 1]
before <- d$y[d$post == 0]
w <- t.test(after, before)
X <- cbind(1, d$post)
fit <- lm.fit(X, d$y)
n <- nrow(d)
newey_west <- function(lag) {
  u <- X * fit$residuals
  S <- crossprod(u)
  for (l in seq_len(lag)) {
    G <- crossprod(u[(l + 1):n, ], u[1:(n - l), ])
    S <- S + (1 - l / (lag + 1)) * (G + t(G))
  }
  V <- solve(crossprod(X)) %*% S %*% solve(crossprod(X)) * n / (n - 2)
  list(lag = lag, estimate = unname(fit$coefficients[2]), se = sqrt(V[2, 2]))
}
reach <- qt(0.975, length(before) - 1) * sd(before) * sqrt(1 + 1 / length(before))
digits <- function(x) sprintf("%.17g", x)
object <- function(x) paste0("{", paste0('"', names(x), '":', vapply(x, digits, ""), collapse = ","), "}")
cat('{"software":"', R.version.string, '","data_csv":"data/its.csv","reference":{"welch":',
  object(list(estimate = mean(after) - mean(before), se = w$stderr, df = unname(w$parameter), p_value = w$p.value,
    ci_lower = w$conf.int[1], ci_upper = w$conf.int[2])),
  ',"newey_west":[', paste(vapply(lapply(c(0, 1, 4, 12), newey_west), object, ""), collapse = ","),
  '],"band":[', digits(mean(before) - reach), ",", digits(mean(before) + reach), "]}}\n", sep = "", file = "before_after.json")
