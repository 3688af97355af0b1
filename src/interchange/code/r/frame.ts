import type { CodePiece } from '../code-script.ts';

/** Reading of files, the comparison of figures and the verdict: the same in every script. */
export const frame: CodePiece = {
  name: 'frame',
  needs: [],
  code: String.raw`
# The folder of the data: the first argument, or the one that this script is in. Rscript writes a space in its name as ~+~.
script <- gsub("~+~", " ", sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)), fixed = TRUE)
folder <- c(commandArgs(trailingOnly = TRUE), dirname(script), ".")[1]

# A table whose empty cells (and infinite numbers) are missing; columns are numbers, but for those named as text.
read_table <- function(file, text = character(0)) {
  data <- read.csv(file.path(folder, file), colClasses = "character", na.strings = "",
                   check.names = FALSE, encoding = "UTF-8")
  for (name in setdiff(names(data), text)) {
    value <- as.numeric(data[[name]])
    data[[name]] <- ifelse(is.finite(value), value, NA)
  }
  data
}

# The rows in which none of the columns is missing.
complete <- function(data, columns) data[complete.cases(data[unique(columns)]), , drop = FALSE]

# Estimate, interval and two-sided p value by t (normal where df is infinite).
t_answer <- function(estimate, standard_error, df = Inf, level) {
  reach <- qt((1 + level) / 2, df) * standard_error
  list(estimate = estimate, standard_error = standard_error, ci_lower = estimate - reach,
       ci_upper = estimate + reach, p_value = 2 * pt(-abs(estimate / standard_error), df))
}

verdicts <- list()
verdict <- function(...) verdicts[[length(verdicts) + 1]] <<- list(...)

# Works out an answer and lays the workbench's beside it. Differences are relative to the larger of the number itself and the
# standard error (half the interval where there is none); p values to themselves, all below 1e-12 counting as equal.
check <- function(name, method, expected, tolerance, answer) {
  cat("\n", name, ": ", method, "\n", sep = "")
  here <- tryCatch(answer, error = function(problem) conditionMessage(problem))
  if (is.character(here)) {
    cat("  could not be worked out:", here, "\n")
    return(verdict(name = name, method = method, difference = Inf, same = FALSE))
  }
  size <- if (is.na(expected$standard_error)) (expected$ci_upper - expected$ci_lower) / 2 else expected$standard_error
  cat(sprintf("  %-14s %22s %22s %12s\n", "", "here", "workbench", "difference"))
  worst <- 0
  same <- TRUE
  for (figure in names(expected)[!is.na(expected)]) {
    ours <- expected[[figure]]
    found <- here[[figure]]
    difference <- abs(found - ours) / if (figure == "p_value") max(ours, 1e-12) else max(abs(ours), size)
    if (is.na(difference)) difference <- Inf
    worst <- max(worst, difference)
    same <- same && difference <= if (figure %in% names(tolerance)) tolerance[[figure]] else tolerance[[1]]
    cat(sprintf("  %-14s %22.14g %22.14g %12.1e\n", figure, found, ours, difference))
  }
  verdict(name = name, method = method, difference = worst, same = same)
}

# What has no answer, or none that this script can give.
note <- function(name, method, text) cat("\n", name, ": ", method, "\n  ", text, "\n", sep = "")

report <- function() {
  if (length(verdicts) == 0) return(cat("\nNothing to compare.\n"))
  cat("\nLargest relative differences\n")
  column <- function(field) format(vapply(verdicts, function(v) v[[field]], ""))
  same <- vapply(verdicts, function(v) v$same, logical(1))
  difference <- vapply(verdicts, function(v) v$difference, 0)
  cat(sprintf("  %s  %s  %7.1e  %s\n", column("name"), column("method"), difference, ifelse(same, "same", "DIFFERS")), sep = "")
  cat(sprintf("%d of %d answers are the same.\n", sum(same), length(same)))
  if (!all(same)) quit(status = 1, save = "no")
}
`,
};

/** Who is treated, as 1 and 0. */
export const arms: CodePiece = {
  name: 'arms',
  needs: [],
  code: String.raw`
# 1 for the treated and 0 for the controls: from 0 and 1, yes and no and the like, or the later of any two values.
treated_of <- function(column) {
  word <- tolower(trimws(as.character(column)))
  yes <- word %in% c("1", "true", "yes", "treated", "treatment")
  no <- word %in% c("0", "false", "no", "control", "untreated")
  if (all(yes | no | is.na(column))) return(ifelse(is.na(column), NA, as.numeric(yes)))
  as.numeric(column == sort(unique(column), method = "radix")[2])
}
`,
};

/** Welch's comparison of two means. */
export const welch: CodePiece = {
  name: 'welch',
  needs: [],
  code: String.raw`
# Difference in means with Welch's standard error and degrees of freedom.
welch <- function(y, treated, level) {
  test <- t.test(y[treated == 1], y[treated == 0])
  t_answer(mean(y[treated == 1]) - mean(y[treated == 0]), test$stderr, unname(test$parameter), level)
}
`,
};
