// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { discontinuityGeometry, jumpOf } from '../../src/charts/discontinuity-geometry.ts';
import { densityWords, discontinuitySummary, discontinuityTable } from '../../src/charts/discontinuity-words.ts';
import { estimateGeometry, estimateTable } from '../../src/charts/estimate-geometry.ts';
import { groupSeries } from '../../src/charts/event-paths.ts';
import { eventStudyGeometry, eventTimeWords } from '../../src/charts/event-study-geometry.ts';
import { eventStudySummary, eventStudyTable, preTrendWords, twoWayWords } from '../../src/charts/event-study-words.ts';
import { histogramStrip } from '../../src/charts/histogram-strip.ts';
import { armSizes, overlapGeometry } from '../../src/charts/overlap-geometry.ts';
import { overlapNotes, overlapSummary } from '../../src/charts/overlap-words.ts';
import { responseGeometry } from '../../src/charts/response-geometry.ts';
import { responseSummary, responseTable } from '../../src/charts/response-words.ts';
import { syntheticGeometry } from '../../src/charts/synthetic-geometry.ts';
import { estimates, syntheticPicture } from './fixtures.ts';
import { discontinuityPicture, eventStudyPicture, overlapPicture, responsePicture } from './picture-fixtures.ts';

const format = (value: number) => value.toFixed(2);
const options = { width: 900, unit: 'dollars', format, intervalLabel: '95% interval' };

describe('overlap', () => {
  const picture = overlapPicture();
  it('stands treated above and controls below one line, each as a share of its arm', () => {
    const { bars, panel } = overlapGeometry(picture, { width: 900 });
    const zero = panel.zeroAt!;
    const arms = armSizes(picture);
    const tallest = bars[picture.bins.indexOf(picture.bins.reduce((a, b) => (b.treated > a.treated ? b : a)))]!;
    const most = Math.max(...picture.bins.map((bin) => bin.treated));
    const perShare = zero - panel.y(0.1);
    expect(tallest.treated.height / (most / arms.treated)).toBeCloseTo(perShare / 0.1, 6);
    bars.forEach(({ treated, control }) => {
      expect(treated.y + treated.height).toBeCloseTo(zero, 6);
      expect(control.y).toBeCloseTo(zero, 6);
    });
  });
  it('marks exactly the bins outside the kept range', () => {
    const { bars, trimmed, bounds } = overlapGeometry(picture, { width: 900 });
    expect(bars.map((bar) => bar.trimmed)).toEqual(picture.bins.map((bin) => bin.to <= 0.1 || bin.from >= 0.9));
    expect(trimmed).toHaveLength(2);
    expect(bounds).toHaveLength(2);
    const all = overlapGeometry({ ...picture, kept_range: null }, { width: 900 });
    expect([all.trimmed, all.bounds]).toEqual([[], []]);
    expect(all.bars.some((bar) => bar.trimmed)).toBe(false);
  });
  it('labels shares upwards and downwards without a sign', () => {
    expect(overlapGeometry(picture, { width: 900 }).upTicks.map((tick) => tick.label)).toEqual(['15%', '10%', '5%', '0%', '5%', '10%']);
  });
  it('says what weighting leaves, and where only one arm is', () => {
    expect(overlapSummary(picture)).toContain('worth 512 and 143 units');
    expect(overlapNotes(picture)).toEqual(['A few controls carry most of the weight: 766 of them count as 143.']);
    expect(overlapNotes({ ...picture, effective_control: 400 })).toEqual([]);
    const apart = {
      ...picture,
      bins: picture.bins.map((bin, i) => (i < 3 ? { ...bin, treated: 0, control: 10 } : { ...bin, treated: 5, control: 5 })),
    };
    expect(overlapSummary(apart)).toContain('30 units lie where the other arm has nobody');
  });
});

