import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { formatNumber } from '../../src/charts/format.ts';
import { SamplingDistributionChart } from '../../src/charts/index.ts';
import { samplingDistributionGeometry } from '../../src/charts/sampling-distribution-geometry.ts';
import { samplingDistributionSummary, samplingDistributionTable } from '../../src/charts/sampling-distribution-words.ts';
import { open, press, readout } from './mounting.ts';
import { fewSamplingRows, normals, samplingRow, samplingRows } from './study-fixtures.ts';

const format = (value: number) => formatNumber(value, 2);
const options = { width: 900, format };

describe('sampling distributions', () => {
  it('share an axis and bins, and heights are shares of each row, so that unequal numbers compare', () => {
    const values = Array.from({ length: 100 }, (_, i) => i / 50);
    const { rows } = samplingDistributionGeometry(
      [samplingRow('once', values, 1), samplingRow('thrice', [...values, ...values, ...values], 1)],
      options,
    );
    const [once, thrice] = rows.map(({ bars, base }) => bars.map(({ x, y, width, height }) => ({ x, up: base - y, width, height })));
    expect(once!.length).toBeGreaterThan(6);
    once!.forEach((bar, i) => {
      expect(thrice![i]!.x).toBeCloseTo(bar.x, 9);
      expect(thrice![i]!.height).toBeCloseTo(bar.height, 9);
    });
  });

  it('puts truth and mean where they are, the mean with its 95% Monte Carlo interval', () => {
    const row = { ...samplingRow('a', normals(400, 'placed', 10, 2), 9), mean: 10, mean_error: 0.5 };
    const { rows, ticks } = samplingDistributionGeometry([row], options);
    const [a, b] = ticks as [(typeof ticks)[number], (typeof ticks)[number]];
    const x = (value: number) => a.at + ((value - a.value) / (b.value - a.value)) * (b.at - a.at);
    expect(rows[0]!.truthX).toBeCloseTo(x(9), 6);
    expect(rows[0]!.mean!.x).toBeCloseTo(x(10), 6);
    expect(rows[0]!.mean!.x0).toBeCloseTo(x(10 - 1.959964 * 0.5), 4);
    expect(rows[0]!.mean!.x1).toBeCloseTo(x(10 + 1.959964 * 0.5), 4);
  });

  it('keeps its axis when a few estimates are far off, and says how many lie beyond it', () => {
    const values = [...normals(500, 'far', 2, 1), 1e5, 3e4, -8e6];
    const row = samplingRow('tailed', values, 2);
    const chart = open(SamplingDistributionChart, { rows: [row], unit: '$', format });
    expect(chart.target.textContent).toContain('503 replications \u00b7 3 beyond the axis');
    const { rows, ticks, marks } = samplingDistributionGeometry([row], options);
    expect(Math.max(...ticks.map(({ value }) => value))).toBeLessThan(12);
    expect(rows[0]!.mean!.openLeft).toBe(true);
    expect(rows[0]!.beyond).toEqual({ below: true, above: true });
    expect(marks.at(-1)!.label).toMatch(/^tailed, above /);
    expect(marks.at(-1)!.values[0]!.text).toBe('2 replications (0.4%)');
    chart.close();
  });

  it('draws a few replications one by one', () => {
    const { rows } = samplingDistributionGeometry(fewSamplingRows, { width: 700, format });
    expect(rows.map(({ dots }) => dots.length)).toEqual([14, 12]);
    expect(rows.flatMap(({ bars }) => bars)).toEqual([]);
    expect(rows[1]!.truthX).toBeNull();
    const same = samplingDistributionGeometry([samplingRow('same', [2, 2, 2], 2)], options).rows[0]!;
    expect(same.dots.map(({ x }) => x)).toEqual([same.truthX, same.truthX, same.truthX]);
  });

  it('tells a sample of the replications from all of them, and what failed', () => {
    const row = { ...samplingRow('a', normals(100, 'kept'), 0), replications: 10_000, note: '7 failed' };
    const words = samplingDistributionSummary([row], '$', format);
    expect(words).toContain('100 drawn of 10,000 replications');
    expect(words).toContain('7 failed');
  });

  it('reads counts that add up to the estimates', () => {
    const { marks } = samplingDistributionGeometry(samplingRows().slice(2, 3), options);
    const counts = marks.slice(1).map(({ values }) => Number(values[0]!.text.split(' ')[0]!.replace(',', '')));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
  });

  it('has a table with the five numbers of each row', () => {
    const row = samplingRow('a', [5, 1, 3, 2, 4], null);
    expect(samplingDistributionTable([row], '$', format).rows).toEqual([
      ['a', '5', '\u2013', '3.00', '0.71', '1.00', '2.00', '3.00', '4.00', '5.00', ''],
    ]);
  });

  it('opens a replication of the bar that is clicked, and nothing for the row itself', () => {
    const onpick = vi.fn();
    const row = samplingRow('a', [1, 2, 2.01, 2.02, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3], 2);
    const chart = open(SamplingDistributionChart, { rows: [row], unit: '$', format, onpick });
    const reader = chart.target.querySelector('.reader')!;
    press(reader, 'ArrowRight');
    expect(readout(chart.target)).toContain('a: mean 2.72');
    press(reader, 'Enter');
    expect(onpick).not.toHaveBeenCalled();
    press(reader, 'ArrowRight');
    expect(readout(chart.target)).toContain('1 replication (5.6%), such as replication 1 with 1.00');
    press(reader, 'Enter');
    flushSync();
    expect(onpick).toHaveBeenCalledWith(1);
    chart.close();
  });
});
