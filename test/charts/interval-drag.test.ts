// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dragged, keyed, limitsOf, multiple, niceStep, patchOf, sameValues, type IntervalPart } from '../../src/charts/interval-drag.ts';

const start = { raw: { best: 15, med: 10, worst: 2 }, confidence: 0.9 };
const room = { domain: [-2, 20] as const, step: niceStep([-2, 20]), fine: false };
const fine = { ...room, fine: true };

describe('the step of a drag', () => {
  it.each([
    [[-2, 20], 0.1],
    [[0, 1], 0.005],
    [[0, 200], 1],
    [[-100, 350], 2],
    [[0, 1_000_000], 5000],
    [[0, 190], 1],
    [[0, 1.6e-7], 1e-9],
  ] as const)('of %j is the round number next to a two-hundredth: %d', (domain, step) => {
    expect(multiple(niceStep(domain), 1)).toBe(step);
  });
  it('has multiples as a person would write them', () => {
    expect([1, 2, 3, 7].map((times) => multiple({ mantissa: 1, exponent: -1 }, times))).toEqual([0.1, 0.2, 0.3, 0.7]);
    expect(multiple({ mantissa: 5, exponent: 3 }, -3)).toBe(-15_000);
  });
});

describe('dragging', () => {
  it('moves an end by what the hand moved, to a multiple of the step', () => {
    expect(dragged(start, 'best', -3.14, room).raw).toEqual({ best: 11.9, med: 10, worst: 2 });
    expect(dragged(start, 'best', -3.14, fine).raw.best).toBe(11.86);
    expect(dragged(start, 'worst', 0.26, room).raw.worst).toBe(2.3);
  });
  it('stops at the median, at the ends, and at the edge of the axis', () => {
    expect(dragged(start, 'best', -9, room).raw.best).toBe(10);
    expect(dragged(start, 'worst', 30, room).raw.worst).toBe(10);
    expect(dragged(start, 'med', 30, room).raw.med).toBe(15);
    expect(dragged(start, 'med', -30, room).raw.med).toBe(2);
    expect(dragged(start, 'best', 30, room).raw.best).toBe(20);
    expect(dragged(start, 'worst', -30, room).raw.worst).toBe(-2);
  });
  it('moves the whole bar by one amount and keeps its shape at the edge', () => {
    expect(dragged(start, 'whole', 2.04, room).raw).toEqual({ best: 17, med: 12, worst: 4 });
    expect(dragged(start, 'whole', 99, room).raw).toEqual({ best: 20, med: 15, worst: 7 });
    expect(dragged(start, 'whole', -99, room).raw).toEqual({ best: 11, med: 6, worst: -2 });
    expect(dragged({ ...start, raw: { best: 9.3, med: 9.1, worst: 0.2 } }, 'whole', 0.1, room).raw).toEqual({
      best: 9.4,
      med: 9.2,
      worst: 0.3,
    });
  });
  it('keeps a confidence between 0 and 1, in hundredths', () => {
    expect(dragged(start, 'confidence', -0.333, room).confidence).toBe(0.57);
    expect(dragged(start, 'confidence', -0.3333, fine).confidence).toBe(0.567);
    expect(dragged(start, 'confidence', 5, room).confidence).toBe(1);
    expect(dragged(start, 'confidence', -5, room).confidence).toBe(0);
  });
  it('never crosses worst, median and best, whatever is dragged how far', () => {
    const number = fc.double({ min: -1e7, max: 1e7, noNaN: true });
    const part = fc.constantFrom<IntervalPart>('worst', 'med', 'best', 'whole', 'confidence');
    fc.assert(
      fc.property(fc.tuple(number, number, number), part, number, fc.boolean(), (values, part, by, fine) => {
        const [worst, med, best] = [...values].sort((a, b) => a - b) as [number, number, number];
        const domain = [Math.min(0, worst) - 1, Math.max(0, best) + 1] as const;
        const { raw, confidence } = dragged({ raw: { best, med, worst }, confidence: 0.5 }, part, by, {
          domain,
          step: niceStep(domain),
          fine,
        });
        expect(raw.worst).toBeLessThanOrEqual(raw.med);
        expect(raw.med).toBeLessThanOrEqual(raw.best);
        expect(raw.worst).toBeGreaterThanOrEqual(domain[0] - 1e-4);
        expect(raw.best).toBeLessThanOrEqual(domain[1] + 1e-4);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        if (part === 'whole') expect(raw.best - raw.worst).toBeCloseTo(best - worst, 3);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe('keys', () => {
  it('step to the next multiple, ten at a time, or to the limits', () => {
    const best = (key: string, r = room) => keyed(start, 'best', key, r)!.raw.best;
    expect(['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => best(key))).toEqual([
      15.1, 15.1, 14.9, 14.9, 16, 14, 10, 20,
    ]);
    expect(best('ArrowRight', fine)).toBe(15.01);
  });
  it('bring a value between two multiples to the next one', () => {
    const odd = { raw: { ...start.raw, med: 9.134 }, confidence: 0.9 };
    expect(keyed(odd, 'med', 'ArrowRight', room)!.raw.med).toBe(9.2);
    expect(keyed(odd, 'med', 'ArrowLeft', room)!.raw.med).toBe(9.1);
  });
  it('reach every limit of a confidence', () => {
    expect(keyed(start, 'confidence', 'ArrowUp', room)!.confidence).toBe(0.91);
    expect(keyed(start, 'confidence', 'PageUp', room)!.confidence).toBe(1);
    expect(keyed(start, 'confidence', 'Home', room)!.confidence).toBe(0);
  });
  it('that mean nothing to a slider are left to the page', () => {
    expect(['Tab', 'Enter', ' ', 'a', 'Escape'].map((key) => keyed(start, 'best', key, room))).toEqual([null, null, null, null, null]);
  });
});

it('limits a value by its neighbours, and by the axis where there is none', () => {
  expect(limitsOf(start, 'worst', room.domain)).toEqual([-2, 10]);
  expect(limitsOf(start, 'med', room.domain)).toEqual([2, 15]);
  expect(limitsOf(start, 'best', room.domain)).toEqual([10, 20]);
  expect(limitsOf(start, 'confidence', room.domain)).toEqual([0, 1]);
});

it('tells the page what a part sets, and nothing else', () => {
  expect(patchOf('best', start)).toEqual({ R_best: 15 });
  expect(patchOf('whole', start)).toEqual({ R_best: 15, R_med: 10, R_worst: 2 });
  expect(patchOf('confidence', start)).toEqual({ confidence: 0.9 });
  expect(sameValues(start, { ...start })).toBe(true);
  expect(sameValues(start, { ...start, confidence: 0.8 })).toBe(false);
});
