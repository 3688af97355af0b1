import { expect, it } from 'vitest';
import { normalSurvival } from '../../../../src/core/numeric/normal.ts';
import type { Measured, Replicate } from '../../../../src/core/study/diagnosand.ts';
import { diagnosands, diagnose, type DiagnosandId } from '../../../../src/core/study/index.ts';
import { addReplicate, emptyReplicateTally } from '../../../../src/core/study/replicate-tally.ts';

const STUDIES = 400;
const REPLICATIONS = 300;
const KEPT = 200;
const TRUTH = 0.4;

/** Marsaglia's multiply-with-carry, two lanes. */
function uniform(seed: number): () => number {
  let [z, w] = [362436069 + seed, 521288629 + seed];
  return () => {
    z = (36969 * (z & 65535) + (z >>> 16)) >>> 0;
    w = (18000 * (w & 65535) + (w >>> 16)) >>> 0;
    return ((((z << 16) + (w & 65535)) >>> 0) + 0.5) / 4294967296;
  };
}

/** A biased normal estimate of low power, with a reported standard error that varies on its own. */
function draw(random: () => number): Replicate {
  const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const se = 0.7 + 0.6 * random();
  const estimate = TRUTH + 0.2 + normal;
  const p_value = 2 * normalSurvival(Math.abs(estimate / se));
  return { estimate, standard_error: se, ci_lower: estimate - 1.96 * se, ci_upper: estimate + 1.96 * se, p_value, truth: TRUTH };
}

const studies = Array.from({ length: STUDIES }, (_, study) => {
  const random = uniform(study * 7919);
  for (let i = 0; i < 20; i += 1) random();
  const tally = emptyReplicateTally();
  const draws = Array.from({ length: REPLICATIONS }, () => draw(random));
  for (const one of draws) addReplicate(tally, one);
  return diagnose({ tally, kept: draws.slice(0, KEPT) });
});

/** Those that come from sums over all replications, from the kept ones or from rejections: the claim is the same. */
it.each(Object.keys(diagnosands) as DiagnosandId[])('the Monte Carlo standard error of %s is what it varies by over studies', (id) => {
  const found = studies.map((study) => study[id] as Measured);
  const values = found.map(({ value }) => value);
  const centre = average(values);
  const squaredDeviations = values.map((value) => ((value - centre) ** 2 * STUDIES) / (STUDIES - 1));
  const squaredErrors = found.map(({ monte_carlo_se: error }) => (error as number) ** 2);
  const apart = average(squaredDeviations) - average(squaredErrors);
  const error = Math.sqrt((variance(squaredDeviations) + variance(squaredErrors)) / STUDIES);
  expect(
    Math.abs(apart / error),
    `varies by ${Math.sqrt(average(squaredDeviations))}, says ${Math.sqrt(average(squaredErrors))}`,
  ).toBeLessThan(4);
  // The comparison itself is sharp: a factor of 1.25 in the standard error would show.
  expect(error / average(squaredErrors)).toBeLessThan(0.12);
});

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = average(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
