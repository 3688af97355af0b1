// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { forestGeometry, type ForestRow } from '../../src/charts/forest-geometry.ts';
import { forestSummary, forestTable } from '../../src/charts/forest-words.ts';
import { forestRows, forestRowsWithTrouble } from './fixtures.ts';

const options = { width: 900, format: String, unit: 'dollars', intervalLabel: '95% interval' };
const at = (geometry: ReturnType<typeof forestGeometry>, id: string) => geometry.rows.find((row) => row.id === id)!;

describe('the forest plot', () => {
  it('puts equal values at equal places: truth, estimate and axis share one scale', () => {
    const geometry = forestGeometry(forestRows, options);
    const [zero, twenty] = ['0', '20'].map((label) => geometry.ticks.find((tick) => tick.label === label)!.at) as [number, number];
    const place = (value: number) => zero + (value / 20) * (twenty - zero);
    expect(geometry.zeroAt).toBeCloseTo(zero, 6);
    for (const row of geometry.rows) {
      expect(row.truthX).toBeCloseTo(place(row.row.truth!), 6);
      expect(row.pilot!.x).toBeCloseTo(place(row.row.pilot!.estimate), 6);
      expect(row.pilot!.x0).toBeCloseTo(place(row.row.pilot!.lower), 6);
      expect(row.pilot!.x1).toBeCloseTo(place(row.row.pilot!.upper), 6);
    }
  });

  it('draws the pilot above the truth and the scale below it', () => {
    const row = at(forestGeometry(forestRows, options), 'product-desc-enhancement');
    expect(row.pilotY).toBeLessThan(row.truthY);
    expect(row.truthY).toBeLessThan(row.scaleY);
  });

  it('points from the interval to a truth it misses, and only then', () => {
    const geometry = forestGeometry(forestRows, options);
    expect(geometry.rows.map((row) => row.miss !== null)).toEqual([false, false, false, true, false]);
    const missed = at(geometry, 'pricing-display-test');
    expect(missed.miss).toEqual({ x0: missed.pilot!.x0, x1: missed.truthX, y: missed.pilotY });
    expect(missed.words.map((word) => word.text)).toEqual(['misses by 23']);
  });

  it('sets the pilot against the truth in the pilot, where the effect changes on the way to scale', () => {
    const changed = { ...forestRows[0]!, truthAtScale: 5 };
    const row = forestGeometry([changed, ...forestRows.slice(1)], options).rows[0]!;
    expect(row.miss).toBeNull();
    expect(row.truthY).toBeLessThan(row.truthAtScale!.y);
    expect(row.truthAtScale!.x).toBeLessThan(row.truthX!);
    expect(row.texts.map((text) => text.text)).toEqual(expect.arrayContaining(['53', '5 at scale']));
    const { marks, legend } = forestGeometry([changed], options);
    expect(marks[0]!.values.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['truth in the pilot 53', 'truth at scale 5', 'pilot interval holds the truth']),
    );
    expect(legend.texts.map(({ text }) => text).join(' ')).toContain('scale below');
    const { columns, rows } = forestTable([changed, forestRows[1]!], 'dollars', String);
    expect(columns.slice(1, 3).map(({ label }) => label)).toEqual(['truth in the pilot', 'truth at scale']);
    expect(rows.map((cells) => cells.slice(1, 3))).toEqual([
      ['53', '5'],
      ['68', '68'],
    ]);
  });

  it('does not print a miss as 0', () => {
    const close = { ...forestRows[3]!, truth: 69.8 };
    const { words } = forestGeometry([close], { ...options, format: (value) => value.toFixed(0) }).rows[0]!;
    expect(words.map((word) => word.text)).toEqual(['just misses']);
  });

  it('cuts one huge interval, opens both its ends and says so in the legend', () => {
    const geometry = forestGeometry(forestRowsWithTrouble, options);
    expect(geometry.cut).toBe(true);
    expect(at(geometry, 'loyalty-badge').pilot).toMatchObject({ openLeft: true, openRight: true });
    expect(at(geometry, 'product-desc-enhancement').pilot).toMatchObject({ openLeft: false, openRight: false });
    expect(geometry.legend.texts.map((text) => text.text)).toContain('goes on beyond the axis');
    expect(forestGeometry(forestRows, options).legend.texts.map((text) => text.text)).not.toContain('goes on beyond the axis');
  });

  it('gives a row without an estimate its words instead', () => {
    const row = at(forestGeometry(forestRowsWithTrouble, options), 'free-returns');
    expect(row.pilot).toBeNull();
    expect(row.words.map((word) => word.text).join(' ')).toBe('No estimate: no treated product has a control within the caliper.');
    expect(row.truthX).not.toBeNull();
  });

  it('says "not scaled" only of what was measured', () => {
    const texts = (id: string) => at(forestGeometry(forestRowsWithTrouble, options), id).texts.map((text) => text.text);
    expect(texts('loyalty-badge')).toContain('not scaled');
    expect(texts('free-returns')).not.toContain('not scaled');
  });

  it('leaves out of the legend what is not drawn', () => {
    const bare: ForestRow[] = [{ ...forestRows[2]!, truth: null }];
    expect(forestGeometry(bare, options).legend.texts.map((text) => text.text)).toEqual(['pilot, 95% interval']);
  });

  it('lives with intervals of no width and with values far from zero', () => {
    const row = { ...forestRows[0]!, pilot: { estimate: 1e9, lower: 1e9, upper: 1e9 }, scale: null, truth: 1e9 };
    const geometry = forestGeometry([row], options);
    expect(Number.isFinite(geometry.rows[0]!.pilot!.x)).toBe(true);
    expect(geometry.rows[0]!.miss).toBeNull();
  });

  it('shows the truth as a column only where there is room', () => {
    expect(forestGeometry(forestRows, options).layout.headers.map((header) => header.text)).toContain('truth');
    expect(forestGeometry(forestRows, { ...options, width: 600 }).layout.headers.map((header) => header.text)).not.toContain('truth');
  });
});

it('counts in words which intervals hold the truth', () => {
  expect(forestSummary(forestRows, 'dollars')).toContain('holds the truth in 4 of 5');
  expect(forestSummary([], 'dollars')).toContain('Nothing was funded');
});

it('puts an absent number in the table as a dash', () => {
  const { columns, rows } = forestTable(forestRowsWithTrouble, 'dollars', String);
  expect(columns.map((column) => column.label).slice(0, 3)).toEqual(['initiative', 'truth', 'pilot']);
  expect(rows.find((row) => row[0] === 'free-returns')!.slice(1, 9)).toEqual([
    '12',
    '\u2013',
    '\u2013',
    '\u2013',
    '\u2013',
    '\u2013',
    '\u2013',
    'no',
  ]);
});
