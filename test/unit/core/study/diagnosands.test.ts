import { describe, expect, it } from 'vitest';
import type { Replicate } from '../../../../src/core/study/diagnosand.ts';
import { diagnose, diagnosands, diagnoseReplicates, replicatesBehind } from '../../../../src/core/study/index.ts';
import { addReplicate, emptyReplicateTally } from '../../../../src/core/study/replicate-tally.ts';
import { jackknife } from './naive-diagnosands.ts';

function replicate(estimate: number, standardError: number | null, truth = 2, halfWidth = 1, pValue = 0.2): Replicate {
  return {
    estimate,
    standard_error: standardError,
    ci_lower: estimate - halfWidth,
    ci_upper: estimate + halfWidth,
    p_value: pValue,
    truth,
  };
}

/** Errors -1, 0, 1, 2: mean 0.5, squared deviations sum to 5. Squared standard errors 1, 1, 4, 4: mean 2.5, variance 3. */
const four = [replicate(1, 1, 2, 1, 0.05), replicate(2, 1, 2, 1, 0.01), replicate(3, 2), replicate(4, 2)];

describe('diagnosands of four replications worked out by hand', () => {
  const found = diagnoseReplicates(four);

  it('bias', () => {
    expect(found.bias?.value).toBeCloseTo(0.5, 14);
    expect(found.bias?.monte_carlo_se).toBeCloseTo(Math.sqrt(5 / 12), 14);
  });

  it('empirical and model standard error', () => {
    expect(found.empirical_se?.value).toBeCloseTo(Math.sqrt(5 / 3), 14);
    expect(found.empirical_se?.monte_carlo_se).toBeCloseTo(Math.sqrt(5 / 3) / Math.sqrt(6), 14);
    expect(found.model_se?.value).toBeCloseTo(Math.sqrt(2.5), 14);
    expect(found.model_se?.monte_carlo_se).toBeCloseTo(Math.sqrt(3 / (4 * 4 * 2.5)), 14);
  });

  it('relative error of the model standard error', () => {
    const ratio = Math.sqrt(2.5 / (5 / 3));
    expect(found.relative_error_model_se?.value).toBeCloseTo(100 * (ratio - 1), 12);
    expect(found.relative_error_model_se?.monte_carlo_se).toBeCloseTo(100 * ratio * Math.sqrt(3 / (4 * 4 * 2.5 * 2.5) + 1 / 6), 12);
  });

  it('coverage counts ends as inside, and rejection counts the level itself', () => {
    expect(found.coverage).toEqual({ value: 0.75, monte_carlo_se: Math.sqrt((0.75 * 0.25) / 4) });
    expect(found.rejection_rate).toEqual({ value: 0.5, monte_carlo_se: 0.25 });
  });
});

describe('the further diagnosands of the same four', () => {
  const found = diagnoseReplicates(four);

  it('mean squared error and its root', () => {
    // Squared errors 1, 0, 1, 4: mean 1.5, squared deviations 0.25 + 2.25 + 0.25 + 6.25.
    expect(found.mse).toEqual({ value: 1.5, monte_carlo_se: Math.sqrt(9 / 12) });
    expect(found.rmse?.value).toBe(Math.sqrt(1.5));
    // Roots without one: sqrt(5/3) twice, sqrt(2), sqrt(2/3).
    const roots = [5 / 3, 2, 5 / 3, 2 / 3].map(Math.sqrt);
    const centre = roots.reduce((sum, root) => sum + root, 0) / 4;
    const squares = roots.reduce((sum, root) => sum + (root - centre) ** 2, 0);
    expect(found.rmse?.monte_carlo_se).toBeCloseTo(Math.sqrt((3 / 4) * squares), 14);
  });

  it('relative bias is a fraction of the truth', () => {
    expect(found.relative_bias?.value).toBeCloseTo(0.25, 14);
    expect(found.relative_bias?.monte_carlo_se).toBeCloseTo(Math.sqrt(5 / 12) / 2, 14);
  });

  it('bias-eliminated coverage is about the mean estimate, 2.5, of intervals one to either side', () => {
    expect(found.bias_eliminated_coverage).toEqual({ value: 0.5, monte_carlo_se: 0.25 });
  });

  it('interval width', () => {
    expect(found.interval_width).toEqual({ value: 2, monte_carlo_se: 0 });
  });

  it('type S and type M error are about those that reject', () => {
    const opposite = [...four, replicate(-3, 1, 2, 1, 0.04)];
    const { type_s_error: sign, type_m_error: size } = diagnoseReplicates(opposite);
    expect(sign).toEqual({ value: 1 / 3, monte_carlo_se: Math.sqrt(2 / 9 / 3) });
    // Estimates 1, 2 and -3 of a truth of 2: 0.5, 1 and 1.5 times.
    expect(size?.value).toBeCloseTo(1, 14);
    expect(size?.monte_carlo_se).toBeCloseTo(0.5 / Math.sqrt(3), 14);
    // A truth below zero is no other matter, and an estimate of nothing has no sign.
    const mirrored = opposite.map((one) => ({ ...one, estimate: -one.estimate, truth: -one.truth }));
    expect(diagnoseReplicates(mirrored).type_s_error).toEqual(sign);
    expect(diagnoseReplicates(mirrored).type_m_error).toEqual(size);
    expect(diagnoseReplicates([replicate(0, 1, 2, 1, 0.01), replicate(1, 1, 2, 1, 0.01)]).type_s_error?.value).toBe(0);
  });
});

