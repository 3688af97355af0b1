import { describe, expect, it } from 'vitest';
import { allocateResultSchema } from '../../../../src/core/contracts/allocate-result.ts';
import { checkContract } from '../../../../src/core/contracts/check-contract.ts';
import { evaluateResultSchema } from '../../../../src/core/contracts/evaluate-result.ts';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { measureResultSchema } from '../../../../src/core/contracts/measure-result.ts';
import { outcomeReportSchema } from '../../../../src/core/contracts/outcome-report.ts';

const measured = {
  initiative_id: 'a-1',
  effect_estimate: 1,
  ci_lower: 0,
  ci_upper: 2,
  p_value: 0.05,
  sample_size: 30,
  model_type: 'experiment',
  diagnostics: { r_squared: 0.5 },
};
const evaluated = { initiative_id: 'a', confidence: 0.9, cost: 1, R_best: 3, R_med: 2, R_worst: 1, model_type: 'experiment' };
const allocated = { selected_initiatives: ['a'], predicted_returns: { a: 2 }, budget_allocated: { a: 1 } };
const reported = {
  initiative_id: 'a',
  predicted_return: 0.1,
  actual_return: 0.3,
  prediction_error: 0.3 - 0.1,
  sample_size_pilot: 30,
  sample_size_scale: 30,
  budget_allocated: 0,
  confidence_score: 1,
  model_type: 'time-series',
};

describe('contracts at the stage boundaries', () => {
  it('accept what keeps every rule, with fields they do not know', () => {
    expect(checkContract('MeasureResult', measureResultSchema, { ...measured, more: [1] })).toHaveProperty('more', [1]);
    expect(checkContract('EvaluateResult', evaluateResultSchema, evaluated)).toEqual(evaluated);
    expect(checkContract('AllocateResult', allocateResultSchema, allocated)).toEqual(allocated);
    expect(checkContract('AllocateResult', allocateResultSchema, { selected_initiatives: [], predicted_returns: {}, budget_allocated: {} })).toBeTruthy();
    expect(checkContract('OutcomeReport', outcomeReportSchema, reported)).toEqual(reported);
  });

  it.each([
    ['an upside-down interval', measureResultSchema, { ...measured, ci_lower: 1.5 }, /ci_lower <= effect_estimate/],
    ['a p value above 1', measureResultSchema, { ...measured, p_value: 1.01 }, /p_value|at most 1/],
    ['a tiny sample', measureResultSchema, { ...measured, sample_size: 29 }, /at least 30 \(found 29\)/],
    ['an effect that is not a number', measureResultSchema, { ...measured, effect_estimate: Number.NaN }, /effect_estimate/],
    ['no fit statistic', measureResultSchema, { ...measured, diagnostics: {} }, /r_squared or log_likelihood/],
    ['an odd id', measureResultSchema, { ...measured, initiative_id: 'a b' }, /letters, digits/],
    ['states out of order', evaluateResultSchema, { ...evaluated, R_med: 4 }, /R_worst <= R_med <= R_best/],
    ['no cost', evaluateResultSchema, { ...evaluated, cost: 0 }, /more than 0/],
    ['confidence outside the range of the method', evaluateResultSchema, { ...evaluated, confidence: 0.5 }, /inside the range/],
    ['keys that do not match', allocateResultSchema, { ...allocated, budget_allocated: {} }, /keys of/],
    ['an error that does not add up', outcomeReportSchema, { ...reported, prediction_error: 0.2001 }, /actual_return - predicted_return/],
    ['a smaller sample at scale', outcomeReportSchema, { ...reported, sample_size_pilot: 31 }, /at least sample_size_pilot/],
  ] as const)('refuse %s, naming the initiative, the value and the rule', (_what, schema, value, rule) => {
    const check = () => checkContract('Contract', schema, value);
    expect(check).toThrow(InputError);
    expect(check).toThrow(rule);
    if ('initiative_id' in value) expect(check).toThrow(`Contract of ${value.initiative_id}`);
  });
});
