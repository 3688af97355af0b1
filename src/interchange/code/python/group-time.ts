import type { CodePiece } from '../code-script.ts';
import { influenceAnswer } from './treated-panel.ts';
import { propensity } from './units.ts';

/** Changes compared given covariates. */
export const adjustedContrast: CodePiece = {
  name: 'adjusted_contrast',
  needs: [propensity],
  code: String.raw`
def adjusted_contrast(change, treated, x, adjustment, corrected):
    """Effect on the treated from changes, given covariates (Sant'Anna and Zhao 2020): the treated's mean residual from a regression among
    the controls; doubly robust, less the controls' mean residual weighted by the odds of treatment. With each unit's contribution to
    the error; corrected, each arm's is scaled by n / (n - coefficients). None where the controls do not span the covariates."""
    x = np.column_stack([np.ones(len(x)), x])
    control = treated == 0
    kept = independent(x[control])
    if len(kept) < len(independent(x)) or control.sum() <= len(kept):
        return None
    x = x[:, kept]
    q, r = np.linalg.qr(x[control])
    residual = change - x @ np.linalg.solve(r, q.T @ change[control])
    pull = lambda weight: np.linalg.solve(r, np.linalg.solve(r.T, x.T @ weight))
    regression_error = lambda weight: control * residual * (x @ pull(weight))

    def part(weight):
        mean = (weight * residual).sum() / weight.sum()
        return mean, weight * (residual - mean) / weight.sum()

    estimate, influence = part(treated)
    influence = influence - regression_error(treated) / treated.sum()
    if adjustment == "doubly_robust":
        z = with_constant(x[:, 1:])
        p = np.minimum(logistic(z @ logistic_fit(z, treated)), 1 - 1e-6)
        weight = control * p / (1 - p)
        mean, own = part(weight)
        of_odds = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (weight * (residual - mean)))
        estimate = estimate - mean
        influence = influence - own - ((treated - p) * (x @ of_odds) - regression_error(weight)) / weight.sum()
    if corrected:
        influence = influence * np.where(control, arm_scale(control.sum(), len(kept)), arm_scale(treated.sum(), 1))
    return estimate, influence


def arm_scale(n, k):
    """A single unit shows no variation of its own to scale up."""
    return np.sqrt(n / (n - k)) if n > k else 1.0
`,
};

export const groupTime: CodePiece = {
  name: 'group_time',
  needs: [adjustedContrast, influenceAnswer],
  code: String.raw`
def group_time(panel, control_group, base_period, anticipation, aggregation, adjustment, errors, level):
    """Group-time effects (Callaway and Sant'Anna 2021): the mean change of the cohort that starts at g, from its base period to t, less that
    of units untreated at both; averaged over cells from the start of treatment on."""
    corrected = errors in ("CR2", "welch") and not panel.has_clusters
    cells = {}
    for g in np.unique(panel.start[np.isfinite(panel.start)]).astype(int):
        for t in range(g, panel.y.shape[1]):
            effect = group_time_effect(panel, g, t, control_group, base_period, anticipation, adjustment, corrected)
            if effect is not None:
                key = {"simple": 0, "dynamic": t - g, "group": g, "calendar": t}[aggregation]
                cells.setdefault(key, []).append((g, *effect))
    parts = {key: average_effects(panel, own, corrected) for key, own in cells.items()}
    size = np.array([(panel.start == key).sum() if aggregation == "group" else 1 for key in parts])
    estimates = np.array([estimate for estimate, _ in parts.values()])
    estimate = (size * estimates).sum() / size.sum()
    influence = sum(n * own for n, (_, own) in zip(size, parts.values())) / size.sum()
    if aggregation == "group":
        # Sizes of cohorts vary from sample to sample.
        for g, own in zip(parts, estimates):
            influence[panel.start == g] += (own - estimate) / size.sum()
    return influence_answer(panel, estimate, influence, errors, level)


def group_time_effect(panel, g, t, control_group, base_period, anticipation, adjustment, corrected):
    last = g - 1 - anticipation
    if last < 0:
        return None
    base = panel.y[:, last]
    if base_period == "pre_mean":
        there = np.isfinite(panel.y[:, : last + 1])
        with np.errstate(all="ignore"):
            base = np.where(there, panel.y[:, : last + 1], 0).sum(axis=1) / there.sum(axis=1)
    own = panel.start == g
    pool = np.isnan(panel.start)
    if control_group == "not_yet_treated":
        pool = pool | (panel.start > t + anticipation)
    change = panel.y[:, t] - base
    x = np.column_stack([values[:, last] for values in panel.x]) if panel.x else np.zeros((len(change), 0))
    seen = np.isfinite(change) & np.isfinite(x).all(axis=1) & (own | pool)
    n1 = (own & seen).sum()
    n0 = seen.sum() - n1
    if n1 == 0 or n0 < 2:
        return None
    influence = np.zeros(len(change))
    if panel.x:
        contrast = adjusted_contrast(change[seen], own[seen].astype(float), x[seen], adjustment, corrected)
        if contrast is None:
            return None
        influence[seen] = contrast[1]
        return contrast[0], influence
    means = change[seen & ~own].mean(), change[seen & own].mean()
    for rows, n, mean, sign in ((seen & ~own, n0, means[0], -1), (seen & own, n1, means[1], 1)):
        influence[rows] = sign * (arm_scale(n, 1) if corrected else 1) * (change[rows] - mean) / n
    return means[1] - means[0], influence


def average_effects(panel, effects, corrected):
    """Cohorts weigh by their size, whose own error counts too; cohorts of one unit show how units differ by nothing but this."""
    size = {g: (panel.start == g).sum() for g, _, _ in effects}
    total = sum(size[g] for g, _, _ in effects)
    estimate = sum(size[g] * own for g, own, _ in effects) / total
    influence = sum(size[g] * own for g, _, own in effects) / total
    singles = sum(n == 1 for n in size.values())
    for g, own, _ in effects:
        scale = arm_scale(singles, 1) if corrected and size[g] == 1 else 1
        influence[panel.start == g] += scale * (own - estimate) / total
    return estimate, influence
`,
};
