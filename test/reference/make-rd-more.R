# Reference values for regression discontinuity beyond rd.json, by matrix formulas written out from the papers:
# Calonico, Cattaneo and Titiunik (2014), Calonico et al. (2019), Imbens and Kalyanaraman (2012), McCrary (2008).
# Writes data/rd_more.csv and rd_more.json. Run in this folder: Rscript make-rd-more.R
options(digits = 17)
set.seed(20260105)
n <- 500
x <- round(rbeta(n, 2, 3) * 2 - 0.8, 2)
z1 <- round(rnorm(n) + x, 3)
z2 <- rbinom(n, 1, 0.4)
takes <- ifelse(x >= 0, rbinom(n, 1, 0.8), rbinom(n, 1, 0.15))
y <- round(1 + 0.5 * x - 0.8 * x^2 + 0.7 * takes + 0.6 * z1 - 0.4 * z2 + rnorm(n, 0, 0.5 + 0.3 * (x > 0)), 4)
write.csv(data.frame(x, y, takes, z1, z2), "data/rd_more.csv", row.names = FALSE, quote = FALSE)

kern <- function(u, k) {
  a <- abs(u)
  if (k == "uniform") 0.5 * (a <= 1) else if (k == "triangular") pmax(0, 1 - a) else 0.75 * pmax(0, 1 - a^2)
}
powers <- function(x, o) outer(x, 0:o, "^")

# Residuals from the nearest rows of the same side, three at least: the rule steps outwards group by group of equal x,
# and takes both sides when the next distances tie.
nn_step <- function(x, v) {
  g <- sort(unique(x)); out <- numeric(length(x))
  for (k in seq_along(g)) {
    l <- k; r <- k
    inside <- function() sum(x >= g[l] - 1e-9 & x <= g[r] + 1e-9)
    while (inside() - 1 < min(3, length(x) - 1)) {
      dl <- if (l > 1) round(g[k] - g[l - 1], 8) else Inf
      dr <- if (r < length(g)) round(g[r + 1] - g[k], 8) else Inf
      if (dl <= dr) l2 <- l - 1 else l2 <- l
      if (dr <= dl) r2 <- r + 1 else r2 <- r
      l <- l2; r <- r2
    }
    near <- x >= g[l] - 1e-9 & x <= g[r] + 1e-9
    J <- sum(near) - 1
    own <- which(abs(x - g[k]) < 1e-9)
    out[own] <- sqrt(J / (J + 1)) * (v[own] - (sum(v[near]) - v[own]) / J)
  }
  out
}
residual <- function(x, V, s, type, R, W, o) {
  target <- as.vector(V %*% s)
  if (type == "nn") return(nn_step(x, target))
  G <- solve(crossprod(R * sqrt(W)))
  e <- target - R %*% (G %*% crossprod(R * W, target))
  h <- rowSums((R %*% G) * (R * W))
  as.vector(switch(type, HC0 = e, HC1 = e * sqrt(length(e) / (length(e) - o - 1)), HC2 = e / sqrt(1 - h), HC3 = e / (1 - h)))
}
one_side <- function(x, V, p, h, b, k) {
  keep <- kern(x / h, k) > 0 | kern(x / b, k) > 0
  x <- x[keep]; V <- as.matrix(V)[keep, , drop = FALSE]
  Wh <- kern(x / h, k); Wb <- kern(x / b, k)
  Rp <- powers(x, p); Rq <- powers(x, p + 1)
  Gp <- solve(crossprod(Rp * sqrt(Wh))); Gq <- solve(crossprod(Rq * sqrt(Wb)))
  L <- crossprod(Rp * Wh, x^(p + 1))
  Q <- Rp * Wh - (Rq * Wb) %*% Gq[, p + 2] %*% t(L)
  list(x = x, V = V, Wh = Wh, Wb = Wb, Rp = Rp, Rq = Rq, Gp = Gp,
       cl = Gp[1, ] %*% crossprod(Rp * Wh, V), bc = Gp[1, ] %*% crossprod(Q, V),
       lcl = as.vector((Rp * Wh) %*% Gp[, 1]), lbc = as.vector(Q %*% Gp[, 1]))
}
jump <- function(x, y, h, b, p = 1, k = "triangular", type = "nn", takes = NULL, Z = NULL) {
  V <- cbind(y, takes, Z)
  nT <- if (is.null(takes)) 0 else 1
  L <- one_side(x[x < 0], V[x < 0, , drop = FALSE], p, h, b, k)
  R <- one_side(x[x >= 0], V[x >= 0, , drop = FALSE], p, h, b, k)
  D <- diag(1 + nT)
  if (!is.null(Z)) {
    cols <- (2 + nT):ncol(V)
    part <- function(S) {
      M <- S$V - S$Rp %*% S$Gp %*% crossprod(S$Rp * S$Wh, S$V)
      crossprod(M * S$Wh, M)
    }
    A <- part(L) + part(R)
    gamma <- as.matrix(solve(A[cols, cols], A[cols, 1:(1 + nT)]))
    D <- rbind(D, -gamma)
  }
  cl <- (R$cl - L$cl) %*% D; bc <- (R$bc - L$bc) %*% D
  s <- if (nT == 0) 1 else c(1 / cl[2], -cl[1] / cl[2]^2)
  loading <- D %*% s
  se <- function(which) {
    v <- 0
    for (S in list(L, R)) {
      robust <- which == "lbc" && type != "nn"
      e <- residual(S$x, S$V, loading, type, if (robust) S$Rq else S$Rp, if (robust) S$Wb else S$Wh, if (robust) p + 1 else p)
      v <- v + sum((S[[which]] * e)^2)
    }
    sqrt(v)
  }
  est <- if (nT == 0) cl[1] else cl[1] / cl[2]
  bias <- if (nT == 0) cl[1] - bc[1] else sum(s * (cl - bc))
  list(conventional = est, robust = est - bias, se = se("lcl"), se_robust = se("lbc"))
}

