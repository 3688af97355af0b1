import { adjustedContrast, type AdjustedContrast, type AdjustmentMethod } from './group-time-adjustment.ts';
import { baseOutcomes, type BaseOutcomes, type BasePeriod } from './panel-base.ts';
import type { Cohort, TreatedPanel } from './panel-treatment.ts';

export type GroupTimeOptions = {
  readonly controlGroup: 'never_treated' | 'not_yet_treated';
  readonly basePeriod: BasePeriod;
  /** Periods before treatment in which outcomes may move already. */
  readonly anticipation: number;
  readonly adjustment: AdjustmentMethod;
  /** Scale each arm's part by n / (n - 1) (in variance), so that the variance of a difference in means is unbiased. */
  readonly smallSample: boolean;
};

/** The effect on one cohort at one time, ATT(g, t). */
export type GroupTimeEffect = {
  readonly cohort: Cohort;
  readonly time: number;
  readonly estimate: number;
  readonly nTreated: number;
  readonly nControl: number;
};

/** Cells after the start of treatment without an estimate, and why. */
export type MissingCells = { readonly noControls: number; readonly notSeen: number; readonly noOverlap: number };

type Visit = (effect: GroupTimeEffect, influence: Float64Array) => void;

const FEWEST_CONTROLS = 2;

/**
 * Visits every group-time effect in order of cohort, then time: the cohort's mean change from its base period minus that of units
 * untreated at both times, or the same given covariates of the base period. `influence` holds each unit's contribution to the error
 * (their squares sum to the variance) and is used again for the next effect.
 *
 * The base period is the last one before treatment and its anticipation, unless `basePeriod` says otherwise (see panel-base). Units
 * enter where they were seen at both times.
 * Source: Callaway and Sant'Anna (2021, J. Econometrics 225, 200-230), section 4.
 */
export function eachGroupTimeEffect(panel: TreatedPanel, options: GroupTimeOptions, visit: Visit): MissingCells {
  const influence = new Float64Array(panel.nUnits);
  const missing = { noControls: 0, notSeen: 0, noOverlap: 0 };
  const compareAt = covariateContrasts(panel, options);
  for (const cohort of panel.cohorts) {
    const baseAt = baseOutcomes(panel, options.basePeriod, cohort.start, cohort.start - 1 - options.anticipation);
    for (let time = 0; time < panel.nTimes; time += 1) {
      const isPost = time >= cohort.start;
      const base = baseAt(time);
      if (base === null) continue;
      const untreatedAfter = Math.max(time, base.period) + options.anticipation;
      const poolEnd = options.controlGroup === 'never_treated' ? panel.nNever : untreatedAt(panel, untreatedAfter);
      const units = unitsOfCell(panel, cohort, poolEnd, time, base);
      const nControl = units.length - units.nTreated;
      if (units.nTreated === 0 || nControl < FEWEST_CONTROLS) {
        if (isPost) missing[units.nTreated === 0 ? 'notSeen' : 'noControls'] += 1;
        continue;
      }
      influence.fill(0);
      const estimate =
        panel.covariates.columns.length === 0
          ? meanContrast(panel, units, time, base, options.smallSample, influence)
          : covariateContrast(panel, units, time, base, options.smallSample, compareAt(units, base.period), influence);
      if (estimate === null) {
        if (isPost) missing.noOverlap += 1;
        continue;
      }
      visit({ cohort, time, estimate, nTreated: units.nTreated, nControl }, influence);
    }
  }
  return missing;
}

/** Number of units, all at the head of the order, that are untreated up to this time. */
function untreatedAt(panel: TreatedPanel, time: number): number {
  let end = panel.nNever;
  for (const cohort of panel.cohorts) if (cohort.start > time) end = Math.max(end, cohort.to);
  return end;
}

/** The treated units of the cell first, then its controls. */
type CellUnits = { readonly index: Int32Array; readonly length: number; readonly nTreated: number };

