import type { MatchingValues } from '../../../core/measure/matching-parameters.ts';
import { closedForm, defineMethodCode, iterative, type CodePiece } from '../code-script.ts';
import { pyBoolean, pyCall, pyNumber, pyText } from './python-text.ts';
import { propensity, unitLines, units } from './units.ts';

export const nearestNeighbourMatching = defineMethodCode<MatchingValues>('nearest_neighbour_matching', (asked, p) => ({
  lines: [
    ...unitLines(asked, p),
    ...pointLines(p),
    `return ${pyCall('matching', ['u', 'points', 'judged_by'], {
      estimand: pyText(p.estimand),
      ratio: String(p.ratio),
      replace: pyBoolean(p.replace),
      caliper: pyNumber(p.caliper),
      adjusted: pyBoolean(p.bias_adjustment),
      neighbours: String(p.variance_neighbours),
      tolerance: pyNumber(p.tie_tolerance),
      level: pyNumber(p.confidence_level),
    })}`,
  ].join('\n'),
  needs: [p.distance === 'propensity' ? propensity : points, matching],
  tolerance: p.distance === 'propensity' ? iterative : closedForm,
}));

/** Lines that leave the points whose distance is wanted, and the columns a caliper is laid on. */
function pointLines(p: MatchingValues): string[] {
  if (p.distance !== 'propensity') return [`points, judged_by = ${p.distance}_points(u.x), u.x`];
  const score = p.propensity_scale === 'logit' ? 'propensity_log_odds(u)' : 'logistic(propensity_log_odds(u))';
  return [`score = ${score}[:, None]`, 'points, judged_by = standardised(score), score'];
}

const points: CodePiece = {
  name: 'points',
  needs: [units],
  code: String.raw`
def euclidean_points(x):
    """Points whose Euclidean distance weighs columns by the inverse of their variances."""
    return standardised(x)[:, x.std(axis=0) > 1e-12 * abs(x.mean(axis=0))]


def mahalanobis_points(x):
    """Points whose Euclidean distance is Mahalanobis's: an orthogonal basis of the standardised columns, covariances by n."""
    z = euclidean_points(x)
    return np.linalg.qr(z[:, independent(z)])[0] * np.sqrt(len(x))
`,
};

const matching: CodePiece = {
  name: 'matching',
  needs: [units],
  code: String.raw`
def nearest(distance, count, tolerance):
    """The nearest, and all as near as the last of them but for the tolerance."""
    order = np.argsort(distance, kind="stable")
    last = distance[order[min(count, len(order)) - 1]]
    return [k for k in order if distance[k] <= last + tolerance]


def distances(points, unit, others):
    return ((points[others] - points[unit]) ** 2).sum(axis=1)


def matches(points, focal, donors, allowed, ratio, replace, tolerance):
    """The matches of each unit, by unit. Without replacement the closest pair of all goes first, and nobody gets a second match
    before all had their first."""
    open_to = {i: donors[allowed(i, donors)] for i in focal}
    if replace:
        return {i: near[nearest(distances(points, i, near), ratio, tolerance)] for i, near in open_to.items() if len(near) > 0}
    pairs = sorted((d, i, j) for i, near in open_to.items() for d, j in zip(distances(points, i, near), near))
    found, used = {}, set()
    for _ in range(ratio):
        served = set()
        for _, i, j in pairs:
            if i not in served and j not in used:
                served.add(i)
                used.add(j)
                found.setdefault(i, []).append(j)
    return {i: np.array(found[i]) for i in focal if i in found}


def matching(u, points, judged_by, estimand, ratio, replace, caliper, adjusted, neighbours, tolerance, level):
    """Mean difference between units and their matches, with the variance of Abadie and Imbens (2006), theorem 7."""
    n = len(u.y)
    arms = {arm: np.flatnonzero(u.treated == arm) for arm in (0, 1)}
    widths = np.inf if caliper is None else caliper * judged_by.std(axis=0)
    allowed = lambda i, donors: np.all(abs(judged_by[donors] - judged_by[i]) <= widths, axis=1)
    searches = [arm for arm in (1, 0) if estimand == "ate" or arm == (1 if estimand == "att" else 0)]
    sets = {arm: matches(points, arms[arm], arms[1 - arm], allowed, ratio, replace, tolerance) for arm in searches}

    times, squares = np.zeros(n), np.zeros(n)
    for own in sets.values():
        for partners in own.values():
            times[partners] += 1 / len(partners)
            squares[partners] += 1 / len(partners) ** 2
    effects, spreads = [], []
    for arm, own in sets.items():
        y = u.y
        if adjusted:
            # Less what the covariates explain among the matches, each as often as it is one.
            root = np.sqrt(times * (u.treated == 1 - arm))
            x = np.column_stack([np.ones(n), u.x])
            kept = independent(x * root[:, None])
            b = np.linalg.lstsq(x[:, kept] * root[:, None], u.y * root, rcond=None)[0]
            y = u.y - x[:, kept[1:]] @ b[1:]
        for i, partners in own.items():
            effects.append((1 if arm == 1 else -1) * (y[i] - y[partners].mean()))
            spreads.append(y[partners].var())
    effects, spreads = np.array(effects), np.array(spreads)
    estimate = effects.mean()

    # The variance of an outcome given the covariates: one for all from the pairs, or from each unit's neighbours in its own arm.
    sigma2 = np.full(n, 0.5 * ((effects - estimate) ** 2 + spreads).mean())
    if neighbours > 0:
        for arm in arms.values():
            for i in arm:
                near = arm[nearest(distances(points, i, arm), min(neighbours + 1, len(arm)), tolerance)]
                near = near[near != i]
                sigma2[i] = len(near) / (len(near) + 1) * (u.y[i] - u.y[near].mean()) ** 2
    reuse = (sigma2 * (times**2 - squares + (2 * times if estimand == "ate" else 0))).sum()
    variance = (((effects - estimate) ** 2).sum() + reuse) / len(effects) ** 2
    return t_answer(estimate, np.sqrt(variance), level)
`,
};
