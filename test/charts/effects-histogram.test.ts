// @vitest-environment node
import { describe, expect, it } from 'vitest';
import {
  effectsHistogramGeometry,
  effectsHistogramSummary,
  effectsHistogramTable,
  type EffectsHistogram,
} from '../../src/charts/effects-histogram-geometry.ts';
import { effectsHistogram } from './fixtures.ts';

const options = { width: 800, format: (value: number) => value.toFixed(1) };

describe('the histogram of individual effects', () => {
  it('draws shares of a group, so that groups of unlike size compare', () => {
    const histogram: EffectsHistogram = {
      bins: [
        { from: 0, to: 1, treated: 1, control: 30 },
        { from: 1, to: 2, treated: 3, control: 90 },
      ],
      treatedMean: 1.2,
      controlMean: 1.2,
    };
    const [treated, control] = effectsHistogramGeometry(histogram, options).panels;
    expect(treated!.bars.map(({ height }) => height)).toEqual(control!.bars.map(({ height }) => height));
    expect(treated!.bars[1]!.height).toBeCloseTo(3 * treated!.bars[0]!.height, 9);
  });

  it('puts a bar where its effects are, and the mean where it is', () => {
    const { panels, x0, x1, ticks } = effectsHistogramGeometry(effectsHistogram, options);
    const bins = effectsHistogram.bins;
    const scale = (value: number) => x0 + ((value - bins[0]!.from) / (bins.at(-1)!.to - bins[0]!.from)) * (x1 - x0);
    expect(panels[0]!.bars[3]!.x).toBeCloseTo(scale(bins[3]!.from) + 0.5, 9);
    expect(panels[0]!.mean!.x).toBeCloseTo(scale(1.62), 9);
    expect(panels[0]!.mean!.text.text).toBe('mean +1.6');
    expect(ticks.find(({ label }) => label === '0')!.at).toBeCloseTo(scale(0), 9);
  });

  it('has no panel for a group without products, and no mark for a mean that is not known', () => {
    const everyone = { ...effectsHistogram, bins: effectsHistogram.bins.map((bin) => ({ ...bin, control: 0 })), treatedMean: null };
    const { panels } = effectsHistogramGeometry(everyone, options);
    expect(panels).toHaveLength(1);
    expect(panels[0]!.mean).toBeNull();
    expect(effectsHistogramTable(everyone, '$', String).columns).toHaveLength(2);
  });

  it('draws one effect that all products share', () => {
    const same = { bins: [{ from: -0.5, to: 0.5, treated: 40, control: 0 }], treatedMean: 0, controlMean: null };
    const { panels, zeroAt } = effectsHistogramGeometry(same, options);
    expect(panels[0]!.bars[0]!.width).toBeGreaterThan(100);
    expect(zeroAt).toBeCloseTo(400, 6);
  });

  it('says it in words, with the counts and the means', () => {
    const words = effectsHistogramSummary(effectsHistogram, '$ per product and day', (value) => value.toFixed(2));
    expect(words).toContain('controls: 285 products, mean effect +1.48');
    expect(words).toContain('between -1.00 and 5.50');
  });
});