describe('the event study', () => {
  const picture = eventStudyPicture();
  it('puts the reference at zero, right before the start', () => {
    const { points, effects, start } = eventStudyGeometry(picture, options);
    const reference = points.find((point) => point.isReference)!;
    expect(reference.y).toBeCloseTo(effects.zeroAt!, 6);
    expect(reference.x).toBeCloseTo(effects.x(-1), 6);
    expect(start).toBeCloseTo((effects.x(-1) + effects.x(0)) / 2, 6);
  });
  it('has a stroke for every period but the reference, inside the simultaneous band, and a band where strokes have no room', () => {
    const few = eventStudyGeometry(picture, options);
    expect(few.strokes).toHaveLength(picture.rows.length - 1);
    expect(few.pointwise).toBe('');
    const many = eventStudyGeometry(eventStudyPicture(80, 100), options);
    expect(many.strokes).toEqual([]);
    expect(many.pointwise).not.toBe('');
    few.strokes.forEach(({ y0, y1 }) => expect(y0).toBeGreaterThan(y1));
  });
  it('draws rows in order whatever order they come in', () => {
    const shuffled = eventStudyGeometry({ ...picture, rows: [...picture.rows].reverse() }, options);
    expect(shuffled.points).toEqual(eventStudyGeometry(picture, options).points);
    expect(shuffled.effects.across.ticks.every(({ value }) => Number.isInteger(value))).toBe(true);
  });
  it('lays the two-way estimate over the treated periods, and leaves it out where there is none', () => {
    const { twoWay, effects } = eventStudyGeometry(picture, options);
    expect(twoWay!.y).toBeCloseTo(effects.y(0.62), 6);
    expect(eventStudyGeometry({ ...picture, two_way: null }, options).twoWay).toBeNull();
    expect(twoWayWords(picture, format)).toContain('0.62 [0.41, 0.83]');
    expect(twoWayWords(picture, format)).toContain('13% of those weights are negative');
    expect(twoWayWords({ ...picture, two_way: { ...picture.two_way!, negative_weight_share: 0 } }, format)).toContain(
      'None of its weights',
    );
    expect(twoWayWords({ ...picture, two_way: null }, format)).toBe('');
  });
  it('puts the joint test into words, on both sides of 0.05', () => {
    expect(preTrendWords(picture)).toMatch(/^Before treatment, jointly: F\(7, 39\) = 1\.07, p = 0\.40: no sign/);
    const bad = { ...picture, pre_trend: { statistic: 41.2, df1: 7, df2: null, p_value: 1e-6 } };
    expect(preTrendWords(bad)).toMatch(/\u03c7\u00b2\(7\) = 41\.20, p <0\.001: the groups moved apart already before/);
    expect(preTrendWords({ ...picture, pre_trend: null })).toMatch(/too few periods/);
  });
  it('counts the periods in which the simultaneous band leaves zero', () => {
    const row = (event_time: number, lower: number) => ({
      ...picture.rows[10]!,
      event_time,
      estimate: 2,
      ci_lower: 1,
      ci_upper: 3,
      simultaneous_lower: lower,
      simultaneous_upper: 4,
    });
    expect(eventStudySummary({ ...picture, rows: [picture.rows[7]!, row(0, -0.1), row(1, 0.1)] }, 'dollars', format)).toContain(
      'leaves zero in 1 of the 2 treated periods',
    );
    expect([eventTimeWords(-1), eventTimeWords(0), eventTimeWords(2)]).toEqual([
      '1 period before treatment',
      'first treated period',
      '2 periods after the first',
    ]);
  });
  it('lines groups up in time, with gaps where a group has no effect', () => {
    const series = groupSeries({
      ...picture,
      groups: [
        { ...picture.groups[0]!, group: '10', time: '12' },
        { ...picture.groups[0]!, group: '9', time: '9', estimate: 5 },
      ],
    });
    expect(series).toEqual({
      times: ['9', '12'],
      groups: [
        { group: '9', values: [5, null] },
        { group: '10', values: [null, picture.groups[0]!.estimate] },
      ],
    });
    expect(eventStudyGeometry({ ...picture, groups: [] }, options).paths.groups).toBeNull();
    expect(eventStudyGeometry(picture, options).paths.groups!.lines).toHaveLength(3);
    expect(eventStudyTable(picture, 'dollars', format).rows).toHaveLength(picture.rows.length + picture.groups.length);
  });
  it('names three of very many groups, and reads no more than fit into a line or two', () => {
    const many = Array.from({ length: 20 }, (_, g) =>
      picture.paths.times.map((time, t) => ({
        group: picture.paths.times[g]!,
        time,
        estimate: g + t,
        ci_lower: g + t - 1,
        ci_upper: g + t + 1,
      })),
    ).flat();
    const { paths } = eventStudyGeometry({ ...picture, groups: many }, options);
    expect(paths.groups!.lines).toHaveLength(20);
    expect(paths.texts.filter(({ text }) => text.startsWith('from '))).toHaveLength(3);
    const mark = paths.marks.find(({ id }) => id === 'g5')!;
    expect(mark.values).toHaveLength(5);
    expect(mark.values.at(-1)!.text).toBe('and 16 more in the table');
  });
  it('lives without a control path', () => {
    const { paths } = eventStudyGeometry({ ...picture, paths: { ...picture.paths, control: null } }, options);
    expect(paths.outcomes!.control).toBe('');
    expect(paths.outcomes!.treated).not.toBe('');
  });
});

