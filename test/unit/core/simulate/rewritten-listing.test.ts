import { faker } from '@faker-js/faker/locale/en';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogPage } from '../../../../src/core/simulate/catalog-page.ts';
import { forEachTextSizes, qualityDistribution, qualityScore, textSizesOf, type TextSizes } from '../../../../src/core/simulate/catalog.ts';
import { rewrittenSizes } from '../../../../src/core/simulate/effects/product-detail-boost.ts';
import { productText, rewrittenText } from '../../../../src/core/simulate/product-text.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const scoreOf = ({ titleLength, descriptionLength, featureCount, hasBrand }: TextSizes) =>
  qualityScore(titleLength, descriptionLength, featureCount, hasBrand);
const order = ['titleLength', 'descriptionLength', 'featureCount', 'hasBrand'] as const;
const caps = { titleLength: 50, descriptionLength: 100, featureCount: 4, hasBrand: 1 };
const sizes = fc.record({
  titleLength: fc.integer({ min: 15, max: 60 }),
  descriptionLength: fc.integer({ min: 30, max: 140 }),
  featureCount: fc.integer({ min: 0, max: 5 }),
  hasBrand: fc.integer({ min: 0, max: 1 }),
});
const boost = fc.integer({ min: 0, max: 100 }).map((k) => k / 100);

describe('rewrittenSizes', () => {
  it('raise the score by the boost or to 1, and by no more than the last piece of text', () => {
    fc.assert(
      fc.property(sizes, boost, (before, wanted) => {
        const after = rewrittenSizes(before, wanted);
        const target = Math.min(1, scoreOf(before) + wanted);
        const grown = order.filter((part) => after[part] > before[part]);
        const last = grown[grown.length - 1];
        const nearly = last === undefined ? null : scoreOf({ ...after, [last]: after[last] - 1 });
        return scoreOf(after) >= target - 1e-9 && (nearly === null || nearly < target - 1e-9);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('grow the title first, then the description, the features, the brand, each as far as it counts, and never shrink', () => {
    fc.assert(
      fc.property(sizes, boost, (before, wanted) => {
        const after = rewrittenSizes(before, wanted);
        return order.every(
          (part, k) =>
            after[part] >= before[part] &&
            (after[part] === before[part] || order.slice(0, k).every((earlier) => after[earlier] >= caps[earlier])),
        );
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('leave a listing alone that needs nothing', () => {
    const full = { titleLength: 60, descriptionLength: 140, featureCount: 5, hasBrand: 1 };
    expect(rewrittenSizes(full, 0.5)).toEqual(full);
    const thin = { titleLength: 15, descriptionLength: 30, featureCount: 0, hasBrand: 0 };
    expect(rewrittenSizes(thin, 0)).toEqual(thin);
    expect(rewrittenSizes(thin, 1)).toEqual({ titleLength: 50, descriptionLength: 100, featureCount: 4, hasBrand: 1 });
  });
});

describe('forEachTextSizes', () => {
  it('lists every text once, with probabilities that sum to one and give the distribution of the score', () => {
    const byScore = new Float64Array(1001);
    let total = 0;
    forEachTextSizes((text, probability) => {
      byScore[Math.round(1000 * scoreOf(text))]! += probability;
      total += probability;
    });
    expect(total).toBeCloseTo(1, 10);
    qualityDistribution().forEach((probability, k) => expect(byScore[k]).toBeCloseTo(probability, 14));
  });
});

describe('a rewritten listing', () => {
  const world = toyWorld({ effect: { id: 'product_detail_boost', parameters: { quality_boost: 0.3 } } });
  const { pilot } = simulateToy(world);
  const name = { seed: 'toy', initiative: 'toy', stage: 'pilot', replication: 0 } as const;
  const rows = catalogPage({ seed: 'toy', replication: 0, stage: 'pilot', n_products: 60, world, first: 0, count: 60 }, faker);

  it('has the sizes its new score was made from, where treated; else it stays word for word', () => {
    let rewritten = 0;
    for (const row of rows) {
      const before = productText(faker, pilot.catalog, row.index, name);
      const given = textSizesOf(pilot.catalog, row.index);
      const shown = {
        titleLength: row.title.length,
        descriptionLength: row.description.length,
        featureCount: row.features.length,
        hasBrand: row.brand === null ? 0 : 1,
      };
      expect(row.quality_after).toBe(pilot.qualityAfter![row.index]);
      expect(row.quality_score).toBe(pilot.catalog.quality[row.index]);
      if (!row.treated) {
        expect(row).toMatchObject(before);
        expect(shown).toEqual(given);
        continue;
      }
      rewritten += 1;
      expect(shown).toEqual(rewrittenSizes(given, 0.3));
      expect(scoreOf(shown)).toBe(row.quality_after);
    }
    expect(rewritten).toBe(30);
  });

  it('is about the same thing of the same brand, with its earlier features and others that differ', () => {
    for (const i of [0, 7, 23, 41]) {
      const before = productText(faker, pilot.catalog, i, name);
      const after = rewrittenText(faker, pilot.catalog, i, name, { titleLength: 50, descriptionLength: 100, featureCount: 5, hasBrand: 1 });
      const noun = (title: string) => title.split(' ').pop();
      expect(noun(after.title)).toBe(noun(before.title));
      expect(after.brand).toBe(before.brand ?? after.brand);
      expect(after.brand).not.toBeNull();
      expect(after.features.slice(0, before.features.length)).toEqual(before.features);
      const about = after.features.map((feature) => feature.split(' ').slice(1).join(' '));
      expect(new Set(about).size).toBe(5);
      expect(
        rewrittenText(faker, pilot.catalog, i, name, { titleLength: 50, descriptionLength: 100, featureCount: 5, hasBrand: 1 }),
      ).toEqual(after);
    }
  });
});
