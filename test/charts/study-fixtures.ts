import type { ArmRow } from '../../src/charts/paired-difference-data.ts';
import type { Averaged } from '../../src/charts/monte-carlo-words.ts';
import type { RegretDistribution } from '../../src/charts/regret-distribution-data.ts';
import type { RegretPart } from '../../src/charts/regret-split-geometry.ts';
import type { SamplingRow } from '../../src/charts/sampling-distribution-data.ts';
import type { ZipInterval } from '../../src/charts/zip-data.ts';
import { namedStream, type Stream } from '../../src/core/random/stream.ts';
import { standardNormal } from '../../src/core/random/variates.ts';

/** A small study with known answers, drawn from named streams: the same numbers in every run. */
export function stream(purpose: string): Stream {
  return namedStream({ seed: '7', initiative: 'charts', stage: 'pilot', replication: 0, purpose });
}

export function normals(count: number, purpose: string, mean = 0, sd = 1): number[] {
  const source = stream(purpose);
  return Array.from({ length: count }, () => mean + sd * standardNormal(source));
}

export function meanOf(values: readonly number[]): Averaged {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { value: mean, monte_carlo_se: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1) / values.length) };
}

export function samplingRow(id: string, values: readonly number[], truth: number | null, note?: string): SamplingRow {
  const { value, monte_carlo_se } = meanOf(values);
  const estimates = values.map((estimate, i) => ({ replication: i + 1, estimate }));
  return { id, label: id, estimates, mean: value, mean_error: monte_carlo_se, truth, ...(note === undefined ? {} : { note }) };
}

export function samplingRows(count = 1000): SamplingRow[] {
  const tailed = normals(count, 'tails', 2.2, 0.5).map((value, i) => (i % 140 === 5 ? value * 60 : value));
  return [
    samplingRow('difference in means', normals(count, 'means', 2.26, 0.9), 2.25),
    samplingRow('difference in differences', normals(count, 'differences', 2.24, 0.45), 2.25),
    samplingRow('synthetic control', tailed, 2.25, '12 replications failed: no convex combination of donors'),
    samplingRow('regression discontinuity', normals(count, 'discontinuity', 3.4, 0.7), 2.6),
  ];
}

/** Too few for bars. */
export const fewSamplingRows: SamplingRow[] = [
  samplingRow('experiment', normals(14, 'few', 2, 0.5), 2),
  samplingRow('before and after', normals(12, 'fewer', 3.1, 0.8), null),
];

/** z intervals of a normal mean with an estimated standard error; `claimed` below 1 makes them too short. */
export function zipIntervals(count = 1000, claimed = 1): ZipInterval[] {
  const source = stream(`zip ${claimed}`);
  return Array.from({ length: count }, (_, i) => {
    const estimate = 2.25 + 0.5 * standardNormal(source);
    const error = 0.5 * claimed * Math.exp(0.15 * standardNormal(source));
    const half = 1.96 * error;
    return { replication: i + 1, estimate, lower: estimate - half, upper: estimate + half, z: (estimate - 2.25) / error };
  });
}

export function coverageOf(intervals: readonly ZipInterval[], truth: number): Averaged {
  return meanOf(intervals.map(({ lower, upper }) => (lower <= truth && truth <= upper ? 1 : 0)));
}

export function uniforms(count: number, purpose = 'uniforms'): number[] {
  const source = stream(purpose);
  return Array.from({ length: count }, () => source.uniform());
}

/** Mostly nothing lost, else a gamma-like loss, once a disaster. */
export function regretDistribution(count = 1000): RegretDistribution {
  const source = stream('regret');
  const values = Array.from({ length: count }, (_, i) => {
    if (i === 417) return 310_000;
    if (source.uniform() < 0.62) return 0;
    return Math.round(-9000 * Math.log(1 - source.uniform()) - 5000 * Math.log(1 - source.uniform()));
  });
  const worst = values.reduce((at, value, i) => (value > values[at]! ? i : at), 0);
  return {
    regrets: values.map((regret, i) => ({ replication: i + 1, regret })),
    mean: meanOf(values),
    worst: { value: values[worst]!, replication: worst + 1 },
  };
}

export const armRows: readonly ArmRow[] = [
  { id: 'own', label: 'As in the scenario', group: '', expected: { value: 6210, monte_carlo_se: 290 }, difference: null },
  arm('rule:maximin', 'Maximin', 'Another decision rule', 9830, 380, 3620, 310),
  arm('rule:expected_value', 'Highest expected return', 'Another decision rule', 5890, 280, -320, 190),
  arm('rule:nothing', 'Fund nothing at all, whatever the pilots say', 'Another decision rule', 24_100, 110, 17_890, 300),
  arm('penalty:none', 'No penalty', 'Another confidence penalty', 5160, 260, -1050, 160),
  arm('penalty:linear', 'Linear penalty', 'Another confidence penalty', 6210, 290, 0, 0),
  arm('correction:empirical_bayes', 'Empirical Bayes', 'Another correction', 6000, 280, -210, 120),
];

function arm(
  id: string,
  label: string,
  group: string,
  expected: number,
  error: number,
  difference: number,
  differenceError: number,
): ArmRow {
  return {
    id,
    label,
    group,
    expected: { value: expected, monte_carlo_se: error },
    difference: { value: difference, monte_carlo_se: differenceError },
  };
}

export const regretParts: readonly RegretPart[] = [
  { id: 'sampling_noise', label: 'sampling noise', detail: 'what larger pilots could save', value: 4100, monte_carlo_se: 300 },
  { id: 'estimator_bias', label: 'estimator bias', detail: 'what unbiased methods could save', value: 2700, monte_carlo_se: 210 },
  { id: 'transport', label: 'transport', detail: 'effects that differ at scale', value: -900, monte_carlo_se: 80 },
  { id: 'decision_rule', label: 'decision rule', detail: 'what is left with the truth in hand', value: 310, monte_carlo_se: null },
];

export const regretTotal: Averaged = { value: 6210, monte_carlo_se: 290 };
