import type { ResponsePicture } from '../core/measure/method-picture.ts';
import type { ChartTable, Format } from './chart-types.ts';
import { formatCount, formatSigned } from './format.ts';
import { changeFormat } from './response-geometry.ts';

export function responseTable(picture: ResponsePicture, unit: string, format: Format): ChartTable {
  const metric = changeFormat(picture);
  return {
    columns: [
      { label: `change of ${words(picture.metric)}` },
      ...['response', 'lower', 'upper'].map((label) => ({ label, unit, numeric: true })),
      { label: 'units', unit: 'n', numeric: true },
    ],
    rows: [
      ...picture.curve.map((point) => [formatSigned(point.x, metric), format(point.y), format(point.lower), format(point.upper), '\u2013']),
      ...picture.bins.map((bin) => [`${metric(bin.from)} to ${metric(bin.to)}`, '\u2013', '\u2013', '\u2013', formatCount(bin.count)]),
    ],
  };
}

export function responseSummary(picture: ResponsePicture, unit: string): string {
  const metric = changeFormat(picture);
  const units = picture.bins.reduce((sum, bin) => sum + bin.count, 0);
  return `Assumed ${words(picture.response)} response of the outcome, ${unit}, to a change of ${words(picture.metric)}, with its band. ${formatCount(units)} units changed by ${formatSigned(picture.mean_change, metric)} on average.`;
}

/** What no data stand behind, said under the picture. */
export const responseNote = 'The curve is an assumption, not a finding: no outcome after the change was used.';

function words(name: string): string {
  return name.replaceAll('_', ' ');
}
