import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { describeEstimator } from './estimator.ts';

const parameters = defineParameters({
  treatment_column: { kind: 'column', label: 'Treatment', help: 'Column of 1 (treated) and 0 (control).', default: 'treated' },
  metric_before_column: {
    kind: 'column',
    label: 'Metric before',
    help: 'The metric that the treatment moves, before it.',
    default: 'quality_score',
  },
  metric_after_column: { kind: 'column', label: 'Metric after', help: 'The same metric after the treatment.', default: 'quality_after' },
  baseline_column: {
    kind: 'column',
    label: 'Baseline',
    help: 'The outcome before the treatment, which the relative change is a change of.',
    default: 'pre_revenue',
  },
  response: {
    kind: 'choice',
    label: 'Response',
    help: 'How the outcome is believed to answer to the metric: a straight line, the same gain everywhere, two that saturate, or the same percentage for each percent.',
    options: ['proportional', 'linear', 'michaelis_menten', 'exponential_saturation', 'constant_elasticity'],
    default: 'proportional',
  },
  coefficient: {
    kind: 'number',
    label: 'Coefficient',
    help: 'How strongly the outcome answers. Believed, not estimated: from earlier studies, or judgement. The response’s own default if left empty.',
    min: -1_000_000,
    max: 1_000_000,
    step: 0.05,
    default: null,
  },
  coefficient_standard_error: {
    kind: 'number',
    label: 'Standard error of the coefficient',
    help: 'How far off the coefficient may well be; a fifth of it if left empty.',
    min: 0,
    max: 1_000_000,
    step: 0.01,
    default: null,
  },
  saturation_scale: {
    kind: 'number',
    label: 'Saturation scale',
    help: 'For saturating responses: the metric at which half (Michaelis-Menten) or 63% (exponential) of the greatest gain is there.',
    min: 0.000001,
    max: 1_000_000,
    step: 0.05,
    default: 0.5,
  },
  interval: {
    kind: 'choice',
    label: 'Interval',
    help: 'Delta method, or percentiles of a bootstrap that draws units and the coefficient.',
    options: ['delta', 'bootstrap'],
    default: 'delta',
  },
  bootstrap_draws: { kind: 'integer', label: 'Bootstrap draws', help: 'How many.', min: 200, max: 20_000, default: 1000 },
  outcome_column: {
    kind: 'column',
    label: 'Outcome',
    help: 'The outcome after the treatment: no part of the estimate, only shown how well the approximation foretold it.',
    default: null,
  },
  confidence_level: {
    kind: 'number',
    label: 'Confidence level',
    help: 'Of the interval.',
    min: 0.5,
    max: 0.999,
    step: 0.01,
    default: 0.95,
  },
});

export type MetricsApproximationValues = ParameterValues<typeof parameters>;

export const metricsApproximationDescription = describeEstimator({
  id: 'metrics_approximation',
  label: 'Metrics approximation',
  summary: 'Values a change in a metric, such as quality, by a response of the outcome that is believed, not measured.',
  model_type: 'observational',
  estimand: 'att',
  shape: 'cross_section',
  designs: [
    'complete_randomisation',
    'bernoulli_randomisation',
    'stratified_randomisation',
    'cluster_randomisation',
    'lowest_quality_first',
  ],
  parameters,
  assumptions: [
    'The coefficient is believed, not estimated from these data: the estimate is as good as that belief, and its standard error says how sure one is.',
    'The response has the right form, and holds for change as it holds between units: a better metric causes the outcome.',
    'The treatment moved the metric by exactly the difference between before and after, and works on the outcome in no other way.',
    'Without the treatment the outcome would have stayed at its baseline.',
  ],
  reference:
    'Oehlert, G. W. (1992). A note on the delta method. Am. Stat. 46, 27-29; Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap, chapter 6.',
});
