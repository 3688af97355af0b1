# Makes metrics_approximation.json: gains from an assumed response by each response function, with delta-method standard errors; the
# derivative with respect to the coefficient is taken by complex steps. Run in this folder: Rscript make-metrics-approximation.R
n <- 40
i <- seq_len(n)
before <- round(0.2 + 0.5 * ((i * 7) %% 11) / 11, 3)
after <- round(pmin(1, before + 0.05 + 0.2 * ((i * 5) %% 13) / 13), 3)
baseline <- round(5 + 30 * ((i * 3) %% 17) / 17, 2)
scale <- 0.5
level <- function(shape) function(c) (1 + c * shape(after)) / (1 + c * shape(before)) - 1
responses <- list(
  proportional = list(0.5, 0.1, level(function(x) x)),
  linear = list(0.4, 0.15, function(c) c * (after - before)),
  michaelis_menten = list(1.3, 0.4, level(function(x) x / (scale + x))),
  exponential_saturation = list(0.8, 0.2, level(function(x) 1 - exp(-x / scale))),
  constant_elasticity = list(0.2, 0.05, function(c) (after / before)^c - 1)
)
digits <- function(x) paste0(if (length(x) > 1) "[", paste(sprintf("%.17g", x), collapse = ","), if (length(x) > 1) "]")
object <- function(x) paste0("{", paste0('"', names(x), '":', x, collapse = ","), "}")
one <- function(r) {
  c <- r[[1]]
  se <- r[[2]]
  gain <- baseline * r[[3]](c)
  derivative <- mean(baseline * Im(r[[3]](complex(real = c, imaginary = 1e-30))) / 1e-30)
  units <- var(gain) / n
  total <- units + derivative^2 * se^2
  df <- total^2 / (units^2 / (n - 1))
  reach <- qt(0.975, df) * sqrt(total)
  object(vapply(list(coefficient = c, coefficient_se = se, estimate = mean(gain), se = sqrt(total), df = df,
    p_value = 2 * pt(-abs(mean(gain)) / sqrt(total), df), ci_lower = mean(gain) - reach, ci_upper = mean(gain) + reach), digits, ""))
}
cat('{"software":"', R.version.string, '","data":', object(c(before = digits(before), after = digits(after), baseline = digits(baseline))),
  ',"scale":', scale, ',"reference":', object(vapply(responses, one, "")), "}\n", sep = "", file = "metrics_approximation.json")
