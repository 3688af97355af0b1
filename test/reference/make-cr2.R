# Makes cr2.json: cluster-robust standard errors with few and very unequal clusters, by clubSandwich. The treatment varies between
# clusters (store fronts), as it does where whole store fronts are treated. Run in this folder: Rscript make-cr2.R
library(clubSandwich)
set.seed(7)
sizes <- c(2, 3, 5, 8, 13, 21, 4, 4, 30, 1)
g <- rep(seq_along(sizes), sizes)
n <- length(g)
t <- as.integer(g %% 3 == 0)
x <- round(rnorm(n) + 0.3 * g / 10, 6)
y <- round(1 + 2 * t + 0.5 * x + rnorm(10, sd = 0.7)[g] + rnorm(n, sd = 0.5 + 0.5 * t), 6)
number <- function(v) format(v, digits = 17)
list_of <- function(v) paste0("[", paste(number(v), collapse = ","), "]")
named <- function(v, names) paste0("{", paste0('"', names, '":', number(v), collapse = ","), "}")
fits <- list(plain = lm(y ~ t + x), difference = lm(y ~ t))
entry <- function(fit) {
  names <- sub("\\(Intercept\\)", "intercept", names(coef(fit)))
  one <- function(type) {
    r <- coef_test(fit, vcov = vcovCR(fit, cluster = g, type = type), test = "Satterthwaite")
    paste0('"', type, '":{"se":', named(r$SE, names), ',"df":', named(r$df_Satt, names), "}")
  }
  paste0('{"coef":', named(coef(fit), names), ",", one("CR0"), ",", one("CR2"), "}")
}
body <- paste0('"', names(fits), '":', vapply(fits, entry, ""), collapse = ",\n")
writeLines(paste0('{"software":"', R.version.string, ", clubSandwich ", packageVersion("clubSandwich"), '","data":{"g":', list_of(g), ',"t":', list_of(t),
  ',"x":', list_of(x), ',"y":', list_of(y), '},\n"reference":{\n', body, "\n}}"), "cr2.json")
