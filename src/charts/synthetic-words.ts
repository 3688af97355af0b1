import { mean } from 'd3-array';
import type { SyntheticPicture } from '../core/measure/method-picture.ts';
import type { ChartTable, Format } from './chart-types.ts';
import { byWeight } from './donor-bars.ts';
import { formatNumber, formatPercent, formatSignificant, formatSigned } from './format.ts';
import { gapsOf, placeboRank } from './synthetic-gaps.ts';

export function syntheticTable(picture: SyntheticPicture, unit: string, format: Format): ChartTable {
  const gaps = gapsOf(picture);
  const timeWeights = new Map(picture.time_weights?.map(({ time, weight }) => [time, weight]));
  return {
    columns: [
      { label: 'period or donor' },
      ...['treated', 'synthetic', 'gap'].map((label) => ({ label, unit, numeric: true })),
      { label: 'weight', numeric: true },
    ],
    rows: [
      ...picture.times.map((time, i) => [
        time,
        format(picture.treated[i] ?? Number.NaN),
        format(picture.synthetic[i] ?? Number.NaN),
        formatSigned(gaps[i] ?? Number.NaN, format),
        timeWeights.has(time) ? formatNumber(timeWeights.get(time)!, 3) : '',
      ]),
      ...byWeight(picture.weights).map(({ unit: donor, weight }) => [`donor ${donor}`, '', '', '', formatNumber(weight, 3)]),
    ],
  };
}

export function syntheticSummary(picture: SyntheticPicture, unit: string, format: Format): string {
  const after = mean(gapsOf(picture).slice(picture.treatment_index).filter(Number.isFinite));
  const rank = placeboRank(picture);
  const donors = byWeight(picture.weights).filter((donor) => Math.abs(donor.weight) > 0.005);
  return [
    `${picture.treated_unit} against its synthetic control over ${picture.times.length} periods, ${unit}.`,
    after === undefined ? '' : `After treatment the gap is ${formatSigned(after, format)} on average.`,
    rank === null ? 'There are no placebos.' : rankWords(rank),
    `Donors: ${donors.map((donor) => `${donor.unit} ${formatPercent(donor.weight, 0)}`).join(', ')}.`,
  ].join(' ');
}

export function rankWords({ ratio, rank, of }: { readonly ratio: number; readonly rank: number; readonly of: number }): string {
  return `The gap after treatment is ${formatSignificant(ratio, 2)} times that before it: rank ${rank} of ${of} units when each is treated in turn.`;
}
