import { describe, expect, it } from 'vitest';
import { editableNumber, parseNumber } from '../../src/ui/parse-number.ts';

describe('parseNumber', () => {
  it.each<[string, number]>([
    ['100,000', 100_000],
    ['1,234.5', 1234.5],
    [' 12 000 ', 12_000],
    ['\u22120.06', -0.06],
    ['.5', 0.5],
    ['5.', 5],
    ['1e5', 100_000],
    ['+3', 3],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toEqual({ ok: true, value });
  });

  it('does not take a decimal comma for a thousand', () => {
    expect(parseNumber('0,5')).toEqual({ ok: false, message: 'Write decimals with a point: 0.5.' });
    expect(parseNumber('1,23').ok).toBe(false);
  });

  it.each([
    ['abc', {}, 'Enter a number, such as 0.5 or 1,200.'],
    ['', {}, 'Enter a number.'],
    ['1.5', { integer: true }, 'Enter a whole number.'],
    ['-1', { min: 0 }, 'Enter 0 or more.'],
    ['2', { max: 1 }, 'Enter 1 or less.'],
    ['1e999', {}, 'That number is too large.'],
    ['Infinity', {}, 'Enter a number, such as 0.5 or 1,200.'],
    ['NaN', {}, 'Enter a number, such as 0.5 or 1,200.'],
    ['0x10', {}, 'Enter a number, such as 0.5 or 1,200.'],
  ])('refuses %j', (text, limits, message) => {
    expect(parseNumber(text, limits)).toEqual({ ok: false, message });
  });

  it('takes nothing for null only where that is allowed', () => {
    expect(parseNumber(' ', { optional: true })).toEqual({ ok: true, value: null });
  });

  it('shows a number so that reading it gives the same number', () => {
    for (const value of [0, -0.06, 1234567.891, 1e21, 1e-7, 100_000, -42_000, 0.1 + 0.2]) {
      expect(parseNumber(editableNumber(value))).toEqual({ ok: true, value });
    }
    expect(editableNumber(1234567.891)).toBe('1,234,567.891');
    expect(editableNumber(null)).toBe('');
  });
});