describe('where not all replications are kept', () => {
  const draws = Array.from({ length: 90 }, (_, i) => replicate(2 + Math.sin(i * i), 1, 2, 0.5));
  const tally = emptyReplicateTally();
  for (const draw of draws) addReplicate(tally, draw);
  const kept = draws.slice(0, 40);
  const found = diagnose({ tally, kept });
  const squared = (list: readonly Replicate[]) => list.map(({ estimate, truth }) => (estimate - truth) ** 2);

  it('the root mean squared error is of all, its error by the jackknife over those kept, as small as all make it', () => {
    expect(found.rmse!.value).toBeCloseTo(diagnoseReplicates(draws).rmse!.value, 14);
    expect(found.rmse!.monte_carlo_se).toBeCloseTo(jackknife(squared(kept)) * Math.sqrt(40 / 90), 13);
    expect(diagnose({ tally, kept: [] }).rmse).toEqual({ value: found.rmse!.value, monte_carlo_se: null });
  });

  it('the jackknife agrees with brute force, one replication far out or all alike too', () => {
    for (const list of [draws, [replicate(1e8, 1), ...kept], [replicate(1e8, 1), replicate(2, 1)]]) {
      const expected = jackknife(squared(list));
      expect(Math.abs(diagnoseReplicates(list).rmse!.monte_carlo_se! / expected - 1)).toBeLessThan(1e-7);
    }
    expect(diagnoseReplicates([four[0]!, four[0]!]).rmse).toEqual({ value: 1, monte_carlo_se: 0 });
  });

  it('bias-eliminated coverage is of those kept, around their own mean', () => {
    const centre = kept.reduce((sum, { estimate }) => sum + estimate, 0) / 40;
    const hits = kept.filter(({ estimate }) => Math.abs(estimate - centre) <= 0.5).length;
    expect(found.bias_eliminated_coverage?.value).toBe(hits / 40);
    expect(diagnose({ tally, kept: [] }).bias_eliminated_coverage).toBeNull();
  });

  it('each says how many replicates it rests on', () => {
    const behind = (id: keyof typeof diagnosands) => replicatesBehind(diagnosands[id], { tally, kept });
    expect([behind('bias'), behind('bias_eliminated_coverage'), behind('type_m_error')]).toEqual([90, 40, 0]);
  });
});

describe('bias-eliminated coverage', () => {
  it('moves each truth by the mean error where truths differ', () => {
    const moved = four.map((one, i) => replicate(one.estimate + 10 * i, 1, one.truth + 10 * i));
    expect(diagnoseReplicates(moved).bias_eliminated_coverage).toEqual(diagnoseReplicates(four).bias_eliminated_coverage);
  });

  it('is the coverage itself of a method without bias, and does not see a bias', () => {
    const honest = [-1.5, -0.5, 0.5, 1.5].map((error) => replicate(2 + error, 1));
    const biased = honest.map((one) => ({ ...one, truth: 9 }));
    expect(diagnoseReplicates(honest).bias_eliminated_coverage?.value).toBe(diagnoseReplicates(honest).coverage?.value);
    expect(diagnoseReplicates(biased).bias_eliminated_coverage?.value).toBe(0.5);
    expect(diagnoseReplicates(biased).coverage?.value).toBe(0);
  });
});

