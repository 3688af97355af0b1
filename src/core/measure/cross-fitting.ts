import { namedStream } from '../random/stream.ts';
import { randomOrder } from '../random/variates.ts';
import { outcomeModel, type ModelledUnits, type Nuisance } from './doubly-robust-models.ts';
import { fitPropensity } from './propensity.ts';

/**
 * Fold of each unit: units of each arm are dealt out in turn, in an order drawn from a stream of fixed name, so that folds
 * hold like shares of both arms and the same table always has the same folds.
 */
export function crossFittingFolds(treated: Uint8Array, folds: number): Int32Array {
  const dealt = [0, 0];
  const foldOf = new Int32Array(treated.length);
  for (const i of dealingOrder(treated.length)) {
    const arm = treated[i]!;
    foldOf[i] = dealt[arm]! % folds;
    dealt[arm] = dealt[arm]! + 1;
  }
  return foldOf;
}

/** The order in which n units are dealt out: the same for every table of n units. */
export function dealingOrder(n: number): number[] {
  const stream = namedStream({ seed: 'cross-fitting', initiative: '', stage: 'pilot', replication: 0, purpose: 'folds' });
  return Array.from(randomOrder(stream, n));
}

/**
 * Scores and outcomes of each unit from models fitted to the other folds, so that no unit takes part in its own prediction.
 * Every fold must leave both arms in the others.
 * Source: Chernozhukov, Chetverikov, Demirer, Duflo, Hansen, Newey and Robins (2018, Econometrics Journal 21).
 */
export function crossFit(units: ModelledUnits, foldOf: Int32Array, folds: number): Nuisance {
  const { outcome, treated, design, width } = units;
  const n = outcome.length;
  const logOdds = new Float64Array(n);
  const withTreatment = new Float64Array(n);
  const withoutTreatment = new Float64Array(n);
  const setAside = new Set<number>();
  let residualDf = Infinity;
  let isSeparated = false;
  for (let fold = 0; fold < folds; fold += 1) {
    const use = Uint8Array.from(foldOf, (own) => (own === fold ? 0 : 1));
    const others = Int32Array.from(use.keys()).filter((i) => use[i] === 1);
    const columns = Array.from({ length: width - 1 }, (_, k) => Float64Array.from(others, (i) => design[(k + 1) * n + i]!));
    const score = fitPropensity(
      Uint8Array.from(others, (i) => treated[i]!),
      { names: columns.map(() => ''), columns },
    );
    const treatedFit = outcomeModel(units, 1, use);
    const controlFit = outcomeModel(units, 0, use);
    for (const fit of [treatedFit, controlFit]) {
      fit.aliased.forEach((column) => setAside.add(column));
      residualDf = Math.min(residualDf, fit.observations - fit.rank);
    }
    isSeparated = isSeparated || score.isSeparated;
    for (let i = 0; i < n; i += 1) {
      if (use[i] === 1) continue;
      let odds = 0;
      for (let k = 0; k < width; k += 1) odds += score.coefficients[k]! * design[k * n + i]!;
      logOdds[i] = odds;
      withTreatment[i] = outcome[i]! - treatedFit.residuals[i]!;
      withoutTreatment[i] = outcome[i]! - controlFit.residuals[i]!;
    }
  }
  return { logOdds, withTreatment, withoutTreatment, setAside, residualDf, leverages: null, isSeparated };
}
