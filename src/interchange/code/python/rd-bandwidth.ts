import type { CodePiece } from '../code-script.ts';
import { localPolynomials } from './rd-local.ts';

/** Bandwidths from the data. */
export const bandwidthRules: CodePiece = {
  name: 'rd_bandwidth',
  needs: [localPolynomials],
  code: String.raw`
def holding(sides, count):
    """The least bandwidth within which either side has so many distinct places, or all it has."""
    return max(np.sort(abs(side.places))[min(len(side.places), count) - 1] * (1 + 1e-6) for side in sides)


def pilot_bandwidth(sides, kernel):
    """Silverman's rule; distinct places count, and not rows."""
    x = np.sort(np.concatenate([side.x for side in sides]))

    def quartile(share):
        position = len(x) * share
        below = int(np.floor(position + 1e-12))
        return (x[below - 1] + x[below]) / 2 if abs(position - below) < 1e-12 else x[below]

    between, spread = quartile(0.75) - quartile(0.25), x.std(ddof=1)
    scale = min(spread, between / 1.349) if between > 0 else spread
    constant = {"triangular": 2.576, "epanechnikov": 2.34, "uniform": 1.843}[kernel]
    return constant * scale * sum(len(side.places) for side in sides) ** (-1 / 5)


def mse_bandwidths(sides, order, kernel, errors):
    """Bandwidths with the least mean squared error of the jump and of its bias, by the direct plug-in rule of Calonico, Cattaneo and
    Titiunik (2014): each = ((V- + V+) / ((B+ - B-)^2 + R- + R+))^(1 / (2 o + 3)), o the order of the fit."""
    q = order + 1
    reach = [side.furthest() for side in sides]
    widest = max(reach)
    heaped = any(1 - len(side.places) / len(side.x) >= 0.2 for side in sides)
    floor = holding(sides, max(10, q + 3) if heaped else q + 3)
    pilot = max(min(pilot_bandwidth(sides, kernel), widest), floor)

    def terms(side, o, derivative, bias_bandwidth, regularise):
        fit, wider = local_fit(side, pilot, o, kernel), local_fit(side, bias_bandwidth, o + 1, kernel)
        weights = fit.influence(derivative)
        variance = ((weights * residuals_for(errors, side, side.y, fit.rows, fit)) ** 2).sum()
        constant = (weights * fit.u ** (o + 1)).sum() * bias_bandwidth ** -(o + 1)
        size = 2 * (o + 1 - derivative)
        spread = ((wider.influence(o + 1) * residuals_for(errors, side, side.y, wider.rows, wider)) ** 2).sum()
        bias = np.sqrt(size) * constant * wider.coefficients(side.y)[o + 1]
        return (2 * derivative + 1) * pilot * variance, bias, 3 * size * constant**2 * spread if regularise else 0

    def stage(o, derivative, bias_bandwidths, regularise):
        left, right = (terms(side, o, derivative, width, regularise) for side, width in zip(sides, bias_bandwidths))
        best = ((left[0] + right[0]) / ((right[1] - left[1]) ** 2 + left[2] + right[2])) ** (1 / (2 * o + 3))
        return min(best, widest) if best > 0 else widest

    d = max(stage(q + 1, q + 1, reach, False), floor)
    b = stage(q, order + 1, [d, d], True)
    bias = max(b, holding(sides, q + 2))
    return stage(order, 0, [bias, bias], True), b


def ik_bandwidth(sides, kernel):
    """Imbens and Kalyanaraman (2012), without the lower bound on the third derivative."""
    x, y = np.concatenate([side.x for side in sides]), np.concatenate([side.y for side in sides])
    n = len(x)
    pilot = max(1.84 * x.std(ddof=1) * n ** (-1 / 5), holding(sides, 3))
    near = [side.y[abs(side.x) <= pilot] for side in sides]
    density = sum(map(len, near)) / (2 * n * pilot)
    variances = [values.var(ddof=1) for values in near]
    scale = x.std(ddof=1)
    cubic = np.column_stack([np.ones(n), x >= 0, x / scale, (x / scale) ** 2, (x / scale) ** 3])
    third = 6 * np.linalg.lstsq(cubic, y - y.mean(), rcond=None)[0][4] / scale**3
    curvature, regularisation = [], []
    for side, variance in zip(sides, variances):
        wanted = 3.56 * (variance / (density * third**2)) ** (1 / 7) * len(side.y) ** (-1 / 7)
        window = max(min(wanted, side.furthest()), holding([side], 4))
        fit = local_fit(side, window, 2, "uniform")
        curvature.append(2 * fit.coefficients(side.y)[2] / window**2)
        regularisation.append(2160 * variance / (len(fit.u) * window**4))
    ratio = sum(variances) / (density * ((curvature[1] - curvature[0]) ** 2 + sum(regularisation)))
    best = kernel_constant(kernel) * ratio ** (1 / 5) * n ** (-1 / 5)
    return min(best, max(side.furthest() for side in sides))


def kernel_constant(kernel):
    """From moments of the kernel and of its square on one side of 0; 3.4375 for the triangular one."""
    polynomial = {"triangular": [1, -1], "epanechnikov": [0.75, 0, -0.75], "uniform": [0.5]}[kernel]
    moment = lambda coefficients, j: sum(c / (i + j + 1) for i, c in enumerate(coefficients))
    v = [moment(polynomial, j) for j in range(4)]
    w = [moment(np.convolve(polynomial, polynomial), j) for j in range(3)]
    determinant = v[2] * v[0] - v[1] ** 2
    bias = (v[2] ** 2 - v[1] * v[3]) / determinant
    variance = (v[2] ** 2 * w[0] - 2 * v[1] * v[2] * w[1] + v[1] ** 2 * w[2]) / determinant**2
    return (variance / bias**2) ** (1 / 5)


def bandwidths(sides, order, kernel, errors, rule, given_bias=None):
    """Of the fit and of its bias correction; never so narrow that they lack distinct places."""
    if rule == "imbens_kalyanaraman":
        h = b = ik_bandwidth(sides, kernel)
    else:
        h, b = mse_bandwidths(sides, order, kernel, errors)
        if rule == "coverage_error":
            h *= sum(len(side.x) for side in sides) ** (-order / ((3 + order) * (3 + 2 * order)))
    b = max(b, holding(sides, order + 4)) if given_bias is None else given_bias
    return max(h, holding(sides, order + 3)), b
`,
};
