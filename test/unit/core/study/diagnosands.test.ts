import { describe, expect, it } from 'vitest';
import type { Replicate } from '../../../../src/core/study/diagnosand.ts';
import { diagnosands, diagnoseReplicates } from '../../../../src/core/study/index.ts';
import { emptyReplicateTally } from '../../../../src/core/study/replicate-tally.ts';

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
