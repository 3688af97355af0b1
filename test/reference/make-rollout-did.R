# Values for difference in differences beyond panel_did.json and staggered_did.json, on a generated roll-out.
# Needs r-base, r-cran-sandwich, r-cran-clubsandwich. From the root of the project: Rscript test/reference/make-rollout-did.R
#
# Group-time effects are computed twice over: from their definition, with unit weights, and their standard errors from the numerical
# derivative of every estimate in each unit's weight (the infinitesimal jackknife), so that no influence function is written down here.
suppressMessages({ library(sandwich); library(clubSandwich) })
set.seed(20)
n <- 48; nt <- 9
g <- rep(c(0, 0, 0, 4, 6, 7, 0, 4), each = 6)
cluster <- rep(1:16, each = 3)
x <- round(rnorm(n) + 0.4 * (g > 0), 2)
a <- rnorm(n, 12, 2); slope <- 0.15 * x; clusterShock <- rnorm(16, 0, 0.4)
d <- expand.grid(time = 1:nt, unit = 1:n)[, 2:1]
d$g <- g[d$unit]; d$cluster <- cluster[d$unit]; d$x <- x[d$unit]
d$z <- round(0.3 * d$x + rnorm(n * nt), 2)
d$treated <- as.integer(d$g > 0 & d$time >= d$g)
shock <- as.vector(sapply(1:n, function(i) as.numeric(arima.sim(list(ar = 0.5), nt))))
d$y <- round(a[d$unit] + slope[d$unit] * d$time + 0.3 * sin(d$time) + d$treated * (0.8 + 0.4 * (d$time - d$g)) +
  clusterShock[d$cluster] * (d$time > 5) + shock, 3)
# Rows that the incomplete panel does without: some at random, some from a time on.
d$kept <- as.integer(!(runif(n * nt) < 0.06 | (d$unit %% 11 == 3 & d$time >= 6) | (d$unit == 5 & d$time < 7)))
write.csv(d, 'test/reference/data/rollout.csv', row.names = FALSE, quote = FALSE)

# --- Two-way fixed effects by dummies -----------------------------------------------------------------------------------------
twfe <- function(d) {
  m <- lm(y ~ treated + factor(unit) + factor(time), d)
  se <- function(v) sqrt(v['treated', 'treated'])
  by <- function(id) {
    V <- vcovCR(m, cluster = id, type = 'CR2')
    t <- coef_test(m, vcov = V, test = 'Satterthwaite', coefs = 'treated')
    cr0 <- se(vcovCL(m, id, type = 'HC0', cadjust = FALSE))
    list(CR0 = cr0, CR1_groups = cr0 * sqrt(length(unique(id)) / (length(unique(id)) - 1)),
         CR1_all_dummies = se(vcovCL(m, id, type = 'HC1', cadjust = TRUE)), CR2 = se(V), CR2_df = t$df_Satt)
  }
  D <- resid(lm(treated ~ factor(unit) + factor(time), d))
  w <- D[d$treated == 1] / sum(D[d$treated == 1])
  list(estimate = unname(coef(m)['treated']), n = nrow(d), k = m$rank, r_squared = summary(m)$r.squared,
       classical = se(vcov(m)), HC1 = se(vcovHC(m, 'HC1')), unit = by(d$unit), cluster = by(d$cluster),
       negative_weight_sum = sum(w[w < -1e-12]), negative_weight_share = sum(abs(w[w < -1e-12])) / sum(abs(w)), negative_cells = sum(w < -1e-12))
}

