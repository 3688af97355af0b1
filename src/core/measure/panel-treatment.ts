import { inputError } from '../contracts/input-error.ts';
import { labelAt, requireColumn, type DataTable } from '../numeric/columns.ts';
import type { DegenerateEstimate } from './estimator.ts';
import { readPanelCovariates, type PanelCovariates } from './panel-covariates.ts';
import { readPanel, type Panel } from './read-panel.ts';
import { readTreatment } from './read-table.ts';
import { degenerate } from './tidy-row.ts';
import { readTime } from './time-axis.ts';

export type PanelTreatmentChoice = {
  readonly outcome_column: string;
  readonly unit_column: string;
  readonly time_column: string;
  readonly treatment_column: string;
  readonly treatment_time: string | null;
  readonly cluster_column: string | null;
  readonly adjustment_columns: readonly string[];
  readonly anticipation: number;
};

/** Units that start together: `from` ... `to - 1` in the order of the panel's units. */
export type Cohort = { readonly start: number; readonly from: number; readonly to: number };

/**
 * A panel in which treatment starts once and lasts. Units are ordered so that those untreated at any time come first: the never
 * treated, then cohorts from the latest start to the earliest. Entry (unit u, time t) of a column is at t * nUnits + u.
 */
export type TreatedPanel = {
  readonly times: readonly string[];
  readonly nTimes: number;
  readonly nUnits: number;
  /** NaN where there is none. */
  readonly outcome: Float64Array;
  readonly nObserved: number;
  readonly isComplete: boolean;
  /** Index of the first treated time of each unit; -1 for never. */
  readonly start: Int32Array;
  readonly nNever: number;
  /** By start, ascending. */
  readonly cohorts: readonly Cohort[];
  /** Cluster code 0 ... nClusters - 1 of each unit; its own where no cluster column is named. */
  readonly clusters: Int32Array;
  readonly nClusters: number;
  readonly hasClusters: boolean;
  readonly covariates: PanelCovariates;
  readonly warnings: readonly string[];
};

/**
 * Reads outcome, treatment start, clusters and covariates; leaves out units that say nothing about a change, and says so.
 * @throws InputError for columns or a treatment time that do not fit.
 */
export function readTreatedPanel(table: DataTable, choice: PanelTreatmentChoice): TreatedPanel | DegenerateEstimate {
  const panel = readPanel(table, choice);
  const nothing = (reason: string): DegenerateEstimate =>
    degenerate({ estimand: 'att', n_observations: table.rowCount, n_treated: 0, n_control: 0, diagnostics: {}, warnings: [] }, reason);
  const clusterOf = readClusters(table, panel, choice.cluster_column);
  const covariatesAt = readPanelCovariates(table, choice);
  const starts = readStarts(table, panel, choice);
  if (typeof starts === 'string') return nothing(starts);
  const warnings = [...starts.warnings];
  const kept = unitsThatCount(panel, starts.start, clusterOf, choice.anticipation, warnings);
  if (kept.length === 0) return nothing(nothingLeft(panel, starts.start));

  const timeIndices = panel.times.map((_, t) => t).filter((t) => kept.some((u) => Number.isFinite(panel.series[u]![t])));
  const startOf = (u: number): number => {
    const own = starts.start[u]!;
    const index = timeIndices.filter((t) => t < own).length;
    return own < 0 || index === timeIndices.length ? -1 : index;
  };
  const newStart = new Map(kept.map((u) => [u, startOf(u)]));
  const rank = (u: number) => (newStart.get(u)! < 0 ? timeIndices.length : newStart.get(u)!);
  const order = [...kept].sort((a, b) => rank(b) - rank(a) || a - b);
  const nUnits = order.length;
  const nTimes = timeIndices.length;
  const outcome = new Float64Array(nUnits * nTimes);
  timeIndices.forEach((t, k) => {
    for (let u = 0; u < nUnits; u += 1) outcome[k * nUnits + u] = panel.series[order[u]!]![t]!;
  });
  const nObserved = outcome.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);
  const start = Int32Array.from(order, (u) => newStart.get(u)!);
  const rowAt = (u: number, k: number) => panel.rowAt[order[u]!]![timeIndices[k]!]!;
  const covariates = covariatesAt(nUnits, nTimes, rowAt);
  const { clusters, nClusters } = codesInOrder(order.map((u) => clusterOf?.[u] ?? u));
  if (nObserved < nUnits * nTimes) {
    warnings.push(
      `The panel is incomplete: ${nUnits * nTimes - nObserved} of ${nUnits * nTimes} outcomes are missing; each comparison uses the units seen at both of its times.`,
    );
  }
  return {
    times: timeIndices.map((t) => panel.times[t]!),
    nTimes,
    nUnits,
    outcome,
    nObserved,
    isComplete: nObserved === nUnits * nTimes,
    start,
    nNever: start.filter((value) => value < 0).length,
    cohorts: cohortsOf(start),
    clusters,
    nClusters,
    hasClusters: clusterOf !== null,
    covariates,
    warnings: [...warnings, ...covariates.warnings],
  };
}

