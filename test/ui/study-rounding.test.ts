import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../src/charts/format.ts';
import type { DiagnosandUnit } from '../../src/core/study/diagnosand.ts';
import { roundedMeasure } from '../../src/views/study/rounded-measure.ts';

const text = (value: number, monte_carlo_se: number | null, unit?: DiagnosandUnit) => roundedMeasure({ value, monte_carlo_se }, unit).text;
const dollars = (value: number, decimals: number) => formatMoney(value, '$', decimals);

describe('a measured value', () => {
  it('has no digit finer than its Monte Carlo error, of which one digit is shown', () => {
    expect(text(0.0123, 0.004)).toBe('0.012 (0.004)');
    expect(text(0.0123, 0.0004)).toBe('0.0123 (0.0004)');
    expect(text(0.0123, 0.04)).toBe('0.01 (0.04)');
    expect(text(12.345, 2.2)).toBe('12 (2)');
  });

  it('is rounded to tens and thousands where the error is that large', () => {
    expect(text(1243, 87)).toBe('1,240 (90)');
    expect(text(-123_456, 7_890)).toBe('\u2212123,000 (8,000)');
    expect(text(30, 400)).toBe('0 (400)');
  });

  it('counts an error that rounds up to the next place as of that place', () => {
    expect(text(0.1234, 0.0096)).toBe('0.12 (0.01)');
    expect(text(123, 9.6)).toBe('120 (10)');
  });

  it('is a percentage where it is a share, with its error in points', () => {
    expect(text(0.9456, 0.0161, 'share')).toBe('95% (2)');
    expect(text(0.9456, 0.0016, 'share')).toBe('94.6% (0.2)');
    expect(text(-3.21, 0.4, 'percent')).toBe('\u22123.2% (0.4)');
  });

  it('carries the currency on the value and not on the error', () => {
    const { value, error } = roundedMeasure({ value: -1243, monte_carlo_se: 87 }, 'outcome', dollars);
    expect([value, error]).toEqual(['\u2212$1,240', '90']);
    expect(roundedMeasure({ value: 0.01234, monte_carlo_se: 0.0004 }, 'outcome', dollars).text).toBe('$0.0123 (0.0004)');
  });

  it('stands alone, in three figures, where its error is nothing or unknown', () => {
    expect(text(1, 0, 'share')).toBe('100%');
    expect(text(0, 0, 'share')).toBe('0%');
    expect(text(0.012345, null)).toBe('0.0123');
    expect(text(12_345.6, null)).toBe('12,346');
  });

  it('is a dash where there is none', () => {
    expect(roundedMeasure(null).text).toBe('\u2013');
    expect(text(NaN, 1)).toBe('\u2013');
  });

  it('never shows a digit whose place is finer than the error, whatever the two are', () => {
    for (let i = 1; i <= 400; i += 1) {
      const error = 10 ** ((i % 17) - 7) * (1 + (i % 9));
      const value = (i - 200) * 1.234567 * 10 ** ((i % 13) - 6);
      const shown = roundedMeasure({ value, monte_carlo_se: error });
      const decimals = shown.value.split('.')[1]?.length ?? 0;
      expect(decimals === 0 || 10 ** -decimals <= error * 1.0001, `${value} (${error}): ${shown.text}`).toBe(true);
      expect(10 ** -decimals, `${value} (${error}): ${shown.text}`).toBeGreaterThan(Math.min(error, 1) / 10.0001);
      const printed = Number(shown.value.replaceAll(',', '').replace('\u2212', '-'));
      expect(Math.abs(printed - value), `${value} (${error}): ${shown.text}`).toBeLessThanOrEqual(0.51 * error);
    }
  });
});
