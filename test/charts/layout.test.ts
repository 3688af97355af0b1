// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { columnBoxes, markAt, step } from '../../src/charts/chart-reading.ts';
import type { ChartMark, PlacedText } from '../../src/charts/chart-types.ts';
import { dodge } from '../../src/charts/dodge.ts';
import { flow } from '../../src/charts/flow.ts';
import { placeInterval } from '../../src/charts/interval-geometry.ts';
import { rowLayout } from '../../src/charts/row-layout.ts';
import { fitText, textWidth, wrapText } from '../../src/charts/text-width.ts';
import { linearAxis } from '../../src/charts/axis-geometry.ts';
import { sequence } from './fixtures.ts';

describe('dodge', () => {
  it('leaves labels that do not touch where they are', () => expect(dodge([0, 30, 90], 20)).toEqual([0, 30, 90]));
  it('spreads a cluster around its mean', () => expect(dodge([50, 50, 50], 20)).toEqual([30, 50, 70]));
  it('keeps order and gap for any targets, inside the range', () => {
    const next = sequence(3);
    for (let trial = 0; trial < 200; trial++) {
      const targets = Array.from({ length: 12 }, () => next() * 300);
      const positions = dodge(targets, 20, [0, 300]);
      const order = targets.map((_, i) => i).sort((a, b) => targets[a]! - targets[b]! || a - b);
      order.forEach((index, i) => {
        expect(positions[index]).toBeGreaterThanOrEqual(10 - 1e-9);
        expect(positions[index]).toBeLessThanOrEqual(290 + 1e-9);
        if (i > 0) expect(positions[index]! - positions[order[i - 1]!]!).toBeGreaterThanOrEqual(20 - 1e-9);
      });
    }
  });
  it('lives with nothing', () => expect(dodge([], 20)).toEqual([]));
});

describe('text', () => {
  it('is wider the more there is of it', () => expect(textWidth('mm', 10)).toBeCloseTo(2 * textWidth('m', 10)));
  it('is shortened in the middle and then fits', () => {
    const name = 'an-initiative-with-a-very-long-name-v2';
    const short = fitText(name, 100, 14);
    expect(textWidth(short, 14)).toBeLessThanOrEqual(100);
    expect(short.startsWith('an-')).toBe(true);
    expect(short.endsWith('v2')).toBe(true);
    expect(fitText('short', 100, 14)).toBe('short');
    expect(fitText('anything', 1, 14)).toBe('\u2026');
  });
  it('breaks at middle dots first', () => {
    expect(wrapText('experiment \u00b7 n 1,200 \u00b7 confidence 0.94', 140, 13, 2)).toEqual([
      'experiment \u00b7 n 1,200',
      'confidence 0.94',
    ]);
  });
  it('never exceeds its lines or its room', () => {
    const lines = wrapText('a b c d e f g h i j k l m n o p q r s t u v w x y z', 40, 13, 2);
    expect(lines).toHaveLength(2);
    lines.forEach((line) => expect(textWidth(line, 13)).toBeLessThanOrEqual(40));
  });
});

it('flow starts a new line where the room ends, and never before the first item', () => {
  const { items, height } = flow([200, 50, 60, 40], 120, { gap: 10, line: 20 });
  expect(items.map((item) => item.y)).toEqual([0, 20, 20 + 0, 40].map((y, i) => (i === 2 ? 20 : y)));
  expect(height).toBe(60);
  expect(flow([], 100, { gap: 10, line: 20 }).height).toBe(0);
});

it('an interval outside the scale is open on that side', () => {
  const { scale } = linearAxis({ domain: [0, 10], range: [0, 100], size: 13 });
  expect(placeInterval({ estimate: 5, lower: -3, upper: 7 }, scale)).toEqual({ x: 50, x0: 0, x1: 70, openLeft: true, openRight: false });
  expect(placeInterval({ estimate: 12, lower: 11, upper: 13 }, scale)).toMatchObject({ x: 100, openLeft: false, openRight: true });
});

