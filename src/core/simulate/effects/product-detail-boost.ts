import { defineParameters } from '../../contracts/parameter.ts';
import { qualityScore, textCaps, textWeights, type TextSizes } from '../catalog.ts';
import { defineEffect, noChange } from './effect.ts';

const parameters = defineParameters({
  quality_boost: {
    kind: 'number',
    label: 'Quality boost',
    help: 'How much the quality score of a treated listing rises: its text is rewritten until the score is that much higher, or 1.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.15,
  },
});

/**
 * Treated listings are written anew, and products with better listings are active more often: probability times
 * (0.8 + 0.4 after) / (0.8 + 0.4 before), capped at 1. Ramp, decay and heterogeneity are about how demand answers to the new
 * score; the score itself is there from the first day.
 */
export const productDetailBoost = defineEffect({
  id: 'product_detail_boost',
  label: 'Better product details',
  summary:
    'Treated listings get longer titles and descriptions, more features and a brand; the higher quality score brings more days with sales.',
  parameters,
  nominalEffect({ quality_boost }, meanQuality, multiplier) {
    const after = Math.min(1, meanQuality + quality_boost);
    const felt = multiplier === 1 ? after : meanQuality + multiplier * (after - meanQuality);
    return Math.max(-1, activityAt(felt) / activityAt(meanQuality) - 1);
  },
  change(_parameters, strength, { before, after }) {
    const felt = before + strength * (after - before);
    return { ...noChange, activityFactor: Math.max(0, activityAt(felt) / activityAt(before)) };
  },
  rewrite: (sizes, { quality_boost }) => rewrittenSizes(sizes, quality_boost),
});

/**
 * The sizes of the text once its score has risen by at least `boost`, or is 1: a longer title first, then a longer description,
 * then more features, then a brand, each as far as it counts and no further than is needed.
 */
export function rewrittenSizes(sizes: TextSizes, boost: number): TextSizes {
  const { titleLength, descriptionLength, featureCount, hasBrand } = sizes;
  const before = Math.round(1000 * qualityScore(titleLength, descriptionLength, featureCount, hasBrand));
  const wanted = Math.min(1000, before + Math.ceil(1000 * boost - 1e-9));
  // Scores are halves of a thousandth, rounded half up, so 2 * wanted - 1 of them are enough.
  const scoreOf = (title: number, description: number, features: number) =>
    textWeights.title * Math.min(title, textCaps.title) +
    textWeights.description * Math.min(description, textCaps.description) +
    textWeights.feature * Math.min(features, textCaps.features) +
    textWeights.brand * hasBrand;
  const missing = (title: number, description: number, features: number) =>
    wanted > before ? 2 * wanted - 1 - scoreOf(title, description, features) : 0;
  const title = grown(titleLength, textCaps.title, missing(titleLength, descriptionLength, featureCount) / textWeights.title);
  const description = grown(
    descriptionLength,
    textCaps.description,
    missing(title, descriptionLength, featureCount) / textWeights.description,
  );
  const features = grown(featureCount, textCaps.features, missing(title, description, featureCount) / textWeights.feature);
  const brand = missing(title, description, features) > 0 ? 1 : hasBrand;
  return { titleLength: title, descriptionLength: description, featureCount: features, hasBrand: brand };
}

function grown(size: number, cap: number, needed: number): number {
  return size >= cap || needed <= 0 ? size : Math.min(cap, size + Math.ceil(needed));
}

function activityAt(quality: number): number {
  return 0.8 + 0.4 * quality;
}
