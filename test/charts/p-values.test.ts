// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { countPValues } from '../../src/charts/p-value-data.ts';
import { pValueGeometry } from '../../src/charts/p-value-geometry.ts';
import { pValueNotes, pValueSummary, pValueTable } from '../../src/charts/p-value-words.ts';
import { kolmogorovSmirnov } from '../../src/charts/uniformity.ts';
import { uniforms } from './study-fixtures.ts';

const aa = { alpha: 0.05, nullHolds: true };
const options = { width: 700, alpha: 0.05 };

describe('p values', () => {
  it('are counted in twenty bins that hold their upper edges: 0.05 is in the first, as is 0', () => {
    const { bins, n, rejected } = countPValues([0, 0.05, 0.0500001, 0.1, 0.15, 0.3, 0.7, 1], aa);
    const found = bins.flatMap(({ count }, i) => (count > 0 ? [[i, count]] : []));
    expect(found).toEqual([
      [0, 2],
      [1, 2],
      [2, 1],
      [5, 1],
      [13, 1],
      [19, 1],
    ]);
    expect([n, rejected]).toEqual([8, 2]);
  });

  it('that are no probabilities are left out and counted', () => {
    const counts = countPValues([0.2, Number.NaN, -0.1, 1.2], aa);
    expect([counts.n, counts.lost]).toEqual([1, 3]);
    expect(pValueNotes(counts, 0.05, null).join(' ')).toContain('3 replications without a p value are not drawn');
  });

  it('that are uniform stay in the band for all bins at once in at least 95 of 100 studies', () => {
    const studies = 400;
    const inside = Array.from({ length: studies }, (_, i) => pValueGeometry(countPValues(uniforms(500, `band ${i}`), aa), options)).filter(
      ({ bars }) => bars.every(({ outside }) => !outside),
    ).length;
    expect(inside / studies).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.05 * 0.95) / studies));
    expect(inside).toBeLessThan(studies);
  });

  it('have the band and the expected count at their heights', () => {
    const counts = countPValues(uniforms(1000), aa);
    const { box, up, expectedY, band } = pValueGeometry(counts, options);
    const [a, b] = up as [(typeof up)[number], (typeof up)[number]];
    const y = (count: number) => a.at + ((count - a.value) / (b.value - a.value)) * (b.at - a.at);
    expect(expectedY).toBeCloseTo(y(50), 6);
    expect(band!.y).toBeCloseTo(y(72), 6);
    expect(band!.y + band!.height).toBeCloseTo(y(30), 6);
    expect(band!.width).toBe(box.x1 - box.x0);
  });

  it('say the share at or below alpha with its Monte Carlo error, and the test of uniformity with its kind', () => {
    const pValues = [...Array.from({ length: 10 }, () => 0.01), ...Array.from({ length: 90 }, () => 0.5)];
    const notes = pValueNotes(countPValues(pValues, aa), 0.05, kolmogorovSmirnov(pValues)).join(' ');
    expect(notes).toContain('10.0% of 100 replications have p at most 0.05 (Monte Carlo error 3.0 points)');
    expect(notes).toContain('if the test is exact, 5% are expected');
    expect(notes).toContain('0.500 (Kolmogorov-Smirnov, exact p <0.001)');
  });

  it('of real effects are power: no band, no expectation, no test', () => {
    const power = countPValues(uniforms(200), { alpha: 0.05, nullHolds: false });
    const { band, expectedY, legend } = pValueGeometry(power, options);
    expect([band, expectedY]).toEqual([null, null]);
    expect(legend.texts.map(({ text }) => text)).toEqual(['p at most 0.05', 'larger p']);
    expect(pValueNotes(power, 0.05, kolmogorovSmirnov([0.5])).join(' ')).not.toMatch(/expected|Kolmogorov/);
    expect(pValueTable(power).columns).toHaveLength(3);
    expect(pValueSummary(power, 0.05)).not.toContain('band');
  });

  it('have a line at an alpha that is no edge of a bin', () => {
    const counts = countPValues(uniforms(200), { alpha: 0.01, nullHolds: true });
    const { alphaX, box, bars } = pValueGeometry(counts, { width: 700, alpha: 0.01 });
    expect(alphaX).toBeCloseTo(box.x0 + 0.01 * (box.x1 - box.x0), 9);
    expect(bars.some(({ rejects }) => rejects)).toBe(false);
    expect(pValueGeometry(counts, { width: 700, alpha: 0.1 }).bars.filter(({ rejects }) => rejects)).toHaveLength(2);
  });
});
