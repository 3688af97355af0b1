import type { PanelInference } from './panel-inference.ts';
import type { TwoWayFit } from './two-way-fixed-effects.ts';

const MOST_TERMS = 5000;
const LAST_TERM = 1e-15;

/**
 * CR2 for the treatment coefficient of a two-way regression, with Satterthwaite's degrees of freedom for independent errors.
 *
 * A cluster's residuals are multiplied by (I - H)^(-1/2), H its block of the hat matrix without the unit constants, which its own
 * errors determine alone. H v is computed from the times x times normal equations, and the root from its binomial series, which
 * converges as H has no eigenvalue of 1 where treatment is seen in more than one cluster. Units seen and treated at the same times share
 * their H. Source: Bell and McCaffrey (2002); Pustejovsky and Tipton (2018, JBES 36, 672-683), theorem 2 for absorbed effects.
 */
export function biasReducedInference(fit: TwoWayFit): PanelInference {
  const { projection, treatment, residuals, information, nClusters } = fit;
  const { nUnits, nTimes } = projection.cells;
  const members = membersOf(fit);
  const parts = new Map<string, Part>();
  let meat = 0;
  for (let c = 0; c < nClusters; c += 1) {
    const units = members[c]!;
    const key = units.length === 1 ? patternOf(fit, units[0]!) : `cluster ${c}`;
    let part = parts.get(key);
    if (part === undefined) {
      const x = gather(treatment, units, nUnits, nTimes);
      const leftover = inverseRootTimes(fit, units, x);
      part = { leftover, sums: timeSums(fit, units, leftover), own: dot(x, x), count: 0 };
      parts.set(key, part);
    }
    part.count += 1;
    const score = scoreOf(residuals, units, part.leftover, nUnits, nTimes);
    meat += score * score;
  }
  return { standardError: Math.sqrt(meat) / information, df: satterthwaite(fit, [...parts.values()]) };
}

/** What clusters that are alike share: adjusted treatment, its sums by time, the squares of treatment, and how many they are. */
type Part = { readonly leftover: Float64Array; readonly sums: Float64Array; readonly own: number; count: number };

/** (sum of p_c'p_c)^2 / sum over all pairs of (p_c'p_d)^2, with p_c = (I - H)_c (I - H_cc)^(-1/2) x_c. */
function satterthwaite(fit: TwoWayFit, parts: readonly Part[]): number {
  const size = fit.projection.cells.nTimes + 1;
  const overlap = new Float64Array(size * size);
  let owns = 0;
  let squares = 0;
  for (const { sums, own, count } of parts) {
    owns += count * own;
    const self = dot(sums, solve(fit, sums));
    squares += count * (own * own - self * self);
    for (let b = 0; b < size; b += 1)
      for (let a = 0; a < size; a += 1) overlap[b * size + a] = overlap[b * size + a]! + count * sums[a]! * sums[b]!;
  }
  const solved = new Float64Array(size * size);
  for (let b = 0; b < size; b += 1) solved.set(solve(fit, overlap.subarray(b * size, (b + 1) * size)), b * size);
  for (let b = 0; b < size; b += 1) for (let a = 0; a < size; a += 1) squares += solved[b * size + a]! * solved[a * size + b]!;
  return squares > 0 ? (owns * owns) / squares : 1;
}

function membersOf({ clusters, nClusters }: TwoWayFit): number[][] {
  const members: number[][] = Array.from({ length: nClusters }, () => []);
  clusters.forEach((cluster, u) => {
    if (cluster >= 0) members[cluster]!.push(u);
  });
  return members;
}

/** Units that were seen and treated at the same times have the same block of the hat matrix. */
function patternOf({ projection, start }: TwoWayFit, unit: number): string {
  const { nUnits, nTimes, isUsed } = projection.cells;
  let pattern = `${start[unit]!} `;
  if (!projection.isComplete) for (let t = 0; t < nTimes; t += 1) pattern += isUsed[t * nUnits + unit] === 1 ? '1' : '0';
  return pattern;
}

/** (I - H)^(-1/2) x = sum of c_k H^k x, c_0 = 1, c_k = c_(k-1) (2k - 1) / (2k). */
function inverseRootTimes(fit: TwoWayFit, units: readonly number[], x: Float64Array): Float64Array {
  const result = x.slice();
  let power = x;
  let coefficient = 1;
  const small = LAST_TERM * LAST_TERM * dot(x, x);
  for (let k = 1; k <= MOST_TERMS; k += 1) {
    power = hatTimes(fit, units, power);
    coefficient *= (2 * k - 1) / (2 * k);
    for (let i = 0; i < result.length; i += 1) result[i] = result[i]! + coefficient * power[i]!;
    if (!(dot(power, power) > small)) break;
  }
  return result;
}

/** The cluster's block of the hat matrix of time effects and treatment, unit constants taken out. */
function hatTimes(fit: TwoWayFit, units: readonly number[], v: Float64Array): Float64Array {
  const { projection, treatment } = fit;
  const { nUnits, nTimes, isUsed } = projection.cells;
  const solved = solve(fit, timeSums(fit, units, v));
  const slope = solved[nTimes]!;
  const result = new Float64Array(v.length);
  units.forEach((u, i) => {
    let mean = 0;
    for (let t = 0; t < nTimes; t += 1) if (isUsed[t * nUnits + u] === 1) mean += solved[t]!;
    mean /= projection.unitCounts[u]!;
    for (let t = 0; t < nTimes; t += 1) {
      const at = t * nUnits + u;
      if (isUsed[at] === 1) result[i * nTimes + t] = solved[t]! - mean + slope * treatment[at]!;
    }
  });
  return result;
}

/** Sums over the cluster's units of their deviations from their means, by time; and last the sum of products with treatment. */
function timeSums({ projection, treatment }: TwoWayFit, units: readonly number[], v: Float64Array): Float64Array {
  const { nUnits, nTimes, isUsed } = projection.cells;
  const sums = new Float64Array(nTimes + 1);
  units.forEach((u, i) => {
    let mean = 0;
    for (let t = 0; t < nTimes; t += 1) if (isUsed[t * nUnits + u] === 1) mean += v[i * nTimes + t]!;
    mean /= projection.unitCounts[u]!;
    for (let t = 0; t < nTimes; t += 1) {
      const at = t * nUnits + u;
      if (isUsed[at] !== 1) continue;
      sums[t] = sums[t]! + v[i * nTimes + t]! - mean;
      sums[nTimes] = sums[nTimes]! + v[i * nTimes + t]! * treatment[at]!;
    }
  });
  return sums;
}

function solve({ projection, information }: TwoWayFit, sums: Float64Array): Float64Array {
  const { nTimes } = projection.cells;
  const result = new Float64Array(nTimes + 1);
  result.set(projection.solveTimes(sums.subarray(0, nTimes)));
  result[nTimes] = sums[nTimes]! / information;
  return result;
}

function gather(column: Float64Array, units: readonly number[], nUnits: number, nTimes: number): Float64Array {
  const values = new Float64Array(units.length * nTimes);
  units.forEach((u, i) => {
    for (let t = 0; t < nTimes; t += 1) values[i * nTimes + t] = column[t * nUnits + u]!;
  });
  return values;
}

function scoreOf(residuals: Float64Array, units: readonly number[], leftover: Float64Array, nUnits: number, nTimes: number): number {
  let score = 0;
  units.forEach((u, i) => {
    for (let t = 0; t < nTimes; t += 1) score += leftover[i * nTimes + t]! * residuals[t * nUnits + u]!;
  });
  return score;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += x[i]! * y[i]!;
  return sum;
}
