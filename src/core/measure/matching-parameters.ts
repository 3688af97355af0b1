import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';

export const matchingParameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column whose mean is compared.', default: 'revenue' },
  treatment_column: { kind: 'column', label: 'Treatment', help: 'Column of 1 (treated) and 0 (control).', default: 'treated' },
  covariate_columns: { kind: 'columns', label: 'Covariates', help: 'What a unit and its matches are to be alike in.', default: [] },
  estimand: {
    kind: 'choice',
    label: 'Estimand',
    help: 'Effect on the treated, the controls or all.',
    options: ['att', 'atc', 'ate'],
    default: 'att',
  },
  distance: {
    kind: 'choice',
    label: 'Distance',
    help: 'Mahalanobis, Euclidean on standardised covariates, or the difference in the propensity score.',
    options: ['mahalanobis', 'propensity', 'euclidean'],
    default: 'mahalanobis',
  },
  propensity_scale: {
    kind: 'choice',
    label: 'Propensity scale',
    help: 'Whether scores are compared on the scale of the logit or of the probability.',
    options: ['logit', 'probability'],
    default: 'logit',
  },
  ratio: { kind: 'integer', label: 'Matches per unit', help: 'How many nearest units of the other arm.', min: 1, max: 50, default: 1 },
  replace: { kind: 'boolean', label: 'With replacement', help: 'Whether a unit may serve as a match more than once.', default: true },
  caliper: {
    kind: 'number',
    label: 'Caliper',
    help: 'Largest difference allowed between matches, in standard deviations of each covariate (or of the score); none if left empty.',
    min: 0,
    max: 100,
    step: 0.05,
    unit: 'SD',
    default: null,
  },
  bias_adjustment: {
    kind: 'boolean',
    label: 'Bias correction',
    help: 'Takes out what a regression among the matches says the remaining differences in covariates are worth.',
    default: false,
  },
  variance_neighbours: {
    kind: 'integer',
    label: 'Variance neighbours',
    help: 'Units of the same arm from which each outcome’s variance is taken; 0 takes one variance for all from the pairs.',
    min: 0,
    max: 50,
    default: 0,
  },
  tie_tolerance: {
    kind: 'number',
    label: 'Tie tolerance',
    help: 'Squared standardised distances that differ by no more than this count as equal, and all such matches are averaged.',
    min: 0,
    max: 1,
    step: 0.00001,
    default: 0.00001,
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

export type MatchingValues = ParameterValues<typeof matchingParameters>;
