import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/charts/text-width.ts';
import { click, open, press, readout, type Mounted } from './mounting.ts';
import { specimens } from './specimens.ts';

describe.each(specimens)('$name', ({ component, props, empty }) => {
  it.each([300, 560, 900, 1400])('fits into %d px: no text leaves the drawing, none covers another', (width) => {
    const chart = open(component, props, width);
    for (const svg of drawings(chart)) {
      const height = Number(svg.getAttribute('height'));
      expect(Number(svg.getAttribute('width'))).toBe(width);
      const boxes = [...svg.querySelectorAll('text')].filter((text) => text.textContent !== '').map(boxOf);
      for (const box of boxes) {
        expect(box.left, box.text).toBeGreaterThanOrEqual(-1);
        expect(box.right, box.text).toBeLessThanOrEqual(width + 1);
        expect(box.top, box.text).toBeGreaterThanOrEqual(-1);
        expect(box.bottom, box.text).toBeLessThanOrEqual(height + 1);
      }
      const covered = boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (overlap(a, b) ? [`${a.text} / ${b.text}`] : [])));
      expect(covered).toEqual([]);
    }
    chart.close();
  });

  it('draws only numbers', () => {
    const chart = open(component, props);
    const numbers = [...chart.target.querySelectorAll('svg *')].flatMap((node) =>
      [...node.attributes].filter(({ name }) => /^([xy][12]?|c[xy]|r|rx|width|height|d)$/.test(name)),
    );
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter(({ value }) => /NaN|Infinity|undefined|null/.test(value)).map(({ name, value }) => `${name}="${value}"`)).toEqual(
      [],
    );
    chart.close();
  });

  it('has a title, a summary for readers of the page, and no style attribute', () => {
    const chart = open(component, props);
    for (const svg of drawings(chart)) {
      const figure = svg.closest('figure')!;
      expect(figure.querySelector('h2')!.textContent).toMatch(/\?$/);
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.getAttribute('aria-label')).toBe(figure.querySelector('h2')!.textContent);
      expect(document.getElementById(svg.getAttribute('aria-describedby')!)!.textContent.length).toBeGreaterThan(40);
    }
    expect(chart.target.querySelectorAll('[style]')).toHaveLength(0);
    chart.close();
  });

  it('is read with the keyboard from the first value to the last', () => {
    const chart = open(component, props);
    const reader = chart.target.querySelector('.reader')!;
    press(reader, 'ArrowRight');
    const first = readout(chart.target);
    expect(first).toMatch(/\d|no estimate|dropped/);
    expect(chart.target.querySelector('.guide')).not.toBeNull();
    press(reader, 'End');
    const last = readout(chart.target);
    expect(last).not.toBe(first);
    press(reader, 'ArrowRight');
    expect(readout(chart.target)).toBe(last);
    press(reader, 'Home');
    expect(readout(chart.target)).toBe(first);
    press(reader, 'Escape');
    expect(chart.target.querySelector('.guide')).toBeNull();
    chart.close();
  });

  it('has a table with a header for every column and row', () => {
    const chart = open(component, props);
    const toggle = chart.target.querySelector('.controls button')!;
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    expect(chart.target.querySelector('table')).toBeNull();
    click(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    const table = document.getElementById(toggle.getAttribute('aria-controls')!)!.querySelector('table')!;
    const columns = table.querySelectorAll('thead th[scope=col]').length;
    const rows = [...table.querySelectorAll('tbody tr')];
    expect(rows.length).toBeGreaterThan(0);
    rows.forEach((row) => {
      expect(row.children).toHaveLength(columns);
      expect(row.firstElementChild!.getAttribute('scope')).toBe('row');
    });
    expect(table.textContent).not.toMatch(/NaN|undefined|null|Infinity/);
    click(toggle);
    expect(chart.target.querySelector('table')).toBeNull();
    chart.close();
  });

  it('says so in words where there is nothing to draw', () => {
    const chart = open(component, empty);
    expect(chart.target.querySelector('svg')).toBeNull();
    expect(chart.target.querySelector('.empty')!.textContent.length).toBeGreaterThan(15);
    expect(chart.target.querySelector('.controls')).toBeNull();
    chart.close();
  });
});

function drawings(chart: Mounted): Element[] {
  const found = [...chart.target.querySelectorAll('.chart-svg')];
  expect(found.length).toBeGreaterThan(0);
  return found;
}

type Placed = { readonly text: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Where the ink of a text is: its x-height band with some ascent, which is what must not be covered. */
function boxOf(node: Element): Placed {
  const number = (name: string) => Number(node.getAttribute(name));
  const text = node.textContent;
  const size = number('font-size');
  const width = textWidth(text, size, node.getAttribute('font-weight') === '600' ? 600 : 400);
  const anchor = node.getAttribute('text-anchor');
  const left = number('x') - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
  return { text, left, right: left + width, top: number('y') - size * 0.7, bottom: number('y') };
}

function overlap(a: Placed, b: Placed): boolean {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
}
