import { describe, expect, it } from 'vitest';
import type { MeasureResult } from '../../../../src/core/contracts/measure-result.ts';
import { evaluate } from '../../../../src/core/evaluate/evaluate.ts';

const measured: MeasureResult = {
  initiative_id: 'product-desc-enhancement',
  effect_estimate: 2.5,
  ci_lower: -0.5,
  ci_upper: 5.5,
  p_value: 0.1,
  sample_size: 100,
  model_type: 'experiment',
  diagnostics: { r_squared: 0.2 },
};

describe('evaluate', () => {
  it('turns the interval into returns and the id into a confidence', () => {
    expect(evaluate(measured, { cost_to_scale: 1200, units_at_scale: 100 })).toMatchObject({
      initiative_id: 'product-desc-enhancement',
      model_type: 'experiment',
      cost: 1200,
      R_best: 550,
      R_med: 250,
      R_worst: -50,
      confidence: 0.8845783348706097,
      confidence_range: [0.85, 1],
    });
  });

  it('keeps the contract exact with one unit at scale', () => {
    const { R_best, R_med, R_worst } = evaluate(measured, { cost_to_scale: 1, units_at_scale: 1 });
    expect([R_best, R_med, R_worst]).toEqual([5.5, 2.5, -0.5]);
  });

  it('trusts an experiment with a wide interval more than a time series with a narrow one', () => {
    const wide = evaluate({ ...measured, ci_lower: -1e6, ci_upper: 1e6 }, { cost_to_scale: 1, units_at_scale: 1 });
    const narrow = evaluate({ ...measured, model_type: 'time-series', ci_lower: 2.4, ci_upper: 2.6 }, { cost_to_scale: 1, units_at_scale: 1 });
    expect(wide.confidence).toBeGreaterThan(narrow.confidence);
  });

  it('refuses a proposal that breaks the contract, naming the initiative and the field', () => {
    expect(() => evaluate(measured, { cost_to_scale: 0, units_at_scale: 1 })).toThrow(/EvaluateResult of product-desc-enhancement.*must be more than 0/);
    expect(() => evaluate(measured, { cost_to_scale: 1, units_at_scale: Infinity })).toThrow(/R_best/);
  });
});
