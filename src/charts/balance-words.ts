import type { BalancePicture } from '../core/measure/method-picture.ts';
import { smd, sortedByImbalance } from './balance-geometry.ts';
import type { ChartTable } from './chart-types.ts';
import { formatCount } from './format.ts';
import { reuseBins } from './reuse-geometry.ts';

export function balanceTable(picture: BalancePicture): ChartTable {
  const unit = 'absolute SMD';
  return {
    columns: [{ label: 'covariate' }, { label: 'before', unit, numeric: true }, { label: 'after', unit, numeric: true }],
    rows: [
      ...sortedByImbalance(picture.rows).map((row) => [row.covariate, smd(row.before), smd(row.after)]),
      ...reuseBins(picture.control_reuse).map(({ times, controls }) => [
        `controls used ${formatCount(times)}\u00d7`,
        '\u2013',
        formatCount(controls),
      ]),
    ],
  };
}

export function balanceSummary({ rows, control_reuse: reuse }: BalancePicture): string {
  const above = (key: 'before' | 'after') => rows.filter((row) => Math.abs(row[key]) > 0.1).length;
  const used =
    reuse.length === 0 ? '' : ` ${formatCount(reuse.length)} controls are used, the most used ${formatCount(Math.max(...reuse))} times.`;
  return `Love plot: absolute standardised mean difference of ${rows.length} covariates, with the standard deviation of the treated before as the standardiser. Above 0.1: ${above('before')} before, ${above('after')} after.${used}`;
}
