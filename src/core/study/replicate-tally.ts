import * as v from 'valibot';
import { checkContract } from '../contracts/check-contract.ts';
import { inputError } from '../contracts/input-error.ts';
import {
  addEvenPowers,
  addNumber,
  addWithSquare,
  exactText,
  exactZero,
  mergeExact,
  readExact,
  type ExactSum,
} from '../numeric/exact-sum.ts';
import type { Replicate } from './replicate-answer.ts';

const sumNames = [
  'estimate',
  'estimate_squared',
  'truth',
  'error',
  'error_squared',
  'error_fourth',
  'variance',
  'variance_squared',
  'width',
  'width_squared',
  'relative_error',
  'relative_error_squared',
  'exaggeration',
  'exaggeration_squared',
] as const;
const countNames = ['replications', 'with_standard_error', 'truth_zero', 'covered', 'rejected', 'wrong_sign'] as const;
const BINS = 20;
/** Of the p values that count as rejections. */
export const rejectionLevel = 0.05;

export type ReplicateSum = (typeof sumNames)[number];
type Sums = Readonly<Record<ReplicateSum, ExactSum>>;
type Counts = Record<(typeof countNames)[number], number>;

/**
 * All that diagnosands need to know of any number of replicates. Error: estimate minus truth. Variance: squared standard error.
 * Relative error: error over truth. Exaggeration: |estimate / truth| of replicates with p <= 0.05. The last two are summed over
 * replicates with a truth other than 0; `truth_zero` counts the others (or so near to 0 that nothing can be divided by it).
 */
export type ReplicateTally = Counts & {
  readonly sums: Sums;
  /** Least and greatest truth; null of no replicates. */
  truth_lowest: number | null;
  truth_highest: number | null;
  /** Numbers of p values in (0, 0.05], (0.05, 0.10], ..., (0.95, 1]; 0 itself is in the first. */
  readonly p_values: number[];
};

export type ReplicateTallyJson = Readonly<Counts> & {
  readonly truth_lowest: number | null;
  readonly truth_highest: number | null;
  readonly p_values: readonly number[];
  /** As texts of `exactText`. */
  readonly sums: Readonly<Record<ReplicateSum, string>>;
};

export function emptyReplicateTally(): ReplicateTally {
  return {
    ...(named(countNames, () => 0) as Counts),
    truth_lowest: null,
    truth_highest: null,
    p_values: Array<number>(BINS).fill(0),
    sums: named(sumNames, exactZero),
  };
}

/** Same replicates, same tally, in any order and over any split. @throws RangeError where a figure is not finite or p is outside [0, 1]. */
export function addReplicate(tally: ReplicateTally, replicate: Replicate): void {
  const { sums } = tally;
  const { estimate, standard_error, ci_lower, ci_upper, p_value } = replicate;
  const truth = replicate.truth + 0;
  const [error, width] = [estimate - truth, ci_upper - ci_lower];
  check(error, width, standard_error, p_value);
  tally.replications += 1;
  tally.truth_lowest = Math.min(tally.truth_lowest ?? truth, truth);
  tally.truth_highest = Math.max(tally.truth_highest ?? truth, truth);
  tally.p_values[Math.max(0, Math.ceil(p_value * BINS) - 1)]! += 1;
  if (ci_lower <= truth && truth <= ci_upper) tally.covered += 1;
  addWithSquare(sums.estimate, sums.estimate_squared, estimate);
  addNumber(sums.truth, truth);
  addNumber(sums.error, error);
  addEvenPowers(sums.error_squared, sums.error_fourth, error);
  addWithSquare(sums.width, sums.width_squared, width);
  if (standard_error !== null) {
    tally.with_standard_error += 1;
    addEvenPowers(sums.variance, sums.variance_squared, standard_error);
  }
  addAgainstTruth(tally, estimate, error, truth, p_value <= rejectionLevel);
}

export function mergeReplicateTally(into: ReplicateTally, from: ReplicateTally): void {
  for (const name of countNames) into[name] += from[name];
  for (const name of sumNames) mergeExact(into.sums[name], from.sums[name]);
  from.p_values.forEach((count, bin) => (into.p_values[bin]! += count));
  if (from.truth_lowest === null || from.truth_highest === null) return;
  into.truth_lowest = Math.min(into.truth_lowest ?? from.truth_lowest, from.truth_lowest);
  into.truth_highest = Math.max(into.truth_highest ?? from.truth_highest, from.truth_highest);
}

/** Same replicates, same text of the JSON. */
export function replicateTallyJson(tally: ReplicateTally): ReplicateTallyJson {
  return {
    ...(named(countNames, (name) => tally[name]) as Counts),
    truth_lowest: tally.truth_lowest,
    truth_highest: tally.truth_highest,
    p_values: [...tally.p_values],
    sums: named(sumNames, (name) => exactText(tally.sums[name])),
  };
}

/** @throws InputError where it is not what `replicateTallyJson` gives. */
export function readReplicateTally(json: unknown): ReplicateTally {
  const { sums, p_values, ...rest } = checkContract('Replicate tally', tallySchema, json);
  const { replications } = rest;
  for (const name of countNames)
    if (rest[name] > replications)
      throw inputError(name, `must not be above replications, ${replications} (found ${rest[name]})`, rest[name]);
  const binned = p_values.reduce((sum, count) => sum + count, 0);
  if (binned !== replications) throw inputError('p_values', `must add up to replications, ${replications} (found ${binned})`, p_values);
  return { ...rest, p_values: [...p_values], sums: named(sumNames, (name) => readExact(sums[name], `sums.${name}`)) };
}

function addAgainstTruth(tally: ReplicateTally, estimate: number, error: number, truth: number, rejected: boolean): void {
  const { sums } = tally;
  if (rejected) tally.rejected += 1;
  const [relative, times] = [error / truth, Math.abs(estimate / truth)];
  if (!Number.isFinite(relative) || !Number.isFinite(times)) {
    tally.truth_zero += 1;
    return;
  }
  addWithSquare(sums.relative_error, sums.relative_error_squared, relative);
  if (!rejected) return;
  if (estimate !== 0 && estimate > 0 !== truth > 0) tally.wrong_sign += 1;
  addWithSquare(sums.exaggeration, sums.exaggeration_squared, times);
}

/** Before anything is added, so that a tally is never half changed. Error and width are finite only where all that makes them is. */
function check(error: number, width: number, standardError: number | null, p: number): void {
  if (!Number.isFinite(error)) throw new RangeError(`Estimate minus truth of a replicate must be finite (found ${error})`);
  if (!Number.isFinite(width)) throw new RangeError(`The width of the interval of a replicate must be finite (found ${width})`);
  if (standardError !== null && !Number.isFinite(standardError))
    throw new RangeError(`The standard error of a replicate must be finite, or null (found ${standardError})`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`The p value of a replicate must be from 0 to 1 (found ${p})`);
}

function named<Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

const count = v.pipe(v.number(), v.safeInteger('must be a whole number'), v.minValue(0, 'must not be below 0'));
const finite = v.nullable(v.pipe(v.number(), v.finite('must be finite')));
const tallySchema = v.strictObject({
  ...named(countNames, () => count),
  truth_lowest: finite,
  truth_highest: finite,
  p_values: v.pipe(v.array(count), v.length(BINS, `must be ${BINS} numbers`)),
  sums: v.strictObject(named(sumNames, () => v.string())),
});
