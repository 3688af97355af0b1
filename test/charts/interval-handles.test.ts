import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  bubbleOf,
  handlesDomain,
  intervalHandlesGeometry,
  keepUnmoved,
  nearestHandle,
} from '../../src/charts/interval-handles-geometry.ts';
import { intervalHandlesSummary, intervalHandlesTable } from '../../src/charts/interval-handles-words.ts';
import { IntervalHandlesChart } from '../../src/charts/index.ts';
import { standaloneSvg } from '../../src/charts/download-picture.ts';
import { textWidth } from '../../src/charts/text-width.ts';
import { awkwardHandlesRows, handlesRows, manyHandlesRows } from './fixtures.ts';
import IntervalHandlesHarness from './IntervalHandlesHarness.svelte';
import { click, open, press, readout, type Mounted } from './mounting.ts';

const money = (value: number) => `$${value.toFixed(1)}`;
const options = { width: 600, format: money, formatCost: money, ticks: true, hideFunded: false, threshold: 0.5 };

describe('the drawing', () => {
  it('puts each value where it is on the axis, the effective interval from the same worst end', () => {
    const { rows, layout, domain } = intervalHandlesGeometry(handlesRows, options);
    expect(domain).toEqual([-2, 20]);
    const at = (value: number) => layout.plot.x0 + ((value + 2) / 22) * (layout.plot.x1 - layout.plot.x0);
    const [titles] = rows;
    expect(titles!.raw.x0).toBeCloseTo(at(2), 6);
    expect(titles!.raw.x).toBeCloseTo(at(10), 6);
    expect(titles!.raw.x1).toBeCloseTo(at(15), 6);
    expect(titles!.after.x0).toBeCloseTo(at(2), 6);
    expect(titles!.after.x).toBeCloseTo(at(9.2), 6);
    expect(titles!.after.x1).toBeCloseTo(at(13.7), 6);
    expect(titles!.handles.best).toEqual({ x: titles!.raw.x1, grip: titles!.raw.x1 });
    const { x0, x1, knob } = titles!.track;
    expect(knob).toBeCloseTo(x0 + 0.9 * (x1 - x0), 6);
  });

  it.each([300, 600, 1400])('in %d px keeps three equal values apart by a finger and a half', (width) => {
    const { rows } = intervalHandlesGeometry(awkwardHandlesRows, { ...options, width });
    for (const { handles } of rows) {
      expect(handles.med.grip - handles.worst.grip).toBeGreaterThanOrEqual(14);
      expect(handles.best.grip - handles.med.grip).toBeGreaterThanOrEqual(14);
      expect(handles.med.grip).toBe(handles.med.x);
    }
    const { handles } = rows[0]!;
    expect([-20, -8, -6, 0, 6, 8, 20].map((by) => nearestHandle(rows[0]!, handles.med.x + by))).toEqual([
      'worst',
      'worst',
      'med',
      'med',
      'med',
      'best',
      'best',
    ]);
  });

  it.each([300, 519, 520, 700, 1400])('in %d px draws the confidence beside or under the words, in its own row', (width) => {
    for (const { texts, track, box } of intervalHandlesGeometry([...handlesRows, ...awkwardHandlesRows], { ...options, width }).rows) {
      expect(track.x1 - track.x0).toBeGreaterThan(40);
      expect(track.x0).toBeGreaterThan(0);
      expect(track.x1).toBeLessThan(width);
      expect(track.y - 6).toBeGreaterThanOrEqual(box.y);
      expect(track.y + 6).toBeLessThanOrEqual(box.y + box.height);
      for (const text of texts) {
        const isBeside = text.x + textWidth(text.text, text.size, text.weight) <= track.x0 - 6;
        const isAbove = text.y + 3 <= track.y - 6;
        const isBelow = text.y - text.size >= track.y + 6;
        expect(isBeside || isAbove || isBelow, text.text).toBe(true);
      }
    }
  });

  it('leaves room to drag beyond every value, also below nothing', () => {
    for (const rows of [handlesRows, awkwardHandlesRows, manyHandlesRows(40), [awkwardHandlesRows[2]!]]) {
      const [low, high] = handlesDomain(rows);
      const values = rows.flatMap(({ raw }) => [raw.worst, raw.best, 0]);
      expect(low).toBeLessThan(Math.min(...values));
      expect(high).toBeGreaterThan(Math.max(...values));
    }
  });

  it('marks what was changed, on the bar and on the confidence, and only that', () => {
    const { rows, layout } = intervalHandlesGeometry(awkwardHandlesRows, options);
    expect(rows.map(({ was }) => was !== null)).toEqual([false, false, false, true, false]);
    expect(rows.map(({ track }) => track.was !== null)).toEqual([false, false, false, true, false]);
    expect(layout.rows[3]!.texts[0]!.text).toBe('changed *');
    const onlyConfidence = { ...awkwardHandlesRows[3]!, original: { raw: awkwardHandlesRows[3]!.raw, confidence: 0.2 } };
    expect(intervalHandlesGeometry([onlyConfidence], options).rows[0]!.was).toBeNull();
  });

  it('prints the reason that holds, or during a drag the one that held', () => {
    const texts = (held?: { id: string; ineligible: string | null }[]) =>
      intervalHandlesGeometry(handlesRows, { ...options, held }).layout.rows[3]!.texts.map(({ text }) => text);
    expect(texts()).toContain('below 0.50');
    expect(texts([{ id: 'SearchRanker', ineligible: null }])).not.toContain('below 0.50');
  });

  it('does not show the choice to those who guess first', () => {
    const { rows, legend, marks } = intervalHandlesGeometry(handlesRows, { ...options, hideFunded: true });
    expect(rows.every(({ funded }) => !funded)).toBe(true);
    expect(JSON.stringify([legend, marks])).not.toMatch(/"text":"[^"]*funded/);
    const words = { ...options, hideFunded: true };
    expect(JSON.stringify(intervalHandlesTable(handlesRows, '$', words))).not.toMatch(/funded/);
    expect(intervalHandlesSummary(handlesRows, '$', words)).not.toMatch(/funded/);
  });

  it('keeps the rows that did not move', () => {
    const before = intervalHandlesGeometry(handlesRows, options).rows;
    const moved = handlesRows.map((row, i) => (i === 1 ? { ...row, raw: { ...row.raw, best: 12.1 } } : { ...row }));
    const now = keepUnmoved(before, intervalHandlesGeometry(moved, options).rows);
    expect(now.map((row, i) => row === before[i])).toEqual([true, false, true, true, true]);
  });

  it('keeps the value of a handle inside the drawing', () => {
    const { rows } = intervalHandlesGeometry(handlesRows, { ...options, width: 300 });
    for (const row of rows)
      for (const part of ['worst', 'med', 'best', 'whole', 'confidence'] as const) {
        const { box } = bubbleOf(row, part, () => '$1,234,567.89');
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(300);
        expect(box.y).toBeGreaterThanOrEqual(0);
      }
  });
});