describe('the discontinuity', () => {
  const picture = discontinuityPicture();
  it('tells the sides apart by which of them is treated', () => {
    const below = discontinuityGeometry(picture, options).points.map((point) => point.treated);
    expect(below).toEqual(picture.bins.map((bin) => bin.x < 0.5));
    const above = discontinuityGeometry({ ...picture, treated_side: 'above' }, options).points.map((point) => point.treated);
    expect(above).toEqual(below.map((treated) => !treated));
    expect(discontinuityTable(picture, 'dollars', format).rows.map((row) => row[1])).toEqual(
      below.map((treated) => (treated ? 'treated' : 'not treated')),
    );
  });
  it('reads the jump from the ends of the fits, treated minus not treated', () => {
    expect(jumpOf(picture)).toBeCloseTo(1.8, 2);
    expect(jumpOf({ ...picture, treated_side: 'above' })).toBeCloseTo(-1.8, 2);
    expect(jumpOf({ ...picture, fit_left: [] })).toBeNull();
    expect(discontinuitySummary(picture, 'dollars', format)).toContain('+1.80 apart');
  });
  it('shades the bandwidth around the cutoff', () => {
    const { bandwidth, cutoff, panel } = discontinuityGeometry(picture, options);
    expect(bandwidth.x).toBeCloseTo(panel.x(0.36), 6);
    expect(bandwidth.x + bandwidth.width / 2).toBeCloseTo(cutoff, 6);
  });
  it('does not let a bin of three units flatten the rest', () => {
    const wild = { ...picture, bins: picture.bins.map((bin, i) => (i === 0 ? { ...bin, ci_lower: -500, ci_upper: 500 } : bin)) };
    const { panel } = discontinuityGeometry(wild, options);
    expect(panel.up.domain[1] - panel.up.domain[0]).toBeLessThan(40);
  });
  it('reads the density test both ways, and says where there is none', () => {
    expect(densityWords(picture)).toContain('does not jump at the cutoff (p = 0.62)');
    expect(densityWords({ ...picture, density_p_value: 0.0004 })).toContain('jumps at the cutoff (p <0.001)');
    expect(densityWords({ ...picture, density_p_value: null })).toContain('could not be tested');
  });
});