function unitsOfCell(panel: TreatedPanel, { from, to }: Cohort, poolEnd: number, time: number, base: BaseOutcomes): CellUnits {
  const { nUnits, outcome, covariates, isComplete } = panel;
  const isSeen = (u: number) =>
    Number.isFinite(outcome[time * nUnits + u]!) &&
    Number.isFinite(base.values[u]!) &&
    covariates.columns.every((column) => Number.isFinite(column[base.period * nUnits + u]!));
  const everyUnit = isComplete && covariates.columns.length === 0;
  const index = new Int32Array(to - from + poolEnd);
  let length = 0;
  const add = (start: number, end: number) => {
    for (let u = start; u < end; u += 1) {
      if (!everyUnit && !isSeen(u)) continue;
      index[length] = u;
      length += 1;
    }
  };
  add(from, to);
  const nTreated = length;
  add(0, Math.min(from, poolEnd));
  add(to, poolEnd);
  return { index, length, nTreated };
}

function meanContrast(
  panel: TreatedPanel,
  units: CellUnits,
  time: number,
  base: BaseOutcomes,
  smallSample: boolean,
  influence: Float64Array,
): number {
  const treated = meanChange(panel, units, 0, units.nTreated, time, base, smallSample, 1, influence);
  const control = meanChange(panel, units, units.nTreated, units.length, time, base, smallSample, -1, influence);
  return treated - control;
}

function meanChange(
  { nUnits, outcome }: TreatedPanel,
  { index }: CellUnits,
  from: number,
  to: number,
  time: number,
  base: BaseOutcomes,
  smallSample: boolean,
  sign: 1 | -1,
  influence: Float64Array,
): number {
  const n = to - from;
  let sum = 0;
  for (let k = from; k < to; k += 1) sum += outcome[time * nUnits + index[k]!]! - base.values[index[k]!]!;
  const mean = sum / n;
  const scale = (sign / n) * (smallSample ? armScale(n, 1) : 1);
  for (let k = from; k < to; k += 1) {
    const u = index[k]!;
    influence[u] = scale * (outcome[time * nUnits + u]! - base.values[u]! - mean);
  }
  return mean;
}

type Compare = ReturnType<typeof adjustedContrast>;

/** Contrasts given covariates at a base period; the last one is kept, as a cohort's cells mostly have the same units and base. */
function covariateContrasts({ nUnits, covariates }: TreatedPanel, { adjustment }: GroupTimeOptions) {
  let last: { readonly base: number; readonly index: Int32Array; readonly nTreated: number; readonly compare: Compare } | null = null;
  return (units: CellUnits, base: number): Compare => {
    const index = units.index.subarray(0, units.length);
    const { nTreated } = units;
    if (last?.base === base && last.nTreated === nTreated && isSame(last.index, index)) return last.compare;
    const compare = adjustedContrast(
      {
        treated: Uint8Array.from(index, (_, k) => (k < nTreated ? 1 : 0)),
        names: covariates.names,
        covariates: covariates.columns.map((column) => Float64Array.from(index, (u) => column[base * nUnits + u]!)),
      },
      adjustment,
    );
    last = { base, index, nTreated, compare };
    return compare;
  };
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}

function covariateContrast(
  { nUnits, outcome }: TreatedPanel,
  units: CellUnits,
  time: number,
  base: BaseOutcomes,
  smallSample: boolean,
  compare: Compare,
  influence: Float64Array,
): number | null {
  if (compare === null) return null;
  const index = units.index.subarray(0, units.length);
  const contrast: AdjustedContrast = compare(Float64Array.from(index, (u) => outcome[time * nUnits + u]! - base.values[u]!));
  const treatedScale = smallSample ? armScale(units.nTreated, 1) : 1;
  const controlScale = smallSample ? armScale(units.length - units.nTreated, contrast.rank) : 1;
  index.forEach((u, k) => (influence[u] = contrast.influence[k]! * (k < units.nTreated ? treatedScale : controlScale)));
  return contrast.estimate;
}

/** A single unit shows no variation of its own to scale up. */
export function armScale(n: number, parameters: number): number {
  return n > parameters ? Math.sqrt(n / (n - parameters)) : 1;
}
