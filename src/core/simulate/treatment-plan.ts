import { forEachTextSizes, meanQuality, qualityDistribution, qualityScore, textSizesOf, type TextSizes } from './catalog.ts';
import type { FunnelChange, ListingQuality, ResolvedEffect } from './effects/effect.ts';
import { isSteady, isUniform, strengthInPeriod, strengthOfProduct } from './effects/effect-profile.ts';
import type { Assignment, Calendar, Catalog } from './pilot.ts';

/** What treatment would do to each product of a catalog, and from when. */
export type TreatmentPlan = {
  /** First period in which the two potential outcomes of product i may differ. */
  readonly startOf: (i: number) => number;
  /** The change of product i in the k-th period (from 0) of its treatment. */
  readonly changeOf: (i: number, k: number) => FunnelChange;
  /** Whether that is the same for every k. */
  readonly isSteady: boolean;
};

/** The same change for all, from the intervention on. */
export function uniformPlan(change: FunnelChange, { interventionIndex }: Pick<Calendar, 'interventionIndex'>): TreatmentPlan {
  return { startOf: () => interventionIndex, changeOf: () => change, isSteady: true };
}

/**
 * The plan of an effect. Products start in their own first treated period where `starts` says so; the others, and all without
 * it, at the intervention.
 */
export function treatmentPlan(
  effect: ResolvedEffect,
  catalog: Catalog,
  { interventionIndex }: Pick<Calendar, 'interventionIndex'>,
  qualityIfTreated: Float64Array | null,
  starts: Int32Array | null = null,
): TreatmentPlan {
  const { profile } = effect;
  const steady = isSteady(profile);
  const startOf = (i: number) => (starts === null ? interventionIndex : Math.max(interventionIndex, starts[i]!));
  if (steady && isUniform(profile) && qualityIfTreated === null) {
    const change = effect.change(1, { before: 0, after: 0 });
    return { startOf, changeOf: () => change, isSteady: true };
  }
  const mean = meanQuality();
  const changeOf = (i: number, k: number) => {
    const quality: ListingQuality = {
      before: catalog.quality[i]!,
      after: qualityIfTreated === null ? catalog.quality[i]! : qualityIfTreated[i]!,
    };
    const ofProduct = strengthOfProduct(profile, quality.before, mean, catalog.category[i]!, catalog.categories.length);
    return effect.change(ofProduct * strengthInPeriod(profile, k), quality);
  };
  return { startOf, changeOf, isSteady: steady };
}

/** The quality score each listing would have if treated; null where treatment leaves the text alone. */
export function qualityIfTreated({ rewrite }: ResolvedEffect, catalog: Catalog): Float64Array | null {
  if (rewrite === null) return null;
  return catalog.quality.map((_, i) => scoreOf(rewrite(textSizesOf(catalog, i))));
}

/** Whether some product starts later than the intervention, so that products of different dates are treated for different times. */
export function isStaggered({ firstTreated }: Assignment, { interventionIndex }: Pick<Calendar, 'interventionIndex'>): boolean {
  return firstTreated.some((first) => first > interventionIndex);
}

/** A quality score before and after treatment, in thousandths, and how likely the pair is. */
export type QualityCell = { readonly before: number; readonly after: number; readonly probability: number };

/** The exact joint distribution of the score without and with treatment, by enumeration of all text sizes. */
export function qualityCells({ rewrite }: ResolvedEffect): readonly QualityCell[] {
  if (rewrite === null) {
    return Array.from(qualityDistribution(), (probability, k) => ({ before: k, after: k, probability })).filter(
      ({ probability }) => probability > 0,
    );
  }
  const probabilities = new Map<number, number>();
  forEachTextSizes((sizes, probability) => {
    const key = 1001 * Math.round(1000 * scoreOf(sizes)) + Math.round(1000 * scoreOf(rewrite(sizes)));
    probabilities.set(key, (probabilities.get(key) ?? 0) + probability);
  });
  return Array.from(probabilities.keys())
    .sort((a, b) => a - b)
    .map((key) => ({ before: Math.floor(key / 1001), after: key % 1001, probability: probabilities.get(key)! }));
}

function scoreOf({ titleLength, descriptionLength, featureCount, hasBrand }: TextSizes): number {
  return qualityScore(titleLength, descriptionLength, featureCount, hasBrand);
}
