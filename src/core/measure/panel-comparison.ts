import { inputError } from '../contracts/input-error.ts';
import type { DataTable } from '../numeric/columns.ts';
import type { DegenerateEstimate } from './estimator.ts';
import { readPanel, type Panel, type PanelColumns } from './read-panel.ts';
import { degenerate } from './tidy-row.ts';
import { readTime } from './time-axis.ts';

/** The treated unit's series beside those of its donors, at times when all of them were seen. */
export type Comparison = {
  readonly times: readonly string[];
  readonly treatmentIndex: number;
  readonly treatedUnit: string;
  readonly treated: Float64Array;
  readonly donorNames: readonly string[];
  readonly donors: readonly Float64Array[];
  readonly warnings: readonly string[];
};

export type TreatmentChoice = PanelColumns & { readonly treated_unit: string | null; readonly treatment_time: string | null };

/**
 * Who was treated and when, and who can be compared with it: the units that are never treated and were seen whenever the
 * treated one was. A result, not an error, where the data mark nobody as treated.
 * @throws InputError where the parameters do not say who or when, or name a unit that is not there.
 */
export function comparePanel(table: DataTable, values: TreatmentChoice): Comparison | DegenerateEstimate {
  const panel = readPanel(table, values);
  const nothing = (reason: string): DegenerateEstimate =>
    degenerate({ estimand: 'att', n_observations: table.rowCount, n_treated: 0, n_control: 0, diagnostics: {}, warnings: [] }, reason);
  const marked = panel.firstTreated === null ? null : panel.units.filter((_, u) => panel.firstTreated![u]! >= 0);
  if (marked !== null && marked.length === 0) return nothing(`Column '${values.treatment_column ?? ''}' marks no unit as treated.`);
  const treatedUnit = values.treated_unit ?? onlyMarked(marked);
  const unit = panel.units.indexOf(treatedUnit);
  if (unit < 0) throw inputError('treated_unit', `there is no unit '${treatedUnit}'; the data has ${someOf(panel.units)}`, treatedUnit);
  if (marked !== null && !marked.includes(treatedUnit)) {
    return nothing(`Column '${values.treatment_column ?? ''}' marks ${someOf(marked)} as treated, and not '${treatedUnit}'.`);
  }
  const start = firstTreatedTime(panel, unit, values);

  const seen = panel.times.map((_, t) => t).filter((t) => !Number.isNaN(panel.series[unit]![t]));
  const isWhole = (u: number) => seen.every((t) => !Number.isNaN(panel.series[u]![t]));
  const others = panel.units.map((_, u) => u).filter((u) => u !== unit);
  const untreated = others.filter((u) => panel.firstTreated === null || panel.firstTreated[u]! < 0);
  const donors = untreated.filter(isWhole);
  const warnings: string[] = [];
  if (seen.length < panel.times.length) {
    warnings.push(
      `The treated unit has no value at ${panel.times.length - seen.length} of ${panel.times.length} times; these were left out.`,
    );
  }
  if (untreated.length < others.length) {
    warnings.push(`${others.length - untreated.length} other units are treated too and were not used as donors.`);
  }
  if (donors.length < untreated.length) {
    warnings.push(`${untreated.length - donors.length} of ${untreated.length} donors have gaps in their series and were left out.`);
  }
  const take = (u: number) => Float64Array.from(seen, (t) => panel.series[u]![t]!);
  const treatmentIndex = seen.filter((t) => panel.timeValues[t]! < start).length;
  return {
    times: seen.map((t) => panel.times[t]!),
    treatmentIndex,
    treatedUnit,
    treated: take(unit),
    donorNames: donors.map((u) => panel.units[u]!),
    donors: donors.map(take),
    warnings,
  };
}

function onlyMarked(marked: readonly string[] | null): string {
  if (marked === null) throw inputError('treated_unit', 'say which unit was treated, or name a treatment column that marks it', null);
  if (marked.length > 1) {
    throw inputError('treated_unit', `${marked.length} units are treated (${someOf(marked)}); say which one to measure`, null);
  }
  return marked[0]!;
}

function firstTreatedTime(panel: Panel, unit: number, values: TreatmentChoice): number {
  if (values.treatment_time !== null) return readTime(values.treatment_time, panel.timeColumn, 'treatment_time');
  if (panel.firstTreated === null) {
    throw inputError('treatment_time', 'say when the treatment began, or name a treatment column that marks it', null);
  }
  return panel.timeValues[panel.firstTreated[unit]!]!;
}

function someOf(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}
