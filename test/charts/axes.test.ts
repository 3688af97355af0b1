// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { axisName, linearAxis, magnitudeDomain, paddedDomain } from '../../src/charts/axis-geometry.ts';
import { formatMoneyCompact, formatNumber } from '../../src/charts/format.ts';
import { robustDomain } from '../../src/charts/robust-domain.ts';
import { textWidth } from '../../src/charts/text-width.ts';
import { timeAxis } from '../../src/charts/time-axis.ts';
import { days, weeks } from './fixtures.ts';

const noOverlap = (ticks: readonly { at: number; label: string }[], size: number) =>
  ticks.every(
    (tick, i) => i === 0 || tick.at - textWidth(tick.label, size) / 2 > ticks[i - 1]!.at + textWidth(ticks[i - 1]!.label, size) / 2,
  );

describe('a linear axis', () => {
  it.each([40, 120, 300, 900, 1800])('never lets labels touch on %d px', (length) => {
    for (const domain of [
      [0, 1],
      [-1_234_567, 9_876_543],
      [0, 1e-5],
      [99.9, 100.1],
    ] as const) {
      const { ticks } = linearAxis({ domain, range: [0, length], size: 13 });
      expect(ticks.length).toBeGreaterThan(0);
      expect(noOverlap(ticks, 13)).toBe(true);
      expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
    }
  });
  it('prefers its own digits over a format that rounds ticks together', () => {
    const { ticks } = linearAxis({ domain: [0, 1], range: [0, 500], size: 13, format: (value) => formatNumber(value, 0) });
    expect(ticks.map((tick) => tick.label)).toContain('0.2');
  });
  it('drops zeros that say nothing', () => {
    const labels = (format: (value: number) => string, domain: [number, number]) =>
      linearAxis({ domain, range: [0, 300], size: 13, format }).ticks.map((tick) => tick.label);
    expect(labels((value) => formatNumber(value, 2), [0, 40])).toEqual(['0', '10', '20', '30', '40']);
    expect(labels((value) => formatNumber(value, 2), [0, 1])).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(labels(formatMoneyCompact, [0, 40_000])).toEqual(['$0', '$10k', '$20k', '$30k', '$40k']);
  });
});

describe('domains', () => {
  it('are never empty', () => {
    expect(paddedDomain([])).toEqual([0, 1]);
    expect(paddedDomain([Number.NaN, Infinity])).toEqual([0, 1]);
    expect(paddedDomain([0, 0])).toEqual([-1, 1]);
    const [low, high] = paddedDomain([5, 5]);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
  });
  it('start at zero where that costs little, and say so where they do not', () => {
    expect(magnitudeDomain([9, 20]).fromZero).toBe(false);
    expect(magnitudeDomain([3, 20])).toMatchObject({ fromZero: true, domain: [0, expect.any(Number) as number] });
    expect(magnitudeDomain([-3, 20]).fromZero).toBe(true);
    expect(axisName('dollars', { fromZero: false, room: 500, size: 13 })).toMatch(/does not start at zero/);
    const short = axisName('dollars per product and day', { fromZero: false, room: 180, size: 13 });
    expect(short).toMatch(/not from zero/);
    expect(textWidth(short, 13)).toBeLessThanOrEqual(180);
  });
});

describe('a robust domain', () => {
  const usual = [10, 20, 30].map((estimate) => ({ estimate, lower: estimate - 5, upper: estimate + 5 }));
  it('shows everything where nothing is extreme', () => {
    const { domain, cut } = robustDomain(usual, [12]);
    expect(cut).toBe(false);
    expect(domain[0]).toBe(0);
    expect(domain[1]).toBeGreaterThanOrEqual(35);
  });
  it('cuts one huge interval but keeps its estimate', () => {
    const { domain, cut } = robustDomain([...usual, { estimate: 60, lower: -900, upper: 1000 }], []);
    expect(cut).toBe(true);
    expect(domain[1]).toBeGreaterThan(60);
    expect(domain[1]).toBeLessThan(150);
    expect(domain[0]).toBeGreaterThan(-150);
  });
  it('keeps a lone wide interval whole, and moderate ones beside points', () => {
    expect(robustDomain([{ estimate: 0, lower: -1000, upper: 1000 }], [3]).cut).toBe(false);
    expect(
      robustDomain(
        [{ estimate: 30, lower: 10, upper: 50 }, ...[20, 25].map((estimate) => ({ estimate, lower: estimate, upper: estimate }))],
        [],
      ).cut,
    ).toBe(false);
  });
  it('never cuts a point', () => {
    const { domain } = robustDomain(usual, [5000]);
    expect(domain[1]).toBeGreaterThanOrEqual(5000);
  });
  it('lives with nothing and with what is not a number', () => {
    expect(robustDomain([], []).domain).toEqual([-1, 1]);
    expect(robustDomain([{ estimate: Number.NaN, lower: 0, upper: 1 }], []).domain.every(Number.isFinite)).toBe(true);
  });
});

describe('a time axis', () => {
  it.each([260, 500, 1200])('labels 120 days without collisions on %d px', (length) => {
    const { ticks } = timeAxis(days(120), [0, length], 13);
    expect(ticks.length).toBeGreaterThan(1);
    expect(noOverlap(ticks, 13)).toBe(true);
  });
  it('goes from days to months to years', () => {
    expect(timeAxis(days(7), [0, 600], 13).ticks).toHaveLength(7);
    expect(timeAxis(days(120), [0, 300], 13).ticks.map((tick) => tick.label)).toEqual(['Mar', 'Apr', 'May', 'Jun']);
    const months = Array.from({ length: 48 }, (_, i) => `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`);
    expect(timeAxis(months, [0, 300], 13).ticks.map((tick) => tick.label)).toEqual(['2020', '2021', '2022', '2023']);
  });
  it('takes every so many weeks where the dates are weeks apart', () => {
    const weekly = days(120).filter((_, i) => i % 7 === 0);
    expect(timeAxis(weekly, [0, 400], 13).ticks.map((tick) => tick.label)).toEqual(
      ['1 Mar', '29 Mar', '26 Apr', '24 May', '21 Jun'].slice(0, 5),
    );
  });
  it('takes round years and every so many weeks', () => {
    const years = Array.from({ length: 31 }, (_, i) => String(1970 + i));
    expect(timeAxis(years, [0, 300], 13).ticks.map((tick) => tick.label)).toEqual(['1970', '1975', '1980', '1985', '1990', '1995', '2000']);
    const weeks = Array.from({ length: 20 }, (_, i) => `2024-W${String(i + 1).padStart(2, '0')}`);
    const { ticks } = timeAxis(weeks, [0, 400], 13);
    expect(ticks[0]!.label).toBe('W01');
    expect(noOverlap(ticks, 13)).toBe(true);
  });
  it('lives with one period and with none', () => {
    expect(timeAxis(['2024-03-01'], [0, 300], 13).ticks).toEqual([{ at: 0, label: '1 Mar' }]);
    expect(timeAxis([], [0, 300], 13)).toMatchObject({ ticks: [], label: '' });
  });
  it('names weeks by their number where they have room, and their years in the name of the axis', () => {
    const { ticks, label } = timeAxis(weeks(40), [0, 400], 13);
    expect(ticks.map((tick) => tick.label)).toEqual(['W01', 'W05', 'W09', 'W13', 'W17', 'W21', 'W25', 'W29', 'W33', 'W37']);
    expect(noOverlap(ticks, 13)).toBe(true);
    expect(label).toBe('2026-W01 to 2026-W40');
    expect(timeAxis(weeks(3), [0, 400], 13).ticks).toHaveLength(3);
  });
});
