import type { Estimand } from '../contracts/shared-types.ts';
import type { StreamName } from '../random/stream.ts';

/** Which pilot of which world: names every random stream of it, but for the purpose. */
export type PilotName = Omit<StreamName, 'purpose'>;

/** Product attributes that anyone may see. All arrays have one entry per product. */
export type Catalog = {
  readonly nProducts: number;
  /** Index into `categories`. */
  readonly category: Uint8Array;
  readonly categories: readonly string[];
  /** Currency per unit. */
  readonly price: Float64Array;
  /** In [0, 1], from the text lengths below, rounded to 3 places. */
  readonly quality: Float64Array;
  readonly titleLength: Uint8Array;
  readonly descriptionLength: Uint8Array;
  readonly featureCount: Uint8Array;
  readonly hasBrand: Uint8Array;
  /** Panel unit (store front) the product belongs to, as index into `unitNames`; where the design has no units, all 0 and no names. */
  readonly unit: Uint16Array;
  readonly unitNames: readonly string[];
};

export type Calendar = {
  /** ISO date of each period, in order: the day itself, or the Monday of the week. */
  readonly dates: readonly string[];
  readonly nPeriods: number;
  readonly daysPerPeriod: 1 | 7;
  /** Index of the first period in which anything may be treated. */
  readonly interventionIndex: number;
};

/** Who was to be treated from when, and what is on record about how that was decided. */
export type Assignment = {
  /** Index of the first treated period of each product, -1 for never. */
  readonly firstTreated: Int32Array;
  /** Blocks within which treatment was drawn: an index into `labels` for each product. */
  readonly blocks?: { readonly codes: Uint16Array; readonly labels: readonly string[] };
  /** Whole panel units were drawn, so that an interval has to count units and not products. */
  readonly clustered?: true;
  /** The share of the products that chance was to treat, where it was to treat a share. */
  readonly intendedShare?: number;
  /** A rule on record: products on that side of the cutoff (itself included) are treated. */
  readonly threshold?: { readonly column: RunningVariable; readonly cutoff: number; readonly treatedSide: 'below' | 'above' };
};

/** Columns of the cross section that a threshold may be set on. */
export type RunningVariable = 'quality_score' | 'price' | 'pre_revenue';

/** Demand by product and period, whole periods also where nothing was sold; entry (i, t) at i * nPeriods + t. */
export type Demand = {
  readonly impressions: Uint16Array;
  readonly visits: Uint16Array;
  readonly cartAdds: Uint16Array;
  readonly orderedUnits: Uint16Array;
  /** Price paid times orderedUnits. */
  readonly revenue: Float64Array;
};

/** What an analyst is given. Carries nothing from which the truth can be read. */
export type Pilot = {
  /** As on record: where quality is measured with error, `quality` is what was measured. */
  readonly catalog: Catalog;
  readonly calendar: Calendar;
  /** As assigned. */
  readonly assignment: Assignment;
  /** First period in which each product really was treated, -1 for never; null where everyone got what was assigned. */
  readonly received: Int32Array | null;
  readonly observed: Demand;
  /** First period of each product without data: nPeriods where nothing is missing, -1 where it is not on record at all. */
  readonly observedUntil: Int32Array;
  /** Quality of each listing from the intervention on, where treatment changes it; null where it does not. */
  readonly qualityAfter: Float64Array | null;
};

/**
 * Average effects, revenue per product-period in the post window; null where nobody is in the group. Where products start at
 * different dates there is no effect on all or on the controls: each product's would be counted from another date.
 */
export type Effects = Readonly<Record<Estimand, number | null>>;

/** What only simulate, scale and study may see. */
export type GroundTruth = {
  /** Averages over the products drawn. */
  readonly sample: Effects;
  /** Expectations over catalogs, demand and assignment of the same scenario. */
  readonly population: Effects;
  /** Monte Carlo standard error of the worst known of the population values; 0 where all are in closed form. */
  readonly population_standard_error: number;
  /** The relative effect that was asked for, and what it came to among the treated: sum of Y(1) - Y(0) over sum of Y(0). */
  readonly nominal_effect: number;
  readonly realised_effect: number | null;
  /** Mean outcome without treatment per product-period, post window, treated products. */
  readonly baseline_mean: number | null;
  /** Why an effect is null though its group is not empty. */
  readonly missing: Readonly<Partial<Record<Estimand, string>>>;
  /** How the effects on single products are spread, in bins of equal width from the lowest on; none without a post window. */
  readonly effects_histogram: readonly EffectsBin[];
};

/** Number of products, treated at some time and never, whose mean effect per product-period lies in [from, to). */
export type EffectsBin = { readonly from: number; readonly to: number; readonly treated: number; readonly control: number };

/** Both potential outcomes, on common random numbers. */
export type PotentialOutcomes = { readonly untreated: Demand; readonly treated: Demand };

export type SimulatedPilot = { readonly pilot: Pilot; readonly truth: GroundTruth; readonly potentialOutcomes: PotentialOutcomes };
