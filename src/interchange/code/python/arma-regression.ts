import type { CodePiece } from '../code-script.ts';
import { frame } from './frame.ts';

/** The covariance of an ARMA process from its partial autocorrelations. */
const armaCovariance: CodePiece = {
  name: 'arma_covariance',
  needs: [frame],
  code: String.raw`
from scipy.linalg import solve_triangular, toeplitz
from scipy.optimize import minimize, minimize_scalar


def from_partials(partials):
    """Autoregressive coefficients from partial autocorrelations (Durbin and Levinson)."""
    phi = np.zeros(0)
    for r in partials:
        phi = np.append(phi - r * phi[::-1], r)
    return phi


def seasonal_product(a, b, period):
    """Coefficients of (1 - a_1 B - ...) (1 - b_1 B^s - ...), with the same signs."""
    right = np.zeros(len(b) * period + 1)
    right[0] = 1
    right[period::period] = -np.asarray(b)
    return -np.convolve(np.append(1, -np.asarray(a)), right)[1:]


def arma_covariance(phi, theta, n):
    """Covariance matrix of n successive values of an ARMA process whose innovations have variance 1 (Yule and Walker)."""
    p, ma = len(phi), np.append(1, theta)
    q = len(theta)
    psi = np.zeros(q + 1)
    for k in range(q + 1):
        psi[k] = ma[k] + sum(phi[j] * psi[k - 1 - j] for j in range(min(p, k)))
    # gamma_k - sum phi_j gamma_|k - j| = sum over i of theta_(k + i) psi_i
    m = max(p, q) + 1
    system, right = np.eye(m), np.zeros(m)
    for k in range(m):
        for j in range(p):
            system[k, abs(k - 1 - j)] -= phi[j]
        right[k] = sum(ma[k + i] * psi[i] for i in range(q + 1 - k)) if k <= q else 0
    gamma = np.zeros(max(n, m))
    gamma[:m] = np.linalg.solve(system, right)
    for k in range(m, n):
        gamma[k] = sum(phi[j] * gamma[k - 1 - j] for j in range(p))
    return toeplitz(gamma[:n])
`,
};

