// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { designGridGeometry, designGridSummary, designGridTable } from '../../src/charts/design-grid-geometry.ts';
import { sweepGeometry } from '../../src/charts/sweep-geometry.ts';
import { seriesDashes, seriesShape } from '../../src/charts/sweep-shapes.ts';
import { breakWords, sweepSummary, sweepTable } from '../../src/charts/sweep-words.ts';
import { gridOfCoverage, gridOfErrors, sweepOfCoverage, sweepOfRegret } from './sweep-fixtures.ts';

const options = { width: 800 };

describe('the picture of a sweep', () => {
  it('marks where a series crosses the line on the line, and as wide as is as likely', () => {
    const { breaks, panel, threshold } = sweepGeometry(sweepOfCoverage, options);
    expect(breaks.map(({ id }) => id)).toEqual(['search-ads', 'badges']);
    const [first] = breaks;
    expect(first!.x).toBeCloseTo(panel.x(0.071), 6);
    expect([first!.x0, first!.x1]).toEqual([panel.x(0.071 - 0.08), panel.x(0.071 + 0.1)]);
    expect(threshold).toBeCloseTo(panel.y(0.9), 6);
    expect((breaks[0]!.y + breaks[1]!.y) / 2).toBeCloseTo(threshold!, 6);
  });
  it('draws an end that is beyond the grid to the edge', () => {
    const open = { ...sweepOfCoverage, series: [{ ...sweepOfCoverage.series[0]!, breakPoint: { at: 0.5, lower: null, upper: null } }] };
    const { breaks, panel } = sweepGeometry(open, options);
    expect([breaks[0]!.x0, breaks[0]!.x1]).toEqual([panel.box.x0, panel.box.x1]);
  });
  it('marks the current value, the change of the decision between two values, and what cannot be', () => {
    const { current, flips, impossible, panel } = sweepGeometry(sweepOfCoverage, options);
    expect(current).toBeCloseTo(panel.x(0.2), 6);
    expect(flips.map(({ x, width }) => [x, x + width])).toEqual([[expect.closeTo(panel.x(0.4), 6), expect.closeTo(panel.x(0.6), 6)]]);
    expect(impossible).toEqual([panel.x(1.2)]);
  });
  it('is read value by value with every series there', () => {
    const { marks } = sweepGeometry(sweepOfCoverage, options);
    expect(marks).toHaveLength(7);
    expect(marks[1]!.label).toBe('Spillover: severity, all together 0.2, as the scenario has it');
    expect(marks[1]!.values[0]!.text).toBe('search-ads 81.0% [78.0%, 84.0%]');
    expect(marks[3]!.values.at(-1)!.text).toBe('since 0.4: from search-ads + badges to badges');
    expect(marks[6]!.values.map(({ text }) => text)).toEqual(['severity: must lie between 0 and 1 (found 1.2)']);
  });
  it('leaves out what cannot be told, and says so', () => {
    const { series, marks } = sweepGeometry(sweepOfRegret, options);
    expect(series[0]!.points).toHaveLength(3);
    expect(marks[1]!.values[0]!.text).toBe('all initiatives \u2013');
    expect(marks[2]!.values[0]!.text).toBe('all initiatives $4000');
    expect(sweepTable(sweepOfRegret).rows[1]).toEqual(['100000', '\u2013', '']);
  });
  it('says in words what it shows', () => {
    const words = sweepSummary(sweepOfCoverage);
    expect(words).toContain('search-ads goes from 95.0% at 0.0 to 25.0% at 1.0, crossing the line at 0.1 (-0.0 to 0.2)');
    expect(words).toContain('Between 0.4 and 0.6 the usual decision changes: from search-ads + badges to badges.');
    expect(words).toContain('The scenario cannot have 1.2.');
    const open = { ...sweepOfCoverage.series[0]!, breakPoint: { at: 0.5, lower: null, upper: null } };
    expect(breakWords(open, sweepOfCoverage)).toBe('0.5 (below the grid to beyond the grid)');
  });
  it('draws numbers only, whatever was found', () => {
    const at = (x: number, y: number | null, lower = y, upper = y) => ({ x, y, lower, upper });
    const found = [
      [],
      [at(0, null)],
      [at(5, 0.5)],
      [at(-1e15, 1e308), at(1e15, -1e308)],
      [at(0, 1e-320), at(1e-9, 0)],
      [at(1, 2, -Infinity, Infinity), at(2, 3)],
    ];
    for (const readings of found) {
      const breakPoint = readings.length > 1 ? { at: readings[0]!.x, lower: null, upper: null } : null;
      const picture = { ...sweepOfCoverage, series: [{ id: 'a', label: 'a', readings, breakPoint }], flips: [], current: null };
      const { series, breaks, impossible, texts, marks } = sweepGeometry(picture, { width: 360 });
      const drawn = JSON.stringify([series, breaks, impossible, texts.map(({ x, y }) => [x, y]), marks.map(({ box }) => box)]);
      expect(drawn).not.toMatch(/NaN|Infinity|null/);
    }
  });
  it('tells up to thirty series apart by shape and dashes', () => {
    const looks = Array.from({ length: 30 }, (_, k) => `${seriesShape(k, 0, 0, 5)} ${seriesDashes[k % seriesDashes.length] ?? ''}`);
    expect(new Set(looks).size).toBe(30);
  });
});

describe('the picture of the grid', () => {
  it('has a cell for every method and design, told by arrows as well as by colour', () => {
    const { cells, marks } = designGridGeometry(gridOfCoverage, { width: 900 });
    expect(cells).toHaveLength(5 * 6);
    expect(marks).toHaveLength(5 * 6);
    for (const { cell, arrows, hatch } of cells) {
      const count = (arrows.match(/M/g) ?? []).length;
      expect(count).toBe({ good: 0, off: 1, far: 2, none: 0, plain: 0, waiting: 0 }[cell.level]);
      expect(hatch !== '').toBe(cell.level === 'none');
    }
    expect(cells.filter(({ corner }) => corner !== '').every(({ cell }) => cell.partial)).toBe(true);
  });
  it('leaves the figures out where they have no room, and keeps the marks', () => {
    const many = {
      ...gridOfCoverage,
      designs: [...gridOfCoverage.designs, ...gridOfCoverage.designs],
      methods: gridOfCoverage.methods.map((one) => ({ ...one, cells: [...one.cells, ...one.cells] })),
    };
    const figures = (width: number) => designGridGeometry(many, { width }).texts.filter(({ text }) => /^\d+%$/.test(text)).length;
    expect(figures(1200)).toBeGreaterThan(20);
    expect(figures(320)).toBe(0);
    expect(designGridGeometry(many, { width: 320 }).cells.filter(({ arrows }) => arrows !== '').length).toBeGreaterThan(10);
  });
  it('counts what is off, and names what is off although it should not be', () => {
    const words = designGridSummary(gridOfCoverage);
    expect(words).toMatch(/^Coverage of 5 methods under 6 designs\. It should be 95%: \d+ cells are so/);
    expect(words).toContain('Off although made for the design: Nearest-neighbour matching under cluster randomisation (81%)');
    expect(designGridSummary(gridOfErrors)).not.toContain('It should be');
    expect(designGridTable(gridOfCoverage).rows).toHaveLength(30);
    expect(designGridTable(gridOfCoverage).rows[0]).toEqual([
      'Complete randomisation',
      'Experiment',
      '95%',
      'coverage 95% (2); 50 replications',
    ]);
  });
});
