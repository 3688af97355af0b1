import { priceRange } from './catalog.ts';
import { expectedGain, type ExpectedGain } from './expected-gain.ts';
import type { Assignment, Calendar, Effects, GroundTruth } from './pilot.ts';
import { selectionShift } from './selection-shift.ts';
import { isStaggered } from './treatment-plan.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

export type PopulationEffects = { readonly effects: Effects; readonly standardError: number; readonly missing: GroundTruth['missing'] };

const remembered = new Map<string, PopulationEffects>();
const MOST_REMEMBERED = 200;
const NO_EFFECTS: Effects = { ate: null, att: null, atc: null, at_cutoff: null };
const STAGGERED_REASON = 'Products start at different dates, so there is no one window over which all, or the controls, would be treated.';

/**
 * Expected effects per product-period of the post window, over catalogs, demand and assignment.
 *
 * On all products, in closed form by `expectedGain`. On the treated and the controls it is the same where assignment does not
 * look at the product; else `selectionShift` adds the difference. Where products start at different dates, the effect on the
 * treated is the mean over the cohorts' windows, weighted by their product-periods. At the cutoff of a rule it is the expected
 * gain of products with just that value of the running variable. Results are remembered: they depend on the arguments alone,
 * and of the assignment only on the sizes of its cohorts and on its cutoff.
 */
export function populationEffects(
  world: SimulatedWorld,
  resolved: ResolvedWorld,
  calendar: Calendar,
  nProducts: number,
  assignment: Assignment,
): PopulationEffects {
  const { catalog, demand, effect, design } = world;
  const { treated, controls } = resolved.design.groups(resolved.designParameters, nProducts);
  const cohorts = isStaggered(assignment, calendar) ? cohortSizes(assignment) : null;
  const key = JSON.stringify([
    catalog.categories,
    calendar.dates[0],
    calendar.nPeriods,
    calendar.daysPerPeriod,
    calendar.interventionIndex,
    demand,
    effect,
    world.effect_multiplier ?? 1,
    design,
    resolved.design.treatmentProbabilities === undefined ? null : nProducts,
    treated,
    controls,
    cohorts,
    assignment.threshold ?? null,
  ]);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const result =
    calendar.nPeriods <= calendar.interventionIndex || nProducts === 0
      ? { effects: NO_EFFECTS, standardError: 0, missing: {} }
      : cohorts === null
        ? effectsOfOneDate(world, resolved, calendar, nProducts, assignment)
        : effectsOfCohorts(world, resolved, calendar, cohorts);
  const oldest = remembered.size >= MOST_REMEMBERED ? remembered.keys().next().value : undefined;
  if (oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, result);
  return result;
}

type Cohort = readonly [start: number, products: number];

function cohortSizes({ firstTreated }: Assignment): readonly Cohort[] {
  const sizes = new Map<number, number>();
  for (const first of firstTreated) if (first >= 0) sizes.set(first, (sizes.get(first) ?? 0) + 1);
  return [...sizes].sort(([a], [b]) => a - b);
}

function effectsOfCohorts(
  world: SimulatedWorld,
  resolved: ResolvedWorld,
  calendar: Calendar,
  cohorts: readonly Cohort[],
): PopulationEffects {
  const missing = { ate: STAGGERED_REASON, atc: STAGGERED_REASON };
  if (resolved.design.treatmentProbabilities !== undefined) {
    const reason = 'Products start at different dates that depend on the product: there is no closed form.';
    return { effects: NO_EFFECTS, standardError: 0, missing: { ...missing, att: reason } };
  }
  let [gain, periods] = [0, 0];
  for (const [start, products] of cohorts) {
    if (start >= calendar.nPeriods) continue;
    const own = products * (calendar.nPeriods - start);
    gain += own * expectedGain(world, resolved, calendar, start).mean();
    periods += own;
  }
  return { effects: { ...NO_EFFECTS, att: periods > 0 ? gain / periods : null }, standardError: 0, missing };
}

function effectsOfOneDate(
  world: SimulatedWorld,
  resolved: ResolvedWorld,
  calendar: Calendar,
  nProducts: number,
  { threshold }: Assignment,
): PopulationEffects {
  const { design, designParameters } = resolved;
  const gain = expectedGain(world, resolved, calendar, calendar.interventionIndex);
  const ate = gain.mean();
  const { treated, controls } = design.groups(designParameters, nProducts);
  const selects = design.treatmentProbabilities !== undefined && ate !== 0;
  const shift = selects ? selectionShift(world, resolved, calendar, nProducts, gain, threshold ?? null) : null;
  const cutoff =
    threshold === undefined ? { effect: null, reason: null } : effectAtCutoff(world, gain, threshold, shift === null ? 0 : shift.atCutoff);
  return {
    effects: {
      ate,
      att: treated ? ate + (shift?.att ?? 0) : null,
      atc: controls ? ate + (shift?.atc ?? 0) : null,
      at_cutoff: cutoff.effect,
    },
    standardError: shift?.standardError ?? 0,
    missing: cutoff.reason === null ? {} : { at_cutoff: cutoff.reason },
  };
}

type AtCutoff = { readonly effect: number | null; readonly reason: string | null };

/** E[gain | running variable = cutoff]; earlier revenue by the given simulated value, null where that has too few products near it. */
function effectAtCutoff(
  { catalog }: SimulatedWorld,
  gain: ExpectedGain,
  { column, cutoff }: NonNullable<Assignment['threshold']>,
  simulated: number | null,
): AtCutoff {
  if (column === 'pre_revenue')
    return {
      effect: simulated,
      reason: simulated === null ? `Hardly any product has earlier revenue near ${cutoff}, so its effect there is not known.` : null,
    };
  const effect = column === 'quality_score' ? atQuality(gain, 1000 * cutoff) : atPrice(gain, catalog.categories, cutoff);
  return { effect, reason: effect === null ? `No product of this catalog can have a ${column} of ${cutoff}.` : null };
}

/** Scores are whole thousandths: the mean over those of the nearest score there is. */
function atQuality(gain: ExpectedGain, score: number): number | null {
  const [lowest, highest] = [gain.cells[0]!.before, gain.cells[gain.cells.length - 1]!.before];
  if (!(score >= lowest && score <= highest)) return null;
  const distance = gain.cells.reduce((least, { before }) => Math.min(least, Math.abs(before - score)), Infinity);
  return gain.mean(gain.cells.filter(({ before }) => Math.abs(before - score) === distance));
}

/** Prices are uniform in each category's range, and independent of quality: categories weigh in with their density at the cutoff. */
function atPrice(gain: ExpectedGain, categories: readonly string[], price: number): number | null {
  let [sum, density] = [0, 0];
  categories.forEach((name, c) => {
    const [lowest, highest] = priceRange(name);
    if (price < lowest || price > highest) return;
    const share = 1 / (highest - lowest);
    sum += share * gain.meanPerPrice(c);
    density += share;
  });
  return density > 0 ? (price * sum) / density : null;
}
