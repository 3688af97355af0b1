import { describe, expect, it, vi } from 'vitest';
import { flushSync } from 'svelte';
import { ForestChart, MethodPicture, SeriesChart } from '../../src/charts/index.ts';
import {
  armsPicture,
  balancePicture,
  counterfactualPicture,
  forestRows,
  pilotSeries,
  strataPicture,
  syntheticPicture,
} from './fixtures.ts';
import { click, open, press, readout } from './mounting.ts';

const unit = 'thousand dollars';

describe('the forest plot', () => {
  it('reads a row whole', () => {
    const chart = open(ForestChart, { rows: forestRows, unit });
    const reader = chart.target.querySelector('.reader')!;
    press(reader, 'ArrowDown');
    expect(readout(chart.target)).toBe(
      'product-desc-enhancement: truth 53, pilot 52 [38, 66], scale 54 [49, 59], pilot interval holds the truth, funded',
    );
    for (let i = 0; i < 3; i++) press(reader, 'ArrowDown');
    expect(readout(chart.target)).toBe(
      'pricing-display-test: truth 47, pilot 96 [70, 122], pilot interval misses the truth by 23, not funded',
    );
    chart.close();
  });

  it('opens an initiative from its name and, while reading, with Enter', () => {
    const onselect = vi.fn();
    const chart = open(ForestChart, { rows: forestRows, unit, onselect });
    const buttons = [...chart.target.querySelectorAll('button.open')];
    expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual(forestRows.map((row) => `Open ${row.label}`));
    click(buttons[1]!);
    const reader = chart.target.querySelector('.reader')!;
    press(reader, 'Enter');
    press(reader, 'End');
    press(reader, 'Enter');
    expect(onselect.mock.calls).toEqual([[forestRows[1]!.id], [forestRows[4]!.id]]);
    chart.close();
  });

  it('has no controls on its names where nothing opens', () => {
    const chart = open(ForestChart, { rows: forestRows, unit });
    expect(chart.target.querySelector('button.open')).toBeNull();
    chart.close();
  });

  it('takes the level of its title from the page', () => {
    const chart = open(ForestChart, { rows: forestRows, unit, level: 3 });
    expect(chart.target.querySelector('h3')!.textContent).toBe('Did the estimates recover the truth?');
    chart.close();
  });
});

describe('reading', () => {
  it('announces what the keyboard reads, not what the pointer passes', () => {
    const chart = open(SeriesChart, { series: pilotSeries(), unit });
    const reader = chart.target.querySelector('.reader')!;
    const line = () => chart.target.querySelector('.readout')!.getAttribute('aria-live');
    press(reader, 'ArrowRight');
    expect(line()).toBe('polite');
    const svg = chart.target.querySelector('svg')!;
    svg.getBoundingClientRect = () => ({ left: 0, top: 0, width: 640, height: 400 }) as DOMRect;
    reader.dispatchEvent(new MouseEvent('pointermove', { clientX: 300, clientY: 150, bubbles: true }));
    flushSync();
    expect(line()).toBe('off');
    expect(readout(chart.target)).toMatch(/^\d+ \w+ 2024: treated [\d.]+, control [\d.]+, without treatment [\d.]+/);
    chart.close();
  });

  it('leaves other keys, and keys with modifiers, to the page', () => {
    const chart = open(SeriesChart, { series: pilotSeries(), unit });
    const reader = chart.target.querySelector('.reader')!;
    const passed = (init: KeyboardEventInit) =>
      reader.dispatchEvent(new KeyboardEvent('keydown', { cancelable: true, bubbles: true, ...init }));
    expect(passed({ key: 'Tab' })).toBe(true);
    expect(passed({ key: 'ArrowRight', altKey: true })).toBe(true);
    expect(passed({ key: 'ArrowRight' })).toBe(false);
    chart.close();
  });

  it('stops when the focus leaves', () => {
    const chart = open(SeriesChart, { series: pilotSeries(), unit });
    const reader = chart.target.querySelector('.reader')!;
    press(reader, 'End');
    reader.dispatchEvent(new FocusEvent('blur'));
    flushSync();
    expect(chart.target.querySelector('.guide')).toBeNull();
    chart.close();
  });
});

describe("a method's picture", () => {
  it.each([
    [armsPicture, ['How do the arms differ?']],
    [balancePicture, ['Are the groups alike after the adjustment?']],
    [strataPicture, ['How large is the difference in each stratum?', 'Are the groups alike after the adjustment?']],
    [syntheticPicture(), ['Where does the treated unit leave its synthetic control?']],
    [counterfactualPicture(), ['What would the series have done without the intervention?']],
  ])('is chosen by its kind: %#', (picture, titles) => {
    const chart = open(MethodPicture, { picture, unit, level: 3 });
    expect([...chart.target.querySelectorAll('h3')].map((title) => title.textContent)).toEqual(titles);
    chart.close();
  });
});
