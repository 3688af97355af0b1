// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { hatchPath } from '../../src/charts/hatch.ts';
import { holdingsGeometry, shareWords } from '../../src/charts/holdings-geometry.ts';
import { countedWords, holdingsSummary, holdingsTable } from '../../src/charts/holdings-words.ts';
import { penaltyGeometry, penaltySummary, penaltyTable } from '../../src/charts/penalty-geometry.ts';
import { crowdedPenaltyPoints, exampleNearOptimal, penaltyCliff, penaltyLine, penaltyPoints } from './fixtures.ts';

const money = (value: number) => `$${value.toFixed(1)}`;
const words = { objective: { label: 'largest regret', sense: 'minimise' as const }, format: money };

describe('near-optimal holdings', () => {
  it('are bars of the share that holds each initiative', () => {
    const { rows, layout } = holdingsGeometry(exampleNearOptimal, { width: 700, funded: ['TitlesAI'] });
    const { x0, x1 } = layout.plot;
    expect(rows.map(({ holding, bar }) => [holding.id, Math.round(((bar.width / (x1 - x0)) * 1000) / 1) / 1000])).toEqual([
      ['TitlesAI', 1],
      ['ImageEnhancer', 0.667],
      ['PriceOptimizer', 0.667],
      ['BundleEngine', 0.667],
    ]);
    expect(rows.map(({ hatch }) => hatch !== null)).toEqual([false, true, true, true]);
    expect(rows.map(({ funded }) => funded)).toEqual([true, false, false, false]);
  });
  it('say by words what the pattern says', () => {
    const { rows, legend, marks } = holdingsGeometry(
      { ...exampleNearOptimal, holdings: [...exampleNearOptimal.holdings, { id: 'none', count: 0, share: 0, standing: 'exterior' }] },
      { width: 700, funded: [] },
    );
    expect(rows.map(({ texts }) => texts[1]!.text)).toEqual([
      'core \u00b7 3 of 3',
      'borderline \u00b7 2 of 3',
      'borderline \u00b7 2 of 3',
      'borderline \u00b7 2 of 3',
      'exterior \u00b7 0 of 3',
    ]);
    expect(legend.texts.map(({ text }) => text)).toEqual([
      'core: every one holds it',
      'borderline: some hold it',
      'exterior: none holds it',
    ]);
    expect(marks.at(-1)!.values.map(({ text }) => text)).toEqual(['0% of the portfolios', '0 of 3', 'exterior: none holds it', '']);
  });
  it('state how many were counted, and with what room', () => {
    expect(countedWords(exampleNearOptimal, words)).toBe(
      '3 portfolios have a largest regret of at most $4.0; the best has $1.0. The room between is 10% of $30.3, the largest V*.',
    );
    expect(countedWords({ ...exampleNearOptimal, count: 1, tolerance: 0, limit: 1 }, words)).toBe(
      'Only one portfolio has a largest regret of at most $1.0: the best, with $1.0.',
    );
    const maximin = { ...words, objective: { label: 'return in the worst state', sense: 'maximise' as const } };
    expect(countedWords(exampleNearOptimal, maximin)).toContain('of at least $4.0');
    expect(holdingsSummary(exampleNearOptimal, words)).toContain('TitlesAI 100%, core; ImageEnhancer 67%, borderline');
    expect(holdingsTable(exampleNearOptimal, ['TitlesAI']).rows[0]).toEqual(['TitlesAI', '3', '100%', 'core', 'yes']);
  });
  it('never round a share to all or none', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(shareWords)).toEqual(['0%', '<1%', '50%', '>99%', '100%']);
  });
});

describe('the confidence penalty', () => {
  const options = { width: 700, threshold: 0.5 };
  it('has every initiative on its curve', () => {
    const { points, panel, curve, threshold } = penaltyGeometry(penaltyLine, penaltyPoints, options);
    const { x0, x1, y0, y1 } = panel.box;
    const titles = points.find(({ id }) => id === 'TitlesAI')!;
    expect(titles.x).toBeCloseTo(x0 + 0.9 * (x1 - x0), 6);
    expect(titles.y).toBeCloseTo(y1 - 0.1 * (y1 - y0), 6);
    expect(threshold).toBeCloseTo((x0 + x1) / 2, 6);
    expect(curve.startsWith(`M${Math.round(x0 * 10) / 10},${y0}`)).toBe(true);
  });
  it('tells funded, not funded and ineligible apart by shape and words', () => {
    const { points, legend } = penaltyGeometry(penaltyLine, penaltyPoints, options);
    expect(points.map(({ shape, tone }) => [shape, tone])).toEqual([
      ['circle', 'funded'],
      ['open-circle', 'pilot'],
      ['circle', 'funded'],
      ['open-circle', 'muted'],
      ['circle', 'funded'],
    ]);
    expect(legend.texts.map(({ text }) => text)).toEqual(['taken off', 'funded', 'not funded', 'ineligible', 'least confidence, 0.50']);
    const hidden = penaltyGeometry(
      penaltyLine,
      penaltyPoints.map((point) => ({ ...point, funded: false })),
      options,
    );
    expect(hidden.points.filter(({ tone }) => tone === 'pilot').every(({ shape }) => shape === 'circle')).toBe(true);
  });
  it('says what each keeps', () => {
    const { texts, marks } = penaltyGeometry(penaltyLine, penaltyPoints, options);
    expect(texts.map(({ text }) => text)).toContain('ImageEnhancer keeps 60%');
    expect(marks[3]!.values.map(({ text }) => text)).toContain('below the least confidence');
    expect(penaltyTable(penaltyPoints).rows[1]).toEqual(['ImageEnhancer', '0.60', '0.40', '0.60']);
    expect(penaltySummary(penaltyPoints, '1 \u2212 c')).toContain('BundleEngine keeps 50% at confidence 0.50');
  });
  it.each([300, 700, 1400])('in %d px keeps the names of a crowd apart and inside', (width) => {
    const { texts, panel, height } = penaltyGeometry(penaltyCliff, crowdedPenaltyPoints, { width, threshold: 0.3 });
    const names = texts.filter(({ x }) => x > panel.box.x1 && x < width - 20);
    expect(names).toHaveLength(24);
    const ys = names.map(({ y }) => y).sort((a, b) => a - b);
    ys.slice(1).forEach((y, i) => expect(y - ys[i]!).toBeGreaterThanOrEqual(names[0]!.size));
    expect(ys.at(-1)!).toBeLessThan(height);
  });
});

it('hatches a box to its edges and no further', () => {
  const box = { x: 10, y: 20, width: 30, height: 12 };
  const numbers = hatchPath(box, 7)
    .split(/[ML]/)
    .filter((point) => point !== '')
    .map((point) => point.split(',').map(Number) as [number, number]);
  expect(numbers.length).toBeGreaterThan(8);
  for (const [x, y] of numbers) {
    expect(x).toBeGreaterThanOrEqual(10);
    expect(x).toBeLessThanOrEqual(40);
    expect(y).toBeGreaterThanOrEqual(20);
    expect(y).toBeLessThanOrEqual(32);
  }
  // Every stroke rises at 45 degrees.
  for (let i = 0; i < numbers.length; i += 2)
    expect(numbers[i + 1]![0] - numbers[i]![0]).toBeCloseTo(numbers[i]![1] - numbers[i + 1]![1], 6);
  expect(hatchPath({ ...box, width: 0 })).toBe('');
});
