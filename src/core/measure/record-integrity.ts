import { InputError } from '../contracts/input-error.ts';
import { chiSquareSurvival } from '../numeric/chi-square.ts';
import type { DataTable } from '../numeric/columns.ts';
import type { Diagnostics } from './estimator.ts';
import { readTreatment } from './read-table.ts';

const SUSPICIOUS = 0.01;

export type RecordColumns = {
  readonly outcome: string;
  readonly treatment: string;
  /** 1 for units that really were treated; null where there is no such record. */
  readonly received: string | null;
};

export type RecordFindings = { readonly diagnostics: Diagnostics; readonly warnings: readonly string[] };

/**
 * What the record itself says about how far the comparison holds: the share of each arm whose outcome is missing, with a
 * chi-square test (1 df) that it is the same in both; and the share of each arm that received the treatment. The warnings are
 * about the differences that bias. Says nothing where the columns are not an outcome in numbers and a treatment of 0 and 1.
 * @throws InputError for a `received` column that is not there.
 */
export function describeRecord(table: DataTable, columns: RecordColumns): RecordFindings {
  const outcome = table.columns.get(columns.outcome);
  const treated = treatmentOf(table, columns.treatment);
  if (outcome?.kind !== 'number' || treated === null) return { diagnostics: {}, warnings: [] };
  const arms = [0, 1].map((arm) => {
    const rows = Array.from(treated.keys()).filter((row) => treated[row] === arm);
    return { n: rows.length, missing: rows.filter((row) => !Number.isFinite(outcome.values[row]!)).length };
  }) as [Arm, Arm];
  const attrition = attritionOf(arms);
  const compliance = complianceOf(table, treated, columns.received);
  return {
    diagnostics: { ...attrition.diagnostics, ...compliance.diagnostics },
    warnings: [...attrition.warnings, ...compliance.warnings],
  };
}

/** null where the column says it in other words than 0 and 1 or yes and no. */
function treatmentOf(table: DataTable, name: string): Float64Array | null {
  try {
    return readTreatment(table, name, 'treatment_column');
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

type Arm = { readonly n: number; readonly missing: number };

function attritionOf([control, treated]: readonly [Arm, Arm]): RecordFindings {
  if (control.n === 0 || treated.n === 0 || control.missing + treated.missing === 0) return { diagnostics: {}, warnings: [] };
  const [p1, p0] = [treated.missing / treated.n, control.missing / control.n];
  const pooled = (treated.missing + control.missing) / (treated.n + control.n);
  const variance = pooled * (1 - pooled) * (1 / treated.n + 1 / control.n);
  const pValue = variance > 0 ? chiSquareSurvival(((p1 - p0) * (p1 - p0)) / variance, 1) : 1;
  return {
    diagnostics: { attrition_treated: p1, attrition_control: p0, attrition_p_value: pValue },
    warnings:
      pValue < SUSPICIOUS
        ? [
            `The outcome is missing for ${percent(p1)} of the treated and ${percent(p0)} of the controls: who is left may no longer be comparable.`,
          ]
        : [],
  };
}

function complianceOf(table: DataTable, treated: Float64Array, name: string | null): RecordFindings {
  if (name === null) return { diagnostics: {}, warnings: [] };
  const received = readTreatment(table, name, 'received_column');
  const share = (arm: number): number | null => {
    const rows = Array.from(treated.keys()).filter((row) => treated[row] === arm && !Number.isNaN(received[row]!));
    return rows.length === 0 ? null : rows.filter((row) => received[row] === 1).length / rows.length;
  };
  const [inTreated, inControl] = [share(1), share(0)];
  const isMixed = (inTreated ?? 1) < 1 || (inControl ?? 0) > 0;
  return {
    diagnostics: { compliance_treated: inTreated, compliance_control: inControl },
    warnings: isMixed
      ? [
          `${percent(inTreated ?? 0)} of those assigned to treatment received it, and ${percent(inControl ?? 0)} of the controls did too: the estimate is the effect of being assigned, not of being treated.`,
        ]
      : [],
  };
}

function percent(share: number): string {
  return `${Math.round(1000 * share) / 10}%`;
}
