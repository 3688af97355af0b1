import { exp, log } from '../numeric/elementary.ts';
import { normalQuantile } from '../numeric/normal.ts';
import type { Stream } from './stream.ts';

const HALF_STEP = 1.1641532182693481e-10;

/** A standard normal draw: the quantile of one uniform, taken at the middle of its 2^-32 cell so that it is always finite. */
export function standardNormal(stream: Stream): number {
  return normalQuantile(stream.uniform() + HALF_STEP);
}

/** The standard deviation of log X for a lognormal X of mean one with this coefficient of variation: sqrt(log(1 + cv^2)). */
export function lognormalSigma(coefficientOfVariation: number): number {
  return Math.sqrt(log(1 + coefficientOfVariation * coefficientOfVariation));
}

/** A lognormal draw of mean one with this coefficient of variation. Uses one uniform, also at 0, where it is 1. */
export function lognormalMeanOne(stream: Stream, coefficientOfVariation: number): number {
  const sigma = lognormalSigma(coefficientOfVariation);
  return exp(sigma * standardNormal(stream) - (sigma * sigma) / 2);
}

/** True with this probability. */
export function bernoulli(stream: Stream, probability: number): boolean {
  return stream.uniform() < probability;
}

/** A whole number from 0 to below `count`, all equally likely. */
export function uniformInteger(stream: Stream, count: number): number {
  return Math.floor(stream.uniform() * count);
}

/** An index, drawn in proportion to its weight. Weights are not negative and not all 0. */
export function weightedPick(stream: Stream, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i += 1) total += weights[i]!;
  let left = stream.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i]!;
    if (weight <= 0) continue;
    if (left < weight) return i;
    left -= weight;
    last = i;
  }
  return last;
}

/** x rounded down or up, at random, with mean x. */
export function stochasticRound(stream: Stream, x: number): number {
  const floor = Math.floor(x);
  return stream.uniform() < x - floor ? floor + 1 : floor;
}

/** Puts the values in random order, in place; every order is equally likely (Fisher and Yates). */
export function shuffle<T extends { length: number; [index: number]: number }>(stream: Stream, values: T): T {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = uniformInteger(stream, i + 1);
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
  return values;
}

/** 0, 1, ..., n - 1 in random order. */
export function randomOrder(stream: Stream, n: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i += 1) order[i] = i;
  return shuffle(stream, order);
}