terms <- function(x, y, o, nu, hV, hB, reg, k, type) {
  w <- kern(x / hV, k); i <- w > 0
  xi <- x[i]; R <- powers(xi, o); W <- w[i]; G <- solve(crossprod(R * sqrt(W)))
  e <- residual(xi, matrix(y[i]), 1, type, R, W, o)
  V <- (2 * nu + 1) * hV^(2 * nu + 1) * sum(((R * W) %*% G[, nu + 1] * e)^2)
  BC <- hV^nu * (G %*% crossprod(R * W, (xi / hV)^(o + 1)))[nu + 1]
  w <- kern(x / hB, k); i <- w > 0
  xi <- x[i]; R <- powers(xi, o + 1); W <- w[i]; G <- solve(crossprod(R * sqrt(W)))
  beta <- (G %*% crossprod(R * W, y[i]))[o + 2]
  e <- residual(xi, matrix(y[i]), 1, type, R, W, o + 1)
  vB <- sum(((R * W) %*% G[, o + 2] * e)^2)
  m <- 2 * (o + 1 - nu)
  c(V, sqrt(m) * BC * beta, if (reg) 3 * m * BC^2 * vB else 0)
}
mse <- function(x, y, p = 1, k = "triangular", type = "nn") {
  q <- p + 1
  xl <- x[x < 0]; xr <- x[x >= 0]; yl <- y[x < 0]; yr <- y[x >= 0]
  ul <- sort(abs(unique(xl))); ur <- sort(abs(unique(xr)))
  const <- c(triangular = 2.576, epanechnikov = 2.34, uniform = 1.843)[[k]]
  iqr <- diff(quantile(x, c(0.25, 0.75), type = 2))
  top <- max(abs(x))
  heaped <- 1 - length(ul) / length(xl) >= 0.2 || 1 - length(ur) / length(xr) >= 0.2
  low <- if (heaped) max(ul[min(10, length(ul))], ur[min(10, length(ur))]) * (1 + 1e-6) else 0
  c0 <- max(min(const * min(sd(x), iqr / 1.349) * (length(ul) + length(ur))^(-0.2), top), low)
  step <- function(o, nu, hB, reg) {
    a <- terms(xl, yl, o, nu, c0, hB[1], reg, k, type); b <- terms(xr, yr, o, nu, c0, hB[2], reg, k, type)
    min(((a[1] + b[1]) / ((b[2] - a[2])^2 + a[3] + b[3]))^(1 / (2 * o + 3)), top)
  }
  d <- max(step(q + 1, q + 1, c(max(abs(xl)), max(abs(xr))), FALSE), low)
  b <- step(q, p + 1, c(d, d), TRUE)
  list(h = step(p, 0, c(b, b), TRUE), b = b)
}
ik <- function(x, y, k) {
  n <- length(x)
  h1 <- 1.84 * sd(x) * n^(-0.2)
  l <- x < 0 & x >= -h1; r <- x >= 0 & x <= h1
  f <- (sum(l) + sum(r)) / (2 * n * h1)
  s2 <- c(var(y[l]), var(y[r]))
  m3 <- 6 * coef(lm(y ~ I(x >= 0) + x + I(x^2) + I(x^3)))[[5]]
  sides <- list(x < 0, x >= 0); m2 <- r2 <- numeric(2)
  for (j in 1:2) {
    i <- sides[[j]]
    h2 <- min(3.56 * (s2[j] / (f * m3^2))^(1 / 7) * sum(i)^(-1 / 7), max(abs(x[i])))
    w <- i & abs(x) <= h2
    m2[j] <- 2 * coef(lm(y[w] ~ x[w] + I(x[w]^2)))[[3]]
    r2[j] <- 2160 * s2[j] / (sum(w) * h2^4)
  }
  v <- sapply(0:3, function(j) integrate(function(u) u^j * kern(u, k), 0, 1, rel.tol = 1e-12)$value)
  q <- sapply(0:2, function(j) integrate(function(u) u^j * kern(u, k)^2, 0, 1, rel.tol = 1e-12)$value)
  det <- v[3] * v[1] - v[2]^2
  C1 <- ((v[3]^2 - v[2] * v[4]) / det)^2 / 4
  C2 <- (v[3]^2 * q[1] - 2 * v[2] * v[3] * q[2] + v[2]^2 * q[3]) / det^2
  list(constant = (C2 / (4 * C1))^0.2, h = (C2 / (4 * C1))^0.2 * (sum(s2) / (f * (diff(m2)^2 + sum(r2))))^0.2 * n^(-0.2))
}
mccrary <- function(x, step = NULL) {
  n <- length(x); b <- 2 * sd(x) / sqrt(n)
  if (!is.null(step)) b <- max(1, round(b / step)) * step
  bin <- floor(x / b + 1e-7); mids <- (min(bin):max(bin)) + 0.5
  height <- as.vector(table(factor(bin, levels = min(bin):max(bin)))) / (n * b)
  auto <- function(i) {
    m <- mids[i] * b; fit <- lm(height[i] ~ m + I(m^2) + I(m^3) + I(m^4)); co <- coef(fit)
    f2 <- 2 * co[3] + 6 * co[4] * m + 12 * co[5] * m^2
    3.348 * (sum(resid(fit)^2) / (length(m) - 5) * length(m) * b / sum(f2^2))^0.2
  }
  h <- (auto(mids < 0) + auto(mids > 0)) / 2
  limit <- function(i) { w <- pmax(0, 1 - abs(mids[i] * b) / h); coef(lm(height[i] ~ I(mids[i] * b), weights = w))[[1]] }
  fl <- limit(mids < 0); fr <- limit(mids > 0)
  se <- sqrt(4.8 * (1 / fl + 1 / fr) / (n * h)); theta <- log(fr) - log(fl)
  list(bin = b, h = h, theta = theta, se = se, p = 2 * pnorm(-abs(theta / se)))
}

