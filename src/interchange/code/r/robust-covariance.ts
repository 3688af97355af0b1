import type { StandardErrorType } from '../../../core/measure/robust-covariance.ts';
import type { CodePiece } from '../code-script.ts';
import { rText } from './r-text.ts';

/** The piece for this type of standard errors, and the call that gives a coefficient's variance and degrees of freedom. */
export function robustErrors(type: StandardErrorType, cluster: string | null): { readonly piece: CodePiece; readonly call: string } {
  switch (type) {
    case 'classical':
      return { piece: classical, call: 'classical_errors(fit, "treated")' };
    case 'CR0':
    case 'CR1':
      return { piece: clusteredErrors, call: `clustered_errors(fit, "treated", ${rText(type)}, cluster = ${cluster})` };
    case 'CR2':
      return { piece: biasReducedErrors, call: `bias_reduced_errors(fit, "treated", cluster = ${cluster})` };
    default:
      return { piece: heteroskedastic, call: `heteroskedastic_errors(fit, "treated", ${rText(type)})` };
  }
}

const direction: CodePiece = {
  name: 'coefficient_direction',
  needs: [],
  code: String.raw`
# The combination of Q's columns, in X = QR, that a coefficient is.
coefficient_direction <- function(fit, name) {
  r <- qr.R(fit$qr)[seq_len(fit$rank), seq_len(fit$rank), drop = FALSE]
  kept <- names(coef(fit))[fit$qr$pivot[seq_len(fit$rank)]]
  backsolve(r, diag(fit$rank))[match(name, kept), ]
}
`,
};

const classical: CodePiece = {
  name: 'classical_errors',
  needs: [],
  code: String.raw`
# Variance of one coefficient and its degrees of freedom, errors alike and independent.
classical_errors <- function(fit, name) list(variance = vcov(fit)[name, name], df = df.residual(fit))
`,
};

const heteroskedastic: CodePiece = {
  name: 'heteroskedastic_errors',
  needs: [direction],
  code: String.raw`
# White's variance: HC0; HC1 times n / (n - k); HC2 and HC3 with squared residuals over 1 - h and (1 - h)^2 (MacKinnon and White 1985).
heteroskedastic_errors <- function(fit, name, type) {
  q <- qr.Q(fit$qr)[, seq_len(fit$rank), drop = FALSE]
  h <- rowSums(q^2)
  e2 <- residuals(fit)^2
  free <- ifelse(1 - h < 1e-10, Inf, 1 - h)  # a row fitted exactly shows no error
  e2 <- switch(type, HC0 = e2, HC1 = e2 * length(e2) / df.residual(fit), HC2 = e2 / free, HC3 = e2 / free^2)
  direction <- coefficient_direction(fit, name)
  list(variance = sum(e2 * (q %*% direction)^2), df = df.residual(fit))
}
`,
};

export const clusteredErrors: CodePiece = {
  name: 'clustered_errors',
  needs: [direction],
  code: String.raw`
# Errors of a cluster may go together: CR0; CR1 times G / (G - 1) (n - 1) / (n - k); t with G - 1 degrees of freedom.
clustered_errors <- function(fit, name, type, cluster) {
  q <- qr.Q(fit$qr)[, seq_len(fit$rank), drop = FALSE]
  sums <- rowsum(q * residuals(fit), cluster) %*% coefficient_direction(fit, name)
  n <- length(residuals(fit))
  g <- length(sums)
  list(variance = sum(sums^2) * if (type == "CR1") g / (g - 1) * (n - 1) / df.residual(fit) else 1, df = g - 1)
}
`,
};

export const biasReducedErrors: CodePiece = {
  name: 'bias_reduced_errors',
  needs: [direction],
  code: String.raw`
# CR2 of Bell and McCaffrey (2002): residuals of cluster g times (I - H_gg)^(-1/2), Satterthwaite's degrees of freedom for errors that
# are alike and independent (Pustejovsky and Tipton 2018). With X = QR, (I - H_gg)^(-1/2) Q_g is Q_g (I - Q_g'Q_g)^(-1/2).
bias_reduced_errors <- function(fit, name, cluster) {
  q <- qr.Q(fit$qr)[, seq_len(fit$rank), drop = FALSE]
  direction <- coefficient_direction(fit, name)
  parts <- vapply(split(seq_len(nrow(q)), cluster), function(g) {
    own <- q[g, , drop = FALSE]
    m <- eigen(crossprod(own), symmetric = TRUE)
    root <- ifelse(1 - m$values < 1e-10, 0, 1 / sqrt(pmax(1 - m$values, 1e-10)))
    weight <- drop(own %*% (m$vectors %*% (root * crossprod(m$vectors, direction))))
    c(sum(weight * residuals(fit)[g]), sum(weight^2), crossprod(own, weight))
  }, numeric(2 + ncol(q)))
  spread <- diag(parts[2, ]) - crossprod(parts[-(1:2), , drop = FALSE])  # crossproducts of the columns of (I - H)(I - H_gg)^(-1/2) x
  list(variance = sum(parts[1, ]^2), df = sum(diag(spread))^2 / sum(spread^2))
}
`,
};
