/** The data behind a method's own picture on the Measure page. Plain arrays, so that it survives structured clone and JSON. */
export type MethodPicture = ArmsPicture | BalancePicture | StrataPicture | SyntheticPicture | CounterfactualPicture;

/** Arm means with their intervals, and where the outcome was adjusted, the adjusted contrast. */
export type ArmsPicture = {
  readonly kind: 'arms';
  readonly outcome: string;
  readonly arms: readonly {
    readonly label: string;
    readonly n: number;
    readonly mean: number;
    readonly ci_lower: number;
    readonly ci_upper: number;
    readonly sd: number;
  }[];
};

/** Standardised mean differences before and after (love plot), with the same standardiser (the treated arm's sd before). */
export type BalancePicture = {
  readonly kind: 'balance';
  readonly rows: readonly { readonly covariate: string; readonly before: number; readonly after: number }[];
  /** Matched sets: number of times each control was used, largest first. */
  readonly control_reuse: readonly number[];
};

export type StrataPicture = {
  readonly kind: 'strata';
  readonly rows: readonly {
    readonly stratum: string;
    readonly n_treated: number;
    readonly n_control: number;
    readonly mean_treated: number | null;
    readonly mean_control: number | null;
    readonly difference: number | null;
    readonly standard_error: number | null;
    /** Share of the estimate; 0 where the stratum is dropped. */
    readonly weight: number;
    readonly dropped: string | null;
  }[];
  readonly balance: readonly { readonly covariate: string; readonly before: number; readonly after: number }[];
};

export type SyntheticPicture = {
  readonly kind: 'synthetic';
  readonly times: readonly string[];
  /** Index of the first treated period in `times`. */
  readonly treatment_index: number;
  readonly treated_unit: string;
  readonly treated: readonly number[];
  readonly synthetic: readonly number[];
  readonly weights: readonly { readonly unit: string; readonly weight: number }[];
  readonly placebos: readonly { readonly unit: string; readonly gaps: readonly number[]; readonly rmspe_ratio: number }[];
};

export type CounterfactualPicture = {
  readonly kind: 'counterfactual';
  readonly times: readonly string[];
  readonly intervention_index: number;
  readonly observed: readonly number[];
  readonly fitted: readonly number[];
  /** Without the intervention; before it, the fitted values. */
  readonly counterfactual: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
};