describe('degenerate replications', () => {
  it('one alone tells shares, and nothing that varies', () => {
    const found = diagnoseReplicates([replicate(3, 1, 2, 1, 0.01)]);
    const told = Object.entries(found).flatMap(([id, measured]) => (measured === null ? [] : [id]));
    expect(told).toEqual(['coverage', 'rejection_rate', 'type_s_error']);
  });

  it('all alike vary by nothing, and have no relative error of the standard error', () => {
    const found = diagnoseReplicates([replicate(3, 1), replicate(3, 1), replicate(3, 1)]);
    expect(found.bias).toEqual({ value: 1, monte_carlo_se: 0 });
    expect(found.empirical_se).toEqual({ value: 0, monte_carlo_se: 0 });
    expect(found.model_se).toEqual({ value: 1, monte_carlo_se: 0 });
    expect(found.relative_error_model_se).toBeNull();
    expect(found.rmse).toEqual({ value: 1, monte_carlo_se: 0 });
  });

  it('one missing standard error leaves the model standard error untold', () => {
    const found = diagnoseReplicates([replicate(3, null), replicate(1, 1), replicate(2, 1)]);
    expect([found.model_se, found.relative_error_model_se]).toEqual([null, null]);
    expect(found.empirical_se?.value).toBe(1);
  });

  it('standard errors of 0 have no model standard error, and are 100 percent too small', () => {
    const found = diagnoseReplicates([replicate(3, 0), replicate(1, 0)]);
    expect(found.model_se).toBeNull();
    expect(found.relative_error_model_se).toEqual({ value: -100, monte_carlo_se: 0 });
  });

  it('a truth of 0 leaves what is relative to it untold, one among others too', () => {
    for (const truth of [0, 2]) {
      const found = diagnoseReplicates([replicate(3, 1, 0, 1, 0.01), replicate(2, 1, truth, 1, 0.01)]);
      expect([found.relative_bias, found.type_s_error, found.type_m_error]).toEqual([null, null, null]);
      expect(found.rejection_rate?.value).toBe(1);
    }
  });

  it('no rejection leaves type S and type M error untold', () => {
    const found = diagnoseReplicates([replicate(3, 1), replicate(2, 1)]);
    expect([found.type_s_error, found.type_m_error]).toEqual([null, null]);
  });

  it('figures too large to square are null, never an infinity or not a number', () => {
    const found = diagnoseReplicates([replicate(1e300, 1e300, -1), replicate(-1e300, 1, 1), replicate(5e299, 1, 1)]);
    expect(found.mse).toBeNull();
    for (const measured of Object.values(found)) {
      if (measured === null) continue;
      expect(Number.isFinite(measured.value)).toBe(true);
      expect(measured.monte_carlo_se === null || Number.isFinite(measured.monte_carlo_se)).toBe(true);
    }
  });
});

describe('every diagnosand', () => {
  it.each(Object.entries(diagnosands))('%s is described, and says null where nothing can be told', (id, definition) => {
    expect(definition.id).toBe(id);
    expect(definition.summary.length).toBeGreaterThan(10);
    expect(definition.measure({ tally: emptyReplicateTally(), kept: [] })).toBeNull();
  });

  it('does without standard errors where the method has none', () => {
    const without = diagnoseReplicates(four.map((one) => ({ ...one, standard_error: null })));
    expect(without.model_se).toBeNull();
    expect(without.relative_error_model_se).toBeNull();
    expect(without.bias).not.toBeNull();
  });

  it('follows the truth of each replication, not its average', () => {
    const moved = four.map((one, i) => ({ ...one, estimate: one.estimate + 10 * i, truth: one.truth + 10 * i }));
    expect(diagnoseReplicates(moved).bias?.value).toBeCloseTo(0.5, 12);
    expect(diagnoseReplicates(moved).empirical_se?.value).toBeCloseTo(Math.sqrt(5 / 3), 12);
  });

  it('is near its own truth for normal errors, within four of its standard errors', () => {
    const draws = Array.from({ length: 400 }, (_, i) => {
      const p = (i + 0.5) / 400;
      return replicate(2 + 3 * (Math.log(p / (1 - p)) / 1.8138), 3);
    });
    const found = diagnoseReplicates(draws);
    expect(Math.abs(found.empirical_se!.value - 3)).toBeLessThan(4 * found.empirical_se!.monte_carlo_se!);
    expect(Math.abs(found.relative_error_model_se!.value)).toBeLessThan(4 * found.relative_error_model_se!.monte_carlo_se!);
  });
});
