// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { PilotSeries } from '../../src/core/contracts/run.ts';
import { meanEffect, seriesGeometry } from '../../src/charts/series-geometry.ts';
import { seriesSummary, seriesTable } from '../../src/charts/series-words.ts';
import { days, pilotSeries } from './fixtures.ts';

const options = { width: 800, format: (value: number) => value.toFixed(2), unit: 'dollars' };
const flat: PilotSeries = {
  dates: days(10),
  intervention_index: 6,
  treated: [5, 5, 5, 5, 5, 5, 8, 8, 8, 8],
  control: null,
  treated_without_treatment: [5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
};
const points = (path: string) =>
  path
    .split(/[ML]/)
    .filter((part) => part !== '')
    .map((part) => part.split(',').map(Number));

describe('the series', () => {
  it('has one point per period and starts the counterfactual where the paths part', () => {
    const geometry = seriesGeometry(flat, options);
    expect(points(geometry.treated)).toHaveLength(10);
    expect(points(geometry.truth)).toHaveLength(5);
    expect(points(geometry.truth)[0]![0]).toBeCloseTo(geometry.panel.x(5), 1);
  });

  it('shows anticipation: a difference before the intervention moves that start', () => {
    const early = { ...flat, treated: [5, 5, 5, 7, 7, 7, 8, 8, 8, 8] };
    expect(points(seriesGeometry(early, options).truth)).toHaveLength(8);
  });

  it('draws the intervention between the last period before and the first period after', () => {
    const { intervention, panel } = seriesGeometry(flat, options);
    expect(intervention!.x).toBeCloseTo((panel.x(5) + panel.x(6)) / 2, 6);
    expect(intervention!.text.text).toBe('treatment starts, 7 Mar');
  });

  it('marks how long a roll-out takes, and says so', () => {
    const staggered = { ...flat, last_start_index: 8 };
    const { rollOut, intervention, panel } = seriesGeometry(staggered, options);
    expect(rollOut).toEqual({ x0: panel.x(5.5), x1: panel.x(7.5) });
    expect(intervention!.text.text).toBe('cohorts start, 7 Mar to 9 Mar');
    expect(seriesSummary(staggered, 'dollars', String)).toContain('in cohorts');
    expect(seriesGeometry(flat, options).rollOut).toBeNull();
  });

  it('averages the effect over the periods after the intervention', () => {
    expect(meanEffect(flat)).toBe(3);
    expect(meanEffect({ ...flat, intervention_index: 10 })).toBeNull();
    expect(seriesSummary(flat, 'dollars', String)).toContain('+3 on average');
  });

  it('calls the gap the true effect only where it is: not where what was seen is flawed', () => {
    const words = (trueEffect?: number | null) => seriesSummary(flat, 'dollars', String, trueEffect);
    expect(words(3)).toContain('true effect, +3 on average');
    expect(words(1)).toContain('difference, +3 on average; the true effect is +1');
    expect(words(null)).toMatch(/difference, \+3 on average\.$/);
    expect(seriesGeometry(flat, { ...options, trueEffect: 1 }).marks[9]!.values.at(-1)!.text).toBe('difference +3.00');
    expect(seriesTable(flat, 'dollars', String, 1).columns.at(-1)!.label).toBe('treated, observed minus that');
    expect(seriesTable(flat, 'dollars', String, 3).columns.at(-1)!.label).toBe('true effect on the treated');
  });

  it('has no line and no words for controls that are not there', () => {
    const alone = seriesGeometry(flat, options);
    expect(alone.control).toBeNull();
    expect(alone.marks[0]!.values.map((value) => value.text)).toEqual(['treated 5.00', 'without treatment 5.00']);
    expect(alone.marks[9]!.values.at(-1)!.text).toBe('effect +3.00');
    expect(seriesTable(flat, 'dollars', String).columns).toHaveLength(4);
    expect(seriesTable(pilotSeries(), 'dollars', String).columns).toHaveLength(5);
  });

  it('starts at zero, or says that it does not', () => {
    expect(seriesGeometry(flat, options).name.text).toMatch(/does not start at zero/);
    const low = { ...flat, treated: flat.treated.map((value, i) => (i === 0 ? 1 : value)) };
    expect(seriesGeometry(low, options).name.text).toBe('dollars');
  });

  it('keeps its end labels apart and inside the panel', () => {
    const { labels, panel } = seriesGeometry(pilotSeries(), options);
    const ys = labels.map((label) => label.y).sort((a, b) => a - b);
    ys.slice(1).forEach((y, i) => expect(y - ys[i]!).toBeGreaterThanOrEqual(labels[0]!.size));
    expect(ys[0]).toBeGreaterThan(panel.box.y0);
    expect(ys.at(-1)).toBeLessThan(panel.box.y1 + labels[0]!.size);
  });

  it('reads every period from boxes that tile the panel', () => {
    const { marks, panel } = seriesGeometry(pilotSeries(), options);
    expect(marks).toHaveLength(120);
    marks.slice(1).forEach((mark, i) => expect(mark.box.x).toBeCloseTo(marks[i]!.box.x + marks[i]!.box.width, 6));
    expect(marks[40]!.box.x + marks[40]!.box.width / 2).toBeCloseTo(panel.x(40), 6);
  });

  it('lives with a single period and with series of unequal length', () => {
    expect(
      seriesGeometry({ ...flat, dates: days(1), treated: [5], treated_without_treatment: [5], intervention_index: 0 }, options).height,
    ).toBeGreaterThan(100);
    expect(seriesGeometry({ ...flat, treated_without_treatment: [5, 5] }, options).gap).not.toContain('NaN');
  });
});
