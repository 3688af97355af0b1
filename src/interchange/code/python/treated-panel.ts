import type { CodePiece } from '../code-script.ts';
import { panel } from './panel.ts';

/** A panel in which treatment starts once and lasts. */
export const treatedPanel: CodePiece = {
  name: 'treated_panel',
  needs: [panel],
  code: String.raw`
class TreatedPanel:
    """Outcomes and covariates by unit and time, and the first treated time of each unit, counted from 0, missing for never. Where the
    treatment column only says who is treated, treatment_time says when. Left out: units without outcome, cluster or an outcome
    before their treatment, and times without any."""

    def __init__(self, table, outcome, unit, time, treatment, treatment_time=None, cluster=None, covariates=(), anticipation=0):
        panel = Panel(table, outcome, unit, time)
        treated = panel.spread(treated_of(panel.table[treatment]))
        start = np.where((treated == 1).any(axis=1), (treated == 1).argmax(axis=1), np.nan)
        says_when = (treated[np.isfinite(start)] == 0).any()
        if not says_when and treatment_time is not None:
            start[np.isfinite(start)] = (panel.times < treatment_time).sum()
        groups = dict(zip(panel.table[unit], panel.table[unit]))
        if cluster is not None:
            there = is_there(panel.table[cluster])
            groups = dict(zip(panel.table[unit][there], panel.table[cluster][there]))
        seen = np.isfinite(panel.y)
        first = np.where(seen.any(axis=1), seen.argmax(axis=1), np.inf)
        kept = np.array([name in groups for name in panel.units]) & np.isfinite(first) & ~(first >= start - anticipation)
        times = seen[kept].any(axis=0)
        cut = lambda laid: laid[kept][:, times]
        before = np.append(0, times.cumsum())
        start = np.array([np.nan if np.isnan(s) else before[int(s)] for s in start[kept]])
        self.y, self.start = cut(panel.y), np.where(start >= times.sum(), np.nan, start)
        self.has_clusters = cluster is not None
        labels = [str(groups[name]) for name, own in zip(panel.units, kept) if own]
        self.cluster = np.unique(labels, return_inverse=True)[1]
        self.x = [cut(panel.spread(part)) for name in covariates for part in parts_of(panel.table[name])]


def parts_of(column):
    """A number as it is, a text by indicators of every level but the first; missing where the column is."""
    if column.dtype == float:
        return [column]
    there = is_there(column)
    return [np.where(there, [float(cell == level) for cell in column], np.nan) for level in levels_of(column[there])[1:]]
`,
};

/** Standard errors of averages of changes, from each unit's contribution. */
export const influenceAnswer: CodePiece = {
  name: 'influence_answer',
  needs: [treatedPanel],
  code: String.raw`
def influence_answer(panel, estimate, influence, errors, level):
    """Squared contributions of units, summed within clusters. Without correction CR0; for CR2 with units as clusters Welch's degrees of
    freedom; else times G / (G - 1) with G - 1."""
    sums = np.bincount(panel.cluster, weights=influence)
    groups = len(sums)
    by_arms = errors in ("CR2", "welch") and not panel.has_clusters
    factor = 1 if errors == "CR0" or by_arms else groups / (groups - 1)
    df = welch_df(panel.start, influence) if by_arms else np.inf if errors == "CR0" else groups - 1
    return t_answer(estimate, np.sqrt(factor * (sums**2).sum()), level, df)


def welch_df(start, influence):
    """Satterthwaite's over the never treated and each cohort (cohorts of one unit together): the smaller of those with variances as
    estimated and those with variances that equal errors would give groups of these sizes."""
    groups = [influence[start == g] for g in np.unique(start[np.isfinite(start)])]
    parts = [((own**2).sum(), len(own)) for own in groups if (own**2).sum() > 0]
    single = [v for v, n in parts if n == 1]
    parts = [part for part in parts if part[1] > 1] + ([(sum(single), len(single))] if single else [])
    treated = sum(n for _, n in parts)
    equal = [(n / treated**2, n) for _, n in parts]
    never = influence[np.isnan(start)]
    if (never**2).sum() > 0:
        parts.append(((never**2).sum(), len(never)))
        equal.append((1 / len(never), len(never)))
    satterthwaite = lambda parts: sum(v for v, _ in parts) ** 2 / sum(v**2 / max(1, n - 1) for v, n in parts)
    return max(1, min(satterthwaite(parts), satterthwaite(equal)))
`,
};