describe('reading', () => {
  const mark = (id: string, x: number): ChartMark => ({ id, label: id, values: [], box: { x, y: 0, width: 10, height: 10 }, guide: 'box' });
  const marks = [mark('a', 0), mark('b', 20)];
  it('takes the mark at the point, else the nearest within reach', () => {
    expect(markAt(marks, 5, 5)).toBe(0);
    expect(markAt(marks, 12, 5)).toBe(0);
    expect(markAt(marks, 18, 5)).toBe(1);
    expect(markAt(marks, 60, 5)).toBeNull();
    expect(markAt([], 5, 5)).toBeNull();
  });
  it('moves with the keys and stays inside', () => {
    expect(step('ArrowDown', null, 3)).toBe(0);
    expect(step('ArrowUp', null, 3)).toBe(2);
    expect(step('ArrowRight', 2, 3)).toBe(2);
    expect(step('ArrowLeft', 0, 3)).toBe(0);
    expect(step('Home', 2, 3)).toBe(0);
    expect(step('End', 0, 3)).toBe(2);
    expect(step('PageDown', 0, 120)).toBe(10);
    expect(step('Escape', 1, 3)).toBeNull();
    expect(step('Escape', null, 3)).toBeUndefined();
    expect(step('x', 1, 3)).toBeUndefined();
    expect(step('ArrowDown', null, 0)).toBeUndefined();
  });
  it('columns share the room between their centres', () => {
    expect(columnBoxes([0, 10, 30], 0, 5).map((box) => [box.x, box.x + box.width])).toEqual([
      [-5, 5],
      [5, 20],
      [20, 40],
    ]);
  });
});

describe('rows', () => {
  const inputs = ['one', 'two', 'a much longer name than there is room for in any column'].map((label) => ({
    id: label,
    label,
    detail: 'experiment \u00b7 n 1,200 \u00b7 confidence 0.94',
    columns: [[{ text: '52 [38, 66]' }, { text: '54 [49, 59]' }]],
  }));
  it.each([300, 360, 519, 520, 640, 1039, 1040, 1800])('fit into %d px without touching', (width) => {
    const layout = rowLayout(inputs, { width, strip: 40, headers: ['estimate'], inset: 18 });
    const texts = layout.rows.flatMap((row) => row.texts);
    texts.forEach((text) => {
      const [left, right] = span(text);
      expect(left).toBeGreaterThanOrEqual(-0.5);
      expect(right).toBeLessThanOrEqual(width + 0.5);
    });
    layout.rows.forEach((row, i) => {
      expect(row.centre).toBeGreaterThan(row.box.y);
      expect(row.centre).toBeLessThan(row.box.y + row.box.height);
      if (i > 0) expect(row.box.y).toBeGreaterThanOrEqual(layout.rows[i - 1]!.box.y + layout.rows[i - 1]!.box.height);
    });
    expect(layout.plot.x1 - layout.plot.x0).toBeGreaterThan(width * 0.25);
  });
  it('puts numbers beside the plot where it is wide and above the strip where it is narrow', () => {
    const wide = rowLayout(inputs, { width: 900, strip: 40 });
    const narrow = rowLayout(inputs, { width: 340, strip: 40 });
    const number = (layout: typeof wide) => layout.rows[0]!.texts.find((text) => text.text.startsWith('52'))!;
    expect(span(number(wide))[0]).toBeGreaterThan(wide.plot.x1);
    expect(number(narrow).y).toBeLessThan(narrow.rows[0]!.centre - 10);
    expect(narrow.plot.x0).toBeLessThan(20);
  });
  it('lives without rows', () => expect(rowLayout([], { width: 600, strip: 40 }).rows).toEqual([]));
});

function span({ text, x, size, anchor = 'start', weight = 400 }: PlacedText): [number, number] {
  const width = textWidth(text, size, weight);
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  return [left, left + width];
}
