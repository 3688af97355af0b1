/** The data behind a method's own picture on the Measure page. Plain arrays, so that it survives structured clone and JSON. */
export type MethodPicture =
  | ArmsPicture
  | BalancePicture
  | StrataPicture
  | OverlapPicture
  | EventStudyPicture
  | SyntheticPicture
  | DiscontinuityPicture
  | CounterfactualPicture
  | ResponsePicture;

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
  /** Weights of the times before treatment, where the method has them (synthetic difference in differences). */
  readonly time_weights?: readonly { readonly time: string; readonly weight: number }[];
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

/** Where treated and control units have counterparts: the propensity score by arm, and balance before and after weighting. */
export type OverlapPicture = {
  readonly kind: 'overlap';
  /** Histogram of the score; counts are units before trimming. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly treated: number; readonly control: number }[];
  /** Scores outside are trimmed; null where nothing is. */
  readonly kept_range: readonly [number, number] | null;
  readonly balance: readonly { readonly covariate: string; readonly before: number; readonly after: number }[];
  /** Kish's effective sample size of each arm after weighting. */
  readonly effective_treated: number;
  readonly effective_control: number;
};

/** Effects by time since treatment, period -1 being the reference, with pointwise and simultaneous bands. */
export type EventStudyPicture = {
  readonly kind: 'event_study';
  readonly rows: readonly {
    readonly event_time: number;
    readonly estimate: number;
    readonly ci_lower: number;
    readonly ci_upper: number;
    readonly simultaneous_lower: number;
    readonly simultaneous_upper: number;
    readonly is_reference: boolean;
  }[];
  /** Joint test that nothing differed before; null where there are too few periods for one. */
  readonly pre_trend: { readonly statistic: number; readonly df1: number; readonly df2: number | null; readonly p_value: number } | null;
  /** Group-time effects, where treatment starts at different times. */
  readonly groups: readonly {
    readonly group: string;
    readonly time: string;
    readonly estimate: number;
    readonly ci_lower: number;
    readonly ci_upper: number;
  }[];
  /** The estimate in use beside the two-way fixed effects one; null where they are the same. */
  readonly two_way: {
    readonly estimate: number;
    readonly ci_lower: number;
    readonly ci_upper: number;
    readonly negative_weight_share: number;
  } | null;
  /** Mean outcome by time of the ever treated and of the never treated; null where there are none of them. */
  readonly paths: { readonly times: readonly string[]; readonly treated: readonly number[]; readonly control: readonly number[] | null };
  readonly first_treated_index: number;
};

/** Outcome against the running variable: binned means, local fits on both sides, and the density beside the cutoff. */
export type DiscontinuityPicture = {
  readonly kind: 'discontinuity';
  readonly running: string;
  readonly cutoff: number;
  readonly treated_side: 'below' | 'above';
  readonly bandwidth: { readonly left: number; readonly right: number };
  readonly bins: readonly {
    readonly x: number;
    readonly mean: number;
    readonly n: number;
    readonly ci_lower: number;
    readonly ci_upper: number;
  }[];
  readonly fit_left: readonly { readonly x: number; readonly y: number }[];
  readonly fit_right: readonly { readonly x: number; readonly y: number }[];
  readonly density: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  readonly density_p_value: number | null;
};

/** An assumed response of the outcome to a metric: the curve with its band, and where the units' changes lie on it. */
export type ResponsePicture = {
  readonly kind: 'response';
  readonly metric: string;
  readonly response: string;
  readonly curve: readonly { readonly x: number; readonly y: number; readonly lower: number; readonly upper: number }[];
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
  readonly mean_change: number;
};
