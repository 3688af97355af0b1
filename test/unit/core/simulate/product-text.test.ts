import { Faker, base, en } from '@faker-js/faker';
import { faker } from '@faker-js/faker/locale/en';
import { describe, expect, it } from 'vitest';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { categoryNames, makeCatalog, qualityScore, textSizes } from '../../../../src/core/simulate/catalog.ts';
import { listingAdjectives, listingNouns } from '../../../../src/core/simulate/listing-words.ts';
import { productText } from '../../../../src/core/simulate/product-text.ts';

const name = { seed: '7', initiative: 'titles', stage: 'pilot', replication: 0 } as const;
const catalog = makeCatalog(namedStream({ ...name, purpose: 'catalog' }), 2000, categoryNames);

describe('productText', () => {
  it('shows the quality that was simulated, for each of 2,000 products', () => {
    for (let i = 0; i < catalog.nProducts; i += 1) {
      const { title, brand, description, features } = productText(faker, catalog, i, name);
      expect(title.length).toBe(catalog.titleLength[i]);
      expect(description.length).toBe(catalog.descriptionLength[i]);
      expect(features.length).toBe(catalog.featureCount[i]);
      expect(brand !== null).toBe(catalog.hasBrand[i] === 1);
      expect(qualityScore(title.length, description.length, features.length, brand === null ? 0 : 1)).toBe(catalog.quality[i]);
    }
  });

  it('is made of whole words that make sense together', () => {
    const nouns = new Set(Object.values(listingNouns).flat());
    const adjectives = new Set(listingAdjectives);
    for (let i = 0; i < catalog.nProducts; i += 1) {
      const { title, description, features } = productText(faker, catalog, i, name);
      const noun = [...nouns].find((candidate) => title.endsWith(` ${candidate}`));
      expect(listingNouns[categoryNames[catalog.category[i]!]!]).toContain(noun);
      expect(
        title
          .slice(0, -noun!.length - 1)
          .split(' ')
          .filter((word) => !adjectives.has(word)),
      ).toEqual([]);
      const sentences = description.split(/(?<=\.) /);
      expect(sentences.every((sentence) => /^[A-Z][A-Za-z', -]*\.$/.test(sentence))).toBe(true);
      const closing = sentences.at(-1)!.slice(0, -1).toLowerCase().split(', ');
      expect(closing.filter((word) => ![...adjectives].some((known) => known.toLowerCase() === word))).toEqual([]);
      expect(new Set(features).size).toBe(features.length);
    }
  });

  it('has adjectives of every length from 3 to 11, and nouns short enough for the shortest title', () => {
    for (let length = 3; length <= 11; length += 1) expect(listingAdjectives.some((word) => word.length === length)).toBe(true);
    for (const noun of Object.values(listingNouns).flat()) expect(noun.length).toBeLessThanOrEqual(textSizes.title[0] - 4);
    expect(new Set(listingAdjectives).size).toBe(listingAdjectives.length);
  });

  it('does not depend on the calls before it, nor on the faker it is given', () => {
    const forwards = [0, 1, 2, 3].map((i) => productText(faker, catalog, i, name));
    const other = new Faker({ locale: [en, base] });
    other.seed(99);
    const backwards = [3, 2, 1, 0].map((i) => productText(other, catalog, i, name)).reverse();
    expect(backwards).toEqual(forwards);
    expect(productText(faker, catalog, 0, { ...name, seed: '8' })).not.toEqual(forwards[0]);
  });
});
