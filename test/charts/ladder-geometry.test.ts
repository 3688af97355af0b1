// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { confidenceRange } from '../../src/core/contracts/evaluate-result.ts';
import { ladderGeometry, type LadderRow } from '../../src/charts/ladder-geometry.ts';
import { ladderSummary, ladderTable } from '../../src/charts/ladder-words.ts';
import { crowdedLadder, ladderRows } from './fixtures.ts';

const options = { width: 640, bands: confidenceRange, threshold: 0.5 };

describe('the ladder', () => {
  it('places rungs, points and the threshold on one scale from 0 to 1', () => {
    const geometry = ladderGeometry(ladderRows, options);
    const place = (confidence: number) => geometry.y1 + (geometry.y0 - geometry.y1) * confidence;
    expect(geometry.thresholdY).toBeCloseTo(place(0.5), 6);
    geometry.points.forEach((point) => expect(point.y).toBeCloseTo(place(point.row.confidence), 6));
    geometry.rungs.forEach((rung) => {
      const [lower, upper] = confidenceRange[rung.id];
      expect(rung.y).toBeCloseTo(place(upper), 6);
      expect(rung.y + rung.height).toBeCloseTo(place(lower), 6);
    });
  });

  it('keeps every initiative inside its own rung', () => {
    const geometry = ladderGeometry(crowdedLadder, options);
    geometry.points.forEach((point) => {
      const rung = geometry.rungs.find(({ id }) => id === point.row.modelType)!;
      expect(point.y).toBeGreaterThanOrEqual(rung.y - 1e-9);
      expect(point.y).toBeLessThanOrEqual(rung.y + rung.height + 1e-9);
    });
  });

  it.each([320, 640, 1200])('keeps labels apart and in the order of confidence on %d px', (width) => {
    const { points } = ladderGeometry(crowdedLadder, { ...options, width });
    const ordered = [...points].sort((a, b) => a.y - b.y);
    ordered.slice(1).forEach((point, i) => expect(point.label.y - ordered[i]!.label.y).toBeGreaterThanOrEqual(point.label.size));
  });

  it('keeps points of equal confidence apart', () => {
    const same = Array.from({ length: 4 }, (_, i): LadderRow => ({ id: `${i}`, label: `${i}`, modelType: 'experiment', confidence: 0.9 }));
    const xs = ladderGeometry(same, options)
      .points.map((point) => point.x)
      .sort((a, b) => a - b);
    xs.slice(1).forEach((x, i) => expect(x - xs[i]!).toBeGreaterThan(8));
  });

  it('treats the threshold itself as eligible', () => {
    const at = (confidence: number) => ladderGeometry([{ ...ladderRows[3]!, confidence }], options).points[0]!.below;
    expect(at(0.5)).toBe(false);
    expect(at(0.49)).toBe(true);
  });

  it('reads from the top down', () => {
    const { marks } = ladderGeometry(ladderRows, options);
    expect(marks.map((mark) => mark.id)).toEqual([...ladderRows].sort((a, b) => b.confidence - a.confidence).map((row) => row.id));
    expect(marks.at(-1)!.values.map((value) => value.text)).toContain('below the threshold of 0.50: not eligible');
  });

  it('keeps the words of a rung off the threshold', () => {
    for (const threshold of [0.25, 0.45, 0.5, 0.55, 0.65, 0.72, 0.9]) {
      const { rungs, thresholdY } = ladderGeometry(ladderRows, { ...options, threshold });
      rungs
        .flatMap((rung) => rung.texts)
        .forEach((text) => expect(thresholdY < text.y - text.size * 0.7 || thresholdY > text.y).toBe(true));
    }
  });
});

it('says in words and in a table who is eligible', () => {
  expect(ladderSummary(ladderRows, 0.5)).toContain('1 of 5 are below');
  expect(ladderTable(ladderRows, confidenceRange, 0.5).rows.map((row) => row.at(-1))).toEqual(['yes', 'yes', 'yes', 'no', 'yes']);
});
