import type { CodePiece } from '../code-script.ts';
import { welch } from './frame.ts';
import { adjustedContrast } from './group-time.ts';
import { biasReduced, clustered } from './robust-errors.ts';
import { influenceAnswer, treatedPanel } from './treated-panel.ts';

const clusterFactor: CodePiece = {
  name: 'cluster_factor',
  needs: [],
  code: String.raw`
def cluster_factor(errors, groups, n, k):
    """What White's variance by cluster is multiplied by, with n rows and k coefficients."""
    return 1 if errors == "CR0" else groups / (groups - 1) * (1 if errors == "CR1_groups" else (n - 1) / (n - k))
`,
};

export const twoWay: CodePiece = {
  name: 'two_way',
  needs: [treatedPanel, biasReduced, clustered, clusterFactor],
  code: String.raw`
def two_way(panel, anticipation, errors, level):
    """Two-way fixed effects: outcome = unit + time + b treated. Units are taken out by their means; what is left is regressed on times and
    the treatment. Errors by cluster; CR1 leaves unit constants out of the count of coefficients, CR1_all_dummies counts them."""
    time = np.arange(panel.y.shape[1])
    starts = np.unique(panel.start[np.isfinite(panel.start)])
    own = starts[0] if len(starts) == 1 else panel.start[:, None]
    used = np.isfinite(panel.y) & ~((time < own) & (time >= own - anticipation))
    unit, when = np.nonzero(used)
    treated = (when >= panel.start[unit]).astype(float)
    counts = np.bincount(unit, minlength=len(panel.y))

    def within(values):
        return values - (np.bincount(unit, weights=values, minlength=len(panel.y)) / np.maximum(counts, 1))[unit]

    # The treatment comes last, so that times never give way to it.
    x = np.column_stack([within((when == t).astype(float)) for t in np.unique(when)[1:]] + [within(treated)])
    x = x[:, independent(x)]
    column, y, cluster = x.shape[1] - 1, within(panel.y[used]), panel.cluster[unit]
    if errors in ("CR2", "welch"):
        estimate, variance, df = bias_reduced(y, x, column, cluster)
    else:
        estimate, variance, df = clustered(y, x, column, cluster, corrected=False)
        k = x.shape[1] + (1 if errors == "CR1" else (counts > 0).sum())
        variance = variance * cluster_factor(errors, df + 1, len(y), k)
    return t_answer(estimate, np.sqrt(variance), level, df)
`,
};

export const twoByTwo: CodePiece = {
  name: 'two_by_two',
  needs: [treatedPanel, biasReduced, clustered, clusterFactor, welch, adjustedContrast, influenceAnswer],
  code: String.raw`
def two_by_two(panel, anticipation, errors, adjustment, level):
    """Mean change of the treated units less that of the never treated, a unit's change being its mean after less its mean before."""
    first = int(np.nanmin(panel.start))
    before, after = slice(0, first - anticipation), slice(first, None)
    there = np.isfinite(panel.y)

    def mean_over(values, times):
        with np.errstate(all="ignore"):
            return np.where(there, values, 0)[:, times].sum(axis=1) / there[:, times].sum(axis=1)

    change = mean_over(panel.y, after) - mean_over(panel.y, before)
    x = np.column_stack([mean_over(values, before) for values in panel.x]) if panel.x else np.zeros((len(change), 0))
    seen = np.isfinite(change) & np.isfinite(x).all(axis=1)
    treated = np.isfinite(panel.start).astype(float)
    if panel.x:
        estimate, own = adjusted_contrast(change[seen], treated[seen], x[seen], adjustment, errors == "CR2")
        influence = np.zeros(len(change))
        influence[seen] = own
        return influence_answer(panel, estimate, influence, errors, level)
    if errors == "welch":
        return welch(change[seen], treated[seen], level)
    arms, cluster = np.column_stack([np.ones(seen.sum()), treated[seen]]), panel.cluster[seen]
    if errors == "CR2":
        estimate, variance, df = bias_reduced(change[seen], arms, 1, cluster)
    else:
        estimate, variance, df = clustered(change[seen], arms, 1, cluster, corrected=False)
        rows = there[seen][:, before].sum() + there[seen][:, after].sum()
        variance = variance * cluster_factor(errors, df + 1, rows, 4)
    return t_answer(estimate, np.sqrt(variance), level, df)
`,
};
