import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { subclassificationDescription } from '../../../core/measure/subclassification.ts';
import { closedForm, defineMethodCode, iterative, type CodePiece } from '../code-script.ts';
import { pyNumber, pyText } from './python-text.ts';
import { propensity, unitLines, units } from './units.ts';

type Values = ParameterValues<(typeof subclassificationDescription)['parameters']>;

export const subclassification = defineMethodCode<Values>('subclassification', (asked, p) => {
  const isScore = p.strata_on === 'propensity';
  const strata = isScore
    ? `quantile_strata(logistic(propensity_log_odds(u)), ${p.n_strata})`
    : `combined_strata(u.covariates, ${p.n_strata})`;
  return {
    lines: [
      ...unitLines(asked, p),
      `stratum = ${strata}`,
      `return stratified_difference(u, stratum, ${pyText(p.estimand)}, level=${pyNumber(p.confidence_level)})`,
    ].join('\n'),
    needs: [units, ...(isScore ? [propensity, quantileStrata] : [combinedStrata]), stratifiedDifference],
    tolerance: isScore ? iterative : closedForm,
  };
});

const quantileStrata: CodePiece = {
  name: 'quantile_strata',
  needs: [units],
  code: String.raw`
def quantile(ordered, share):
    """Type 7, of values in order."""
    position = (len(ordered) - 1) * share
    below = int(np.floor(position + 1e-15))
    rest = position - below
    return ordered[below] + rest * (ordered[below + 1] - ordered[below]) if rest > 0 else ordered[below]


def quantile_strata(values, count):
    """Cuts values at their quantiles, closed on the right; at most as many different values are strata of their own."""
    ordered = np.sort(values)
    distinct = np.unique(ordered)
    if len(distinct) <= count:
        return np.searchsorted(distinct, values)
    return np.searchsorted(np.unique([quantile(ordered, k / count) for k in range(1, count)]), values, side="left")
`,
};

const combinedStrata: CodePiece = {
  name: 'combined_strata',
  needs: [quantileStrata],
  code: String.raw`
def combined_strata(covariates, count):
    """Every combination of the strata of each covariate; texts are strata as they are."""
    parts = [quantile_strata(c, count) if c.dtype == float else np.array([levels_of(c).index(cell) for cell in c]) for c in covariates]
    return np.unique(np.column_stack(parts), axis=0, return_inverse=True)[1].ravel()
`,
};

const stratifiedDifference: CodePiece = {
  name: 'stratified_difference',
  needs: [units],
  code: String.raw`
def stratified_difference(u, stratum, estimand, level):
    """Mean of the differences in strata that hold both arms, by the share of each in the estimand's group. A single unit of an arm
    is given the arm's pooled variance within strata; t with Satterthwaite's degrees of freedom."""
    strata = []
    for s in np.unique(stratum):
        arms = [u.y[(stratum == s) & (u.treated == arm)] for arm in (1, 0)]
        if min(len(arm) for arm in arms) > 0:
            strata.append(arms)
    size = np.array([{"att": len(one), "atc": len(zero), "ate": len(one) + len(zero)}[estimand] for one, zero in strata])
    share = size / size.sum()
    estimate, variance, df = 0.0, [], []
    for arm in (0, 1):
        several = [arms[arm] for arms in strata if len(arms[arm]) > 1]
        pooled_df = sum(len(y) - 1 for y in several)
        pooled = sum((len(y) - 1) * y.var(ddof=1) for y in several) / pooled_df
        for w, arms in zip(share, strata):
            y = arms[arm]
            estimate += (1 if arm == 0 else -1) * w * y.mean()
            variance.append(w**2 * (pooled if len(y) == 1 else y.var(ddof=1)) / len(y))
            df.append(pooled_df if len(y) == 1 else len(y) - 1)
    variance = np.array(variance)
    return t_answer(estimate, np.sqrt(variance.sum()), level, variance.sum() ** 2 / (variance**2 / df).sum())
`,
};
