import { defineParameters } from '../contracts/parameter.ts';
import { defineEstimator, describeEstimator } from './estimator.ts';
import { INTERCEPT } from './model-matrix.ts';
import { regression } from './regression.ts';
import { degenerate, tidyRow } from './tidy-row.ts';
import { armsPicture, readArms, welch } from './two-arms.ts';

const parameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column whose mean is compared.', default: 'revenue' },
  treatment_column: {
    kind: 'column',
    label: 'Treatment',
    help: 'Column that says who was treated: 0 and 1, or yes and no.',
    default: 'treated',
  },
  confidence_level: {
    kind: 'number',
    label: 'Confidence level',
    help: 'Level of the interval.',
    min: 0.5,
    max: 0.999,
    step: 0.01,
    default: 0.95,
  },
});

export const naiveDifferenceDescription = describeEstimator({
  id: 'naive_difference',
  label: 'Naive difference',
  summary: 'Compares the treated with the untreated as they come, without asking why they were treated.',
  model_type: 'observational',
  estimand: 'att',
  shape: 'cross_section',
  designs: ['complete_randomisation', 'bernoulli_randomisation'],
  parameters,
  assumptions: [
    'Without the treatment, treated and controls would have had the same mean. Only random assignment makes that true.',
    'Where treatment went to the weakest (or strongest) products, their head start is counted as effect: the answer is precise and wrong.',
    'One product’s treatment does not change another’s outcome.',
  ],
  reference:
    'Welch, B. L. (1947). Biometrika 34, 28-35, for the interval; Rubin, D. B. (1974). J. Educ. Psychol. 66, 688-701, for why it misleads.',
});

/** Mean of the treated minus mean of the controls, whoever they are, with Welch's interval. */
export const naiveDifference = defineEstimator(
  naiveDifferenceDescription,
  (table, { outcome_column: outcome, treatment_column: treatment, confidence_level: confidenceLevel }) => {
    const arms = readArms(table, {
      outcome: { name: outcome, parameter: 'outcome_column' },
      treatment: { name: treatment, parameter: 'treatment_column' },
      others: [],
    });
    const shared = {
      estimand: 'att' as const,
      n_observations: arms.n,
      n_treated: arms.nTreated,
      n_control: arms.nControl,
      diagnostics: {},
      warnings: arms.warnings,
    };
    if (arms.problem !== null) return degenerate(shared, arms.problem);
    if (Math.min(arms.nTreated, arms.nControl) < 2)
      return degenerate(shared, 'Each arm needs at least two rows to show how much its mean may vary.');
    const { summary } = regression({
      outcome: arms.outcome,
      columns: [new Float64Array(arms.n).fill(1), arms.treated],
      names: [INTERCEPT, treatment],
      intercept: true,
      standardErrors: 'classical',
      confidenceLevel,
    });
    const diagnostics = { r_squared: summary.r_squared, log_likelihood: summary.log_likelihood, residual_df: summary.residual_df };
    const picture = armsPicture(outcome, arms, confidenceLevel);
    return tidyRow({ ...shared, diagnostics }, { ...welch(arms.outcome, arms.treated), confidenceLevel }, arms.outcome, { picture });
  },
);
