import type { Allocation } from '../allocate/decision-rule.ts';
import type { CoefficientRow } from '../measure/estimator.ts';
import type { MethodPicture } from '../measure/method-picture.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { GroundTruth } from '../simulate/pilot.ts';
import type { AllocateResult } from './allocate-result.ts';
import type { EvaluateResult } from './evaluate-result.ts';
import type { MeasureResult } from './measure-result.ts';
import type { OutcomeReport } from './outcome-report.ts';
import type { Estimand, ModelType } from './shared-types.ts';

/** A MeasureResult with the fields producers may add. Effects are revenue per product-period. */
export type MeasuredInitiative = MeasureResult & {
  readonly status: 'ok';
  readonly method: string;
  readonly estimand: Estimand;
  readonly standard_error: number | null;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly n_observations: number;
  readonly n_treated: number;
  readonly n_control: number;
  readonly coefficients?: Readonly<Record<string, CoefficientRow>>;
  readonly warnings: readonly string[];
};

/** A pilot whose data have no answer for the method: listed, explained and kept out of the decision. */
export type DegenerateInitiative = {
  readonly status: 'degenerate';
  readonly initiative_id: string;
  readonly model_type: ModelType;
  readonly method: string;
  readonly estimand: Estimand;
  readonly reason: string;
  readonly sample_size: number;
  readonly n_observations: number;
  readonly n_treated: number;
  readonly n_control: number;
  readonly diagnostics: MeasureResult['diagnostics'];
  readonly warnings: readonly string[];
};

export type PilotResult = MeasuredInitiative | DegenerateInitiative;

/** Mean revenue per product and period, by date. `treated_without_treatment` is truth: the treated, had nothing been done. */
export type PilotSeries = {
  readonly dates: readonly string[];
  /** First period in which anything may be treated. */
  readonly intervention_index: number;
  /** First treated period of the last to start; only where not all start at once. */
  readonly last_start_index?: number;
  readonly treated: readonly number[];
  /** null where the design has no controls. */
  readonly control: readonly number[] | null;
  readonly treated_without_treatment: readonly number[];
};

/** How alike the treated and the controls were on record before anything was done. */
export type BaselineRow = {
  readonly covariate: 'price' | 'quality_score' | 'pre_revenue';
  readonly treated_mean: number;
  readonly control_mean: number;
  /** Their difference in standard deviations of the treated (of all, where the treated do not vary); 0 where nobody varies. */
  readonly smd: number;
};

/** One measurement of one initiative, in the pilot or at scale, with what the analyst sees and the truth beside it. */
export type Measurement = {
  readonly result: PilotResult;
  readonly picture: MethodPicture | null;
  /** Treated minus control mean on the same data: the answer without a method. null where there are no controls. */
  readonly naive: { readonly estimate: number; readonly ci_lower: number; readonly ci_upper: number } | null;
  readonly series: PilotSeries;
  /** Empty where nobody is on one of the sides. */
  readonly baseline: readonly BaselineRow[];
  readonly truth: GroundTruth;
};

/** Another method's answer on a pilot. */
export type Compared = Pick<Measurement, 'result' | 'picture'>;

/** actual - predicted, split exactly; in the scenario's currency. */
export type ErrorParts = {
  /** Minus (pilot estimate - the pilot sample's own effect). */
  readonly pilot_estimation: number;
  /** Minus (the pilot sample's own effect - the expected effect). */
  readonly pilot_sample: number;
  /** The expected effect at scale - the pilot's; 0 where the effect carries over as it is. */
  readonly transport: number;
  /** The scale sample's own effect - the expected effect at scale. */
  readonly scale_sample: number;
  /** Scale estimate - the scale sample's own effect. */
  readonly scale_estimation: number;
};

/** Everything about one initiative in a run, in the order of the loop; null for a stage it did not go through. */
export type InitiativeRun = {
  readonly initiative_id: string;
  readonly pilot: Measurement | null;
  /** Further methods on the same pilot, in the order declared. */
  readonly comparisons: readonly Compared[];
  readonly evaluation: EvaluateResult | null;
  readonly funded: boolean;
  /** 1 where funded whole, less where a divisible one is funded in part, 0 where not funded. */
  readonly funded_share: number;
  readonly scale: Measurement | null;
  readonly report: OutcomeReport | null;
  /** Expected effect (the estimand of the method) per product-period, in the pilot and at scale; null where stated. */
  readonly true_effect: number | null;
  readonly true_effect_at_scale: number | null;
  /** The effect at scale times units_at_scale. */
  readonly true_return: number | null;
  readonly error_parts: ErrorParts | null;
};

/** The decision against one that knew the truth; null where some initiative has no simulated world. */
export type OracleComparison = {
  readonly oracle_initiatives: readonly string[];
  readonly oracle_return: number;
  /** True return of what was funded. */
  readonly our_return: number;
  /** oracle_return - our_return, never negative where our portfolio fits the budget. */
  readonly realised_regret: number;
};

/** One pass of the loop. The first group are the contract results the digest is made of. */
export type Run = {
  readonly scenario: Scenario;
  readonly replication: number;
  readonly pilot_results: readonly PilotResult[];
  readonly evaluate_results: readonly EvaluateResult[];
  readonly allocate_result: AllocateResult;
  readonly scale_results: readonly PilotResult[];
  readonly outcome_reports: readonly OutcomeReport[];
  /** SHA-256, 64 hex digits. */
  readonly digest: string;

  readonly allocation: Allocation;
  readonly initiatives: readonly InitiativeRun[];
  readonly oracle: OracleComparison | null;
  /** Why nothing was measured at scale, where nothing was. */
  readonly scale_skipped: string | null;
};
