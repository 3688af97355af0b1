import { inputError } from '../contracts/input-error.ts';
import { cos, sin } from '../numeric/elementary.ts';
import { calendarSteps, weekdayOf, type TimeColumn } from './time-axis.ts';

export type RegressorChoice = {
  readonly trend: boolean;
  readonly slope_change: boolean;
  readonly seasonality: 'none' | 'weekday' | 'fourier';
  readonly period: number;
  readonly harmonics: number;
};

export type Regressors = { readonly names: readonly string[]; readonly columns: readonly Float64Array[]; readonly nGaps: number };

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * Columns of an interrupted time series: `intercept`, `trend` (1, 2, ... on the calendar), `level_change` (1 from the
 * intervention on), `slope_change` (0 before, then 1, 2, ...), and the season. `values` ascend.
 */
export function seriesRegressors(values: Float64Array, kind: TimeColumn['kind'], firstPost: number, choice: RegressorChoice): Regressors {
  const { steps, nGaps } = calendarSteps(values);
  const start = steps[firstPost] ?? Infinity;
  const entries: [string, Float64Array][] = [['intercept', new Float64Array(values.length).fill(1)]];
  if (choice.trend) entries.push(['trend', steps.map((step) => step + 1)]);
  entries.push(['level_change', steps.map((step) => (step >= start ? 1 : 0))]);
  if (choice.slope_change) entries.push(['slope_change', steps.map((step) => (step >= start ? step - start + 1 : 0))]);
  if (choice.seasonality === 'weekday') entries.push(...weekdays(values, kind));
  if (choice.seasonality === 'fourier') entries.push(...fourier(steps, choice.period, choice.harmonics));
  return { names: entries.map(([name]) => name), columns: entries.map(([, column]) => column), nGaps };
}

/** Indicators of each weekday that occurs but the first. */
function weekdays(values: Float64Array, kind: TimeColumn['kind']): [string, Float64Array][] {
  if (kind !== 'day') {
    throw inputError('seasonality', `weekdays need dates, and the times in the data are ${kind}s; use 'fourier' with a period`, 'weekday');
  }
  const days = Array.from(values, weekdayOf);
  const occurring = [...new Set(days)].sort((a, b) => a - b).slice(1);
  return occurring.map((day) => [WEEKDAYS[day]!, Float64Array.from(days, (other) => (other === day ? 1 : 0))]);
}

function fourier(steps: Float64Array, period: number, harmonics: number): [string, Float64Array][] {
  const entries: [string, Float64Array][] = [];
  for (let k = 1; k <= harmonics; k += 1) {
    if (2 * k > period) {
      throw inputError(
        'harmonics',
        `a season of ${period} periods has at most ${Math.floor(period / 2)} harmonics (found ${harmonics})`,
        harmonics,
      );
    }
    const angle = (step: number) => (2 * Math.PI * ((k * (step + 1)) % period)) / period;
    // At half the period the sine is 0 throughout.
    if (2 * k < period) entries.push([`sine_${k}`, steps.map((step) => sin(angle(step)))]);
    entries.push([`cosine_${k}`, steps.map((step) => cos(angle(step)))]);
  }
  return entries;
}
