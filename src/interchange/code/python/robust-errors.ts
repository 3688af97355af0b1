import type { StandardErrorType } from '../../../core/measure/robust-covariance.ts';
import type { CodePiece } from '../code-script.ts';
import { columnsPiece, statsmodels } from './frame.ts';

type Errors = { readonly piece: CodePiece; readonly call: (y: string, x: string, column: string, clusters: string | null) => string };

/** The piece and the call that give estimate, variance and degrees of freedom of one coefficient. */
export function robustErrors(type: StandardErrorType): Errors {
  if (type === 'CR2')
    return { piece: biasReduced, call: (y, x, column, clusters) => `bias_reduced(${y}, ${x}, ${column}, ${clusters ?? ''})` };
  if (type === 'CR0' || type === 'CR1') {
    const corrected = type === 'CR1' ? 'True' : 'False';
    return {
      piece: clustered,
      call: (y, x, column, clusters) => `clustered(${y}, ${x}, ${column}, ${clusters ?? ''}, corrected=${corrected})`,
    };
  }
  return { piece: heteroskedastic, call: (y, x, column) => `least_squares(${y}, ${x}, ${column}, "${type}")` };
}

const heteroskedastic: CodePiece = {
  name: 'heteroskedastic',
  needs: [columnsPiece, statsmodels],
  code: String.raw`
def least_squares(y, x, column, errors):
    """One coefficient of a regression: estimate, variance (classical or HC0 to HC3) and degrees of freedom."""
    kept = independent(x)
    fit = sm.OLS(y, x[:, kept]).fit()
    k = kept.index(column)
    if errors == "classical":
        return fit.params[k], fit.cov_params()[k, k], fit.df_resid
    # Rows fitted exactly (leverage 1) have no error that could be seen.
    free = 1 - fit.get_influence().hat_matrix_diag
    free[free < 1e-10] = np.inf
    scale = {"HC0": 1, "HC1": len(y) / fit.df_resid, "HC2": 1 / free, "HC3": 1 / free**2}[errors]
    return fit.params[k], (fit.model.pinv_wexog[k] ** 2 * fit.resid**2 * scale).sum(), fit.df_resid
`,
};

export const clustered: CodePiece = {
  name: 'clustered',
  needs: [columnsPiece, statsmodels],
  code: String.raw`
def clustered(y, x, column, clusters, corrected):
    """One coefficient of a regression with errors by cluster, CR0 or CR1: estimate, variance and degrees of freedom."""
    kept = independent(x)
    codes = np.unique(np.array([str(cluster) for cluster in clusters]), return_inverse=True)[1]
    fit = sm.OLS(y, x[:, kept]).fit(cov_type="cluster", cov_kwds={"groups": codes, "use_correction": corrected})
    k = kept.index(column)
    return fit.params[k], fit.cov_params()[k, k], codes.max()
`,
};

export const biasReduced: CodePiece = {
  name: 'bias_reduced',
  needs: [columnsPiece],
  code: String.raw`
def bias_reduced(y, x, column, clusters):
    """One coefficient of a regression with CR2 errors (Bell and McCaffrey 2002): residuals of a cluster are multiplied by
    (I - H_gg)^(-1/2), which acts on Q_g as (I - Q_g'Q_g)^(-1/2), X = Q R. Satterthwaite's degrees of freedom for equal variances."""
    kept = independent(x)
    q, r = np.linalg.qr(x[:, kept])
    estimates = np.linalg.solve(r, q.T @ y)
    residual = y - x[:, kept] @ estimates
    k = kept.index(column)
    direction = np.linalg.solve(r.T, np.eye(len(kept))[k])
    codes = np.unique(np.array([str(cluster) for cluster in clusters]), return_inverse=True)[1]
    variance, own, shared = 0.0, [], []
    for rows in (codes == g for g in range(codes.max() + 1)):
        values, vectors = np.linalg.eigh(q[rows].T @ q[rows])
        free = 1 - values
        roots = np.where(free < 1e-10, 0, 1 / np.sqrt(np.where(free < 1e-10, 1, free)))
        turned = vectors @ (roots * (vectors.T @ direction))
        weights = q[rows] @ turned
        variance += (weights @ residual[rows]) ** 2
        own.append(weights @ weights)
        shared.append(q[rows].T @ weights)
    # p_g'p_h = own_g (where g = h) - shared_g'shared_h; degrees of freedom are (sum of p_g'p_g)^2 / sum of (p_g'p_h)^2.
    own, shared = np.array(own), np.array(shared)
    lengths = (shared**2).sum(axis=1)
    squares = (own * (own - 2 * lengths)).sum() + ((shared.T @ shared) ** 2).sum()
    return estimates[k], variance, (own - lengths).sum() ** 2 / squares
`,
};
