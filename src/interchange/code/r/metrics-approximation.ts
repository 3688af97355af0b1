import {
  metricsApproximationDescription,
  type MetricsApproximationValues,
} from '../../../core/measure/metrics-approximation-description.ts';
import { responseFunctions } from '../../../core/measure/response-functions/index.ts';
import { closedForm, defineMethodCode, type CodePiece, type CodeQuestion, type Tolerance } from '../code-script.ts';
import { arms } from './frame.ts';
import { rCall, rNumber, rText, rTexts } from './r-text.ts';
import { readLine } from './read-line.ts';

/** A standard error that nobody gave, as a share of the coefficient. */
const DOUBT = 0.2;
const MOST_DRAWN = 20_000_000;
const MOST_BOOTSTRAP_UNITS = 50_000;

export const metricsApproximation = defineMethodCode<MetricsApproximationValues>('metrics_approximation', (asked, p) => {
  const coefficient = p.coefficient ?? responseFunctions[p.response].defaultCoefficient;
  const columns = [p.metric_before_column, p.metric_after_column, p.baseline_column];
  const shared = {
    data: 'units',
    response: `${p.response}_response`,
    coefficient: rNumber(coefficient),
    standard_error: rNumber(p.coefficient_standard_error ?? DOUBT * Math.abs(coefficient)),
    scale: rNumber(p.saturation_scale),
    level: rNumber(p.confidence_level),
  };
  const isBootstrap = p.interval === 'bootstrap';
  return {
    lines: [
      readLine(asked),
      `data <- data[treated_of(data[[${rText(p.treatment_column)}]]) %in% 1, ]`,
      `units <- setNames(complete(data, ${rTexts(columns)})[${rTexts(columns)}], c("before", "after", "baseline"))`,
      rCall(isBootstrap ? 'bootstrapped_gain' : 'believed_gain', isBootstrap ? { ...shared, draws: String(p.bootstrap_draws) } : shared),
    ].join('\n'),
    needs: [arms, responsePiece(p.response), believedGain, ...(isBootstrap ? [bootstrappedGain] : [])],
    tolerance: isBootstrap ? monteCarlo(asked, p.bootstrap_draws) : closedForm,
  };
});

/** How far two bootstraps of so many draws may lie apart: five standard errors of the difference of their quantiles. */
function monteCarlo({ expected }: CodeQuestion, draws: number): Tolerance {
  const atTail = Math.max(1, (draws * (expected?.p_value ?? 1)) / 2);
  const bound = 5 * Math.sqrt(2 / draws) * 2.7;
  return {
    relative: 1e-8,
    why: 'a bootstrap draws by chance, and R does not draw what the workbench drew: its standard error, interval and p value differ by Monte Carlo error',
    figures: { standard_error: 5 / Math.sqrt(draws), ci_lower: bound, ci_upper: bound, p_value: 5 * Math.sqrt(2 / atTail) },
  };
}

const formulas: Readonly<Record<MetricsApproximationValues['response'], string>> = {
  proportional: 'level_response(function(m, s) m)',
  michaelis_menten: 'level_response(function(m, s) ifelse(m >= 0, m / (s + m), NaN))',
  exponential_saturation: 'level_response(function(m, s) -expm1(-m / s))',
  linear: 'list(change = function(b, a, c, s) c * (a - b), slope = function(b, a, c, s) a - b)',
  constant_elasticity: `list(
  change = function(b, a, c, s) ifelse(b > 0 & a > 0, (a / b)^c - 1, NaN),
  slope = function(b, a, c, s) ifelse(b > 0 & a > 0, (a / b)^c * log(a / b), NaN)
)`,
};

function responsePiece(response: MetricsApproximationValues['response']): CodePiece {
  const isLevel = formulas[response].startsWith('level_response');
  return {
    name: `${response}_response`,
    needs: isLevel ? [levelResponse] : [],
    code: `
# ${metricsApproximationDescription.parameters.response.label}: relative change of the outcome when the metric goes from b to a, and its derivative by the coefficient.
${response}_response <- ${formulas[response]}
`,
  };
}

const levelResponse: CodePiece = {
  name: 'level_response',
  needs: [],
  code: String.raw`
# An outcome in proportion to 1 + c shape(metric).
level_response <- function(shape) {
  level <- function(b, c, s) ifelse(1 + c * shape(b, s) > 0, 1 + c * shape(b, s), NaN)
  list(change = function(b, a, c, s) c * (shape(a, s) - shape(b, s)) / level(b, c, s),
       slope = function(b, a, c, s) (shape(a, s) - shape(b, s)) / level(b, c, s)^2)
}
`,
};

const believedGain: CodePiece = {
  name: 'believed_gain',
  needs: [],
  code: String.raw`
# Mean of baseline times relative change over the treated; the delta method adds the units' sampling and the coefficient's error, with
# Satterthwaite's degrees of freedom for a part that has n - 1 and one that has infinitely many.
believed_gain <- function(units, response, coefficient, standard_error, scale, level) {
  change <- response$change(units$before, units$after, coefficient, scale)
  units <- units[is.finite(change), ]
  gain <- units$baseline * change[is.finite(change)]
  slope <- mean(units$baseline * response$slope(units$before, units$after, coefficient, scale))
  of_units <- var(gain) / length(gain)
  total <- of_units + (slope * standard_error)^2
  df <- if (of_units > 0) (length(gain) - 1) * (total / of_units)^2 else Inf
  t_answer(mean(gain), sqrt(total), df, level)
}
`,
};

const bootstrappedGain: CodePiece = {
  name: 'bootstrapped_gain',
  needs: [believedGain],
  code: String.raw`
# Percentiles of the mean gain when units are drawn with replacement and the coefficient from its normal distribution.
bootstrapped_gain <- function(units, response, coefficient, standard_error, scale, level, draws) {
  delta <- believed_gain(units, response, coefficient, standard_error, scale, level)
  units <- units[is.finite(response$change(units$before, units$after, coefficient, scale)), ]
  n <- nrow(units)
  if (n > ${MOST_BOOTSTRAP_UNITS}) return(delta)
  set.seed(1)
  means <- replicate(min(draws, ${MOST_DRAWN} %/% n), {
    drawn <- units[sample.int(n, replace = TRUE), ]
    mean(drawn$baseline * response$change(drawn$before, drawn$after, rnorm(1, coefficient, standard_error), scale))
  })
  means <- means[is.finite(means)]
  bounds <- quantile(means, c(1 - level, 1 + level) / 2, names = FALSE)
  list(estimate = delta$estimate, standard_error = sd(means), ci_lower = min(bounds[1], delta$estimate),
       ci_upper = max(bounds[2], delta$estimate),
       p_value = min(1, 2 * (min(sum(means <= 0), sum(means >= 0)) + 1) / (length(means) + 1)))
}
`,
};
