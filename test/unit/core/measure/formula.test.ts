import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { formulaColumns, parseFormula } from '../../../../src/core/measure/formula.ts';
import { columnMajor, countColumns, modelMatrix } from '../../../../src/core/measure/model-matrix.ts';
import type { Covariate } from '../../../../src/core/measure/read-table.ts';
import { leastSquares } from '../../../../src/core/numeric/least-squares.ts';
import { readReference } from './reference-data.ts';

fc.configureGlobal({ seed: 7 });

const terms = (text: string): string[] => parseFormula(text).terms.map((term) => term.join(':'));

describe('parseFormula', () => {
  it('reads sums, interactions, crossings and parentheses', () => {
    expect(parseFormula('revenue ~ enriched + price')).toEqual({ outcome: 'revenue', intercept: true, terms: [['enriched'], ['price']] });
    expect(terms('y~a*b')).toEqual(['a', 'b', 'a:b']);
    expect(terms('y ~ a:b + c')).toEqual(['c', 'a:b']);
    expect(terms('y ~ a * b * c')).toEqual(['a', 'b', 'c', 'a:b', 'a:c', 'b:c', 'a:b:c']);
    expect(terms('y ~ (a + b) * c')).toEqual(['a', 'b', 'c', 'a:c', 'b:c']);
    expect(terms('y ~ a + a + b:a + a:b')).toEqual(['a', 'a:b']);
    expect(terms('y ~ a:a')).toEqual(['a']);
  });

  it('takes terms and the intercept out', () => {
    expect(terms('y ~ a * b - a')).toEqual(['b', 'a:b']);
    expect(['y ~ a - 1', 'y ~ 0 + a', 'y ~ a + 0', 'y ~ -1 + a'].map((text) => parseFormula(text).intercept)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(parseFormula('y ~ a - 1 + 1').intercept).toBe(true);
    expect(parseFormula('y ~ 1')).toEqual({ outcome: 'y', intercept: true, terms: [] });
  });

  it('takes any column name in backquotes, and letters of every script', () => {
    expect(formulaColumns(parseFormula('`net revenue` ~ größe_1 + `a+b` * größe_1'))).toEqual(['net revenue', 'größe_1', 'a+b']);
  });

  it.each([
    ['', 'position 1', 'ends'],
    ['revenue', 'position 8', "'~'"],
    ['y ~ a +', 'position 8', 'ends'],
    ['y ~ a b', 'position 7', "'b'"],
    ['y ~ (a + b', 'position 11', "')'"],
    ['y ~ a ^ 2', 'position 7', "'^'"],
    ['y ~ .', 'position 5', 'one by one'],
    ['y ~ log(price)', 'position 5', 'add a column'],
    ['y ~ a + 2', 'position 9', '0 and 1'],
    ['y ~ a * 1', 'position 9', 'a column name'],
    ['~ a', 'position 1', 'outcome'],
    ['y ~ a ~ b', 'position 7', "'~'"],
    ['y ~ a $ b', 'position 7', 'backquotes'],
  ])('refuses %j at its %s', (text, position, hint) => {
    const message = refusal(text);
    expect(message).toContain(position);
    expect(message).toContain(hint);
  });

  it('refuses an outcome that explains itself, and expansions without end', () => {
    expect(refusal('y ~ a + y')).toContain("'y' is the outcome");
    expect(refusal(`y ~ ${'abcdefghijklmnop'.split('').join('*')}`)).toContain('more than 200 terms');
    expect(refusal(`y ~ ${'a+'.repeat(2000)}a`)).toContain('longer than');
    expect(refusal(`y ~ ${'('.repeat(1900)}`)).toContain('position');
  });

  it('never fails in any other way', () => {
    const pieces = fc.constantFrom('y', 'a', 'b', '~', '+', '-', '*', ':', '(', ')', '0', '1', ' ', '`', '.', 'é', '7');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
          fc.string(),
        ),
        (text) => {
          try {
            parseFormula(text);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('modelMatrix', () => {
  type Golden = {
    data: Record<string, (number | string)[]>;
    rows: { formula: string; names: string[]; columns: number[][]; coefficients: (number | null)[] }[];
  };
  const golden = readReference<Golden>('model_matrix');
  const variables = new Map(Object.entries(golden.data).map(([name, values]) => [name, covariate(name, values)]));

  it.each(golden.rows)('makes the columns of R for $formula', ({ formula, names, columns }) => {
    const matrix = modelMatrix(parseFormula(formula), variables, 14);
    expect(matrix.names).toEqual(names);
    expect(matrix.columns.map((column) => [...column])).toEqual(columns);
    expect(matrix.terms).toHaveLength(names.length);
    expect(countColumns(parseFormula(formula), variables)).toBeGreaterThanOrEqual(names.length);
  });

  it.each(golden.rows)('and the coefficients of lm for $formula, aliased ones included', ({ formula, coefficients }) => {
    const { columns } = modelMatrix(parseFormula(formula), variables, 14);
    const outcome = Float64Array.from(golden.data.y as number[]);
    const fit = leastSquares({ design: columnMajor(columns, 14), rows: 14, columns: columns.length, outcome });
    coefficients.forEach((value, c) => {
      if (value === null) expect(fit.aliased).toContain(c);
      else expect(Math.abs(fit.coefficients[c]! - value)).toBeLessThan(1e-11 * Math.max(1, Math.abs(value)));
    });
  });
});

function refusal(text: string): string {
  try {
    parseFormula(text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`'${text}' was accepted`);
}

function covariate(name: string, values: readonly (number | string)[]): Covariate {
  if (typeof values[0] === 'number') return { name, kind: 'number', values: Float64Array.from(values as number[]) };
  const levels = [...new Set(values as string[])].sort();
  return { name, kind: 'category', codes: Int32Array.from(values as string[], (value) => levels.indexOf(value)), levels };
}
