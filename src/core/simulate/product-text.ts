import type { Faker } from '@faker-js/faker';
import { namedStream } from '../random/stream.ts';
import type { CategoryName, TextSizes } from './catalog.ts';
import { listingAdjectives, listingBenefits, listingNouns, listingSentences } from './listing-words.ts';
import type { Catalog, PilotName } from './pilot.ts';

export type ProductText = {
  readonly title: string;
  /** null where the listing names no brand. */
  readonly brand: string | null;
  readonly description: string;
  readonly features: readonly string[];
};

const SHORTEST_WORD = 3;
const LONGEST_WORD = 11;

/**
 * Text for a product, out of whole words, with exactly the lengths that its quality score was made from. Seeded anew for
 * every product, so that the order of calls changes nothing. Seeds the given faker and sets its reference date.
 */
export function productText(faker: Faker, catalog: Catalog, index: number, name: PilotName): ProductText {
  seedFaker(faker, name, `text/${index}`);
  const noun = nounOf(faker, catalog, index);
  return {
    title: title(faker, catalog.titleLength[index]!, noun),
    brand: catalog.hasBrand[index] === 1 ? faker.person.lastName() : null,
    description: description(faker, catalog.descriptionLength[index]!, noun),
    features: features(faker, catalog.featureCount[index]!),
  };
}

/**
 * The same product's text written anew with the given sizes: the same thing of the same brand, its earlier features and more.
 * What keeps its size keeps its words.
 */
export function rewrittenText(faker: Faker, catalog: Catalog, index: number, name: PilotName, sizes: TextSizes): ProductText {
  const before = productText(faker, catalog, index, name);
  seedFaker(faker, name, `text/${index}`);
  const noun = nounOf(faker, catalog, index);
  seedFaker(faker, name, `rewritten text/${index}`);
  const more = Math.max(0, sizes.featureCount - before.features.length);
  const unused = listingBenefits.filter((benefit) => !before.features.some((feature) => feature.endsWith(` ${benefit}`)));
  return {
    title: sizes.titleLength === before.title.length ? before.title : title(faker, sizes.titleLength, noun),
    brand: before.brand ?? (sizes.hasBrand === 1 ? faker.person.lastName() : null),
    description:
      sizes.descriptionLength === before.description.length ? before.description : description(faker, sizes.descriptionLength, noun),
    features: [...before.features, ...features(faker, more, unused)],
  };
}

function seedFaker(faker: Faker, name: PilotName, purpose: string): void {
  faker.seed(Math.floor(namedStream({ ...name, purpose }).uniform() * 4_294_967_296));
  faker.setDefaultRefDate('2026-01-01T00:00:00.000Z');
}

function nounOf(faker: Faker, catalog: Catalog, index: number): string {
  return faker.helpers.arrayElement(listingNouns[catalog.categories[catalog.category[index]!] as CategoryName]);
}

/** Adjectives, then the noun. */
function title(faker: Faker, length: number, noun: string): string {
  return `${adjectives(faker, length - noun.length - 1, ' ').join(' ')} ${noun}`;
}

/** As many of the sentences as fit, in random order, then a list of adjectives of just the length that is left. */
function description(faker: Faker, length: number, noun: string): string {
  const sentences: string[] = [];
  let left = length;
  for (const sentence of faker.helpers.shuffle(listingSentences)) {
    const text = sentence(noun.toLowerCase(), anyAdjective(faker), anyAdjective(faker));
    const after = left - text.length - 1;
    if (after < SHORTEST_WORD + 1) continue;
    sentences.push(text);
    left = after;
  }
  const [first, ...others] = adjectives(faker, left - 1, ', ');
  return [...sentences, `${[first, ...others.map((word) => word.toLowerCase())].join(', ')}.`].join(' ');
}

function features(faker: Faker, count: number, benefits = listingBenefits): string[] {
  return faker.helpers.arrayElements(benefits, count).map((benefit) => `${faker.helpers.arrayElement(listingAdjectives)} ${benefit}`);
}

function anyAdjective(faker: Faker): string {
  return faker.helpers.arrayElement(listingAdjectives).toLowerCase();
}

/** Adjectives that, joined by the separator, are exactly `length` characters long (at least 3); unlike ones while there are. */
function adjectives(faker: Faker, length: number, separator: string): string[] {
  const words: string[] = [];
  let left = length;
  while (left > 0) {
    const room = left - separator.length - SHORTEST_WORD;
    const isLast = left <= LONGEST_WORD;
    const candidates = listingAdjectives.filter((word) => (isLast ? word.length === left : word.length <= room));
    const unused = candidates.filter((word) => !words.includes(word));
    const word = faker.helpers.arrayElement(unused.length > 0 ? unused : candidates);
    words.push(word);
    left -= word.length + separator.length;
  }
  return words;
}