describe('the controls', () => {
  let log: unknown[][];
  let chart: Mounted;
  const slider = (name: string) => chart.target.querySelector<HTMLInputElement>(`input[type=range][aria-label="${name}"]`)!;
  const box = (name: string) => chart.target.querySelector<HTMLInputElement>(`input[type=checkbox][aria-label^="${name}"]`)!;
  const pointer = (node: Element, type: string, clientX: number, init: PointerEventInit = {}) => {
    node.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 7, isPrimary: true, pointerType: 'mouse', clientX, ...init }));
    flushSync();
  };
  const release = (node: Element, key: string) => {
    node.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
    flushSync();
  };
  const gripOf = (name: string) => {
    const handle = slider(name).parentElement!;
    return { handle, x: parseFloat(handle.style.left) };
  };

  beforeEach(() => {
    log = [];
    chart = open(IntervalHandlesHarness, { rows: handlesRows, log }, 600);
    return () => chart.close();
  });

  it('are four sliders and a tick box an initiative, each with its name, value and limits', () => {
    expect(chart.target.querySelectorAll('input[type=range]')).toHaveLength(20);
    expect(chart.target.querySelectorAll('input[type=checkbox]')).toHaveLength(5);
    const best = slider('TitlesAI, best return');
    expect([best.min, best.max, best.value, best.getAttribute('aria-valuetext')]).toEqual(['10', '20', '15', '15.0, effective 13.7']);
    expect(slider('TitlesAI, confidence').getAttribute('aria-valuetext')).toBe('0.90');
  });

  it('follow the pointer, clamp, and settle once', () => {
    const { handle, x } = gripOf('TitlesAI, best return');
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointermove', x - 10);
    const unit =
      22 / (intervalHandlesGeometry(handlesRows, options).layout.plot.x1 - intervalHandlesGeometry(handlesRows, options).layout.plot.x0);
    expect(log).toEqual([['preview', 'TitlesAI', { R_best: Math.round((15 - 10 * unit) * 10) / 10 }]]);
    pointer(handle, 'pointermove', x - 2000);
    expect(log.at(-1)).toEqual(['preview', 'TitlesAI', { R_best: 10 }]);
    expect(readout(chart.target)).toContain('TitlesAI: worst, median, best 2.0, 10.0, 10.0');
    pointer(handle, 'pointerup', x - 2000);
    expect(log.at(-1)).toEqual(['settle']);
    expect(log.filter(([kind]) => kind === 'settle')).toHaveLength(1);
    expect(slider('TitlesAI, best return').value).toBe('10');
  });

  it('leave the axis as it is during a drag and let it grow after', () => {
    const ticks = () =>
      [...chart.target.querySelectorAll('svg text')].map((text) => text.textContent).filter((text) => /^[\d\u2212]+$/.test(text));
    const { handle, x } = gripOf('BundleEngine, best return');
    const before = ticks();
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointermove', x + 900);
    expect(slider('BundleEngine, best return').value).toBe('20');
    expect(slider('BundleEngine, best return').max).toBe('20');
    expect(ticks()).toEqual(before);
    pointer(handle, 'pointerup', x + 900);
    expect(Number(slider('BundleEngine, best return').max)).toBeGreaterThan(20);
  });

  it('give a drag up with Escape, or when the pointer is taken away', () => {
    const { handle, x } = gripOf('TitlesAI, worst return');
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointermove', x + 40);
    press(slider('TitlesAI, worst return'), 'Escape');
    expect(log.at(-1)).toEqual(['cancel']);
    pointer(handle, 'pointermove', x + 80);
    pointer(handle, 'pointerup', x + 80);
    expect(log.at(-1)).toEqual(['cancel']);
    expect(slider('TitlesAI, worst return').value).toBe('2');
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointermove', x + 40);
    pointer(handle, 'pointercancel', x + 40);
    expect(log.filter(([kind]) => kind === 'cancel')).toHaveLength(2);
    expect(log.some(([kind]) => kind === 'settle')).toBe(false);
  });

  it('settle wherever the pointer is let go, and give up when the page takes the chart away', () => {
    const { handle, x } = gripOf('TitlesAI, worst return');
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointermove', x + 40);
    pointer(document.body, 'pointerup', x + 40);
    expect(log.at(-1)).toEqual(['settle']);
    const again = gripOf('TitlesAI, worst return');
    pointer(again.handle, 'pointerdown', again.x);
    pointer(again.handle, 'pointermove', again.x + 40);
    chart.close();
    expect(log.at(-1)).toEqual(['cancel']);
    chart = open(IntervalHandlesHarness, { rows: handlesRows, log }, 600);
  });

  it('do nothing on a press without a drag, and take back a drag that came home', () => {
    const { handle, x } = gripOf('TitlesAI, median return');
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointerup', x);
    expect(log).toEqual([]);
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointermove', x + 50);
    pointer(handle, 'pointermove', x);
    pointer(handle, 'pointerup', x);
    expect(log.map(([kind]) => kind)).toEqual(['preview', 'preview', 'cancel']);
  });

  it('listen to one pointer and to its main button', () => {
    const { handle, x } = gripOf('TitlesAI, median return');
    pointer(handle, 'pointerdown', x, { button: 2 });
    pointer(handle, 'pointermove', x + 50);
    pointer(handle, 'pointerdown', x);
    pointer(handle, 'pointermove', x + 50, { pointerId: 8 });
    expect(log).toEqual([]);
  });

  it('move the bar as a whole', () => {
    const bar = chart.target.querySelectorAll('.bar')[0]!;
    pointer(bar, 'pointerdown', 300);
    pointer(bar, 'pointermove', 320);
    pointer(bar, 'pointerup', 320);
    const patch = log[0]![2] as { R_best: number; R_med: number; R_worst: number };
    expect(patch.R_best - patch.R_med).toBeCloseTo(5, 9);
    expect(patch.R_med - patch.R_worst).toBeCloseTo(8, 9);
    expect(patch.R_worst).toBeGreaterThan(2);
    expect(log.at(-1)).toEqual(['settle']);
  });

  it('set a confidence where the track is pressed', () => {
    const track = slider('ImageEnhancer, confidence').parentElement!;
    const left = parseFloat(track.style.left) + 10;
    const length = parseFloat(track.style.width) - 20;
    pointer(track, 'pointerdown', left + length * 0.2);
    expect(log).toEqual([['preview', 'ImageEnhancer', { confidence: 0.2 }]]);
    pointer(track, 'pointerup', left + length * 0.2);
    expect(chart.target.textContent).toContain('below 0.50');
  });

  it('step with the keys and settle when the key is let go', () => {
    const best = slider('TitlesAI, best return');
    best.focus();
    press(best, 'ArrowRight');
    press(best, 'ArrowRight');
    expect(log).toEqual([
      ['preview', 'TitlesAI', { R_best: 15.1 }],
      ['preview', 'TitlesAI', { R_best: 15.2 }],
    ]);
    release(best, 'ArrowRight');
    expect(log.at(-1)).toEqual(['settle']);
    press(best, 'Home');
    best.blur();
    flushSync();
    expect(log.slice(-2)).toEqual([['preview', 'TitlesAI', { R_best: 10 }], ['settle']]);
    expect(best.getAttribute('aria-valuetext')).toBe('10.0, effective 9.2');
  });

  it('leave other keys to the page', () => {
    const best = slider('TitlesAI, best return');
    const passes = (init: KeyboardEventInit) =>
      best.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
    expect(passes({ key: 'Tab' })).toBe(true);
    expect(passes({ key: 'ArrowRight', altKey: true })).toBe(true);
    expect(passes({ key: 'Escape' })).toBe(true);
    expect(passes({ key: 'ArrowRight' })).toBe(false);
  });

  it('obey what moves a slider without keys or pointer', () => {
    const best = slider('TitlesAI, best return');
    best.value = '17.03';
    best.dispatchEvent(new Event('input', { bubbles: true }));
    best.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
    expect(log).toEqual([['preview', 'TitlesAI', { R_best: 17 }], ['settle']]);
  });

  it('tick what is in the own portfolio', () => {
    expect([box('TitlesAI').checked, box('BundleEngine').checked]).toEqual([true, false]);
    click(box('BundleEngine'));
    expect(log).toEqual([['toggle', 'BundleEngine']]);
    expect(box('BundleEngine').checked).toBe(true);
    click(box('TitlesAI'));
    expect(box('TitlesAI').checked).toBe(false);
  });
});

