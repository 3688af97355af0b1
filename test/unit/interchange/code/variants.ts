import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimatorDescriptions, type EstimatorId } from '../../../../src/core/measure/descriptions.ts';
import { pilotQuestion } from '../../../../src/core/measure-initiative.ts';
import { measureTable } from '../../../../src/core/measure-table.ts';
import { categoryColumn, numberColumn, type Column, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { codeQuestion } from '../../../../src/interchange/code/code-question.ts';
import type { CodeQuestion } from '../../../../src/interchange/code/code-script.ts';
import { tableCsv } from '../../../../src/interchange/table-csv.ts';
import { homeTask } from '../../home-task.ts';
import { readReferenceTable } from '../../core/measure/reference-data.ts';

type Values = Readonly<Record<string, unknown>>;
export type Variant = {
  readonly name: string;
  readonly method: EstimatorId;
  readonly file: string;
  readonly table: DataTable;
  readonly parameters: Values;
};

/** Every method on small data, by the variants of it that matter; scripts are to answer each of them. */
export function codeVariants(): readonly Variant[] {
  return groups().flatMap(({ method, file, table, base, variants }) => {
    const data = table();
    return Object.entries(variants).map(([name, parameters]) => ({
      name,
      method,
      file,
      table: data,
      parameters: { ...base, ...parameters },
    }));
  });
}

/** Writes the data into the folder and says what is asked of them, with the answers. */
export function writeVariants(folder: string, variants: readonly Variant[]): readonly CodeQuestion[] {
  const written = new Set<string>();
  return variants.map(({ name, method, file, table, parameters }) => {
    if (!written.has(file)) writeFileSync(join(folder, file), tableCsv(table));
    written.add(file);
    const { result } = measureTable(table, { initiative_id: 'variant', method, parameters });
    const columns = Array.from(table.columns, ([column, { kind }]) => ({ name: column, kind }));
    return codeQuestion({ file, columns, question: { initiative_id: name, method, parameters }, result });
  });
}

type Group = {
  readonly method: EstimatorId;
  readonly file: string;
  readonly table: () => DataTable;
  readonly base: Values;
  readonly variants: Readonly<Record<string, Values>>;
};

/** A pilot of the design the method is at home in. */
const homeOf = (method: EstimatorId) => pilotQuestion(homeTask(estimatorDescriptions[method]));

function atHome(method: EstimatorId, variants: Group['variants']): Group {
  return { method, file: `home-${method}.csv`, table: () => homeOf(method).table, base: homeOf(method).parameters, variants };
}

const others: Values = { covariate_columns: ['a', 'b', 'c'] };

function observed(method: EstimatorId, base: Values, variants: Group['variants']): Group {
  return {
    method,
    file: 'observed.csv',
    table: () => withGaps(readReferenceTable('obs')),
    base: { outcome_column: 'y', treatment_column: 't', ...base },
    variants,
  };
}

/** Some cells missing, a column of texts, clusters, and a name that a spreadsheet would run. */
function withGaps({ rowCount, columns }: DataTable): DataTable {
  const y = columns.get('y') as Extract<Column, { kind: 'number' }>;
  const treated = (columns.get('t') as Extract<Column, { kind: 'number' }>).values;
  const label = (parts: readonly string[]) => categoryColumn(Array.from({ length: rowCount }, (_, i) => parts[(i * 7) % parts.length]!));
  return {
    rowCount,
    columns: new Map<string, Column>([
      ...columns,
      ['y', numberColumn(y.values.map((value, i) => (i % 41 === 3 ? NaN : value)))],
      ['kind', label(['Toys, "soft"', 'Books', '=Games'])],
      ['shop', label(Array.from({ length: 17 }, (_, k) => `shop ${k}`))],
      ['said', categoryColumn(Array.from(treated, (value) => (value === 1 ? 'Yes' : 'no')))],
      ['page', categoryColumn(Array.from(treated, (value) => (value === 1 ? 'old' : 'new')))],
      ['=a+1', numberColumn(y.values.map((_, i) => ((i * 13) % 29) / 29))],
    ]),
  };
}

const panelBase: Values = { outcome_column: 'y', unit_column: 'unit', time_column: 'time', treatment_column: 'treated' };
const names = (values: readonly string[], parameter: string) =>
  Object.fromEntries(values.map((value) => [`${parameter} ${value}`, { [parameter]: value }]));

const groups = (): readonly Group[] => [
  atHome('naive_difference', { plain: {} }),
  observed(
    'naive_difference',
    {},
    {
      'with gaps': {},
      '80%': { confidence_level: 0.8 },
      'yes and no': { treatment_column: 'said' },
      'any two values': { treatment_column: 'page' },
    },
  ),
  atHome('experiment', {
    home: {},
    none: { adjustment: 'none' },
    ...names(['classical', 'HC0', 'HC1', 'HC2', 'HC3'], 'standard_errors'),
    additive: { adjustment: 'additive', covariate_columns: ['price', 'category'] },
    cuped: { adjustment: 'cuped' },
  }),
  observed('experiment', others, {
    lin: {},
    'lin with texts': { covariate_columns: ['a', 'kind', '=a+1'] },
    additive: { adjustment: 'additive', standard_errors: 'HC3' },
    'cuped, HC1': { adjustment: 'cuped', pre_column: 'a', standard_errors: 'HC1' },
    blocks: { block_column: 'kind', covariate_columns: [] },
    'blocks and covariates': { block_column: 'shop', adjustment: 'additive' },
    'clusters CR0': { cluster_column: 'shop', standard_errors: 'CR0' },
    'clusters CR1': { cluster_column: 'shop', standard_errors: 'CR1' },
    'clusters CR2': { cluster_column: 'shop' },
    'clusters without covariates': { cluster_column: 'shop', adjustment: 'none' },
    formula: { formula: 'y ~ t * a + `=a+1` + kind', covariate_columns: [] },
    'formula without constant': { formula: 'y ~ 0 + kind + t + a:b', covariate_columns: [], standard_errors: 'classical' },
  }),
  observed('subclassification', others, {
    att: {},
    atc: { estimand: 'atc', n_strata: 4 },
    ate: { estimand: 'ate', n_strata: 10 },
    covariates: { strata_on: 'covariates', covariate_columns: ['a', 'kind'], n_strata: 3 },
  }),
  atHome('nearest_neighbour_matching', { home: {} }),
  observed('nearest_neighbour_matching', others, {
    ...names(['mahalanobis', 'propensity', 'euclidean'], 'distance'),
    'probability scale': { distance: 'propensity', propensity_scale: 'probability' },
    'atc, 3 matches': { estimand: 'atc', ratio: 3 },
    'ate, bias correction': { estimand: 'ate', ratio: 2, bias_adjustment: true },
    'local variance': { variance_neighbours: 2, bias_adjustment: true },
    caliper: { caliper: 0.5 },
    'without replacement': { replace: false, ratio: 1 },
    'without replacement, caliper': { replace: false, ratio: 2, caliper: 1, distance: 'euclidean' },
    ties: { covariate_columns: ['c', 'kind'] },
  }),
  observed('inverse_probability_weighting', others, {
    ate: {},
    ...names(['att', 'atc'], 'estimand'),
    'Horvitz-Thompson': { weighting: 'horvitz_thompson' },
    'Horvitz-Thompson on the treated': { weighting: 'horvitz_thompson', estimand: 'att', small_sample_correction: true },
    overlap: { weighting: 'overlap' },
    'known score': { standard_errors: 'known_propensity' },
    'small sample': { small_sample_correction: true },
    bounds: { trimming: 'bounds', trim_lower: 0.2, trim_upper: 0.8 },
    crump: { trimming: 'crump', small_sample_correction: true, covariate_columns: ['a', 'b', 'kind'] },
  }),
  observed('doubly_robust', others, {
    ate: {},
    ...names(['att', 'atc'], 'estimand'),
    'small sample': { small_sample_correction: true },
    'small sample att': { small_sample_correction: true, estimand: 'att' },
    'outcome only': { models: 'outcome_only' },
    'outcome only, corrected': { models: 'outcome_only', estimand: 'att', small_sample_correction: true },
    'five folds': { cross_fitting_folds: 5 },
    'folds, trimmed': { cross_fitting_folds: 2, trimming: 'bounds', estimand: 'att', small_sample_correction: true },
  }),
  atHome('doubly_robust', { home: {} }),
  atHome('inverse_probability_weighting', { home: {} }),
  atHome('subclassification', { home: {} }),
  atHome('difference_in_differences', {
    home: {},
    'two-way': { method: 'two_way_fixed_effects' },
  }),
  {
    method: 'difference_in_differences',
    file: 'panel.csv',
    table: () => readReferenceTable('panel'),
    base: { ...panelBase, treatment_column: 'd' },
    variants: {
      auto: {},
      ...names(['CR0', 'CR1', 'CR1_all_dummies', 'CR1_groups'], 'standard_errors'),
      'two by two': { method: 'two_by_two' },
      'two by two welch': { method: 'two_by_two', standard_errors: 'welch' },
      'two by two CR1': { method: 'two_by_two', standard_errors: 'CR1' },
      'auto welch': { standard_errors: 'welch' },
      'who and when': { treatment_column: 'treated', treatment_time: '5' },
      anticipation: { anticipation: 1 },
      'two by two, anticipation': { method: 'two_by_two', anticipation: 1 },
      'group time': { method: 'group_time' },
    },
  },
  {
    method: 'difference_in_differences',
    file: 'rollout.csv',
    table: () => readReferenceTable('rollout'),
    base: panelBase,
    variants: {
      simple: {},
      ...names(['dynamic', 'group', 'calendar'], 'aggregation'),
      'never treated': { control_group: 'never_treated' },
      'pre-period mean': { base_period: 'pre_mean' },
      varying: { base_period: 'varying', anticipation: 1 },
      CR1: { standard_errors: 'CR1' },
      clusters: { cluster_column: 'cluster' },
      'clusters CR0': { cluster_column: 'cluster', standard_errors: 'CR0' },
      'doubly robust': { adjustment_columns: ['x', 'z'] },
      'outcome regression': { adjustment_columns: ['x'], adjustment: 'outcome_regression', aggregation: 'dynamic' },
      'two-way': { method: 'two_way_fixed_effects' },
      'two-way clusters': { method: 'two_way_fixed_effects', cluster_column: 'cluster' },
      'two-way CR1, clusters': { method: 'two_way_fixed_effects', cluster_column: 'cluster', standard_errors: 'CR1' },
    },
  },
  {
    method: 'difference_in_differences',
    file: 'holes.csv',
    table: () => withHoles(readReferenceTable('rollout')),
    base: panelBase,
    variants: {
      simple: {},
      'pre-period mean': { base_period: 'pre_mean' },
      'two-way': { method: 'two_way_fixed_effects' },
      covariates: { adjustment_columns: ['x'] },
    },
  },
  atHome('synthetic_control', {
    home: {},
    ridge: { variant: 'ridge_augmented' },
    'ridge, given penalty': { variant: 'ridge_augmented', ridge_penalty: 0.01 },
    'synthetic did': { variant: 'synthetic_did' },
  }),
  {
    method: 'synthetic_control',
    file: 'prop99.csv',
    table: () => longTable(readReferenceTable('prop99')),
    base: { outcome_column: 'y', unit_column: 'unit', time_column: 'year', treated_unit: 'California', treatment_time: '1989' },
    variants: {
      simplex: {},
      ridge: { variant: 'ridge_augmented' },
      'synthetic did': { variant: 'synthetic_did' },
    },
  },
  atHome('regression_discontinuity', { home: {} }),
  {
    method: 'regression_discontinuity',
    file: 'rd.csv',
    table: () => readReferenceTable('rd_more'),
    base: { outcome_column: 'y', running_column: 'x', cutoff: 0 },
    variants: {
      sharp: {},
      ...names(['coverage_error', 'imbens_kalyanaraman'], 'bandwidth_rule'),
      ...names(['epanechnikov', 'uniform'], 'kernel'),
      ...names(['HC0', 'HC1', 'HC2', 'HC3'], 'standard_errors'),
      conventional: { inference: 'conventional' },
      parabolas: { polynomial_order: 2 },
      'given bandwidth': { bandwidth: 0.4 },
      'given bandwidths': { bandwidth: 0.5, bias_bandwidth: 0.4, standard_errors: 'HC1' },
      fuzzy: { treatment_column: 'takes' },
      'fuzzy, conventional': { treatment_column: 'takes', inference: 'conventional', standard_errors: 'HC2' },
      adjusted: { covariate_columns: ['z1', 'z2'], covariate_use: 'adjust' },
      'adjusted, fuzzy': { covariate_columns: ['z1'], covariate_use: 'adjust', treatment_column: 'takes', bandwidth: 0.5 },
      donut: { donut_radius: 0.02, treated_side: 'below' },
    },
  },
  atHome('interrupted_time_series', { home: {}, weekdays: { seasonality: 'weekday' }, 'Newey-West': { standard_errors: 'newey_west' } }),
  {
    method: 'interrupted_time_series',
    file: 'its.csv',
    table: () => readReferenceTable('its'),
    base: { outcome_column: 'y', time_column: 't', intervention_date: '61' },
    variants: {
      ar1: {},
      white: { order: [0, 0, 0] },
      'ar2 with slope': { order: [2, 0, 0], slope_change: true },
      arma: { order: [1, 0, 1] },
      'without trend': { trend: false, order: [0, 0, 1] },
      seasonal: { seasonal_order: [1, 0, 0, 12] },
      differenced: { order: [0, 1, 1] },
      waves: { seasonality: 'fourier', period: 12, harmonics: 2 },
      'restricted ar1': { standard_errors: 'restricted_likelihood', slope_change: true },
      'restricted ar2': { standard_errors: 'restricted_likelihood', order: [2, 0, 0] },
      'restricted ma1': { standard_errors: 'restricted_likelihood', order: [0, 0, 1] },
      'restricted seasonal': { standard_errors: 'restricted_likelihood', seasonal_order: [1, 0, 0, 12] },
      'restricted white': { standard_errors: 'restricted_likelihood', order: [0, 0, 0] },
      'Newey-West': { standard_errors: 'newey_west', slope_change: true },
      'Newey-West, lag 3': { standard_errors: 'newey_west', newey_west_lag: 3, small_sample_correction: false },
    },
  },
  {
    method: 'interrupted_time_series',
    file: 'weeks.csv',
    table: () => datedSeries(week),
    base: { outcome_column: 'y', time_column: 'when' },
    variants: { weeks: { intervention_date: '2020-W09', standard_errors: 'newey_west' } },
  },
  {
    method: 'before_after',
    file: 'months.csv',
    table: () => datedSeries(month),
    base: { outcome_column: 'y', time_column: 'when' },
    variants: { months: { intervention_date: '2024-01' } },
  },
  atHome('metrics_approximation', {
    home: {},
    ...names(['linear', 'michaelis_menten', 'exponential_saturation', 'constant_elasticity'], 'response'),
    'own coefficient': { coefficient: 0.7, coefficient_standard_error: 0.02 },
    bootstrap: { interval: 'bootstrap' },
  }),
  atHome('before_after', { welch: {}, 'Newey-West': { standard_errors: 'newey_west' } }),
  {
    method: 'before_after',
    file: 'its.csv',
    table: () => readReferenceTable('its'),
    base: { outcome_column: 'y', time_column: 't', intervention_date: '61' },
    variants: { 'by numbers': {}, 'lag 2': { standard_errors: 'newey_west', newey_west_lag: 2 } },
  },
];

const padded = (value: number) => String(value).padStart(2, '0');
const month = (t: number) => `${2019 + Math.floor(t / 12)}-${padded((t % 12) + 1)}`;
/** 2020 has 53 weeks, 2019 and 2021 have 52. */
const week = (t: number) => (t < 52 ? `2019-W${padded(t + 1)}` : t < 105 ? `2020-W${padded(t - 51)}` : `2021-W${padded(t - 104)}`);

/** Every 23rd outcome is missing. */
function withHoles({ rowCount, columns }: DataTable): DataTable {
  const y = columns.get('y') as Extract<Column, { kind: 'number' }>;
  return {
    rowCount,
    columns: new Map<string, Column>([...columns, ['y', numberColumn(y.values.map((v, i) => (i % 23 === 5 ? NaN : v)))]]),
  };
}

/** The series by ISO weeks over the turn of a year, or by months. */
function datedSeries(labelOf: (t: number) => string): DataTable {
  const { rowCount, columns } = readReferenceTable('its');
  return {
    rowCount,
    columns: new Map<string, Column>([...columns, ['when', categoryColumn(Array.from({ length: rowCount }, (_, t) => labelOf(t)))]]),
  };
}

/** A wide table of series as one row per unit and year. */
function longTable({ rowCount, columns }: DataTable): DataTable {
  const years = columns.get('year') as Extract<Column, { kind: 'number' }>;
  const units = [...columns.keys()].filter((name) => name !== 'year');
  const series = units.map((unit) => columns.get(unit) as Extract<Column, { kind: 'number' }>);
  return {
    rowCount: units.length * rowCount,
    columns: new Map<string, Column>([
      ['unit', categoryColumn(units.flatMap((unit) => new Array<string>(rowCount).fill(unit)))],
      ['year', numberColumn(Float64Array.from(units.flatMap(() => Array.from(years.values))))],
      ['y', numberColumn(Float64Array.from(series.flatMap(({ values }) => Array.from(values))))],
    ]),
  };
}
