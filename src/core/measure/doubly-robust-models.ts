import { leastSquares, type LeastSquaresFit } from '../numeric/least-squares.ts';

/** Units of one comparison with the regressors that both models use. */
export type ModelledUnits = {
  readonly outcome: Float64Array;
  readonly treated: Uint8Array;
  /** A constant and standardised covariates, n x width, by column. */
  readonly design: Float64Array;
  readonly width: number;
};

/** What the models say of each unit. */
export type Nuisance = {
  readonly logOdds: Float64Array;
  /** Outcome with and without treatment. */
  readonly withTreatment: Float64Array;
  readonly withoutTreatment: Float64Array;
  /** Regressors that an arm's outcome regression could not use, by index into the design. */
  readonly setAside: ReadonlySet<number>;
  /** Fewest degrees of freedom that any outcome regression had left. */
  readonly residualDf: number;
  /** Of each unit in its own arm's regression; null where that has not seen the unit. */
  readonly leverages: Float64Array | null;
  /** Whether in some fit the covariates settle who is treated for some units. */
  readonly isSeparated: boolean;
};

/** Least squares of the outcome in one arm, among the units in which `use` is not 0. */
export function outcomeModel({ outcome, treated, design, width }: ModelledUnits, arm: number, use?: Uint8Array): LeastSquaresFit {
  const weights = Float64Array.from(treated, (value, i) => (value === arm && (use === undefined || use[i] !== 0) ? 1 : 0));
  return leastSquares({ design, rows: outcome.length, columns: width, outcome, weights, tolerance: 1e-9, leverages: use === undefined });
}

/** What a fit predicts for every unit, also those it was not fitted to. */
export function predictions(outcome: Float64Array, fit: LeastSquaresFit): Float64Array {
  return outcome.map((value, i) => value - fit.residuals[i]!);
}

/** Share of the outcome's variation that the predictions for the arm each unit was in account for; negative where they do harm. */
export function outcomeRSquared({ outcome, treated }: ModelledUnits, { withTreatment, withoutTreatment }: Nuisance): number {
  const centre = outcome.reduce((sum, value) => sum + value, 0) / outcome.length;
  let left = 0;
  let total = 0;
  for (let i = 0; i < outcome.length; i += 1) {
    const residual = outcome[i]! - (treated[i] === 1 ? withTreatment : withoutTreatment)[i]!;
    left += residual * residual;
    total += (outcome[i]! - centre) * (outcome[i]! - centre);
  }
  return total > 0 ? 1 - left / total : 0;
}