/** Regression with ARMA errors by exact likelihood, written out. */
export const armaRegression: CodePiece = {
  name: 'arma_regression',
  needs: [armaCovariance],
  code: String.raw`
def arma_regression(y, x, order, seasonal, period, restricted):
    """Regression with ARMA errors by exact maximum likelihood (Harvey 1989), coefficients and variance concentrated out. The search is
    over partial autocorrelations. Restricted: the likelihood of the n - k combinations of outcomes free of the coefficients, partial
    autocorrelations within 1 - 1/(2n), covariance of generalised least squares. Full: covariance by the inverse Hessian in process and
    coefficients. Coefficients, covariance and degrees of freedom."""
    n, k = x.shape
    counts = [order[0], order[1], seasonal[0], seasonal[1]]
    free, divisor = sum(counts), n - k if restricted else n
    inside = 1 - 0.5 / n if restricted else 1 - 1e-8

    def root_at(at):
        parts = np.split(inside * np.asarray(at) / np.sqrt(1 + np.asarray(at) ** 2), np.cumsum(counts)[:-1])
        phi = seasonal_product(from_partials(parts[0]), from_partials(parts[2]), period)
        theta = -seasonal_product(from_partials(parts[1]), from_partials(parts[3]), period)
        return np.linalg.cholesky(arma_covariance(phi, theta, n))

    def fitted_at(at):
        root = root_at(at)
        q, r = np.linalg.qr(solve_triangular(root, x, lower=True))
        white = solve_triangular(root, y, lower=True)
        squares = ((white - q @ (q.T @ white)) ** 2).sum()
        loss = divisor / 2 * np.log(squares / divisor) + np.log(np.diag(root)).sum()
        if restricted:
            loss += np.log(abs(np.diag(r))).sum()
        inverse = np.linalg.inv(r)
        return loss, np.linalg.solve(r, q.T @ white), inverse @ inverse.T * squares / divisor, squares

    def loss(at):
        try:
            return fitted_at(at)[0]
        except np.linalg.LinAlgError:
            return np.inf

    at = most_likely(loss, free)
    _, b, covariance, squares = fitted_at(at)
    df = n - k - free
    if free == 0 or restricted:
        return b, covariance, df

    # Minus the log likelihood at these coefficients, the variance concentrated out, and its derivative by the coefficients.
    def loss_and_score(process):
        root = root_at(process)
        white = solve_triangular(root, y - x @ b, lower=True)
        return (
            n / 2 * np.log((white**2).sum()) + np.log(np.diag(root)).sum(),
            -n / squares * solve_triangular(root, x, lower=True).T @ white,
        )

    step = 1e-3 * np.maximum(1, abs(at))
    moves = np.diag(step)
    hessian = np.zeros((free + k, free + k))
    hessian[free:, free:] = np.linalg.inv(covariance)
    centre = loss_and_score(at)[0]
    for i in range(free):
        up, down = loss_and_score(at + moves[i]), loss_and_score(at - moves[i])
        hessian[i, i] = (up[0] - 2 * centre + down[0]) / step[i] ** 2
        hessian[i, free:] = hessian[free:, i] = (up[1] - down[1]) / (2 * step[i])
        for j in range(i):
            twist = [loss_and_score(at + s * moves[i] + t * moves[j])[0] * s * t for s in (1, -1) for t in (1, -1)]
            hessian[i, j] = hessian[j, i] = sum(twist) / (4 * step[i] * step[j])
    # A moving average that has run up to the bound of what can be inverted is taken as fixed there: the likelihood is flat beyond.
    kept = np.append(abs(at) < 1e3, np.ones(k, dtype=bool))
    hessian, first = hessian[np.ix_(kept, kept)], kept[:free].sum()
    if np.linalg.eigvalsh(hessian)[0] <= 0:
        return b, covariance, df
    return b, np.linalg.inv(hessian)[first:, first:], df


def most_likely(loss, free):
    """Where the loss is least. One term is bracketed on a grid first, as its likelihood can have two maxima."""
    if free == 0:
        return np.zeros(0)
    if free == 1:
        unbounded = lambda share: share / np.sqrt(1 - share**2)
        grid = [-1 + 1e-8, -0.98, -0.85, -0.65, -0.4, -0.15, 0.1, 0.35, 0.6, 0.8, 0.92, 0.985, 1 - 1e-8]
        least = 1 + int(np.argmin([loss([unbounded(share)]) for share in grid[1:-1]]))
        bounds = (grid[least - 1], grid[least + 1])
        found = minimize_scalar(lambda share: loss([unbounded(share)]), bounds=bounds, method="bounded", options={"xatol": 1e-10})
        return polished(loss, np.array([unbounded(found.x)]))
    starts = [np.zeros(free), np.full(free, 0.3)]
    found = [minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 4000}) for start in starts]
    return polished(loss, min(found, key=lambda f: f.fun).x)


def polished(loss, at):
    """A few steps of Newton's, by central differences: a search by values alone ends where the loss is flat."""
    for _ in range(4):
        step = 1e-4 * np.maximum(1, abs(at))
        moves = np.diag(step)
        centre = loss(at)
        up, down = np.array([loss(at + m) for m in moves]), np.array([loss(at - m) for m in moves])
        hessian = np.diag((up - 2 * centre + down) / step**2)
        for i in range(len(at)):
            for j in range(i):
                twist = sum(loss(at + s * moves[i] + t * moves[j]) * s * t for s in (1, -1) for t in (1, -1))
                hessian[i, j] = hessian[j, i] = twist / (4 * step[i] * step[j])
        if not np.all(np.isfinite(hessian)) or np.linalg.eigvalsh(hessian)[0] <= 0:
            break
        moved = at - np.linalg.solve(hessian, (up - down) / (2 * step))
        if not loss(moved) <= centre + 1e-9 or abs(moved - at).max() < 1e-9:
            break
        at = moved
    return at
`,
};
