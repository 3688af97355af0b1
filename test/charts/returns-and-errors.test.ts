// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { effectiveReturns, effectiveReturnsGeometry, effectiveReturnsTable } from '../../src/charts/effective-returns-geometry.ts';
import { errorPartsGeometry, errorPartsSummary, errorPartsTable, errorTotal } from '../../src/charts/error-parts-geometry.ts';
import { estimateGeometry, estimateTable } from '../../src/charts/estimate-geometry.ts';
import { effectiveRows, estimates, initiativeErrors, portfolioError } from './fixtures.ts';

const format = (value: number) => value.toFixed(1);

describe('effective returns', () => {
  it('are those of the worked example', () => {
    const example = Object.fromEntries(effectiveRows.map((row) => [row.id, effectiveReturns(row)]));
    expect(example['TitlesAI']!.best).toBeCloseTo(13.7, 12);
    expect(example['TitlesAI']!.med).toBeCloseTo(9.2, 12);
    expect(example['BundleEngine']).toEqual({ best: 9, med: 4.5, worst: 0 });
    const funded = ['TitlesAI', 'PriceOptimizer', 'BundleEngine'].map((id) => example[id]!);
    expect(funded.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(30.3, 12);
    expect(funded.reduce((sum, { med }) => sum + med, 0)).toBeCloseTo(18.9, 12);
  });
  it('leave everything at confidence 1 and only the worst at 0', () => {
    const returns = { best: 9, med: 4, worst: -2 };
    expect(effectiveReturns({ returns, confidence: 1 })).toEqual(returns);
    expect(effectiveReturns({ returns, confidence: 0 })).toEqual({ best: -2, med: -2, worst: -2 });
  });
  it('share their worst end with what they were', () => {
    for (const row of effectiveReturnsGeometry(effectiveRows, { width: 700, format }).rows) {
      expect(row.after.x0).toBeCloseTo(row.before.x0, 6);
      expect(row.after.x1 - row.after.x0).toBeCloseTo(row.row.confidence * (row.before.x1 - row.before.x0), 6);
    }
  });
  it('say why something cannot be chosen', () => {
    const rows = effectiveReturnsTable(effectiveRows, '$', format).rows;
    expect(rows.find((row) => row[0] === 'SearchRanker')!.at(-1)).toBe('below 0.50');
    expect(rows.find((row) => row[0] === 'TitlesAI')!.at(-1)).toBe('yes');
  });
  it('keep zero inside when all returns are losses', () => {
    const { zeroAt, layout } = effectiveReturnsGeometry([{ ...effectiveRows[0]!, returns: { best: -1, med: -5, worst: -9 } }], {
      width: 700,
      format,
    });
    expect(zeroAt).toBeLessThanOrEqual(layout.plot.x1);
    expect(zeroAt).toBeGreaterThan(layout.plot.x0);
  });
});

describe('the parts of the error', () => {
  it('are bars from zero whose lengths add up to the total', () => {
    const { rows, zeroAt } = errorPartsGeometry(portfolioError, { width: 700, format });
    const signed = rows.map((row) => (row.bar!.x < zeroAt - 1e-6 ? -1 : 1) * row.bar!.width);
    expect(signed.slice(0, 4).reduce((sum, length) => sum + length, 0)).toBeCloseTo(signed[4]!, 6);
    rows.forEach((row) => expect([row.bar!.x, row.bar!.x + row.bar!.width].some((end) => Math.abs(end - zeroAt) < 1e-6)).toBe(true));
  });
  it('show losses in the tone of regret, with their sign', () => {
    const { rows } = errorPartsGeometry(portfolioError, { width: 700, format });
    expect(rows.map((row) => row.tone)).toEqual(['regret', 'regret', 'neutral', 'neutral', 'regret']);
    expect(errorPartsTable(portfolioError, '$', format).rows[0]).toEqual([
      'portfolio',
      '-3100.0',
      '-4600.0',
      '+2000.0',
      '+1200.0',
      '-4500.0',
    ]);
    expect(errorTotal(portfolioError[0]!.parts)).toBe(-4500);
  });
  it('are headed by the initiative where there are several', () => {
    const { rows, marks } = errorPartsGeometry(initiativeErrors, { width: 700, format });
    expect(rows.filter((row) => row.heading)).toHaveLength(2);
    expect(marks).toHaveLength(10);
    expect(marks[0]!.label).toBe('product-desc-enhancement, pilot estimation');
  });
  it('name transport where the effect of one of them changes on the way to scale, and only there', () => {
    const [first, second] = initiativeErrors;
    const moved = [first!, { ...second!, parts: { ...second!.parts, transport: 2500 } }];
    const { rows, marks } = errorPartsGeometry(moved, { width: 700, format });
    expect(marks).toHaveLength(12);
    expect(rows.flatMap(({ texts }) => texts.map(({ text }) => text))).toContain('+2500.0');
    expect(errorPartsTable(moved, '$', format).rows.map((row) => [row[3], row.at(-1)])).toEqual([['0.0', '+2000.0'], ['+2500.0', '-4000.0']]);
    expect(errorPartsSummary(moved, '$', format)).toContain('transport +2500.0');
    expect(errorPartsSummary(initiativeErrors, '$', format)).not.toContain('transport');
  });
  it('live with no error at all', () => {
    const none = { id: 'a', label: 'a', parts: { pilot_estimation: 0, pilot_sample: 0, transport: 0, scale_sample: 0, scale_estimation: 0 } };
    errorPartsGeometry([none], { width: 700, format }).rows.forEach((row) => expect(row.bar!.width).toBe(1));
  });
});

describe('estimates against the truth', () => {
  const options = { width: 700, format: (value: number) => value.toFixed(2), intervalLabel: '95% interval' };
  it('print how far each is off', () => {
    const { layout } = estimateGeometry(estimates, 2.25, options);
    const texts = layout.rows.flatMap((row) => row.texts.map((text) => text.text));
    expect(texts).toEqual(expect.arrayContaining(['+0.06', '-2.67', '-0.05', 'no estimate', 'no running variable in this design']));
    expect(estimateTable(estimates, 2.25, '$', options.format).rows.map((row) => row.at(-1))).toEqual([
      'yes',
      'no',
      'yes',
      'no running variable in this design',
    ]);
  });
  it('measure it from the estimate to the truth', () => {
    const { rows, truth } = estimateGeometry(estimates, 2.25, options);
    expect(rows[1]!.offset).toEqual({ x0: rows[1]!.interval!.x, x1: truth!.x });
    expect(rows[3]!.offset).toBeNull();
  });
  it('have no such column where the truth is unknown', () => {
    const { truth, layout, rows } = estimateGeometry(estimates, null, options);
    expect(truth).toBeNull();
    expect(rows).toHaveLength(4);
    expect(layout.headers.map((header) => header.text)).toEqual(['estimate [95% interval]']);
  });
  it('put the truth in the drawing even when no interval is near it', () => {
    const { truth, layout } = estimateGeometry([estimates[1]!], 400, options);
    expect(truth!.x).toBeGreaterThan(layout.plot.x0);
    expect(truth!.x).toBeLessThanOrEqual(layout.plot.x1);
  });
});