# --- Group-time effects, from their definition, with a weight for each unit ----------------------------------------------------
Y <- matrix(d$y, nrow = n, byrow = TRUE); Z <- matrix(d$z, nrow = n, byrow = TRUE)
seen <- matrix(1, n, nt); seenPart <- matrix(d$kept, nrow = n, byrow = TRUE)
start <- g
cell <- function(w, k, t, base, o) {
  limit <- max(t, base) + o$anticipation
  pool <- start == 0 | (o$control == 'not_yet_treated' & start > limit)
  use <- o$seen[, t] == 1 & o$seen[, base] == 1 & (start == k | pool)
  before <- if (o$base == 'pre_mean') setdiff(1:base, t) else base
  if (length(before) == 0) return(NA)
  tr <- as.numeric(start == k)[use]; w <- w[use]; dy <- (Y[, t] - rowMeans(Y[, before, drop = FALSE]))[use]
  if (sum(tr) == 0 || sum(1 - tr) < 2) return(NA)
  if (o$adjustment == 'none') return(weighted.mean(dy[tr == 1], w[tr == 1]) - weighted.mean(dy[tr == 0], w[tr == 0]))
  X <- cbind(1, x, Z[, base])[use, ]
  b <- lm.wfit(X[tr == 0, ], dy[tr == 0], w[tr == 0])$coefficients
  r <- dy - X %*% b
  own <- weighted.mean(r[tr == 1], w[tr == 1])
  if (o$adjustment == 'outcome_regression') return(own)
  p <- suppressWarnings(glm.fit(X, tr, weights = w, family = binomial(), control = glm.control(epsilon = 1e-15, maxit = 100)))$fitted.values
  own - weighted.mean(r[tr == 0], (w * p / (1 - p))[tr == 0])
}
groupTime <- function(w, o) {
  rows <- NULL
  for (k in sort(unique(start[start > 0]))) for (t in 1:nt) {
    last <- k - 1 - o$anticipation
    base <- if (o$base != 'varying' || t >= k) last else t - 1
    if (base < 1 || (base == t && o$base != 'pre_mean')) next
    rows <- rbind(rows, data.frame(g = k, t = t, base = base, att = cell(w, k, t, base, o), size = sum(w[start == k])))
  }
  rows[!is.na(rows$att), ]
}
averages <- function(r) {
  r$e <- r$t - r$g; post <- r[r$e >= 0, ]
  by <- function(key, p) sapply(split(p, p[[key]]), function(q) weighted.mean(q$att, q$size))
  e <- by('e', r); group <- sapply(split(post, post$g), function(q) mean(q$att)); calendar <- by('t', post)
  c(att = r$att, e, group = group, calendar = calendar, simple = weighted.mean(post$att, post$size), dynamic = mean(e[as.numeric(names(e)) >= 0]),
    group_overall = weighted.mean(group, sapply(split(post, post$g), function(q) q$size[1])), calendar_overall = mean(calendar))
}
all <- function(o) {
  f <- function(w) averages(groupTime(w, o))
  one <- rep(1, n); value <- f(one)
  slope <- function(i, h) { up <- one; up[i] <- 1 + h; down <- one; down[i] <- 1 - h; (f(up) - f(down)) / (2 * h) }
  influence <- sapply(1:n, function(i) (4 * slope(i, 5e-4) - slope(i, 1e-3)) / 3)
  byCluster <- t(rowsum(t(influence), cluster))
  se <- sqrt(rowSums(influence^2)); seCluster <- sqrt(rowSums(byCluster^2))
  r <- groupTime(one, o); m <- nrow(r); e <- sort(unique(r$t - r$g)); v <- unname(value); s <- unname(se)
  at <- m + seq_along(e); names(v) <- NULL
  gs <- sort(unique(r$g[r$t >= r$g])); ts <- sort(unique(r$t[r$t >= r$g])); tail <- length(v)
  list(att_gt = list(g = r$g, t = r$t, att = v[1:m], se = s[1:m]),
       event = list(e = e, att = v[at], se = s[at], se_cluster = unname(seCluster)[at]),
       group = list(g = gs, att = v[max(at) + seq_along(gs)], se = s[max(at) + seq_along(gs)]),
       calendar = list(t = ts, att = v[max(at) + length(gs) + seq_along(ts)], se = s[max(at) + length(gs) + seq_along(ts)]),
       simple = c(v[tail - 3], s[tail - 3]), dynamic = c(v[tail - 2], s[tail - 2]),
       group_overall = c(v[tail - 1], s[tail - 1]), calendar_overall = c(v[tail], s[tail]))
}
options <- list(control = 'not_yet_treated', base = 'universal', anticipation = 0, adjustment = 'none', seen = seen)
with_ <- function(...) modifyList(options, list(...))

toJson <- function(v) {
  if (is.list(v)) return(paste0('{', paste0('"', names(v), '":', vapply(v, toJson, ''), collapse = ','), '}'))
  text <- vapply(v, function(q) if (is.numeric(q)) format(q, digits = 17) else paste0('"', q, '"'), '')
  if (length(text) == 1) text else paste0('[', paste(text, collapse = ','), ']')
}
result <- list(name = 'rollout_did', data_csv = 'data/rollout.csv',
  software = list(R = R.version.string, sandwich = as.character(packageVersion('sandwich')), clubSandwich = as.character(packageVersion('clubSandwich'))),
  two_way = list(complete = twfe(d), incomplete = twfe(d[d$kept == 1, ]), no_never = twfe(d[d$g > 0, ]),
    incomplete_no_never = twfe(d[d$g > 0 & d$kept == 1, ])),
  group_time = list(not_yet = all(options), never_varying = all(with_(control = 'never_treated', base = 'varying')),
    pre_mean = all(with_(base = 'pre_mean')), anticipation = all(with_(anticipation = 1)), anticipation_varying = all(with_(anticipation = 1, base = 'varying')),
    incomplete = all(with_(seen = seenPart)),
    outcome_regression = all(with_(adjustment = 'outcome_regression', control = 'never_treated')),
    doubly_robust = all(with_(adjustment = 'doubly_robust', control = 'never_treated')),
    doubly_robust_not_yet = all(with_(adjustment = 'doubly_robust'))))
writeLines(toJson(result), 'test/reference/rollout_did.json')
