// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
  formatCompact,
  formatDate,
  formatFor,
  formatForIntervals,
  formatForValues,
  formatInterval,
  formatMoney,
  formatMoneyCompact,
  formatNumber,
  formatPercent,
  formatPValue,
  formatSignificant,
  formatSigned,
  parseDate,
} from '../../src/charts/format.ts';

describe('formatNumber', () => {
  it.each([
    [0, 0, '0'],
    [-0, 2, '0.00'],
    [-0.001, 2, '0.00'],
    [1234567.891, 2, '1,234,567.89'],
    [-1234, 0, '\u22121,234'],
    [999.999, 2, '1,000.00'],
    [0.5, 12, '0.500000000000'],
    [Number.NaN, 1, '\u2013'],
    [Infinity, 1, '\u221e'],
    [-Infinity, 1, '\u2212\u221e'],
    [1.5e18, 0, '1.50e18'],
  ])('%d with %d decimals is %s', (value, decimals, text) => expect(formatNumber(value, decimals)).toBe(text));
});

it.each([
  [11_400, '11.4k'],
  [9_999, '9,999'],
  [9_999.7, '10.0k'],
  [999_949, '1,000k'],
  [999_960, '1.0M'],
  [1_250_000, '1.3M'],
  [171_900, '172k'],
  [999_960_000, '1.0bn'],
  [310, '310'],
  [3.14, '3.1'],
  [0.0123, '0.012'],
  [-11_400, '\u221211.4k'],
])('formatCompact(%d) is %s', (value, text) => expect(formatCompact(value)).toBe(text));

it('puts the sign before the currency, and none before nothing', () => {
  expect(formatMoney(-3100)).toBe('\u2212$3,100');
  expect(formatMoney(-0.2)).toBe('$0');
  expect(formatMoneyCompact(-11_400)).toBe('\u2212$11.4k');
  expect(formatMoneyCompact(11_400, '\u20ac')).toBe('\u20ac11.4k');
});

it('shows the sign of a difference unless it rounds to nothing', () => {
  const whole = (value: number) => formatNumber(value, 1);
  expect(formatSigned(0.4, whole)).toBe('+0.4');
  expect(formatSigned(-3.1, whole)).toBe('\u22123.1');
  expect(formatSigned(0.01, whole)).toBe('0.0');
  expect(formatSigned(0, whole)).toBe('0.0');
});

it('never prints a p value as 0, nor as 1 unless it is', () => {
  expect(formatPValue(0)).toBe('<0.001');
  expect(formatPValue(1e-300)).toBe('<0.001');
  expect(formatPValue(0.0123)).toBe('0.012');
  expect(formatPValue(0.5)).toBe('0.50');
  expect(formatPValue(0.9999)).toBe('>0.999');
  expect(formatPValue(1)).toBe('1.00');
  expect(formatPValue(Number.NaN)).toBe('\u2013');
});

it('keeps significant digits', () => {
  expect(formatSignificant(0.012345)).toBe('0.0123');
  expect(formatSignificant(12345)).toBe('12,345');
  expect(formatSignificant(0)).toBe('0');
});

it('prints intervals as the forest does', () => expect(formatInterval({ estimate: 9, lower: -14, upper: 32 }, String)).toBe('9 [-14, 32]'));

it('prints shares', () => expect(formatPercent(0.1234)).toBe('12.3%'));

describe('digits for a group of numbers', () => {
  it('follow the width of the typical interval', () => {
    const at = (half: number) => formatForIntervals([{ estimate: 52, lower: 52 - half, upper: 52 + half }])(52.3456);
    expect(at(14)).toBe('52');
    expect(at(1.4)).toBe('52.3');
    expect(at(0.14)).toBe('52.35');
  });
  it('do not let one huge interval take the digits of the others', () => {
    const intervals = [
      { estimate: 1, lower: 0.9, upper: 1.1 },
      { estimate: 1, lower: 0.8, upper: 1.2 },
      { estimate: 1, lower: -1e6, upper: 1e6 },
    ];
    expect(formatForIntervals(intervals)(1.234)).toBe('1.23');
  });
  it('fall back on the points, and on whole numbers', () => {
    expect(formatForIntervals([null], [0.05])(0.05)).toBe('0.0500');
    expect(formatForIntervals([])(3.7)).toBe('4');
    expect(formatFor(0)(3.7)).toBe('4');
  });
  it('tell a hundredth of the range', () => {
    expect(formatForValues([8, 18])(12.345)).toBe('12.3');
    expect(formatForValues([])(1)).toBe('1');
    expect(formatForValues([5, 5])(5)).toBe('5.00');
  });
});

it('reads dates only where there are dates', () => {
  expect(formatDate('2024-03-01')).toBe('1 Mar 2024');
  expect(formatDate('2024-03-01', 'day')).toBe('1 Mar');
  expect(formatDate('2024-W05')).toBe('2024-W05');
  expect(parseDate('2024-13-01')).toBeNull();
});
