import {
  metricsApproximationDescription,
  type MetricsApproximationValues,
} from '../../../core/measure/metrics-approximation-description.ts';
import { responseFunctions } from '../../../core/measure/response-functions/index.ts';
import { closedForm, defineMethodCode, type CodePiece, type CodeQuestion, type Tolerance } from '../code-script.ts';
import { columnsPiece } from './frame.ts';
import { pyCall, pyNumber, pyTexts } from './python-text.ts';
import { columnOf, readLine } from './read-line.ts';

/** A standard error that nobody gave, as a share of the coefficient. */
const DOUBT = 0.2;
const MOST_DRAWN = 20_000_000;
const MOST_BOOTSTRAP_UNITS = 50_000;

export const metricsApproximation = defineMethodCode<MetricsApproximationValues>('metrics_approximation', (asked, p) => {
  const coefficient = p.coefficient ?? responseFunctions[p.response].defaultCoefficient;
  const isBootstrap = p.interval === 'bootstrap';
  const named = {
    coefficient: pyNumber(coefficient),
    standard_error: pyNumber(p.coefficient_standard_error ?? DOUBT * Math.abs(coefficient)),
    scale: pyNumber(p.saturation_scale),
    level: pyNumber(p.confidence_level),
    ...(isBootstrap ? { draws: String(p.bootstrap_draws) } : {}),
  };
  const columns = [p.metric_before_column, p.metric_after_column, p.baseline_column];
  const given = ['before', 'after', 'baseline', `${p.response}_response`];
  return {
    lines: [
      readLine(asked),
      `data = take(data, treated_of(${columnOf(p.treatment_column)}) == 1)`,
      `data = complete(data, ${pyTexts(columns)})`,
      `before, after, baseline = ${columns.map(columnOf).join(', ')}`,
      `return ${pyCall(isBootstrap ? 'bootstrapped_gain' : 'believed_gain', given, named)}`,
    ].join('\n'),
    needs: [columnsPiece, responsePiece(p.response), isBootstrap ? bootstrappedGain : believedGain],
    tolerance: isBootstrap ? monteCarlo(asked, p.bootstrap_draws) : closedForm,
  };
});

/** How far two bootstraps of so many draws may lie apart: five standard errors of the difference of their quantiles. */
function monteCarlo({ expected }: CodeQuestion, draws: number): Tolerance {
  const atTail = Math.max(1, (draws * (expected?.p_value ?? 1)) / 2);
  const bound = 5 * Math.sqrt(2 / draws) * 2.7;
  return {
    relative: 1e-8,
    why: 'a bootstrap draws by chance, and this script does not draw what the workbench drew: its standard error, interval and p value differ by Monte Carlo error',
    figures: { standard_error: 5 / Math.sqrt(draws), ci_lower: bound, ci_upper: bound, p_value: 5 * Math.sqrt(2 / atTail) },
  };
}

const shapes: Readonly<Record<string, string>> = {
  proportional: 'm',
  michaelis_menten: 'np.where(m >= 0, m / (scale + m), np.nan)',
  exponential_saturation: '-np.expm1(-m / scale)',
};

const others: Readonly<Record<string, readonly [change: string, slope: string]>> = {
  linear: ['c * (after - before)', 'after - before'],
  constant_elasticity: [
    'np.where((before > 0) & (after > 0), (after / before) ** c - 1, np.nan)',
    'np.where((before > 0) & (after > 0), (after / before) ** c * np.log(after / before), np.nan)',
  ],
};

function responsePiece(response: MetricsApproximationValues['response']): CodePiece {
  const label = metricsApproximationDescription.parameters.response.label;
  const head = `def ${response}_response(before, after, c, scale):
    """${label}: relative change of the outcome from one metric to the other, and its derivative by the coefficient."""`;
  const shape = shapes[response];
  const body =
    shape === undefined
      ? `    with np.errstate(all="ignore"):
        return ${others[response]!.join(', ')}`
      : `    shape = lambda m: ${shape}
    level = 1 + c * shape(before)
    level = np.where(level > 0, level, np.nan)
    step = shape(after) - shape(before)
    return c * step / level, step / level**2`;
  return { name: `${response}_response`, needs: [columnsPiece], code: `${head}\n${body}` };
}

const believedGain: CodePiece = {
  name: 'believed_gain',
  needs: [],
  code: String.raw`
def believed_gain(before, after, baseline, response, coefficient, standard_error, scale, level):
    """Mean of baseline times relative change over the treated. The delta method adds the units' sampling and the coefficient's error,
    with Satterthwaite's degrees of freedom for a part that has n - 1 and one that has infinitely many."""
    change, slope = response(before, after, coefficient, scale)
    known = np.isfinite(change)
    gain, n = (baseline * change)[known], known.sum()
    of_units = gain.var(ddof=1) / n
    total = of_units + ((baseline * slope)[known].mean() * standard_error) ** 2
    df = (n - 1) * (total / of_units) ** 2 if of_units > 0 else np.inf
    return t_answer(gain.mean(), np.sqrt(total), level, df)
`,
};

const bootstrappedGain: CodePiece = {
  name: 'bootstrapped_gain',
  needs: [believedGain],
  code: String.raw`
def bootstrapped_gain(before, after, baseline, response, coefficient, standard_error, scale, level, draws):
    """Percentiles of the mean gain when units are drawn with replacement and the coefficient from its normal distribution."""
    delta = believed_gain(before, after, baseline, response, coefficient, standard_error, scale, level)
    known = np.isfinite(response(before, after, coefficient, scale)[0])
    before, after, baseline, n = before[known], after[known], baseline[known], known.sum()
    if n > ${MOST_BOOTSTRAP_UNITS}:
        return delta
    chance = np.random.default_rng(1)
    means = []
    for _ in range(min(draws, ${MOST_DRAWN} // n)):
        i = chance.integers(n, size=n)
        means.append((baseline[i] * response(before[i], after[i], chance.normal(coefficient, standard_error), scale)[0]).mean())
    means = np.array(means)[np.isfinite(means)]
    lower, upper = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    tail = min((means <= 0).sum(), (means >= 0).sum())
    return {
        "estimate": delta["estimate"],
        "standard_error": means.std(ddof=1),
        "ci_lower": min(lower, delta["estimate"]),
        "ci_upper": max(upper, delta["estimate"]),
        "p_value": min(1, 2 * (tail + 1) / (len(means) + 1)),
    }
`,
};
