import type { CodePiece } from '../code-script.ts';
import { columnsPiece } from './frame.ts';

/** Local polynomial fits to one side, and the residuals by which their variance is judged. */
export const localPolynomials: CodePiece = {
  name: 'rd_local',
  needs: [columnsPiece],
  code: String.raw`
def kernel_weight(u, kernel):
    if kernel == "uniform":
        return np.where(abs(u) <= 1, 0.5, 0)
    return np.where(abs(u) >= 1, 0, 1 - abs(u) if kernel == "triangular" else 0.75 * (1 - u**2))


class local_fit:
    """Weighted polynomial in place over bandwidth, for the rows of one side within the bandwidth."""

    def __init__(self, side, bandwidth, order, kernel):
        weight = kernel_weight(side.x / bandwidth, kernel)
        self.rows = np.flatnonzero(weight > 0)
        self.order, self.bandwidth = order, bandwidth
        self.u, self.weight = side.x[self.rows] / bandwidth, weight[self.rows]
        root = np.sqrt(self.weight)
        self.powers = np.vander(self.u, order + 1, increasing=True)
        self.q, r = np.linalg.qr(self.powers * root[:, None])
        # Rows: how much each outcome counts in the coefficient of each power.
        self.pull = np.linalg.solve(r, self.q.T) * root

    def influence(self, power):
        return self.pull[power]

    def coefficients(self, y):
        return self.pull @ y[self.rows]


def residuals_for(errors, side, y, window, fit):
    """One for each row of the window: from the three nearest rows (more where places tie), or from the fit by an HC rule."""
    if errors == "nearest_neighbour":
        return neighbour_residuals(side.x[window], y[window])
    left = y[window] - np.vander(side.x[window] / fit.bandwidth, fit.order + 1, increasing=True) @ fit.coefficients(y)
    if errors == "HC0":
        return left
    if errors == "HC1":
        return left * np.sqrt(len(window) / max(1, len(window) - fit.order - 1))
    hat = np.zeros(len(side.x))
    hat[fit.rows] = (fit.q**2).sum(axis=1)
    free = 1 - hat[window]
    free[free < 1e-10] = np.inf
    return left / (np.sqrt(free) if errors == "HC2" else free)


def neighbour_residuals(x, y):
    """sqrt(J / (J + 1)) (y - mean of its J neighbours); rows at the same place share their neighbours but for themselves."""
    places, starts = np.unique(x, return_index=True)
    ends = np.append(starts[1:], len(x))
    residuals, needed = np.zeros(len(x)), min(3, len(x) - 1)
    for k, here in enumerate(places):
        left = right = k
        while ends[right] - starts[left] - 1 < needed:
            to_left = here - places[left - 1] if left > 0 else np.inf
            to_right = places[right + 1] - here if right + 1 < len(places) else np.inf
            # Distances that are equal but for rounding count as equal.
            slack = 1e-6 * min(to_left, to_right)
            left, right = left - (to_left <= to_right + slack), right + (to_right <= to_left + slack)
        near, own = y[starts[left] : ends[right]], slice(starts[k], ends[k])
        count = len(near)
        if count > 1:
            residuals[own] = np.sqrt((count - 1) / count) * (y[own] - (near.sum() - y[own]) / (count - 1))
    return residuals
`,
};

export const adjustedSides: CodePiece = {
  name: 'rd_adjusted',
  needs: [localPolynomials],
  code: String.raw`
def adjusted_sides(sides, bandwidth, order, kernel):
    """Outcome (and treatment) less what the covariates explain of it, by slopes common to both sides (Calonico, Cattaneo, Farrell and
    Titiunik 2019); as they are where the window holds fewer than five rows for each column."""
    blocks, columns, count = [], 2 * (order + 1) + sides[0].covariates.shape[1], 0
    for s, side in enumerate(sides):
        weight = kernel_weight(side.x / bandwidth, kernel)
        rows = np.flatnonzero(weight > 0)
        powers = np.vander(side.x[rows] / bandwidth, order + 1, increasing=True)
        own = np.hstack([powers * (s == 0), powers * (s == 1), side.covariates[rows]])
        y = side.y[rows][:, None] if side.taken is None else np.column_stack([side.y[rows], side.taken[rows]])
        root = np.sqrt(weight[rows])[:, None]
        blocks.append((own * root, y * root))
        count += len(rows)
    if count < 5 * columns:
        return sides
    x, y = (np.vstack(parts) for parts in zip(*blocks))
    kept = independent(x)
    slopes = np.zeros((columns, y.shape[1]))
    slopes[kept] = np.linalg.lstsq(x[:, kept], y, rcond=None)[0]
    slopes = slopes[2 * (order + 1) :]
    less = lambda side, values, k: None if values is None else values - side.covariates @ slopes[:, k]
    return [Side(side.x, less(side, side.y, 0), less(side, side.taken, -1), side.covariates) for side in sides]
`,
};