describe('without anyone to tell', () => {
  it('the picture has no handles and no tick boxes', () => {
    const chart = open(IntervalHandlesChart, { rows: handlesRows, unit: '$' }, 600);
    expect(chart.target.querySelectorAll('input')).toHaveLength(0);
    chart.close();
  });
  it('a tick box stays as the page has it', () => {
    const chart = open(IntervalHandlesChart, { rows: handlesRows, unit: '$', ontoggle: () => undefined }, 600);
    const box = chart.target.querySelector<HTMLInputElement>('input[type=checkbox]')!;
    click(box);
    expect(box.checked).toBe(true);
    chart.close();
  });
  it('a disabled one cannot be changed', () => {
    const chart = open(IntervalHandlesHarness, { rows: handlesRows, disabled: true }, 600);
    expect(chart.target.querySelectorAll('input')).toHaveLength(0);
    chart.close();
  });
});

it('the downloaded picture has the ticks and no bubble', () => {
  const chart = open(IntervalHandlesHarness, { rows: handlesRows }, 600);
  chart.target.querySelector<HTMLInputElement>('input[type=range]')!.focus();
  flushSync();
  expect(chart.target.querySelector('.bubble')).not.toBeNull();
  const { text } = standaloneSvg(chart.target.querySelector('svg')!, { title: 'a', subtitle: 'b' });
  const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(picture.querySelectorAll('input, [data-omit-from-download]')).toHaveLength(0);
  expect([...picture.querySelectorAll('path')].filter((path) => /l3\.5 3\.5l6 -7/.test(path.getAttribute('d')!))).toHaveLength(2);
  chart.close();
});
