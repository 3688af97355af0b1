import type { PilotSeries } from '../core/contracts/run.ts';
import type { ChartTable, Format } from './chart-types.ts';
import { difference, gapIsEffect, gapWords, meanEffect, seriesNames } from './series-geometry.ts';

export function seriesTable(series: PilotSeries, unit: string, format: Format, trueEffect?: number | null): ChartTable {
  const { dates, treated, control, treated_without_treatment: without } = series;
  const gap = gapIsEffect(series, trueEffect) ? 'true effect on the treated' : 'treated, observed minus that';
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '\u2013' : format(value));
  const columns = [seriesNames.treated, ...(control ? [seriesNames.control] : []), seriesNames.truth, gap];
  return {
    columns: [{ label: 'date' }, ...columns.map((label) => ({ label, unit, numeric: true }))],
    rows: dates.map((date, i) => [
      date,
      number(treated[i]),
      ...(control ? [number(control[i])] : []),
      number(without[i]),
      number(difference(treated[i], without[i])),
    ]),
  };
}

export function seriesSummary(series: PilotSeries, unit: string, format: Format, trueEffect?: number | null): string {
  const effect = meanEffect(series);
  const start = series.dates[series.intervention_index];
  const last = series.last_start_index === undefined ? undefined : series.dates[series.last_start_index];
  return [
    `Line chart of ${series.dates.length} periods, ${series.dates[0]} to ${series.dates[series.dates.length - 1]}, ${unit}: the treated${series.control ? ', the controls' : ''} and what the treated would have been without treatment.`,
    start === undefined
      ? 'Nothing was treated.'
      : last === undefined
        ? `Treatment starts on ${start}.`
        : `Treatment starts in cohorts, the first on ${start} and the last on ${last}.`,
    effect === null ? '' : `From then on: ${gapWords(series, effect, format, trueEffect)}.`,
  ].join(' ');
}
