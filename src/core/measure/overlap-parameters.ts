import { defineParameters } from '../contracts/parameter.ts';

/** What every method that models who is treated asks for. */
export const overlapParameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column whose mean is compared.', default: 'revenue' },
  treatment_column: { kind: 'column', label: 'Treatment', help: 'Column of 1 (treated) and 0 (control).', default: 'treated' },
  covariate_columns: {
    kind: 'columns',
    label: 'Covariates',
    help: 'What decided who was treated and may move the outcome too; measured before the treatment.',
    default: [],
  },
  trimming: {
    kind: 'choice',
    label: 'Trimming',
    help: 'Leaves out units whose propensity score is near 0 or 1: by bounds of your own, or by Crump’s rule, which looks for the most precise sample.',
    options: ['none', 'bounds', 'crump'],
    default: 'none',
  },
  trim_lower: {
    kind: 'number',
    label: 'Lower bound',
    help: 'Smallest score that is kept, with bounds.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.1,
  },
  trim_upper: {
    kind: 'number',
    label: 'Upper bound',
    help: 'Largest score that is kept, with bounds.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.9,
  },
  small_sample_correction: {
    kind: 'boolean',
    label: 'Small sample correction',
    help: 'Judges each unit by what the others say of it, and takes t instead of normal quantiles: for small samples, where the textbook’s interval is too narrow.',
    default: false,
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
