import type { SyntheticControlValues } from '../../../core/measure/synthetic-control-parameters.ts';
import { closedForm, defineMethodCode, type CodePiece, type CodeQuestion } from '../code-script.ts';
import { panel } from './panel.ts';
import { pyNumber, pyText } from './python-text.ts';
import { readLine } from './read-line.ts';
import { timeText } from './series.ts';

const MOST_PLACEBOS = { simplex: 200, ridge_augmented: 100, synthetic_did: 100 } as const;

export const syntheticControl = defineMethodCode<SyntheticControlValues>('synthetic_control', (asked, p) => {
  const fit = { simplex: 'simplex_gaps', ridge_augmented: 'ridge_gaps', synthetic_did: 'difference_gaps' }[p.variant];
  const penalty = p.variant === 'ridge_augmented' ? `, share=${pyNumber(p.ridge_penalty)}` : '';
  const noise = p.variant === 'synthetic_did' ? ', noise=noise_of(donors, post)' : '';
  return {
    lines: [
      readLine(asked),
      `panel = Panel(data, ${[p.outcome_column, p.unit_column, p.time_column].map(pyText).join(', ')})`,
      `treated = ${p.treatment_column === null ? 'None' : `panel.spread(treated_of(panel.table[${pyText(p.treatment_column)}])) == 1`}`,
      ...comparisonLines(asked, p),
      `fit = lambda others, own: ${fit}(others, own, post${penalty}${noise})`,
      `return ${p.variant === 'synthetic_did' ? 'placebo_spread' : 'placebo_test'}(fit, donors, target, post, most=${MOST_PLACEBOS[p.variant]}, level=${pyNumber(p.confidence_level)})`,
    ].join('\n'),
    needs: [panel, comparison, pieces[p.variant], p.variant === 'synthetic_did' ? placeboSpread : placeboTest],
    tolerance: closedForm,
  };
});

function comparisonLines(asked: CodeQuestion, p: SyntheticControlValues): string[] {
  const text = asked.columns.find(({ name }) => name === p.unit_column)?.kind === 'category';
  const unit = p.treated_unit === null ? 'None' : text ? pyText(p.treated_unit) : pyNumber(Number(p.treated_unit));
  const start = p.treatment_time === null ? 'None' : timeText(asked, p.time_column, p.treatment_time);
  return [`donors, target, post = comparison(panel, treated, unit=${unit}, start=${start})`];
}

const comparison: CodePiece = {
  name: 'comparison',
  needs: [panel],
  code: String.raw`
def comparison(panel, treated, unit, start):
    """The untreated units seen whenever the treated one was, its own series, and which times are after the treatment began."""
    if treated is None:
        treated = np.zeros(panel.y.shape, dtype=bool)
    u = int(np.flatnonzero(treated.any(axis=1))[0]) if unit is None else panel.units.index(unit)
    start = panel.times[np.flatnonzero(treated[u])[0]] if start is None else start
    seen = np.isfinite(panel.y[u])
    whole = np.isfinite(panel.y[:, seen]).all(axis=1) & ~treated.any(axis=1)
    whole[u] = False
    return panel.y[whole][:, seen], panel.y[u, seen], panel.times[seen] >= start
`,
};

const simplexWeights: CodePiece = {
  name: 'simplex_weights',
  needs: [panel],
  code: String.raw`
from scipy.optimize import nnls


def simplex_weights(columns, target):
    """Weights that are not negative and sum to 1 with the least sum of squares. The nearest point to 0 of the hull of the columns
    less the target has weights in proportion to those of least |P u|^2 + (sum u - 1)^2, u >= 0; on the columns they rest on, they
    are then worked out to the last digit."""
    points = columns - target[:, None]
    size = np.sqrt((points**2).sum(axis=0).min())
    size = size if size > 0 else 1.0
    found = nnls(np.vstack([points / size, np.ones(points.shape[1])]), np.append(np.zeros(len(points)), 1))[0]
    weights = found / found.sum()
    rests = np.flatnonzero(weights > 1e-12)
    base, others = points[:, rests[0]], rests[1:]
    exact = np.linalg.lstsq(points[:, others] - base[:, None], -base, rcond=None)[0] if len(others) > 0 else np.zeros(0)
    exact = np.append(1 - exact.sum(), exact)
    if np.all(exact > 0):
        weights = np.zeros(len(weights))
        weights[rests] = exact
    return weights
`,
};

const simplexGaps: CodePiece = {
  name: 'simplex_gaps',
  needs: [simplexWeights],
  code: String.raw`
def root_mean_square(values):
    return np.sqrt((values**2).mean())


def simplex_gaps(donors, target, post):
    """Gaps to the weighted mean of donors that follows best before the treatment, and how closely it does."""
    gaps = simplex_weights(donors[:, ~post].T, target[~post]) @ (target - donors)
    return gaps, root_mean_square(gaps[~post])
`,
};

