import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { describeEstimator } from './estimator.ts';
import { overlapParameters } from './overlap-parameters.ts';

const { small_sample_correction, confidence_level, ...columnsAndTrimming } = overlapParameters;

const parameters = defineParameters({
  ...columnsAndTrimming,
  estimand: {
    kind: 'choice',
    label: 'Estimand',
    help: 'Effect on all, the treated or the controls.',
    options: ['ate', 'att', 'atc'],
    default: 'ate',
  },
  models: {
    kind: 'choice',
    label: 'Models',
    help: 'both: outcome regressions, corrected by the propensity score; outcome_only: the regressions alone, averaged over the group.',
    options: ['both', 'outcome_only'],
    default: 'both',
  },
  cross_fitting_folds: {
    kind: 'integer',
    label: 'Cross-fitting folds',
    help: 'Each unit is predicted by models that have not seen its fold; 1 fits every model to all units.',
    min: 1,
    max: 20,
    default: 1,
  },
  small_sample_correction,
  confidence_level,
});

export type DoublyRobustValues = ParameterValues<typeof parameters>;

export const doublyRobustDescription = describeEstimator({
  id: 'doubly_robust',
  label: 'Doubly robust',
  summary: 'Predicts each unit’s outcome in both arms and corrects the predictions by weighting: right if either model is.',
  model_type: 'quasi-experiment',
  estimand: 'ate',
  shape: 'cross_section',
  designs: ['selection_on_observables', 'complete_randomisation', 'bernoulli_randomisation', 'stratified_randomisation'],
  parameters,
  assumptions: [
    'Among units with the same covariates treatment is as good as random: nothing unobserved drives both treatment and outcome.',
    'Either the log-odds of treatment or, in each arm, the outcome is a linear function of the covariates as given; the interval asks for both.',
    'Every kind of unit could have been in either arm.',
    'The treatment of one unit does not change the outcome of another.',
  ],
  reference:
    'Robins, J. M., Rotnitzky, A. and Zhao, L. P. (1994). Estimation of regression coefficients when some regressors are not always observed. JASA 89, 846-866.',
});
