import { pow } from '../numeric/elementary.ts';
import { studentTQuantile } from '../numeric/student-t.ts';
import type { DensityTest } from './density-test.ts';
import { fitLocal, polynomial, type LocalFit } from './local-linear.ts';
import type { DiscontinuityPicture } from './method-picture.ts';
import type { SideData } from './rd-estimate.ts';

export type RdScene = {
  readonly running: string;
  readonly cutoff: number;
  readonly treatedSide: 'below' | 'above';
  readonly bandwidth: number;
  readonly confidenceLevel: number;
  /** Added to every outcome. */
  readonly centre: number;
  readonly control: SideData;
  readonly treated: SideData;
  readonly controlFit: LocalFit;
  readonly treatedFit: LocalFit;
  readonly density: DensityTest;
};

type Bin = DiscontinuityPicture['bins'][number];

const GRID = 24;
const MOST_BINS_A_SIDE = 40;
const MOST_DENSITY_BINS_A_SIDE = 30;

/** Binned means, local fits and density, on the running variable's own scale, from left to right. */
export function drawDiscontinuity(scene: RdScene): DiscontinuityPicture {
  const { cutoff, treatedSide, density } = scene;
  const sign = treatedSide === 'above' ? 1 : -1;
  const place = (x: number) => cutoff + sign * x;
  const inOrder = <T>(rows: T[]): T[] => (sign === 1 ? rows : rows.reverse());
  const line = (fit: LocalFit, direction: number) =>
    Array.from({ length: GRID + 1 }, (_, k) => ({
      x: place((direction * fit.bandwidth * k) / GRID),
      y: scene.centre + polynomial(fit.coefficients, (direction * k) / GRID),
    })).sort((a, b) => a.x - b.x);
  const lines = [line(scene.controlFit, -1), line(scene.treatedFit, 1)];
  const [left, right] = inOrder(lines);
  return {
    kind: 'discontinuity',
    running: scene.running,
    cutoff,
    treated_side: treatedSide,
    bandwidth: { left: scene.bandwidth, right: scene.bandwidth },
    bins: inOrder([...binnedMeans(scene.control, scene), ...binnedMeans(scene.treated, scene)]).map((bin) => ({ ...bin, x: place(bin.x) })),
    fit_left: left!,
    fit_right: right!,
    density: inOrder(densityBins(density)).map(({ from, to, count }) => ({
      from: Math.min(place(from), place(to)),
      to: Math.max(place(from), place(to)),
      count,
    })),
    density_p_value: density.pValue,
  };
}

/** Means with t intervals in evenly spaced bins of one side. */
function binnedMeans({ side, outcome }: SideData, { centre, confidenceLevel }: RdScene): Bin[] {
  const { x } = side;
  const isLeft = x[0]! < 0;
  const reach = Math.abs(isLeft ? x[0]! : x.at(-1)!) * (1 + 1e-9);
  const count = reach > 0 ? binCount({ side, outcome, treatment: null }, reach) : 1;
  const width = reach / count;
  const sums = new Float64Array(count);
  const sizes = new Int32Array(count);
  const binOf = (place: number) =>
    width > 0 ? Math.min(count - 1, Math.max(0, Math.floor((place + (isLeft ? reach : 0)) / width + 1e-9))) : 0;
  x.forEach((place, i) => {
    const bin = binOf(place);
    sums[bin] = sums[bin]! + outcome[i]!;
    sizes[bin] = sizes[bin]! + 1;
  });
  const means = sums.map((sum, bin) => sum / sizes[bin]!);
  const squares = new Float64Array(count);
  x.forEach((place, i) => {
    const bin = binOf(place);
    const deviation = outcome[i]! - means[bin]!;
    squares[bin] = squares[bin]! + deviation * deviation;
  });
  return Array.from({ length: count }, (_, bin): Bin => {
    const n = sizes[bin]!;
    const mean = centre + means[bin]!;
    const error = n > 1 ? Math.sqrt(squares[bin]! / (n - 1) / n) : 0;
    const half = error > 0 ? studentTQuantile(0.5 + confidenceLevel / 2, n - 1) * error : 0;
    return { x: (bin + 0.5) * width - (isLeft ? reach : 0), mean, n, ci_lower: mean - half, ci_upper: mean + half };
  }).filter((bin) => bin.n > 0);
}

/**
 * Bins that balance squared bias against variance of the binned means over the range: (2 B n / V)^(1/3), B from the slope of a
 * global quartic and V from differences of neighbours. Source: Calonico, Cattaneo and Titiunik (2015, JASA 110).
 */
function binCount({ side, outcome }: SideData, reach: number): number {
  const n = outcome.length;
  const distinct = side.starts.length - 1;
  const most = Math.min(MOST_BINS_A_SIDE, distinct);
  const fallback = Math.max(1, Math.min(most, Math.round(Math.sqrt(n))));
  const fit = fitLocal(side, outcome, Math.min(4, distinct - 1), reach, 'uniform');
  if (fit === null) return fallback;
  const slopes = Float64Array.from(fit.coefficients.subarray(1), (value, k) => value * (k + 1));
  let bias = 0;
  let noise = 0;
  for (let i = 0; i < n; i += 1) {
    const slope = slopes.length > 0 ? polynomial(slopes, fit.u[i]!) : 0;
    bias += slope * slope;
    if (i === 0) continue;
    const step = (fit.u[i]! - fit.u[i - 1]!) * (outcome[i]! - outcome[i - 1]!);
    noise += step * step;
  }
  const ratio = (2 * (bias / (12 * n)) * n) / ((n / 2) * noise);
  const best = Math.ceil(pow(ratio, 1 / 3));
  return Number.isFinite(best) ? Math.max(Math.min(4, most), Math.min(most, best)) : fallback;
}

function densityBins({ counts, below, binSize }: DensityTest) {
  const size = Math.ceil(Math.max(below, counts.length - below) / MOST_DENSITY_BINS_A_SIDE);
  const bins: { from: number; to: number; count: number }[] = [];
  for (let first = -Math.ceil(below / size); first * size < counts.length - below; first += 1) {
    let count = 0;
    for (let k = 0; k < size; k += 1) count += counts[below + first * size + k] ?? 0;
    bins.push({ from: first * size * binSize, to: (first + 1) * size * binSize, count });
  }
  return bins;
}
