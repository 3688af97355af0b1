import type { DoublyRobustValues } from '../../../core/measure/doubly-robust-description.ts';
import { closedForm, defineMethodCode, iterative, type CodePiece, type CodeQuestion } from '../code-script.ts';
import { pyBoolean, pyCall, pyLongList, pyNumber, pyText } from './python-text.ts';
import { trimLines, unitLines, weights } from './units.ts';

export const doublyRobust = defineMethodCode<DoublyRobustValues>('doubly_robust', (asked, p) => {
  const trimmed = trimLines(p);
  const isOutcomeOnly = p.models === 'outcome_only';
  const named = {
    group: pyText(p.estimand),
    corrected: pyBoolean(p.small_sample_correction),
    level: pyNumber(p.confidence_level),
  };
  const folds = p.cross_fitting_folds;
  return {
    lines: [
      ...unitLines(asked, p),
      ...trimmed.lines,
      ...(isOutcomeOnly ? [] : predictionLines(asked, folds)),
      `return ${isOutcomeOnly ? pyCall('averaged_regressions', ['u'], named) : pyCall('augmented_difference', ['u', 'predictions'], named)}`,
    ].join('\n'),
    needs: [...trimmed.needs, ...(isOutcomeOnly ? [averagedRegressions] : [folds > 1 ? crossFitted : fittedToAll, augmentedDifference])],
    tolerance: isOutcomeOnly && p.trimming === 'none' ? closedForm : iterative,
  };
});

function predictionLines({ random }: CodeQuestion, folds: number): string[] {
  if (folds === 1) return ['predictions = fitted_to_all(u)'];
  return [
    '# The order in which the workbench dealt the units into folds.',
    `order = ${pyLongList(random?.deal_order ?? [])}`,
    `predictions = cross_fitted(u, order, folds=${folds})`,
  ];
}

const outcomeModel: CodePiece = {
  name: 'outcome_model',
  needs: [weights],
  code: String.raw`
def outcome_model(x, y, rows):
    """Least squares of the outcome in these rows: predictions for everybody, leverages of the rows, and the columns used."""
    kept = independent(x[rows], 1e-9)
    q, r = np.linalg.qr(x[rows][:, kept])
    prediction = x[:, kept] @ np.linalg.solve(r, q.T @ y[rows])
    return prediction, (q**2).sum(axis=1), (kept, r)
`,
};

const fittedToAll: CodePiece = {
  name: 'fitted_to_all',
  needs: [outcomeModel],
  code: String.raw`
def fitted_to_all(u):
    """Log-odds of treatment, outcomes with and without it, and leverages, by models fitted to everybody."""
    x, leverage = with_constant(u.x), np.zeros(len(u.y))
    one, leverage[u.treated == 1], _ = outcome_model(x, u.y, u.treated == 1)
    zero, leverage[u.treated == 0], _ = outcome_model(x, u.y, u.treated == 0)
    return propensity_log_odds(u), one, zero, leverage
`,
};

const crossFitted: CodePiece = {
  name: 'cross_fitted',
  needs: [outcomeModel],
  code: String.raw`
def cross_fitted(u, order, folds):
    """The same by models that have not seen the unit's fold. Units of each arm are dealt into folds in turn, in a given order."""
    x, n = with_constant(u.x), len(u.y)
    fold, dealt = np.zeros(n, dtype=int), [0, 0]
    for i in order:
        arm = int(u.treated[i])
        fold[i] = dealt[arm] % folds
        dealt[arm] += 1
    log_odds, one, zero = np.zeros(n), np.zeros(n), np.zeros(n)
    for k in range(folds):
        own, rest = fold == k, fold != k
        # Standardised among the others, as every fit is.
        centre, spread = x[rest].mean(axis=0), x[rest].std(axis=0, ddof=1)
        z = np.column_stack([np.ones(n), ((x - centre) / np.where(spread > 0, spread, 1))[:, 1:]])
        log_odds[own] = z[own] @ logistic_fit(z[rest], u.treated[rest])
        one[own] = outcome_model(x, u.y, rest & (u.treated == 1))[0][own]
        zero[own] = outcome_model(x, u.y, rest & (u.treated == 0))[0][own]
    return log_odds, one, zero, np.zeros(n)
`,
};

const augmentedDifference: CodePiece = {
  name: 'augmented_difference',
  needs: [weights],
  code: String.raw`
def augmented_difference(u, predictions, group, corrected, level):
    """Augmented inverse probability weighting with the standard error of its influence function (Robins, Rotnitzky and Zhao 1994).
    Corrected for small samples, residuals are those of regressions without the unit."""
    log_odds, one, zero, leverage = predictions
    treated, n = u.treated, len(u.y)
    weight, _ = balancing_weights(log_odds, treated, group)
    arm = treated == 1
    in_group = arm if group == "att" else ~arm if group == "atc" else np.ones(n, dtype=bool)
    model = np.where(arm, one, zero) if group == "ate" else zero if group == "att" else one
    base = one - zero if group == "ate" else np.zeros(n)
    residual = np.where(arm, weight, -weight) * (u.y - model)
    estimate = (base + residual).sum() / in_group.sum()
    if corrected:
        own_model = arm if group == "atc" else ~arm if group == "att" else np.ones(n, dtype=bool)
        residual = np.where(own_model, residual / freedom(leverage), residual)
    influence = (base + residual - in_group * estimate) * n / in_group.sum()
    df = effective_arms_df(influence, treated, weight) if corrected else np.inf
    return t_answer(estimate, np.sqrt(influence.var(ddof=1) / n), level, df)
`,
};

const averagedRegressions: CodePiece = {
  name: 'averaged_regressions',
  needs: [outcomeModel],
  code: String.raw`
def averaged_regressions(u, group, corrected, level):
    """The difference between both arms' regressions, averaged over the group (g-computation), with the standard error of the stacked
    estimating equations. Corrected, residuals are over 1 - leverage."""
    x, arm, n = with_constant(u.x), u.treated == 1, len(u.y)
    in_group = arm if group == "att" else ~arm if group == "atc" else np.ones(n, dtype=bool)
    fits = {True: outcome_model(x, u.y, arm), False: outcome_model(x, u.y, ~arm)}
    effect = fits[True][0] - fits[False][0]
    estimate = effect[in_group].mean()
    contribution = in_group * (effect - estimate) / in_group.sum()
    df = []
    for side, (prediction, leverage, (kept, r)) in fits.items():
        rows = arm == side
        direction = np.linalg.solve(r, np.linalg.solve(r.T, x[in_group][:, kept].mean(axis=0)))
        own = (x[rows][:, kept] @ direction) * (u.y - prediction)[rows] / (freedom(leverage) if corrected else 1)
        contribution[rows] += own if side else -own
        df.append(rows.sum() - len(kept))
    standard_error = np.sqrt((contribution**2).sum())
    return t_answer(estimate, standard_error, level, arms_df(contribution, u.treated, *df) if corrected else np.inf)
`,
};