const ridgeGaps: CodePiece = {
  name: 'ridge_gaps',
  needs: [simplexGaps],
  code: String.raw`
def ridge_gaps(donors, target, post, share):
    """The same with a ridge correction of what the weights leave (Ben-Michael, Feller and Rothstein 2021). Every period before is left
    out in turn and foretold; the penalty is the largest on a grid whose error is within one standard error of the least."""
    before, own = donors[:, ~post], target[~post]
    centred = before - before.mean(axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred)
    kept = values > 1e-14 * values[-1]
    values, vectors = values[kept], vectors[:, kept]
    weights = simplex_weights(before.T, own)

    periods = np.arange(len(own))
    remainders = np.array([simplex_weights(before[:, periods != t].T, own[periods != t]) @ (own - before) for t in periods])
    diagonal = remainders[periods, periods]
    shares = [1e-8 ** (k / 20) for k in range(21)] if share is None else [share]
    errors = []
    for lam in (s * values[-1] for s in shares):
        hat = (vectors * (values / (values + lam))) @ vectors.T
        leverage = np.diag(hat)
        foretold = (remainders * hat).sum(axis=1) - leverage * diagonal
        errors.append((diagonal - np.where(leverage < 1, foretold / (1 - leverage), 0)) ** 2)
    means = [e.mean() for e in errors]
    best = int(np.argmin(means))
    spread = errors[best].std(ddof=1) / np.sqrt(len(own)) if len(own) > 1 else 0
    chosen = next(k for k, mean in enumerate(means) if mean <= means[best] + spread)

    residual = own - weights @ before
    solution = vectors @ ((vectors.T @ residual) / (values + shares[chosen] * values[-1]))
    return (weights + centred @ solution) @ (target - donors), np.sqrt(means[chosen])
`,
};

const differenceGaps: CodePiece = {
  name: 'difference_gaps',
  needs: [simplexWeights],
  code: String.raw`
def noise_of(donors, post):
    """The standard deviation of the donors' changes from period to period before the treatment."""
    return np.diff(donors[:, ~post], axis=1).std(ddof=1)


def penalised_simplex(columns, target, penalty):
    """Simplex weights with a free constant, by centring, and a ridge penalty, by a row more for each column."""
    rows, count = columns.shape
    long = np.vstack([columns - columns.mean(axis=0), penalty * np.sqrt(rows) * np.eye(count)])
    return simplex_weights(long, np.append(target - target.mean(), np.zeros(count)))


def difference_gaps(donors, target, post, noise):
    """Synthetic difference in differences (Arkhangelsky and others 2021): weights for donors that move along with the target before,
    and for times that foretell the donors afterwards, both up to a constant; gaps are from the weighted gap before."""
    donor_weights = penalised_simplex(donors[:, ~post].T, target[~post], post.sum() ** (1 / 4) * noise)
    time_weights = penalised_simplex(donors[:, ~post], donors[:, post].mean(axis=1), 1e-6 * noise)
    gaps = donor_weights @ (target - donors)
    return gaps - time_weights @ gaps[~post], None
`,
};

const pieces = { simplex: simplexGaps, ridge_augmented: ridgeGaps, synthetic_did: differenceGaps } as const;

const placebos: CodePiece = {
  name: 'placebos',
  needs: [panel],
  code: String.raw`
def placebos(fit, donors, most):
    """The fit of each donor (or of evenly spaced ones, where there are very many) by the others."""
    count = min(len(donors), most)
    chosen = [k * len(donors) // count for k in range(count)]
    return [fit(np.delete(donors, j, axis=0), donors[j]) for j in chosen]
`,
};

const placeboTest: CodePiece = {
  name: 'placebo_test',
  needs: [placebos, simplexGaps],
  code: String.raw`
def placebo_test(fit, donors, target, post, most, level):
    """p value: rank of the ratio of gaps after to before. Interval: the constant effects that the placebo test of the mean gap, over
    the gaps before, does not reject; by t where there are too few donors for it to reject anything."""
    least = 1e-10 * max(abs(donors).max(), abs(target).max())
    gaps, before = fit(donors, target)
    others = placebos(fit, donors, most)
    ratio = lambda gaps, before: root_mean_square(gaps[post]) / max(before, least)
    as_extreme = sum(ratio(*other) >= ratio(gaps, before) for other in others)
    # Where any unit is followed without error before and not afterwards, there is nothing to divide by.
    can_divide = all(b >= least or abs(g[post].mean()) <= least for g, b in [(gaps, before), *others])
    scale_of = lambda before: max(before, least) if can_divide else 1.0
    scale = scale_of(before)
    divided = np.sort([abs(g[post].mean()) / scale_of(b) for g, b in others])[::-1]
    standard_error = scale * root_mean_square(divided)
    place = int(np.floor((1 - level) * (len(others) + 1) + 1e-9))
    answer = t_answer(gaps[post].mean(), standard_error, level, len(others))
    answer["p_value"] = (1 + as_extreme) / (len(others) + 1)
    if place >= 1:
        answer["ci_lower"] = answer["estimate"] - scale * divided[place - 1]
        answer["ci_upper"] = answer["estimate"] + scale * divided[place - 1]
    return answer
`,
};

const placeboSpread: CodePiece = {
  name: 'placebo_spread',
  needs: [placebos],
  code: String.raw`
def placebo_spread(fit, donors, target, post, most, level):
    """The treated unit's error is one more draw from the placebo estimates."""
    gaps, _ = fit(donors, target)
    estimates = np.array([g[post].mean() for g, _ in placebos(fit, donors, most)])
    n = len(estimates)
    return t_answer(gaps[post].mean(), estimates.std(ddof=1) * np.sqrt(1 + 1 / n), level, n - 1)
`,
};
