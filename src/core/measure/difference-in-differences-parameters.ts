import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';

export const differenceParameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column that is followed over time.', default: 'revenue' },
  unit_column: { kind: 'column', label: 'Unit', help: 'Column that names the unit of each row.', default: 'unit' },
  time_column: { kind: 'column', label: 'Time', help: 'Column of dates (2024-11-30), weeks, months or numbers.', default: 'date' },
  treatment_column: {
    kind: 'column',
    label: 'Treatment',
    help: 'Column of 1 from each unit’s first treated time on, else 0.',
    default: 'treated',
  },
  treatment_time: {
    kind: 'text',
    label: 'Treatment time',
    help: 'First treated time, where the treatment column only says who is treated; else the column says it.',
    default: null,
  },
  method: {
    kind: 'choice',
    label: 'Method',
    help: 'auto: two-way fixed effects where all start together, group-time effects where they do not or where covariates are given.',
    options: ['auto', 'two_by_two', 'two_way_fixed_effects', 'group_time'],
    default: 'auto',
  },
  control_group: {
    kind: 'choice',
    label: 'Controls',
    help: 'For group-time effects: units that are never treated, or also those not treated yet.',
    options: ['not_yet_treated', 'never_treated'],
    default: 'not_yet_treated',
  },
  base_period: {
    kind: 'choice',
    label: 'Base period',
    help: 'Group-time effects are changes from the last period before treatment (universal), before treatment from the period before each (varying), or from the mean of all periods before (pre_mean), which is quieter and leans on parallel trends in all of them.',
    options: ['universal', 'varying', 'pre_mean'],
    default: 'universal',
  },
  anticipation: {
    kind: 'integer',
    label: 'Anticipation',
    help: 'Periods before treatment in which outcomes may move already; they are no part of the comparison.',
    min: 0,
    max: 365,
    unit: 'periods',
    default: 0,
  },
  aggregation: {
    kind: 'choice',
    label: 'Average',
    help: 'Of group-time effects: over treated unit-times (simple), time since the start (dynamic), cohorts (group) or time (calendar).',
    options: ['simple', 'dynamic', 'group', 'calendar'],
    default: 'simple',
  },
  // Not `covariate_columns`: a pilot's panel has none, and those of its cross section must not be asked for.
  adjustment_columns: {
    kind: 'columns',
    label: 'Covariates',
    help: 'Trends may differ by these; their values at the base period count.',
    default: [],
  },
  adjustment: {
    kind: 'choice',
    label: 'Adjustment',
    help: 'How covariates enter: by regression of the controls’ change and the odds of treatment, or by the regression alone.',
    options: ['doubly_robust', 'outcome_regression'],
    default: 'doubly_robust',
  },
  standard_errors: {
    kind: 'choice',
    label: 'Standard errors',
    help: 'Clustered by unit. CR2 holds with few units; CR1 leaves unit constants out of the count of coefficients, CR1_all_dummies counts them, CR1_groups counts clusters only; CR0 is uncorrected; welch is for two_by_two.',
    options: ['CR2', 'CR1', 'CR1_all_dummies', 'CR1_groups', 'CR0', 'welch'],
    default: 'CR2',
  },
  cluster_column: {
    kind: 'column',
    label: 'Clusters',
    help: 'Column of larger clusters, each holding whole units; where left out each unit is one.',
    default: null,
  },
  n_bootstrap: {
    kind: 'integer',
    label: 'Bootstrap draws',
    help: 'For the band that holds all periods together.',
    min: 99,
    max: 9999,
    default: 999,
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

export type DifferenceValues = ParameterValues<typeof differenceParameters>;
