import type { DiscontinuityPicture } from '../core/measure/method-picture.ts';
import type { ChartTable, Format } from './chart-types.ts';
import { jumpOf } from './discontinuity-geometry.ts';
import { formatCount, formatForValues, formatPValue, formatSigned } from './format.ts';

export function discontinuityTable(picture: DiscontinuityPicture, unit: string, format: Format): ChartTable {
  const running = formatForValues([...picture.bins.map((bin) => bin.x), picture.cutoff]);
  return {
    columns: [
      { label: picture.running.replaceAll('_', ' ') },
      { label: 'side' },
      { label: 'units', unit: 'n', numeric: true },
      ...['mean', 'lower', 'upper'].map((label) => ({ label, unit, numeric: true })),
    ],
    rows: picture.bins.map((bin) => [
      running(bin.x),
      (picture.treated_side === 'above') === bin.x >= picture.cutoff ? 'treated' : 'not treated',
      formatCount(bin.n),
      format(bin.mean),
      format(bin.ci_lower),
      format(bin.ci_upper),
    ]),
  };
}

export function discontinuitySummary(picture: DiscontinuityPicture, unit: string, format: Format): string {
  const running = formatForValues([...picture.bins.map((bin) => bin.x), picture.cutoff]);
  const jump = jumpOf(picture);
  return [
    `Mean outcome in ${picture.bins.length} bins of ${picture.running.replaceAll('_', ' ')}, ${unit}; units ${picture.treated_side} ${running(picture.cutoff)} are treated.`,
    jump === null
      ? 'There is no fit on one of the sides.'
      : `At the cutoff the local fits are ${formatSigned(jump, format)} apart, treated minus not treated.`,
    densityWords(picture),
  ].join(' ');
}

/** The density check in words: units that sort themselves across the cutoff spoil the comparison. */
export function densityWords({ density_p_value: p }: DiscontinuityPicture): string {
  if (p === null) return 'Whether units sorted themselves across the cutoff could not be tested.';
  const printed = formatPValue(p);
  const value = printed.startsWith('<') || printed.startsWith('>') ? printed : `= ${printed}`;
  return p < 0.05
    ? `The number of units jumps at the cutoff (p ${value}): some may have moved across it on purpose.`
    : `The number of units does not jump at the cutoff (p ${value}): no sign that any moved across it on purpose.`;
}
