import { describe, expect, it } from 'vitest';
import { summariseDecisions } from '../../../../src/core/study/decision-summary.ts';
import { smallPlan } from '../../engine/study-fixture.ts';
import { generator, normal, recordOf, tallyOf } from './decision-records.ts';

/** Both arms take the larger of two noisy estimates, 'penalty:none' of estimates with a little more noise: mostly they agree. */
function study(n: number, seed: number) {
  const uniform = generator(seed);
  const records = Array.from({ length: n }, (_, replication) => {
    const initiatives = [
      { id: 'a', med: 10 + 6 * normal(uniform), pilot: 10, scale: 10 },
      { id: 'b', med: 7 + 6 * normal(uniform), pilot: 7, scale: 7 },
    ] as const;
    const [a, b] = initiatives;
    const other = a.med + 2 * normal(uniform) > b.med ? 'a' : 'b';
    return recordOf({
      replication,
      initiatives,
      decisions: { own: { selected: [a.med > b.med ? 'a' : 'b'] }, 'penalty:none': { selected: [other] } },
      oracle: ['a'],
    });
  });
  return summariseDecisions(smallPlan(1), tallyOf(records, 0), null).arms;
}

describe('the paired difference between two ways to decide', () => {
  it('has the standard error that repeated studies show, smaller than that of two separate studies', () => {
    const repeats = 400;
    const studies = Array.from({ length: repeats }, (_, i) => study(60, 1000 + i));
    const differences = studies.map(([, other]) => other!.difference_from_own!);
    const mean = differences.reduce((sum, { value }) => sum + value, 0) / repeats;
    const variance = differences.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (repeats - 1);
    const squared = differences.map(({ monte_carlo_se: se }) => se! ** 2);
    const told = squared.reduce((sum, one) => sum + one, 0) / repeats;
    const spread = squared.reduce((sum, one) => sum + (one - told) ** 2, 0) / (repeats - 1);
    expect(Math.abs(told - variance)).toBeLessThan(4 * Math.sqrt((spread + 2 * variance * variance) / repeats));
    const unpaired = studies.map(
      ([own, other]) => own!.expected_regret!.monte_carlo_se! ** 2 + other!.expected_regret!.monte_carlo_se! ** 2,
    );
    expect(told).toBeLessThan(unpaired.reduce((sum, one) => sum + one, 0) / repeats / 1.5);
  });

  it('is the difference of the two expected regrets', () => {
    const [own, other] = study(80, 3);
    expect(other!.difference_from_own!.value).toBeCloseTo(other!.expected_regret!.value - own!.expected_regret!.value, 12);
  });
});
