import { mean, standardDeviation } from '../numeric/moments.ts';

/** A constant and the columns, each less its mean and over its standard deviation: n x (columns + 1), by column. */
export function standardisedDesign(columns: readonly Float64Array[], n: number): Float64Array {
  const design = new Float64Array(n * (columns.length + 1)).fill(1, 0, n);
  columns.forEach((column, k) => {
    const centre = mean(column);
    const spread = standardDeviation(column) || 1;
    for (let i = 0; i < n; i += 1) design[(k + 1) * n + i] = (column[i]! - centre) / spread;
  });
  return design;
}
