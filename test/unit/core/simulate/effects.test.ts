import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../../src/core/contracts/parameter.ts';
import { effects, findEffect } from '../../../../src/core/simulate/effects/index.ts';
import { simulateToy, summarise, toyWorld } from './toy-world.ts';

const large = { n_products: 4000, pre_periods: 0, post_periods: 30 };
const outcomes = (id: string, size: number, demand = {}) =>
  simulateToy(
    toyWorld({ ...large, demand, effect: { id, parameters: id === 'product_detail_boost' ? { quality_boost: size } : { size } } }),
  ).potentialOutcomes;

describe('registry', () => {
  it('lists every effect under its own id, with defaults that pass their own check', () => {
    for (const [id, effect] of Object.entries(effects)) {
      expect(effect.id).toBe(id);
      expect(parseParameters(effect.parameters, {}, '').ok).toBe(true);
      expect(findEffect(id)).toBe(effect);
    }
    expect(findEffect('toString')).toBeUndefined();
  });

  it('does nothing at size 0', () => {
    for (const id of Object.keys(effects)) {
      const { untreated, treated } = outcomes(id, 0);
      for (const column of ['impressions', 'visits', 'cartAdds', 'orderedUnits', 'revenue'] as const) {
        expect(treated[column].every((x, at) => x === untreated[column][at])).toBe(true);
      }
    }
  });

  it.each(['quantity_boost', 'probability_boost'])('%s of -1 leaves no revenue', (id) => {
    const { treated } = outcomes(id, -1);
    expect(Math.max(...treated.orderedUnits)).toBe(0);
  });
});

describe('quantity_boost', () => {
  it.each([0.1, 0.5, 1, 2.3, -0.4])('of %s multiplies orders of every number of units by exactly that, on average', (size) => {
    const { untreated, treated } = outcomes('quantity_boost', size);
    for (let units = 1; units <= 5; units += 1) {
      const boosted: number[] = [];
      untreated.orderedUnits.forEach((u, at) => {
        if (u === units) boosted.push(treated.orderedUnits[at]!);
      });
      const { mean, standardError } = summarise(boosted);
      expect(boosted.length).toBeGreaterThan(50);
      expect(Math.abs(mean - units * (1 + size))).toBeLessThanOrEqual(4 * standardError + 1e-9);
      for (const u of boosted) expect(Math.abs(u - units * (1 + size))).toBeLessThan(1 + 1e-9);
    }
  });

  it('realises the nominal effect where truncation would realise nothing', () => {
    const truth = simulateToy(
      toyWorld({ ...large, n_products: 20_000, effect: { id: 'quantity_boost', parameters: { size: 0.1 } } }),
    ).truth;
    expect(truth.nominal_effect).toBe(0.1);
    expect(truth.realised_effect).toBeGreaterThan(0.095);
    expect(truth.realised_effect).toBeLessThan(0.105);
  });

  it('leaves who is active and what they look at alone', () => {
    const { untreated, treated } = outcomes('quantity_boost', 0.5);
    untreated.impressions.forEach((x, at) => {
      if (treated.impressions[at] !== x) expect.fail(`row ${at}`);
    });
  });
});

describe('probability_boost', () => {
  const activeShare = (column: Uint16Array) => column.reduce((count, x) => count + (x > 0 ? 1 : 0), 0) / column.length;

  it('raises the share of active periods by its size', () => {
    const { untreated, treated } = outcomes('probability_boost', 0.25, { sale_probability: 0.4 });
    const [before, after] = [activeShare(untreated.impressions), activeShare(treated.impressions)];
    // On common random numbers the gain is the share with a uniform between p and 1.25 p.
    expect(Math.abs(after - before - 0.25 * before)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / untreated.impressions.length) * 1.25);
  });

  it('stops at certainty', () => {
    const { treated } = outcomes('probability_boost', 5, { sale_probability: 0.9 });
    expect(activeShare(treated.impressions)).toBe(1);
  });

  it('changes nothing about the periods that were active anyway', () => {
    const { untreated, treated } = outcomes('probability_boost', 0.5);
    untreated.impressions.forEach((x, at) => {
      if (x > 0 && (treated.impressions[at] !== x || treated.revenue[at] !== untreated.revenue[at])) expect.fail(`row ${at}`);
    });
  });
});
