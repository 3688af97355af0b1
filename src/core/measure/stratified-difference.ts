import { mean, variance } from '../numeric/moments.ts';
import type { Estimand } from '../contracts/shared-types.ts';
import type { UnitRows } from './read-table.ts';
import type { Strata } from './strata.ts';

type Arm = { readonly n: number; readonly mean: number; readonly variance: number };
export type Stratum = { readonly label: string; readonly treated: Arm; readonly control: Arm };

export type StratifiedDifference = {
  readonly estimate: number;
  readonly standardError: number;
  /** Satterthwaite's degrees of freedom. */
  readonly df: number;
  /** Arms of a stratum with a single unit, which borrowed the arm's pooled variance. */
  readonly singles: number;
};

const arms = ['treated', 'control'] as const;

/** Both arms of every stratum; mean and variance are 0 where they do not exist. */
export function summariseStrata(units: UnitRows, strata: Strata): Stratum[] {
  return strata.labels.map((label, stratum) => {
    const arm = (treated: number): Arm => {
      const outcomes = units.outcome.filter((_, i) => strata.stratumOf[i] === stratum && units.treated[i] === treated);
      return { n: outcomes.length, mean: outcomes.length > 0 ? mean(outcomes) : 0, variance: outcomes.length > 1 ? variance(outcomes) : 0 };
    };
    return { label, treated: arm(1), control: arm(0) };
  });
}

/** Share of each stratum in the estimate; 0 where it lacks an arm. */
export function estimandWeights(rows: readonly Stratum[], estimand: Estimand): number[] {
  const sizes = rows.map(({ treated, control }) => {
    if (treated.n === 0 || control.n === 0) return 0;
    return estimand === 'att' ? treated.n : estimand === 'atc' ? control.n : treated.n + control.n;
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => (total > 0 ? size / total : 0));
}

/**
 * Weighted mean of the strata's differences and its standard error, sqrt(sum w^2 (s1^2 / n1 + s0^2 / n0)). An arm with a
 * single unit in a stratum has no variance of its own and is given the arm's pooled within-stratum variance. Null where an
 * arm has no stratum with two units.
 */
export function stratifiedDifference(rows: readonly Stratum[], weights: readonly number[]): StratifiedDifference | null {
  const pooled = { treated: pooledVariance(rows, weights, 'treated'), control: pooledVariance(rows, weights, 'control') };
  if (arms.some((arm) => pooled[arm].df === 0)) return null;
  const terms = rows.flatMap((row, s) => (weights[s]! > 0 ? varianceTerms(row, weights[s]!, pooled) : []));
  return {
    estimate: rows.reduce((sum, row, s) => sum + weights[s]! * (row.treated.mean - row.control.mean), 0),
    standardError: Math.sqrt(terms.reduce((sum, term) => sum + term.variance, 0)),
    df: satterthwaite(terms),
    singles: terms.filter((term) => term.isSingle).length,
  };
}

type Pooled = { readonly variance: number; readonly df: number };

function pooledVariance(rows: readonly Stratum[], weights: readonly number[], arm: 'treated' | 'control'): Pooled {
  let squares = 0;
  let df = 0;
  rows.forEach((row, s) => {
    if (weights[s] === 0 || row[arm].n < 2) return;
    squares += (row[arm].n - 1) * row[arm].variance;
    df += row[arm].n - 1;
  });
  return { variance: df > 0 ? squares / df : 0, df };
}

type VarianceTerm = { readonly variance: number; readonly df: number; readonly isSingle: boolean };

function varianceTerms(row: Stratum, weight: number, pooled: { treated: Pooled; control: Pooled }): VarianceTerm[] {
  return arms.map((arm) => {
    const isSingle = row[arm].n < 2;
    const unit = isSingle ? pooled[arm].variance : row[arm].variance;
    return { variance: (weight * weight * unit) / row[arm].n, df: isSingle ? pooled[arm].df : row[arm].n - 1, isSingle };
  });
}

function satterthwaite(terms: readonly VarianceTerm[]): number {
  const total = terms.reduce((sum, term) => sum + term.variance, 0);
  const spread = terms.reduce((sum, term) => sum + ((term.variance / total) * (term.variance / total)) / term.df, 0);
  return 1 / spread;
}
