import { describe, expect, it } from 'vitest';
import { defineParameters, parseParameters } from '../../../../src/core/contracts/parameter.ts';

const parameters = defineParameters({
  share: { kind: 'number', label: 'Share', help: '', min: 0, max: 1, default: 0.5 },
  count: { kind: 'integer', label: 'Count', help: '', min: 1, max: 9, default: null },
  scale: { kind: 'choice', label: 'Scale', help: '', options: ['logit', 'probability'], default: 'logit' },
  covariate_columns: { kind: 'columns', label: 'Covariates', help: '', default: [] },
  order: { kind: 'integers', label: 'Order', help: '', length: 3, default: [1, 0, 0] },
  replace: { kind: 'boolean', label: 'Replace', help: '', default: true },
  outcome_column: { kind: 'column', label: 'Outcome', help: '', default: null },
});

const messages = (given: unknown) => {
  const parsed = parseParameters(parameters, given, 'method.parameters');
  return parsed.ok ? [] : parsed.issues.map((issue) => `${issue.path}: ${issue.message}`);
};

describe('parameters', () => {
  it('fill in their defaults', () => {
    expect(parseParameters(parameters, {}, '')).toEqual({
      ok: true,
      value: { share: 0.5, count: null, scale: 'logit', covariate_columns: [], order: [1, 0, 0], replace: true, outcome_column: null },
    });
  });

  it('list every fault with its path', () => {
    expect(messages({ share: 2, count: 1.5, scale: 'odds', covariate_columns: 'x', order: [1], replace: 'no', outcome_column: '' })).toEqual([
      'method.parameters.share: must lie between 0 and 1 (found 2)',
      'method.parameters.count: must be a whole number',
      'method.parameters.scale: must be one of logit, probability (found "odds")',
      'method.parameters.covariate_columns: must be a list of column names',
      'method.parameters.order: must be a list of 3 whole numbers',
      'method.parameters.replace: must be true or false',
      'method.parameters.outcome_column: must be text',
    ]);
    expect(messages({ share: Number.NaN })[0]).toMatch(/finite/);
    expect(messages({ share: null })[0]).toMatch(/must be given/);
    expect(messages([])[0]).toMatch(/must be an object/);
  });

  it('take a number for a name, and a choice in any case', () => {
    expect(parseParameters(parameters, { outcome_column: 7, scale: 'LOGIT' }, '')).toMatchObject({ ok: true, value: { outcome_column: '7', scale: 'logit' } });
  });

  it('suggest the nearest name for an unknown one', () => {
    expect(messages({ covariateColumns: [] })[0]).toMatch(/did you mean covariate_columns\?/);
    expect(messages({ shar: 1 })[0]).toMatch(/did you mean share\?/);
    expect(messages({ constructor: 1 })[0]).toMatch(/known names: share, count/);
  });
});
