import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';

export const seriesParameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column that is followed over time.', default: null },
  dependent_variable: {
    kind: 'column',
    label: 'Dependent variable',
    help: 'Another word for the outcome; where given, it is the one used.',
    default: null,
  },
  time_column: {
    kind: 'column',
    label: 'Time',
    help: 'Column of dates (2024-11-30), weeks, months or numbers, one row each.',
    default: 'date',
  },
  intervention_date: {
    kind: 'text',
    label: 'Intervention date',
    help: 'First time after the intervention, written as in the data.',
    default: null,
  },
  order: {
    kind: 'integers',
    label: 'Order',
    help: 'Autoregressive terms, differences (0 or 1), moving average terms of the noise.',
    length: 3,
    default: [1, 0, 0],
  },
  seasonal_order: {
    kind: 'integers',
    label: 'Seasonal order',
    help: 'Seasonal autoregressive terms, differences (0 or 1), moving average terms, and the season’s length; none if left empty.',
    length: 4,
    default: null,
  },
  trend: { kind: 'boolean', label: 'Trend', help: 'Whether the series has a linear trend of its own.', default: true },
  slope_change: {
    kind: 'boolean',
    label: 'Slope change',
    help: 'Whether the intervention may change the trend too; the effect is then the average over the time after.',
    default: false,
  },
  seasonality: {
    kind: 'choice',
    label: 'Seasonality',
    help: 'A regular pattern: one level per weekday, or sines and cosines of a period.',
    options: ['none', 'weekday', 'fourier'],
    default: 'none',
  },
  period: {
    kind: 'number',
    label: 'Period',
    help: 'Length of the season in periods, for sines and cosines.',
    min: 2,
    max: 1000,
    default: 7,
  },
  harmonics: { kind: 'integer', label: 'Harmonics', help: 'Pairs of sine and cosine.', min: 1, max: 50, default: 2 },
  standard_errors: {
    kind: 'choice',
    label: 'Standard errors',
    help: 'Noise as ARMA by exact maximum likelihood, or by restricted likelihood, which allows for the fitted terms and suits short series; or least squares with Newey-West standard errors.',
    options: ['maximum_likelihood', 'restricted_likelihood', 'newey_west'],
    default: 'maximum_likelihood',
  },
  newey_west_lag: {
    kind: 'integer',
    label: 'Newey-West lag',
    help: 'Periods over which noise may be correlated; by the length of the series if left empty.',
    min: 0,
    max: 1000,
    default: null,
  },
  small_sample_correction: {
    kind: 'boolean',
    label: 'Small sample correction',
    help: 'Multiply Newey-West variances by n / (n - k).',
    default: true,
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

export type SeriesValues = ParameterValues<typeof seriesParameters>;
