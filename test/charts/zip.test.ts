import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { stepAmong } from '../../src/charts/chart-reading.ts';
import { formatNumber } from '../../src/charts/format.ts';
import { ZipChart } from '../../src/charts/index.ts';
import { rankIntervals, type ZipInterval } from '../../src/charts/zip-data.ts';
import { zipGeometry } from '../../src/charts/zip-geometry.ts';
import { zipNotes, zipTable } from '../../src/charts/zip-words.ts';
import { open, press, readout } from './mounting.ts';
import { coverageOf, zipIntervals } from './study-fixtures.ts';

const format = (value: number) => formatNumber(value, 2);
const words = { truth: 2.25, nominal: 0.95, coverage: { value: 0.94, monte_carlo_se: 0.01 }, format };
const options = { ...words, width: 700 };

/** Four with |z| of 0.5, 1, 2 and 3; the last two miss. */
const four: ZipInterval[] = [
  { replication: 1, estimate: 4.25, lower: 2.3, upper: 6.2, z: 2 },
  { replication: 2, estimate: 1.75, lower: -0.2, upper: 3.7, z: -0.5 },
  { replication: 3, estimate: -0.75, lower: -2.7, upper: 1.2, z: -3 },
  { replication: 4, estimate: 3.25, lower: 1.3, upper: 5.2, z: 1 },
];

describe('the zip', () => {
  it('is stacked by |z|: the closest to the truth at the bottom, the share below it as centile', () => {
    const ranked = rankIntervals(four, 2.25);
    expect(ranked.map(({ replication, centile, covers }) => [replication, centile, covers])).toEqual([
      [2, 0.125, true],
      [4, 0.375, true],
      [1, 0.625, false],
      [3, 0.875, false],
    ]);
    const { box, covering, missing, across } = zipGeometry(ranked, options);
    const height = box.y1 - box.y0;
    const px = (value: number) => Math.round(value * 10) / 10;
    expect(covering.startsWith(`M${px(across.scale(-0.2))} ${box.y1 - 0.125 * height}H${px(across.scale(3.7))}`)).toBe(true);
    expect(missing.endsWith(`M${px(across.scale(-2.7))} ${box.y1 - 0.875 * height}H${px(across.scale(1.2))}`)).toBe(true);
  });

  it('has the nominal level and the Monte Carlo interval of the coverage at their heights', () => {
    const { box, nominalY, coverage } = zipGeometry(rankIntervals(four, 2.25), options);
    const height = box.y1 - box.y0;
    expect(nominalY).toBeCloseTo(box.y1 - 0.95 * height, 9);
    expect(coverage!.y).toBeCloseTo(box.y1 - 0.94 * height, 9);
    expect(coverage!.band.y).toBeCloseTo(box.y1 - (0.94 + 1.96 * 0.01) * height, 2);
    expect(coverage!.band.height).toBeCloseTo(2 * 1.96 * 0.01 * height, 2);
  });

  it('draws 5,000 intervals with as many elements as 50', () => {
    const count = (intervals: readonly ZipInterval[]) => {
      const coverage = coverageOf(intervals, 2.25);
      const chart = open(ZipChart, { ...words, intervals, coverage, unit: '$' });
      const elements = chart.target.querySelectorAll('svg path, svg line').length;
      chart.close();
      return elements;
    };
    expect(Math.abs(count(zipIntervals(5000)) - count(zipIntervals(50)))).toBeLessThan(8);
  });

  it('lets an interval without numbers out and says how many; counts on which side of the truth the others miss', () => {
    const lost = { ...four[0]!, replication: 5, lower: Number.NaN };
    const ranked = rankIntervals([...four, lost], 2.25);
    expect(ranked).toHaveLength(4);
    const notes = zipNotes([...four, lost], ranked, 0, 2.25).join(' ');
    expect(notes).toContain('2 miss: 1 lie below the truth, 1 above');
    expect(notes).toContain('1 replication without an interval is not drawn');
  });

  it('keeps its axis when one interval is huge, and says that it goes on', () => {
    const intervals = [...zipIntervals(200), { replication: 999, estimate: 5, lower: -1e9, upper: 1e9, z: 0 }];
    const { across, cut } = zipGeometry(rankIntervals(intervals, 2.25), options);
    expect(across.domain[1]).toBeLessThan(20);
    expect(cut).toBe(1);
  });

  it('lists every interval, or of many those that miss and one per centile', () => {
    const table = (intervals: readonly ZipInterval[]) => {
      const ranked = rankIntervals(intervals, 2.25);
      return zipTable(ranked, zipGeometry(ranked, options).stops, '$', words);
    };
    expect(table(four).rows.map(([replication]) => replication)).toEqual(['3', '1', '4', '2']);
    const many = zipIntervals(5000);
    const { rows } = table(many);
    const missed = many.filter(({ lower, upper }) => lower > 2.25 || upper < 2.25).length;
    expect(rows.filter((row) => row.at(-1) === 'no')).toHaveLength(missed);
    expect(rows.length).toBeLessThanOrEqual(missed + 101);
    expect(rows.length).toBeGreaterThan(missed + 90);
  });
});

