import { describe, expect, it } from 'vitest';
import { balanceRows, describeBalance, effectiveSampleSize } from '../../../../src/core/measure/balance.ts';
import { numbersOf, readReferenceTable } from './reference-data.ts';

const table = readReferenceTable('obs');
const treated = Uint8Array.from(numbersOf(table, 't'));
const covariates = ['a', 'b', 'c'].map((name) => ({ name, kind: 'number' as const, values: numbersOf(table, name) }));

describe('balanceRows', () => {
  it("divides by the treated arm's standard deviation, as cobalt does for the ATT", () => {
    const rows = balanceRows(covariates, treated, new Float64Array(treated.length).fill(1));
    const expected = { a: 0.802405442381087, b: -0.5751995048422249, c: 0.24575872402919474 };
    for (const { covariate, before, after } of rows) {
      expect(before).toBeCloseTo(expected[covariate as 'a'], 12);
      expect(after).toBe(before);
    }
    expect(describeBalance(rows).max_smd_before).toBeCloseTo(0.802405442381087, 12);
  });

  it('keeps the divisor when weights change the means', () => {
    const x = { name: 'x', kind: 'number' as const, values: Float64Array.of(1, 3, 0, 2, 8) };
    const [row] = balanceRows([x], Uint8Array.of(1, 1, 0, 0, 0), Float64Array.of(1, 1, 0, 2, 0));
    expect(row).toEqual({ covariate: 'x', before: (2 - 10 / 3) / Math.SQRT2, after: 0 });
  });

  it('stays finite where the treated do not vary, and shows every level of a category', () => {
    const constant = { name: 'x', kind: 'number' as const, values: Float64Array.of(1, 1, 0, 2) };
    const shop = { name: 'shop', kind: 'category' as const, codes: Int32Array.of(0, 1, 2, 2), levels: ['a', 'b', 'c'] };
    const rows = balanceRows([constant, shop], Uint8Array.of(1, 1, 0, 0), new Float64Array(4));
    expect(rows.map((row) => row.covariate)).toEqual(['x', 'shop: a', 'shop: b', 'shop: c']);
    expect(rows.flatMap((row) => [row.before, row.after]).every(Number.isFinite)).toBe(true);
  });
});

describe('effectiveSampleSize', () => {
  it('counts equal weights and discounts unequal ones', () => {
    expect(effectiveSampleSize([2, 2, 2])).toBe(3);
    expect(effectiveSampleSize([1, 0, 0])).toBe(1);
    expect(effectiveSampleSize([])).toBe(0);
  });
});