plain <- read.csv("data/rd.csv")
out <- list(
  jumps = list(
    sharp_triangular_nn = jump(x, y, 0.4, 0.6), sharp_epanechnikov_hc2 = jump(x, y, 0.4, 0.6, k = "epanechnikov", type = "HC2"),
    order2_uniform_hc1 = jump(x, y, 0.6, 0.6, p = 2, k = "uniform", type = "HC1"),
    fuzzy_nn = jump(x, y, 0.5, 0.7, takes = takes), fuzzy_hc3 = jump(x, y, 0.5, 0.7, type = "HC3", takes = takes),
    adjusted_nn = jump(x, y, 0.4, 0.6, Z = cbind(z1, z2)),
    adjusted_fuzzy_hc0 = jump(x, y, 0.5, 0.7, type = "HC0", takes = takes, Z = cbind(z1, z2))
  ),
  mse = list(
    triangular_nn = mse(x, y), epanechnikov_hc2 = mse(x, y, k = "epanechnikov", type = "HC2"), order2_nn = mse(x, y, p = 2),
    plain_uniform_hc3 = mse(plain$x, plain$y, k = "uniform", type = "HC3"), plain_order2_hc0 = mse(plain$x, plain$y, p = 2, type = "HC0")
  ),
  ik = list(triangular = ik(plain$x, plain$y, "triangular"), uniform = ik(plain$x, plain$y, "uniform"),
            epanechnikov = ik(plain$x, plain$y, "epanechnikov")),
  mccrary = list(plain = mccrary(plain$x), grid = mccrary(x, 0.01))
)
json <- function(v) {
  if (is.list(v)) paste0("{", paste0('"', names(v), '":', sapply(v, json), collapse = ","), "}") else sprintf("%.17g", v)
}
writeLines(json(out), "rd_more.json")
