import type { OverlapPicture } from '../core/measure/method-picture.ts';
import type { ChartTable } from './chart-types.ts';
import { formatCount, formatNumber } from './format.ts';
import { armSizes, isTrimmed, score } from './overlap-geometry.ts';

export function overlapTable({ bins, kept_range: kept }: OverlapPicture): ChartTable {
  return {
    columns: [
      { label: 'propensity score' },
      { label: 'treated', unit: 'n', numeric: true },
      { label: 'controls', unit: 'n', numeric: true },
      { label: 'used' },
    ],
    rows: bins.map((bin) => [
      `${score(bin.from)} to ${score(bin.to)}`,
      formatCount(bin.treated),
      formatCount(bin.control),
      isTrimmed(bin, kept) ? 'left out' : 'yes',
    ]),
  };
}

export function overlapSummary(picture: OverlapPicture): string {
  const { bins, kept_range: kept, effective_treated: treated, effective_control: control } = picture;
  const arms = armSizes(picture);
  const alone = bins.filter((bin) => bin.treated > 0 !== bin.control > 0);
  const lonely = alone.reduce((sum, bin) => sum + bin.treated + bin.control, 0);
  return [
    `Histogram of the estimated propensity score: ${formatCount(arms.treated)} treated above the line, ${formatCount(arms.control)} controls below.`,
    lonely === 0 ? 'Wherever there is one arm, there is the other.' : `${formatCount(lonely)} units lie where the other arm has nobody.`,
    kept === null ? 'Nothing is trimmed.' : `Scores outside ${score(kept[0])} to ${score(kept[1])} are left out.`,
    `After weighting the arms are worth ${formatNumber(treated, 0)} and ${formatNumber(control, 0)} units.`,
  ].join(' ');
}

/** The share of an arm's units that weighting leaves, as a warning where it is small. */
export function overlapNotes(picture: OverlapPicture): string[] {
  const arms = armSizes(picture);
  const thin = [
    { name: 'treated', left: picture.effective_treated, of: arms.treated },
    { name: 'controls', left: picture.effective_control, of: arms.control },
  ].filter(({ left, of }) => of > 0 && left < 0.3 * of);
  return thin.map(
    ({ name, left, of }) => `A few ${name} carry most of the weight: ${formatCount(of)} of them count as ${formatNumber(left, 0)}.`,
  );
}
