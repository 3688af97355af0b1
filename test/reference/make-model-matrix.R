# model_matrix.json: columns that R's model.matrix makes of formulas, and lm's coefficients. Base R only.
data <- data.frame(
  y = c(3.1, 4.7, 2.2, 8.4, 6.3, 7.7, 1.9, 5.8, 6.6, 9.2, 4.4, 3.8, 7.1, 5.5),
  x = c(0.2, 1.4, -0.7, 2.1, 0.9, 1.8, -1.2, 0.4, 1.1, 2.6, -0.1, 0.3, 1.6, 0.8),
  z = c(5, 3, 8, 1, 9, 2, 7, 4, 6, 5, 3, 8, 2, 7),
  f = c("b", "a", "c", "b", "a", "c", "a", "b", "c", "a", "b", "c", "b", "a"),
  g = c("no", "yes", "no", "yes", "yes", "no", "no", "yes", "no", "yes", "no", "yes", "no", "yes"),
  stringsAsFactors = TRUE
)
formulas <- c(
  "y ~ x", "y ~ x + z", "y ~ f", "y ~ f - 1", "y ~ 0 + f + g", "y ~ x * z", "y ~ f * x", "y ~ f:x", "y ~ f * g", "y ~ f:g", "y ~ g + f:g",
  "y ~ x + x:f - 1", "y ~ (x + z) * g", "y ~ x * z * g", "y ~ x * f - x", "y ~ z + x + f:z", "y ~ x:z", "y ~ x + x", "y ~ 1"
)
number <- function(v) ifelse(is.na(v), "null", sprintf("%.17g", v))
list_of <- function(v) paste0("[", paste(v, collapse = ","), "]")
quoted <- function(v) paste0('"', v, '"')
one <- function(text) {
  matrix <- model.matrix(as.formula(text), data)
  columns <- apply(matrix, 2, function(column) list_of(number(column)))
  coefficients <- coef(lm(as.formula(text), data))
  paste0('{"formula":', quoted(text), ',"names":', list_of(quoted(colnames(matrix))), ',"columns":', list_of(columns),
         ',"coefficients":', list_of(number(coefficients)), "}")
}
fields <- vapply(names(data), function(name) {
  column <- data[[name]]
  paste0(quoted(name), ":", list_of(if (is.factor(column)) quoted(column) else number(column)))
}, "")
cat('{"software":', quoted(R.version.string), ',"data":{', paste(fields, collapse = ","), '},"rows":', list_of(vapply(formulas, one, "")), "}\n",
    sep = "", file = "model_matrix.json")
