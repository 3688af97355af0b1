import type { CounterfactualPicture } from '../core/measure/method-picture.ts';
import type { ChartTable, Format } from './chart-types.ts';
import { meanGap } from './counterfactual-geometry.ts';
import { formatSigned } from './format.ts';

export function counterfactualTable(
  { times, observed, fitted, counterfactual, lower, upper, intervention_index: start }: CounterfactualPicture,
  unit: string,
  format: Format,
): ChartTable {
  const number = (value: number | undefined) => (value === undefined ? '\u2013' : format(value));
  return {
    columns: [
      { label: 'period' },
      ...['observed', 'fitted', 'counterfactual', 'lower', 'upper', 'observed \u2212 counterfactual'].map((label) => ({
        label,
        unit,
        numeric: true,
      })),
    ],
    rows: times.map((time, i) => [
      time,
      ...[observed[i], fitted[i], counterfactual[i], lower[i], upper[i]].map(number),
      i < start ? '\u2013' : formatSigned((observed[i] ?? Number.NaN) - (counterfactual[i] ?? Number.NaN), format),
    ]),
  };
}

export function counterfactualSummary(picture: CounterfactualPicture, unit: string, format: Format): string {
  const gap = meanGap(picture);
  const start = picture.times[picture.intervention_index];
  return `Line chart of ${picture.times.length} periods, ${unit}: observed, fitted, and the estimated counterfactual with its band.${start === undefined ? '' : ` Intervention at ${start}.`}${gap === null ? '' : ` From then on observed minus counterfactual is ${formatSigned(gap, format)} on average.`}`;
}
