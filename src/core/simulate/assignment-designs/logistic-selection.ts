import { log, logistic } from '../../numeric/elementary.ts';
import type { NumberParameter } from '../../contracts/parameter.ts';
import type { Stream } from '../../random/stream.ts';
import { randomOrder } from '../../random/variates.ts';

/** The parameter that says how strongly an attribute pulls. */
export function logOdds<const Default extends number>(label: string, help: string, value: Default) {
  return {
    kind: 'number',
    label,
    help: `${help} Log-odds of being treated per standard deviation.`,
    min: -3,
    max: 3,
    step: 0.1,
    default: value,
  } as const satisfies NumberParameter;
}

type Pull = { readonly values: Float64Array; readonly weight: number };

/**
 * Probabilities of a logistic model in the standardised values, its intercept solved so that they sum to the number of places.
 * Values that are all the same pull nobody.
 */
export function logisticProbabilities(nProducts: number, pulls: readonly Pull[], places: number): Float64Array {
  const score = new Float64Array(nProducts);
  for (const { values, weight } of pulls) addStandardised(score, values, weight);
  const intercept = solveIntercept(score, places);
  return score.map((value) => logistic(intercept + value));
}

/**
 * Gives the places by systematic sampling in random order (Madow 1949; Hartley and Rao 1962), which treats exactly that many
 * and each product with exactly its probability. The first treated period of each product, -1 for never.
 */
export function drawPlaces(probabilities: Float64Array, places: number, firstPeriod: number, stream: Stream): Int32Array {
  const firstTreated = new Int32Array(probabilities.length).fill(-1);
  const order = randomOrder(stream, probabilities.length);
  const start = stream.uniform();
  let filled = 0;
  let sum = 0;
  for (const i of order) {
    sum += probabilities[i]!;
    if (filled < places && sum > start + filled) {
      firstTreated[i] = firstPeriod;
      filled += 1;
    }
  }
  return firstTreated;
}

/** Adds weight times the standardised values; values that are all the same add nothing. */
function addStandardised(score: Float64Array, values: Float64Array, weight: number): void {
  if (weight === 0) return;
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += values[i]!;
  mean /= n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (values[i]! - mean) * (values[i]! - mean);
  if (!(squares > 0)) return;
  const perUnit = weight / Math.sqrt(squares / n);
  for (let i = 0; i < n; i += 1) score[i] = score[i]! + perUnit * (values[i]! - mean);
}

/** The intercept at which the probabilities sum to `count`: Newton's method, with bisection where a step leaves the bracket. */
function solveIntercept(score: Float64Array, count: number): number {
  const n = score.length;
  if (count <= 0) return -Infinity;
  if (count >= n) return Infinity;
  let low = -60 - maximum(score);
  let high = 60 - minimum(score);
  let intercept = log(count / (n - count));
  for (let step = 0; step < 200 && high - low > 1e-13; step += 1) {
    let sum = 0;
    let slope = 0;
    for (let i = 0; i < n; i += 1) {
      const p = logistic(intercept + score[i]!);
      sum += p;
      slope += p * (1 - p);
    }
    const excess = sum - count;
    if (Math.abs(excess) < 1e-11 * count) break;
    if (excess > 0) high = intercept;
    else low = intercept;
    const newton = intercept - excess / slope;
    intercept = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return intercept;
}

function maximum(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}

function minimum(values: Float64Array): number {
  let smallest = Infinity;
  for (const value of values) smallest = Math.min(smallest, value);
  return smallest;
}
