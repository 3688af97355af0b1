import type { Benchmark, SideConstraints } from '../allocate/decision-rule.ts';
import type { ModelType } from '../contracts/shared-types.ts';

/** The shareable declaration: everything a run depends on. Field names are wire names. */
export type Scenario = {
  readonly version: 1;
  readonly title: string;
  readonly seed: string;
  readonly budget: number;
  /** Products measured when an initiative is scaled. */
  readonly scale_sample_size: number;
  readonly max_workers: number;
  /** Level of every interval, such as 0.95. */
  readonly confidence_level: number;
  readonly min_confidence_threshold: number;
  /** Floor on the sum of worst returns; null for none. */
  readonly min_portfolio_worst_return: number | null;
  readonly decision_rule: Choice;
  /** How missing confidence discounts returns. */
  readonly confidence_penalty: Choice;
  /** How returns are corrected for having been picked because they looked good. */
  readonly return_correction: Choice;
  /** What V* may choose from. */
  readonly benchmark: Benchmark;
  readonly constraints: SideConstraints;
  /** Numbers set by hand for the decision alone, in place of what the evidence says. */
  readonly what_if: readonly WhatIf[];
  /** Label of the money all costs and returns are in. */
  readonly currency: string;
  readonly initiatives: readonly Initiative[];
};

/** A registry entry by id with its parameters. */
export type Choice = { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> };

export type Initiative = SimulatedInitiative | StatedInitiative;

type Proposal = {
  readonly initiative_id: string;
  /** What is proposed, in a sentence. */
  readonly description: string;
  readonly cost_to_scale: number;
  /** What caps by category count it under; '' for none. */
  readonly category: string;
  /** Whether a share of it may be funded. */
  readonly divisible: boolean;
};

/** Returns all three or none (null); what is null stays as the evidence has it. */
export type WhatIf = {
  readonly initiative_id: string;
  readonly R_best: number | null;
  readonly R_med: number | null;
  readonly R_worst: number | null;
  readonly confidence: number | null;
};

/** An initiative with a simulated pilot: its world is known, so its truth is. */
export type SimulatedInitiative = Proposal & {
  readonly source: 'simulated';
  /** Product-periods reached at scale: a return is the effect per product-period times this. */
  readonly units_at_scale: number;
  /** The effect at scale as a multiple of the pilot's: 1 where it carries over as it is. */
  readonly effect_at_scale: number;
  readonly catalog: CatalogDeclaration;
  readonly demand: DemandDeclaration;
  readonly effect: Choice;
  readonly design: Choice;
  /** What goes wrong on the way from the world to the data. */
  readonly flaws: readonly Choice[];
  readonly method: Choice;
  /** Further methods laid beside it on the same pilot; they do not enter the decision. */
  readonly comparisons: readonly Choice[];
};

/** An initiative whose returns and confidence are stated outright (a textbook table, results from elsewhere). */
export type StatedInitiative = Proposal & {
  readonly source: 'stated';
  readonly R_best: number;
  readonly R_med: number;
  readonly R_worst: number;
  readonly confidence: number;
  readonly model_type: ModelType;
};

export type CatalogDeclaration = {
  readonly n_products: number;
  readonly categories: readonly string[];
  /** ISO date of the first period. */
  readonly start_date: string;
  /** Length of a period: a day, or an ISO week from Monday to Sunday. */
  readonly granularity: 'day' | 'week';
  /** Periods before and from the intervention on. */
  readonly pre_periods: number;
  readonly post_periods: number;
};

/** The demand funnel. Extensions are off at 0. */
export type DemandDeclaration = {
  readonly sale_probability: number;
  readonly impression_to_visit: number;
  readonly visit_to_cart: number;
  readonly cart_to_order: number;
  /** Coefficient of variation of the product's own demand level. */
  readonly product_variation: number;
  /** Relative amplitude of the weekday profile. */
  readonly weekday_amplitude: number;
  /** Relative change of demand per 100 periods. */
  readonly trend: number;
  /** Standard deviation and autocorrelation of the day shock common to all products. */
  readonly shock_deviation: number;
  readonly shock_autocorrelation: number;
  /** Coefficient of variation of panel units' own demand levels. */
  readonly unit_variation: number;
  /** Relative change of demand by a one-off shock, from which period on (0 is the first), and for how many. */
  readonly one_off_size: number;
  readonly one_off_period: number;
  readonly one_off_length: number;
  /** Coefficient of variation of demand by an appeal that is on no record. */
  readonly appeal_variation: number;
};
