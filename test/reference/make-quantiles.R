# quantiles.json: R's nine sample quantile types, with ties, small samples and probabilities that fall on order statistics.
samples <- list(c(3.2, 1.5, 8.8, 4.1, 4.1, 9.7, 2.6), c(5), c(2, 1), c(10, 20, 30, 40), (1:20)^2 / 7)
probabilities <- c(0, 0.05, 0.1, 0.2, 0.25, 1/3, 0.5, 0.6, 0.7, 0.75, 0.9, 0.975, 1)
number <- function(v) paste0("[", paste(sprintf("%.17g", v), collapse = ","), "]")
rows <- unlist(lapply(samples, function(x) vapply(1:9, function(type) {
  paste0('{"type":', type, ',"sample":', number(x), ',"values":', number(quantile(x, probabilities, type = type, names = FALSE)), "}")
}, "")))
cat('{"software":"', R.version.string, '","probabilities":', number(probabilities), ',"rows":[', paste(rows, collapse = ","), "]}\n",
    sep = "", file = "quantiles.json")
