import type { ParameterValues } from '../../../core/contracts/parameter.ts';
import type { inverseProbabilityWeightingDescription } from '../../../core/measure/inverse-probability-weighting.ts';
import { defineMethodCode, iterative, type CodePiece } from '../code-script.ts';
import { pyBoolean, pyCall, pyNumber, pyText } from './python-text.ts';
import { trimLines, unitLines, weights } from './units.ts';

type Values = ParameterValues<(typeof inverseProbabilityWeightingDescription)['parameters']>;

export const inverseProbabilityWeighting = defineMethodCode<Values>('inverse_probability_weighting', (asked, p) => {
  const trimmed = trimLines(p);
  return {
    lines: [
      ...unitLines(asked, p),
      ...trimmed.lines,
      `return ${pyCall('weighted_difference', ['u'], {
        target: pyText(p.weighting === 'overlap' ? 'overlap' : p.estimand),
        normalised: pyBoolean(p.weighting !== 'horvitz_thompson'),
        known_score: pyBoolean(p.standard_errors === 'known_propensity'),
        corrected: pyBoolean(p.small_sample_correction),
        level: pyNumber(p.confidence_level),
      })}`,
    ].join('\n'),
    needs: [...trimmed.needs, weightedDifference],
    tolerance: iterative,
  };
});

const weightedDifference: CodePiece = {
  name: 'weighted_difference',
  needs: [weights],
  code: String.raw`
def weighted_difference(u, target, normalised, known_score, corrected, level):
    """Weighted mean of the treated less that of the controls: by the weights' own sums (Hajek) or by the number of units in the target
    group (Horvitz and Thompson). Standard errors by stacked estimating equations (Lunceford and Davidian 2004): each unit's
    contribution is that to the contrast plus, unless the score is known, that by way of the logistic regression. Corrected for
    small samples, contributions are what leaving the unit out does, and t has effective degrees of freedom."""
    y, treated, n = u.y, u.treated, len(u.y)
    x = with_constant(u.x)
    log_odds = propensity_log_odds(u)
    weight, slope = balancing_weights(log_odds, treated, target)
    in_target = (treated == 1) if target == "att" else (treated == 0) if target == "atc" else np.ones(n, dtype=bool)
    arm = [treated == 0, treated == 1]
    total = [weight[rows].sum() if normalised else in_target.sum() for rows in arm]
    mean = [(weight * y)[rows].sum() / size for rows, size in zip(arm, total)]

    per_total = np.where(arm[1], n / total[1], -n / total[0])
    deviation = y - np.where(arm[1], mean[1], mean[0]) if normalised else y
    contribution = per_total * weight * deviation
    if not normalised:
        contribution = contribution - n * in_target * (mean[1] - mean[0]) / total[0]
    elif corrected:
        contribution = contribution / freedom(weight / np.where(arm[1], total[1], total[0]))
    if not known_score:
        e = logistic(log_odds)
        root = np.sqrt(e * (1 - e))
        q = np.linalg.qr((x * root[:, None])[:, independent(x * root[:, None], 1e-9)])[0]
        effect = per_total * slope * deviation / np.where(root > 0, root, 1)
        part = (q @ (q.T @ effect)) / np.where(root > 0, root, 1) * (treated - e)
        contribution = contribution + (part / freedom((q**2).sum(axis=1)) if corrected else part)
    standard_error = np.sqrt((contribution**2).sum()) / n
    df = effective_arms_df(contribution, treated, weight) if corrected else np.inf
    return t_answer(mean[1] - mean[0], standard_error, level, df)
`,
};
