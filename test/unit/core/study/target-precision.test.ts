import { describe, expect, it } from 'vitest';
import { addReplicate } from '../../../../src/core/study/replicate-tally.ts';
import { emptyStudyTally } from '../../../../src/core/study/study-tally.ts';
import { isPreciseEnough } from '../../../../src/core/study/target-precision.ts';
import { smallPlan } from '../../engine/study-fixture.ts';

/** After so many replications, in all of which the interval holds the truth, and in `rejecting` of which the p value is small. */
function isEnough(diagnosand: string, monte_carlo_se: number, { replications, rejecting }: { replications: number; rejecting: number }): boolean {
  const plan = smallPlan(10_000, { extent: 'estimates', precision: { diagnosand, monte_carlo_se } });
  const tally = emptyStudyTally(plan);
  const replicate = { estimate: 1, standard_error: 1, ci_lower: -1, ci_upper: 3, truth: 1 };
  for (const { population } of tally.rows)
    for (let i = 0; i < replications; i += 1) addReplicate(population, { ...replicate, p_value: i < rejecting ? 0.01 : 0.4 });
  return isPreciseEnough(plan, tally, replications);
}

describe('a target precision', () => {
  it('is not met by a share of 0 or 1 for want of cases: what counts is the width of its band', () => {
    // Wilson's band of n cases alike is as wide as 1.96^2 / (n + 1.96^2): a standard error of 0.0048 at 200, of 0.0005 at 2000.
    expect(isEnough('coverage', 0.001, { replications: 200, rejecting: 0 })).toBe(false);
    expect(isEnough('coverage', 0.005, { replications: 200, rejecting: 0 })).toBe(true);
    expect(isEnough('coverage', 0.001, { replications: 2000, rejecting: 0 })).toBe(true);
  });

  it('is judged by the cases that the figure is about', () => {
    expect(isEnough('type_s_error', 0.05, { replications: 400, rejecting: 3 })).toBe(false);
    expect(isEnough('type_s_error', 0.05, { replications: 400, rejecting: 100 })).toBe(true);
    expect(isEnough('rejection_rate', 0.05, { replications: 400, rejecting: 3 })).toBe(true);
  });

  it('is never met by what cannot be told', () => {
    expect(isEnough('type_m_error', 1e9, { replications: 400, rejecting: 1 })).toBe(false);
    expect(isEnough('bias', 1e9, { replications: 400, rejecting: 1 })).toBe(true);
  });

  it('is looked at every hundred replications, from two hundred on', () => {
    for (const replications of [100, 250]) expect(isEnough('bias', 1e9, { replications, rejecting: 0 })).toBe(false);
    expect(isEnough('bias', 1e9, { replications: 300, rejecting: 0 })).toBe(true);
  });
});
