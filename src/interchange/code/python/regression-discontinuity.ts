import type { RdValues } from '../../../core/measure/rd-parameters.ts';
import { closedForm, defineMethodCode, type CodePiece } from '../code-script.ts';
import { columnsPiece } from './frame.ts';
import { pyCall, pyNumber, pyText, pyTexts } from './python-text.ts';
import { columnOf, readLine } from './read-line.ts';
import { adjustedSides, localPolynomials } from './rd-local.ts';
import { bandwidthRules } from './rd-bandwidth.ts';

export const regressionDiscontinuity = defineMethodCode<RdValues>('regression_discontinuity', (asked, p) => {
  const covariates = p.covariate_use === 'adjust' ? [...new Set(p.covariate_columns)].filter((name) => name !== p.running_column) : [];
  const running = p.running_column ?? '';
  const columns = [p.outcome_column, running, ...(p.treatment_column === null ? [] : [p.treatment_column]), ...covariates];
  const taken = p.treatment_column === null ? [] : [`taken = treated_of(${columnOf(p.treatment_column)})`];
  const settings = `order=${p.polynomial_order}, kernel=${pyText(p.kernel)}`;
  const adjust = covariates.length === 0 ? [] : [`sides = adjusted_sides(sides, h, ${settings})`];
  return {
    lines: [
      readLine(asked),
      `data = complete(data, ${pyTexts([...new Set(columns)])})`,
      ...(p.donut_radius > 0 ? [`data = take(data, abs(${columnOf(running)} - ${pyNumber(p.cutoff)}) >= ${p.donut_radius})`] : []),
      '# Distances into the treated side: those of the treated are not negative.',
      `place = ${p.treated_side === 'above' ? '' : '-'}(${columnOf(running)} - ${pyNumber(p.cutoff)})`,
      ...taken,
      `sides = ${pyCall('both_sides', ['place', columnOf(p.outcome_column)], {
        ...(p.treatment_column === null ? {} : { taken: 'taken' }),
        ...(covariates.length === 0 ? {} : { covariates: `design([${covariates.map(columnOf).join(', ')}])` }),
      })}`,
      ...bandwidthLines(p, settings, covariates.length > 0),
      ...adjust,
      `return ${pyCall('jump_answer', ['sides', 'h', 'b'], {
        order: String(p.polynomial_order),
        kernel: pyText(p.kernel),
        errors: pyText(p.standard_errors),
        robust: p.inference === 'robust' ? 'True' : 'False',
        level: pyNumber(p.confidence_level),
      })}`,
    ].join('\n'),
    needs: [
      columnsPiece,
      sides,
      ...(p.bandwidth === null ? [bandwidthRules] : []),
      ...(covariates.length === 0 ? [] : [adjustedSides]),
      jump,
    ],
    tolerance: closedForm,
  };
});

/** Lines that leave the bandwidths of the fit and of its bias correction. */
function bandwidthLines(p: RdValues, settings: string, isAdjusted: boolean): string[] {
  if (p.bandwidth !== null) return [`h, b = ${pyNumber(p.bandwidth)}, ${pyNumber(p.bias_bandwidth ?? p.bandwidth)}`];
  const judged = isAdjusted ? `adjusted_sides(sides, pilot_bandwidth(sides, ${pyText(p.kernel)}), ${settings})` : 'sides';
  const given = p.bias_bandwidth === null ? '' : `, given_bias=${pyNumber(p.bias_bandwidth)}`;
  return [`h, b = bandwidths(${judged}, ${settings}, errors=${pyText(p.standard_errors)}, rule=${pyText(p.bandwidth_rule)}${given})`];
}

const sides: CodePiece = {
  name: 'rd_sides',
  needs: [columnsPiece],
  code: String.raw`
class Side:
    """One side of the cutoff: places in order, outcomes, and where it is not the rule that decides, the treatment."""

    def __init__(self, x, y, taken, covariates):
        self.x, self.y, self.taken, self.covariates = x, y, taken, covariates
        self.places = np.unique(x)

    def furthest(self):
        return abs(self.x).max()


def both_sides(place, y, taken=None, covariates=None):
    """Controls, then treated; outcomes about their mean. Where everybody follows the rule the treatment says nothing more."""
    if taken is not None and np.all(taken == (place >= 0)):
        taken = None
    covariates = np.zeros((len(y), 0)) if covariates is None else covariates - covariates.mean(axis=0)
    y = y - y.mean()
    order = np.argsort(place, kind="stable")
    parts = order[place[order] < 0], order[place[order] >= 0]
    return [Side(place[rows], y[rows], None if taken is None else taken[rows], covariates[rows]) for rows in parts]
`,
};

const jump: CodePiece = {
  name: 'rd_jump',
  needs: [sides, localPolynomials],
  code: String.raw`
def limit_at(side, h, b, order, kernel, errors):
    """The limits of outcome (and treatment) at the cutoff, plain and less their bias, with the weight of each row in them and the
    residuals that estimate its variance (Calonico, Cattaneo and Titiunik 2014)."""
    columns = [side.y] if side.taken is None else [side.y, side.taken]
    fit, wider = local_fit(side, h, order, kernel), local_fit(side, b, order + 1, kernel)
    window = fit.rows if h > b else wider.rows
    plain = np.zeros(len(side.x))
    plain[fit.rows] = fit.influence(0)
    scale = (plain[fit.rows] * fit.u ** (order + 1)).sum() * (h / b) ** (order + 1)
    corrected = plain.copy()
    corrected[wider.rows] -= scale * wider.influence(order + 1)
    limits = [[weights @ column for column in columns] for weights in (plain, corrected)]
    residuals = [[residuals_for(errors, side, column, window, own) for column in columns] for own in (fit, wider)]
    return limits, [plain[window], corrected[window]], residuals


def jump_answer(sides, h, b, order, kernel, errors, robust, level):
    """The jump of the outcome at the cutoff, over that of the treatment where it does not follow the rule."""
    left, right = (limit_at(side, h, b, order, kernel, errors) for side in sides)
    plain, corrected = (np.array(right[0][k]) - np.array(left[0][k]) for k in (0, 1))
    if len(plain) == 1:
        loadings, estimate = np.array([1.0]), (corrected if robust else plain)[0]
    else:
        ratio = plain[0] / plain[1]
        loadings = np.array([1, -ratio]) / plain[1]
        estimate = ratio - (loadings @ (plain - corrected) if robust else 0)
    which = 1 if robust else 0
    variance = sum(((weights[which] * (loadings @ np.array(residuals[which]))) ** 2).sum() for _, weights, residuals in (left, right))
    return t_answer(estimate, np.sqrt(variance), level)
`,
};
