import { inputError } from '../contracts/input-error.ts';
import type { Stream } from '../random/stream.ts';
import type { Catalog } from './pilot.ts';

export const categoryNames = [
  'Electronics',
  'Clothing',
  'Home & Garden',
  'Books',
  'Sports & Outdoors',
  'Toys & Games',
  'Food & Beverage',
  'Health & Beauty',
] as const;
export type CategoryName = (typeof categoryNames)[number];

/** Lowest and highest price of each category, currency per unit. */
export const priceRanges: Readonly<Record<CategoryName, readonly [number, number]>> = {
  Electronics: [50, 1500],
  Clothing: [15, 200],
  'Home & Garden': [20, 500],
  Books: [10, 60],
  'Sports & Outdoors': [15, 300],
  'Toys & Games': [10, 100],
  'Food & Beverage': [5, 50],
  'Health & Beauty': [8, 80],
};

/** The text's sizes, each uniform on its range, ends included; and how often there is a brand. */
export const textSizes = { title: [15, 60], description: [30, 140], features: [0, 5], brandShare: 0.75 } as const;

/**
 * n products, each from six uniforms in turn (category, price, title, description, features, brand), so that a larger
 * catalog begins with the smaller one. Products are dealt to the panel units in turn, so that unit sizes differ by at most one.
 */
export function makeCatalog(stream: Stream, nProducts: number, categories: readonly string[], unitNames: readonly string[] = []): Catalog {
  const ranges = categories.map(priceRange);
  const catalog = {
    nProducts,
    category: new Uint8Array(nProducts),
    categories: [...categories],
    price: new Float64Array(nProducts),
    quality: new Float64Array(nProducts),
    titleLength: new Uint8Array(nProducts),
    descriptionLength: new Uint8Array(nProducts),
    featureCount: new Uint8Array(nProducts),
    hasBrand: new Uint8Array(nProducts),
    unit: new Uint16Array(nProducts),
    unitNames: [...unitNames],
  };
  for (let i = 0; i < nProducts; i += 1) {
    const category = Math.floor(stream.uniform() * categories.length);
    const [lowest, highest] = ranges[category]!;
    const price = Math.round(100 * (lowest + (highest - lowest) * stream.uniform())) / 100;
    const title = within(textSizes.title, stream.uniform());
    const description = within(textSizes.description, stream.uniform());
    const features = within(textSizes.features, stream.uniform());
    const brand = stream.uniform() < textSizes.brandShare ? 1 : 0;
    catalog.category[i] = category;
    catalog.price[i] = price;
    catalog.titleLength[i] = title;
    catalog.descriptionLength[i] = description;
    catalog.featureCount[i] = features;
    catalog.hasBrand[i] = brand;
    catalog.quality[i] = qualityScore(title, description, features, brand);
    catalog.unit[i] = unitNames.length > 0 ? i % unitNames.length : 0;
  }
  return catalog;
}

/** The sizes of a listing's text that its quality score is made from. */
export type TextSizes = {
  readonly titleLength: number;
  readonly descriptionLength: number;
  readonly featureCount: number;
  readonly hasBrand: number;
};

/** Beyond these, more text does not raise the score. */
export const textCaps = { title: 50, description: 100, features: 4 } as const;
/** What a character, a feature, a brand is worth, in halves of a thousandth of the score. */
export const textWeights = { title: 12, description: 7, feature: 100, brand: 300 } as const;

/**
 * 0.30 min(title/50, 1) + 0.35 min(description/100, 1) + 0.20 min(features/4, 1) + 0.15 brand, rounded to 3 places (halves
 * up). Every term is a whole number of 1/2000, so the sum is exact.
 */
export function qualityScore(titleLength: number, descriptionLength: number, featureCount: number, hasBrand: number): number {
  const halfThousandths =
    textWeights.title * Math.min(titleLength, textCaps.title) +
    textWeights.description * Math.min(descriptionLength, textCaps.description) +
    textWeights.feature * Math.min(featureCount, textCaps.features) +
    textWeights.brand * hasBrand;
  return Math.floor((halfThousandths + 1) / 2) / 1000;
}

/** The sizes of one product's text. */
export function textSizesOf({ titleLength, descriptionLength, featureCount, hasBrand }: Catalog, index: number): TextSizes {
  return {
    titleLength: titleLength[index]!,
    descriptionLength: descriptionLength[index]!,
    featureCount: featureCount[index]!,
    hasBrand: hasBrand[index]!,
  };
}

let knownDistribution: Float64Array | null = null;
let knownMean: number | null = null;

/** The exact distribution of the quality score: the probability of k / 1000 at index k. Worked out once; not to be written to. */
export function qualityDistribution(): Float64Array {
  if (knownDistribution !== null) return knownDistribution;
  const probability = new Float64Array(1001);
  forEachTextSizes((sizes, share) => {
    const k = Math.round(1000 * qualityScore(sizes.titleLength, sizes.descriptionLength, sizes.featureCount, sizes.hasBrand));
    probability[k] = probability[k]! + share;
  });
  knownDistribution = probability;
  return probability;
}

/** Expected quality score of a product. */
export function meanQuality(): number {
  return (knownMean ??= qualityDistribution().reduce((sum, probability, k) => sum + (probability * k) / 1000, 0));
}

/** Calls back with all sizes a text can have, and the probability of each. */
export function forEachTextSizes(visit: (sizes: TextSizes, probability: number) => void): void {
  const [shortestTitle, longestTitle] = textSizes.title;
  const [shortestDescription, longestDescription] = textSizes.description;
  const [fewest, most] = textSizes.features;
  const share = 1 / ((longestTitle - shortestTitle + 1) * (longestDescription - shortestDescription + 1) * (most - fewest + 1));
  for (let title = shortestTitle; title <= longestTitle; title += 1) {
    for (let description = shortestDescription; description <= longestDescription; description += 1) {
      for (let features = fewest; features <= most; features += 1) {
        for (let brand = 0; brand <= 1; brand += 1) {
          const sizes = { titleLength: title, descriptionLength: description, featureCount: features, hasBrand: brand };
          visit(sizes, share * (brand === 1 ? textSizes.brandShare : 1 - textSizes.brandShare));
        }
      }
    }
  }
}

/** Mean price over categories; each price is uniform in its range, so its mean is the middle. */
export function meanPrice(categories: readonly string[]): number {
  let sum = 0;
  for (const name of categories) {
    const [lowest, highest] = priceRange(name);
    sum += (lowest + highest) / 2;
  }
  return sum / categories.length;
}

export function priceRange(category: string): readonly [number, number] {
  if (Object.hasOwn(priceRanges, category)) return priceRanges[category as CategoryName];
  throw inputError('catalog.categories', `'${category}' is not a category; known ones: ${categoryNames.join(', ')}`, category);
}

function within([lowest, highest]: readonly [number, number], uniform: number): number {
  return lowest + Math.floor(uniform * (highest - lowest + 1));
}
