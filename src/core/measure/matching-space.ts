import { leastSquares, orthogonalRows } from '../numeric/least-squares.ts';
import { mean, standardDeviation } from '../numeric/moments.ts';
import type { Caliper } from './match-units.ts';
import type { PointSet } from './neighbour-search.ts';
import { fitPropensity, type PropensityFit } from './propensity.ts';
import type { DesignColumns, UnitRows } from './read-table.ts';

export type Distance = 'mahalanobis' | 'euclidean' | 'propensity';

/** Where units stand: points whose Euclidean distance is the distance wanted, and what a caliper is laid on. */
export type MatchingSpace = {
  readonly points: PointSet;
  readonly caliperColumns: readonly Float64Array[];
  readonly propensity: PropensityFit | null;
  /** Columns that do not vary or follow from the columns before them, and so add nothing to the distance. */
  readonly setAside: readonly string[];
};

/**
 * mahalanobis: the inverse of the covariance matrix of all units, by way of an orthogonal basis of the standardised
 * columns; euclidean: the inverse of the variances; propensity: the score, on the scale of the logit or of the probability.
 * Covariances have the divisor n, on columns standardised with n - 1, as in Sekhon's Matching.
 */
export function matchingSpace(units: UnitRows, design: DesignColumns, distance: Distance, scale: 'logit' | 'probability'): MatchingSpace {
  if (distance === 'propensity') {
    const propensity = fitPropensity(units.treated, design);
    const score = scale === 'logit' ? propensity.linearPredictor : propensity.probability;
    const { basis } = standardised([score]);
    return { points: { n: units.n, dimension: 1, coordinates: basis }, caliperColumns: [score], propensity, setAside: propensity.setAside };
  }
  const { n } = units;
  const { basis, varies } = standardised(design.columns);
  const kept = keptColumns(basis, n, design.columns.length, distance === 'mahalanobis');
  const setAside = design.names.filter((_, k) => !(varies[k]! && kept.columns.includes(k)));
  const coordinates = new Float64Array(n * kept.columns.length);
  for (let c = 0; c < kept.columns.length; c += 1)
    for (let i = 0; i < n; i += 1) coordinates[i * kept.columns.length + c] = kept.values[c * n + i]!;
  return { points: { n, dimension: kept.columns.length, coordinates }, caliperColumns: design.columns, propensity: null, setAside };
}

/** Widths of `size` standard deviations (divisor n) of each column the caliper is laid on. */
export function caliperOf(space: MatchingSpace, size: number | null): Caliper | null {
  if (size === null) return null;
  const widths = space.caliperColumns.map(
    (column) => size * (standardDeviation(column) || 0) * Math.sqrt((column.length - 1) / column.length),
  );
  return { columns: space.caliperColumns, widths };
}

/** Columns with mean 0 and variance 1, one after another; 0 throughout where a column does not vary. */
function standardised(columns: readonly Float64Array[]): { basis: Float64Array; varies: boolean[] } {
  const n = columns[0]?.length ?? 0;
  const basis = new Float64Array(n * columns.length);
  const varies = columns.map((column, k) => {
    const centre = mean(column);
    const spread = standardDeviation(column);
    if (!(spread > 1e-12 * Math.abs(centre))) return false;
    for (let i = 0; i < n; i += 1) basis[k * n + i] = (column[i]! - centre) / spread;
    return true;
  });
  return { basis, varies };
}

function keptColumns(
  basis: Float64Array,
  n: number,
  columns: number,
  isOrthogonal: boolean,
): { columns: readonly number[]; values: Float64Array } {
  const problem = { design: basis, rows: n, columns, outcome: new Float64Array(n) };
  const fit = leastSquares(problem);
  if (!isOrthogonal) {
    const varying = Array.from({ length: columns }, (_, k) => k).filter((k) =>
      basis.subarray(k * n, (k + 1) * n).some((value) => value !== 0),
    );
    const values = new Float64Array(n * varying.length);
    varying.forEach((k, c) => values.set(basis.subarray(k * n, (k + 1) * n), c * n));
    return { columns: varying, values };
  }
  const values = new Float64Array(n * fit.rank);
  orthogonalRows(problem, fit, 0, n, values);
  return { columns: fit.kept, values: values.map((value) => value * Math.sqrt(n)) };
}
