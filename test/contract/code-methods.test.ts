import { describe, expect, it } from 'vitest';
import { estimators } from '../../src/core/measure/index.ts';
import { codeLanguages } from '../../src/interchange/code/index.ts';

describe('code that works estimates out again', () => {
  it.each(Object.values(codeLanguages))('knows every estimator: $label', ({ methods }) => {
    expect(methods.map(({ id }) => id)).toEqual(Object.keys(estimators));
  });
});