describe('the response', () => {
  const picture = responsePicture();
  it('has zero and the mean change on its axis', () => {
    const { mean, none, panel, curve, band } = responseGeometry(picture, options);
    expect(mean).toBeCloseTo(panel.x(0.117), 6);
    expect(none).toBeCloseTo(panel.x(0), 6);
    expect(curve).toMatch(/^M/);
    expect(band).toMatch(/Z$/);
  });
  it('lists curve and changes, and counts the units', () => {
    const units = picture.bins.reduce((sum, bin) => sum + bin.count, 0);
    expect(responseSummary(picture, 'dollars')).toContain(`${units} units changed by +0.117 on average`);
    expect(responseTable(picture, 'dollars', format).rows).toHaveLength(picture.curve.length + picture.bins.length);
  });
});

describe('a histogram strip', () => {
  it('has areas that are counts, whatever the widths', () => {
    const { bars } = histogramStrip(
      [
        { from: 0, to: 1, count: 10 },
        { from: 1, to: 3, count: 20 },
        { from: 3, to: 4, count: 5 },
      ],
      {
        x: (value) => value * 100,
        x0: 0,
        top: 0,
        height: 100,
        type: { strong: 15, text: 14, small: 13, line: 17 },
        name: '',
        format,
        what: 'units',
      },
    );
    expect(bars[1]!.height).toBeCloseTo(bars[0]!.height, 6);
    expect(bars[2]!.height).toBeCloseTo(bars[0]!.height / 2, 6);
    expect(bars[1]!.width).toBeCloseTo(199, 6);
  });
});

describe('synthetic difference in differences', () => {
  it('shows the weights of the periods before at their place, and none where the method has none', () => {
    const plain = syntheticPicture();
    expect(syntheticGeometry(plain, options).timeWeights).toEqual([]);
    const weighted = {
      ...plain,
      time_weights: [
        { time: plain.times[60]!, weight: 0.2 },
        { time: plain.times[69]!, weight: 0.8 },
      ],
    };
    const { timeWeights, path, marks } = syntheticGeometry(weighted, options);
    expect(timeWeights).toHaveLength(2);
    expect(timeWeights[1]!.height / timeWeights[0]!.height).toBeCloseTo(4, 6);
    expect(timeWeights[1]!.x + timeWeights[1]!.width / 2).toBeCloseTo(path.x(69), 6);
    expect(marks[69]!.values.map(({ text }) => text)).toContain('weight of the period 80.0%');
  });
});

describe('estimates side by side', () => {
  it('are measured against the truth of what each asks for', () => {
    const rows = estimates.map((row, i) => (i === 1 ? { ...row, truth: 0.4 } : row));
    const { rows: placed, truth } = estimateGeometry(rows, 2.25, options);
    expect(placed.map(({ ownTruth }) => ownTruth !== null)).toEqual([false, true, false, false]);
    expect(placed[1]!.offset!.x1).toBeLessThan(truth!.x);
    expect(placed[0]!.offset!.x1).toBeCloseTo(truth!.x, 6);
    const table = estimateTable(rows, 2.25, 'dollars', format).rows;
    expect(table[1]).toEqual(['naive difference', '-0.42', '-1.21', '0.37', '0.40', '-0.82', 'no']);
    expect(table[0]!.at(-1)).toBe('yes');
  });
  it('have no truth where a row has none, whatever that of the chart', () => {
    const { rows: placed } = estimateGeometry([{ ...estimates[0]!, truth: null }], 2.25, options);
    expect(placed[0]).toMatchObject({ offset: null, ownTruth: null });
  });
});

describe('donor weights below zero', () => {
  it('are shown by size, marked, and not dropped', () => {
    const weights = [
      { unit: 'a', weight: 0.9 },
      { unit: 'b', weight: -0.3 },
      { unit: 'c', weight: 0.4 },
    ];
    const bars = syntheticGeometry({ ...syntheticPicture(), weights }, options).weights;
    expect(bars.map(({ unit, negative }) => [unit, negative])).toEqual([
      ['a', false],
      ['c', false],
      ['b', true],
    ]);
    expect(bars[0]!.bar.width / bars[2]!.bar.width).toBeCloseTo(3, 6);
    expect(bars[2]!.texts[1]!.text).toBe('\u221230%');
  });
});
