import { baseActivity } from './demand-funnel.ts';
import { meanPrice, meanQuality } from './catalog.ts';
import { strengthInPeriod, strengthOfProduct } from './effects/effect-profile.ts';
import { activityOn, dayKinds } from './expected-activity.ts';
import { expectedUnits } from './funnel-moments.ts';
import { noChange } from './effects/effect.ts';
import type { Calendar } from './pilot.ts';
import { qualityCells, type QualityCell } from './treatment-plan.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

/** Evaluations of the activity for one world; beyond them, quality scores that lie close together count as their mean. */
const EVALUATIONS = 30_000;
const STEPS = [1, 2, 3, 5, 8, 12, 20, 40, 80] as const;

/** The expected gain, Y(1) - Y(0) per period of a window in which the product is treated from its first period on. */
export type ExpectedGain = {
  /** Per unit of price, of the products of a category with this quality score (in thousandths) without treatment. */
  readonly perPrice: (before: number, category: number) => number;
  /** In money, over all products of the catalog's distribution, or over those of the given quality. */
  readonly mean: (cells?: readonly QualityCell[]) => number;
  /** Per unit of price over all products of one category. */
  readonly meanPerPrice: (category: number) => number;
  /** The joint distribution of the scores, exactly. */
  readonly cells: readonly QualityCell[];
};

/**
 * In closed form. Given its quality and category a product's gain is a sum over the days of the window of
 *
 *   price factor * E[units | active, treated] * E[activity, treated] - E[units | active] * E[activity]
 *
 * times its price, for price and demand level are independent of quality, and what happens on an active day of how likely that
 * day is. The mean over products is a sum over the exact distribution of the scores and over categories.
 */
export function expectedGain(world: SimulatedWorld, { effect, unitNames }: ResolvedWorld, calendar: Calendar, from: number): ExpectedGain {
  const { categories } = world.catalog;
  const { profile } = effect;
  const exactCells = qualityCells(effect);
  const kinds = dayKinds(world.demand, calendar, from, (k) => strengthInPeriod(profile, k));
  const { on, cost } = activityOn(world.demand, unitNames.length > 0);
  const unitsOf = expectedUnits(world.demand);
  const plainUnits = unitsOf(noChange);
  const average = meanQuality();
  const distinctCategories = profile.category_spread === 0 ? 1 : categories.length;
  const step = coarseness(exactCells.length, kinds.length * cost * distinctCategories, effect.rewrite !== null);
  const known = new Map<number, number>();

  const compute = (before: number, after: number, category: number) => {
    const ofProduct = strengthOfProduct(profile, before / 1000, average, category, categories.length);
    const base = baseActivity(world.demand.sale_probability, before / 1000);
    const quality = { before: before / 1000, after: after / 1000 };
    let sum = 0;
    for (const kind of kinds) {
      const change = effect.change(ofProduct * kind.strength, quality);
      const without = on(kind, base, 1);
      const withTreatment = change.activityFactor === 1 ? without : on(kind, base, change.activityFactor);
      sum += kind.share * (change.priceFactor * unitsOf(change) * withTreatment - plainUnits * without);
    }
    return sum;
  };
  const remembered = (before: number, after: number, category: number) => {
    const key = (before * 1001 + after) * 256 + category;
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(before, after, category);
    known.set(key, value);
    return value;
  };
  const categoryOf = (category: number) => (distinctCategories === 1 ? 0 : category);
  const coarse = merged(exactCells, step);
  const over = (cells: readonly QualityCell[], category: number) => {
    let [sum, total] = [0, 0];
    for (const { before, after, probability } of cells) {
      sum += probability * remembered(before, after, categoryOf(category));
      total += probability;
    }
    return sum / total;
  };
  const mean = (cells: readonly QualityCell[] = coarse) => {
    if (distinctCategories === 1) return meanPrice(categories) * over(cells, 0);
    return categories.reduce((sum, name, c) => sum + meanPrice([name]) * over(cells, c), 0) / categories.length;
  };
  const onGrid = (score: number) => (step === 1 ? score : Math.min(1000, step * Math.round(score / step)));
  const cellsAt = new Map<number, QualityCell[]>();
  for (const cell of exactCells) cellsAt.set(cell.before, [...(cellsAt.get(cell.before) ?? []), cell]);
  const knownAt = new Map<number, number>();
  const perPrice = (before: number, category: number) => {
    const key = before * 256 + categoryOf(category);
    const found = knownAt.get(key);
    if (found !== undefined) return found;
    let [sum, total] = [0, 0];
    for (const { after, probability } of cellsAt.get(before) ?? []) {
      sum += probability * remembered(onGrid(before), onGrid(after), categoryOf(category));
      total += probability;
    }
    knownAt.set(key, sum / total);
    return sum / total;
  };
  return {
    perPrice,
    mean,
    meanPerPrice: (category) => over(coarse, category),
    cells: exactCells,
  };
}

/** The finest step that keeps the work within bounds. */
function coarseness(nCells: number, workPerCell: number, isRewritten: boolean): number {
  const cellsAt = (step: number) => nCells / (isRewritten ? step * Math.min(step, 5) : step);
  return STEPS.find((step) => cellsAt(step) * workPerCell <= EVALUATIONS) ?? STEPS[STEPS.length - 1]!;
}

/** Cells whose scores round to the same multiples of the step, as one at their mean: what varies linearly stays exact. */
function merged(cells: readonly QualityCell[], step: number): readonly QualityCell[] {
  if (step === 1) return cells;
  const bins = new Map<number, { before: number; after: number; probability: number }>();
  for (const { before, after, probability } of cells) {
    const key = Math.round(before / step) * 1001 + Math.round((after - before) / step);
    const bin = bins.get(key) ?? { before: 0, after: 0, probability: 0 };
    bin.before += probability * before;
    bin.after += probability * after;
    bin.probability += probability;
    bins.set(key, bin);
  }
  return Array.from(bins.values(), ({ before, after, probability }) => ({
    before: before / probability,
    after: after / probability,
    probability,
  }));
}
