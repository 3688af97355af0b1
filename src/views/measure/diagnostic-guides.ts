export type DiagnosticKind = 'number' | 'count' | 'p' | 'share';
export type DiagnosticGuide = {
  readonly label: string;
  readonly guidance: string;
  readonly kind?: DiagnosticKind;
  /** Whether a value deserves a second look. */
  readonly worries?: (value: number) => boolean;
};

const above = (limit: number) => (value: number) => value > limit;
const droppedWords = 'The answer is not about units that are left out.';

/** Plain words for the diagnostics of the methods, with what to look for, in the order in which they are listed. */
export const diagnosticGuides: Readonly<Record<string, DiagnosticGuide>> = {
  max_smd_before: { label: 'worst imbalance before', guidance: 'Largest standardised mean difference; above 0.1 the groups differ.' },
  max_smd_after: { label: 'worst imbalance after', guidance: 'Should be below 0.1.', worries: above(0.1) },
  sample_ratio_p_value: {
    label: 'split as intended (p)',
    guidance: 'Small: rows were lost or arms mixed up.',
    kind: 'p',
    worries: (p) => p < 0.001,
  },
  matched_share: {
    label: 'matched',
    guidance: 'Share of the units in question that found a partner.',
    kind: 'share',
    worries: (share) => share < 0.95,
  },
  dropped_units: { label: 'units left out', guidance: droppedWords, kind: 'count', worries: above(0) },
  dropped_by_caliper: { label: 'left out by the caliper', guidance: droppedWords, kind: 'count', worries: above(0) },
  dropped_strata: { label: 'strata left out', guidance: 'Strata without both treated and controls.', kind: 'count', worries: above(0) },
  dropped_share: { label: 'units left out', guidance: droppedWords, kind: 'share', worries: above(0.05) },
  dropped_treated_share: { label: 'treated left out', guidance: droppedWords, kind: 'share', worries: above(0.05) },
  dropped_control_share: { label: 'controls left out', guidance: droppedWords, kind: 'share', worries: above(0.2) },
  effective_sample_size: { label: 'effective sample size', guidance: 'What reuse and weights leave of the other arm.' },
  max_reuse: {
    label: 'most often reused',
    guidance: 'Times one unit serves as a partner; a few carry the answer where it is large.',
    kind: 'count',
  },
  n_pairs: { label: 'pairs', guidance: 'Unit and partner, reuse counted.', kind: 'count' },
  mean_match_distance: { label: 'distance to the partner', guidance: 'On average, in standard deviations; near 0 is alike.' },
  pre_rmspe: { label: 'misfit before', guidance: 'Root mean squared gap to the synthetic unit before treatment; small is good.' },
  post_rmspe: { label: 'gap after', guidance: 'The same after treatment: effect and noise together.' },
  rmspe_ratio: { label: 'gap after over misfit before', guidance: 'Large against the placebos speaks for an effect.' },
  donors_with_weight: { label: 'donors used', guidance: 'Untreated units in the mix.', kind: 'count' },
  largest_weight: { label: 'largest weight', guidance: 'Near 1, everything hangs on one donor.', kind: 'share', worries: above(0.8) },
  weights_unique: { label: 'one best mix only', guidance: 'No: another mix fits as well and may answer otherwise.' },
  n_pre_periods: { label: 'periods before', guidance: 'What the method learns from.', kind: 'count' },
  n_post_periods: { label: 'periods after', guidance: 'What it is judged on.', kind: 'count' },
  n_strata: { label: 'strata', guidance: 'Groups of like units.', kind: 'count' },
  propensity_min: {
    label: 'least likely treated',
    guidance: 'Near 0, some controls have no like among the treated.',
    worries: (p) => p < 0.01,
  },
  propensity_max: {
    label: 'most likely treated',
    guidance: 'Near 1, some treated have no like among the controls.',
    worries: (p) => p > 0.99,
  },
  r_squared: {
    label: 'variance explained (R\u00b2)',
    guidance: 'Of the outcome, by the model. High is not needed for an unbiased effect.',
  },
  adjusted_r_squared: { label: 'adjusted R\u00b2', guidance: 'The same, less a charge for every term.' },
  cuped_variance_reduction: {
    label: 'variance saved by the pre-period',
    guidance: 'Share of the outcome\u2019s variance taken out.',
    kind: 'share',
  },
  f_statistic: { label: 'F statistic', guidance: 'Whether the model explains anything at all.' },
  f_p_value: { label: 'p of F', guidance: 'Small: the model explains something.', kind: 'p' },
  durbin_watson: {
    label: 'Durbin\u2013Watson',
    guidance: 'Near 2: no correlation is left between neighbouring errors.',
    worries: (d) => d < 1.4 || d > 2.6,
  },
  ar1: {
    label: 'persistence of errors',
    guidance: 'Correlation of one day\u2019s error with the next; near 1, days hardly count as independent.',
    worries: (value) => Math.abs(value) > 0.9,
  },
  sigma2: { label: 'error variance', guidance: 'Of what is new each day.' },
  ljung_box_p: {
    label: 'errors uncorrelated (p)',
    guidance: 'Small: the model leaves correlation in its errors.',
    kind: 'p',
    worries: (p) => p < 0.05,
  },
  ljung_box_lags: { label: 'lags in that test', guidance: '', kind: 'count' },
  level_change_at_start: {
    label: 'change on the first day',
    guidance: 'Where a change of slope is fitted too, the effect grows from here.',
  },
  log_likelihood: { label: 'log-likelihood', guidance: 'For comparing models on the same data; larger fits better.' },
  aic: { label: 'AIC', guidance: 'Smaller is better, on the same data.' },
  bic: { label: 'BIC', guidance: 'Smaller is better, on the same data; stricter than AIC.' },
  residual_sd: { label: 'residual deviation', guidance: 'What the model leaves unexplained, per row.' },
  residual_df: { label: 'residual degrees of freedom', guidance: 'Rows less terms.' },
  treated_share: { label: 'treated', guidance: 'Share of the rows.', kind: 'share' },
  n_clusters: { label: 'clusters', guidance: 'Below about 40, cluster-robust errors need the small-sample correction.', kind: 'count' },
  n_missing: { label: 'rows with gaps', guidance: 'Left out, as something in them is missing.', kind: 'count', worries: above(0) },
  interval_method: { label: 'interval by', guidance: '' },
  standard_errors: { label: 'standard errors', guidance: '' },
};
