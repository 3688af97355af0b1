import type { EventStudyPicture } from '../core/measure/method-picture.ts';
import type { ChartTable, Format } from './chart-types.ts';
import { eventTimeWords, pointwiseInterval, sortedRows } from './event-study-geometry.ts';
import { formatInterval, formatNumber, formatPercent, formatPValue } from './format.ts';

export function eventStudyTable(picture: EventStudyPicture, unit: string, format: Format): ChartTable {
  const numbers = ['effect', 'lower', 'upper', 'together from', 'together to'];
  return {
    columns: [{ label: 'period' }, ...numbers.map((label) => ({ label, unit, numeric: true }))],
    rows: [
      ...sortedRows(picture).map((row) => [
        `${row.event_time > 0 ? '+' : ''}${formatNumber(row.event_time)}: ${eventTimeWords(row.event_time)}`,
        format(row.estimate),
        ...(row.is_reference
          ? ['reference', 'reference', 'reference', 'reference']
          : [row.ci_lower, row.ci_upper, row.simultaneous_lower, row.simultaneous_upper].map(format)),
      ]),
      ...picture.groups.map((row) => [
        `treated from ${row.group}, at ${row.time}`,
        format(row.estimate),
        format(row.ci_lower),
        format(row.ci_upper),
        '\u2013',
        '\u2013',
      ]),
    ],
  };
}

export function eventStudySummary(picture: EventStudyPicture, unit: string, format: Format): string {
  const rows = sortedRows(picture);
  const before = rows.filter((row) => row.event_time < 0 && !row.is_reference);
  const after = rows.filter((row) => row.event_time >= 0);
  const clear = after.filter((row) => row.simultaneous_lower > 0 || row.simultaneous_upper < 0).length;
  const last = after.at(-1);
  return [
    `Event study, ${unit}: ${before.length} periods before the reference and ${after.length} from treatment on.`,
    `The simultaneous band leaves zero in ${clear} of the ${after.length} treated periods.`,
    last === undefined ? '' : `In the last of them the effect is ${formatInterval(pointwiseInterval(last), format)}.`,
    preTrendWords(picture),
    twoWayWords(picture, format),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The joint test of the periods before, in words; without one, why not. */
export function preTrendWords({ pre_trend: test }: EventStudyPicture): string {
  if (test === null) return 'There are too few periods before treatment to test whether the groups moved together.';
  const df = [test.df1, ...(test.df2 === null ? [] : [test.df2])].map((value) => formatNumber(value, Number.isInteger(value) ? 0 : 1));
  const name = test.df2 === null ? `\u03c7\u00b2(${df[0]!})` : `F(${df.join(', ')})`;
  const reading =
    test.p_value < 0.05
      ? 'the groups moved apart already before, so the comparison is in doubt'
      : 'no sign that the groups moved apart before (which does not prove that they would not have after)';
  const p = formatPValue(test.p_value);
  return `Before treatment, jointly: ${name} = ${formatNumber(test.statistic, 2)}, p ${p.startsWith('<') || p.startsWith('>') ? p : `= ${p}`}: ${reading}.`;
}

export function twoWayWords({ two_way: twoWay }: EventStudyPicture, format: Format): string {
  if (twoWay === null) return '';
  const estimate = formatInterval({ estimate: twoWay.estimate, lower: twoWay.ci_lower, upper: twoWay.ci_upper }, format);
  const share = twoWay.negative_weight_share;
  const weights =
    share > 0
      ? `It weighs group and period effects, and ${formatPercent(share, share < 0.1 ? 1 : 0)} of those weights are negative: there a larger effect lowers the answer.`
      : 'None of its weights on group and period effects is negative.';
  return `Two-way fixed effects would say ${estimate}. ${weights}`;
}