describe('reading the zip', () => {
  it('goes through every interval that misses, then through the centiles; Enter opens the replication', () => {
    const onpick = vi.fn();
    const intervals = zipIntervals(1000);
    const chart = open(ZipChart, { ...words, intervals, unit: '$', onpick });
    const reader = chart.target.querySelector('.reader')!;
    const far = [...intervals].sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
    press(reader, 'ArrowRight');
    expect(readout(chart.target)).toContain(`Replication ${far[0]!.replication}:`);
    press(reader, 'ArrowRight');
    expect(readout(chart.target)).toContain(`Replication ${far[1]!.replication}:`);
    expect(readout(chart.target)).toContain('misses the truth by');
    press(reader, 'Enter');
    expect(onpick).toHaveBeenCalledWith(far[1]!.replication);
    const missed = far.filter(({ lower, upper }) => lower > 2.25 || upper < 2.25).length;
    for (let i = 2; i < missed + 6; i++) press(reader, 'ArrowRight');
    expect(readout(chart.target)).toContain('covers the truth');
    press(reader, 'End');
    expect(readout(chart.target)).toContain(`Replication ${far.at(-1)!.replication}:`);
    chart.close();
  });

  it('opens the interval at the height of a click', () => {
    const onpick = vi.fn();
    const chart = open(ZipChart, { ...words, intervals: four, unit: '$', onpick }, 700);
    const svg = chart.target.querySelector('svg')!;
    const height = Number(svg.getAttribute('height'));
    svg.getBoundingClientRect = () => ({ left: 0, top: 0, width: 700, height }) as DOMRect;
    const { box } = zipGeometry(rankIntervals(four, 2.25), options);
    const at = { clientX: 350, clientY: box.y1 - 0.3 * (box.y1 - box.y0), bubbles: true };
    const reader = chart.target.querySelector('.reader')!;
    reader.dispatchEvent(new MouseEvent('pointermove', at));
    reader.dispatchEvent(new MouseEvent('click', { ...at, button: 0 }));
    flushSync();
    expect(onpick).toHaveBeenCalledWith(4);
    chart.close();
  });
});

describe('keys that stop only here and there', () => {
  const stops = [3, 5, 40];

  it('lead from one stop to the next and to the ends', () => {
    expect(stepAmong('ArrowRight', null, stops)).toBe(3);
    expect(stepAmong('ArrowRight', 3, stops)).toBe(5);
    expect(stepAmong('ArrowRight', 40, stops)).toBe(40);
    expect(stepAmong('ArrowLeft', 5, stops)).toBe(3);
    expect(stepAmong('End', 3, stops)).toBe(40);
    expect(stepAmong('Home', 40, stops)).toBe(3);
    expect(stepAmong('Escape', 5, stops)).toBeNull();
    expect(stepAmong('a', 5, stops)).toBeUndefined();
    expect(stepAmong('ArrowRight', null, [])).toBeUndefined();
  });

  it('lead from a place between two stops to the nearer side', () => {
    expect(stepAmong('ArrowRight', 10, stops)).toBe(40);
    expect(stepAmong('ArrowLeft', 10, stops)).toBe(5);
    expect(stepAmong('ArrowRight', 0, stops)).toBe(3);
    expect(stepAmong('ArrowLeft', 60, stops)).toBe(40);
    expect(stepAmong('ArrowRight', 60, stops)).toBe(40);
    expect(stepAmong('ArrowLeft', 0, stops)).toBe(3);
  });
});