type Starts = { readonly start: Int32Array; readonly warnings: readonly string[] };

/** The index of each unit's first treated time; a reason where the data do not allow one. */
function readStarts(table: DataTable, panel: Panel, choice: PanelTreatmentChoice): Starts | string {
  const treated = readTreatment(table, choice.treatment_column, 'treatment_column');
  const start = panel.firstTreated!.slice();
  let unmarked = 0;
  let varies = false;
  for (let u = 0; u < panel.units.length; u += 1) {
    for (let t = 0; t < panel.times.length; t += 1) {
      const row = panel.rowAt[u]![t]!;
      if (row < 0) continue;
      if (Number.isNaN(treated[row])) unmarked += 1;
      if (treated[row] !== 0 || start[u]! < 0) continue;
      if (t > start[u]!) {
        return `Unit '${panel.units[u]!}' is treated from ${panel.times[start[u]!]!} and no longer at ${panel.times[t]!}: treatment must last once it has begun, for effects that add up over time cannot be told apart otherwise.`;
      }
      varies = true;
    }
  }
  if (!start.some((value) => value >= 0)) return `Nobody is treated: column '${choice.treatment_column}' holds no 1.`;
  const warnings =
    unmarked === 0 ? [] : [`${unmarked} rows do not say whether the unit is treated; that was read from the unit's other rows.`];
  if (varies || choice.treatment_time === null) return { start, warnings };
  // The column says who, and not when.
  const from = readTime(choice.treatment_time, panel.timeColumn, 'treatment_time');
  const index = panel.timeValues.filter((value) => value < from).length;
  return { start: start.map((value) => (value < 0 ? -1 : index)), warnings };
}

/** Units with an outcome, a cluster and, where they are treated, an outcome from before. */
function unitsThatCount(
  panel: Panel,
  start: Int32Array,
  clusterOf: readonly (string | null)[] | null,
  anticipation: number,
  warnings: string[],
): number[] {
  const left = { empty: 0, cluster: 0, always: 0, noPre: 0 };
  const kept: number[] = [];
  panel.series.forEach((series, u) => {
    const first = series.findIndex((value) => Number.isFinite(value));
    if (first < 0) left.empty += 1;
    else if (clusterOf !== null && clusterOf[u] === null) left.cluster += 1;
    else if (start[u]! >= 0 && first >= start[u]!) left.always += 1;
    else if (start[u]! >= 0 && first >= start[u]! - anticipation) left.noPre += 1;
    else kept.push(u);
  });
  if (left.empty > 0) warnings.push(`${left.empty} units have no outcome at any time and were left out.`);
  if (left.cluster > 0) warnings.push(`${left.cluster} units belong to no cluster and were left out.`);
  if (left.always > 0) {
    warnings.push(`${left.always} units are treated whenever they were seen: they show no change and no control, and were left out.`);
  }
  if (left.noPre > 0) {
    warnings.push(`${left.noPre} treated units were not seen before the anticipation of their treatment began and were left out.`);
  }
  return kept;
}

function nothingLeft(panel: Panel, start: Int32Array): string {
  if (!panel.series.some((series) => series.some(Number.isFinite))) return 'No row has a unit, a time and an outcome.';
  if (start.every((value) => value >= 0)) {
    return 'Every unit is treated at all the times it was seen, so there is no period before to compare with. If the treatment column says who is treated and not when, set treatment_time.';
  }
  return 'No unit can be used: none has an outcome both before its treatment and at another time.';
}

function readClusters(table: DataTable, panel: Panel, name: string | null): (string | null)[] | null {
  if (name === null) return null;
  const column = requireColumn(table, name, 'cluster_column');
  return panel.units.map((unit, u) => {
    let own: string | null = null;
    for (const row of panel.rowAt[u]!) {
      const label = row < 0 ? null : labelAt(column, row);
      if (label === null) continue;
      if (own !== null && own !== label) {
        throw inputError(
          'cluster_column',
          `unit '${unit}' is in cluster '${own}' and in '${label}'; units must stay in theirs, for errors are tied within units`,
          name,
        );
      }
      own = label;
    }
    return own;
  });
}

function codesInOrder(labels: readonly (string | number)[]): { clusters: Int32Array; nClusters: number } {
  const codeOf = new Map<string | number, number>();
  const clusters = Int32Array.from(labels, (label) => {
    const code = codeOf.get(label) ?? codeOf.size;
    codeOf.set(label, code);
    return code;
  });
  return { clusters, nClusters: codeOf.size };
}

function cohortsOf(start: Int32Array): Cohort[] {
  const cohorts: Cohort[] = [];
  for (let from = 0; from < start.length;) {
    let to = from + 1;
    while (to < start.length && start[to] === start[from]) to += 1;
    if (start[from]! >= 0) cohorts.unshift({ start: start[from]!, from, to });
    from = to;
  }
  return cohorts;
}
