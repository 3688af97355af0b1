import type { Run } from '../core/contracts/run.ts';
import { toCsv } from './csv.ts';

const columns = [
  'initiative_id',
  'model_type',
  'confidence_score',
  'budget_allocated',
  'sample_size_pilot',
  'sample_size_scale',
  'predicted_return',
  'predicted_lower',
  'predicted_upper',
  'actual_return',
  'actual_lower',
  'actual_upper',
  'prediction_error',
  'inside_pilot_interval',
  'return_on_investment',
  'true_return',
] as const;

/** The outcome reports as CSV, one row per funded initiative; numbers exact. */
export function outcomeCsv(run: Run): string {
  return toCsv(
    columns,
    run.outcome_reports.map((report) => columns.map((column) => cell((report as Readonly<Record<string, unknown>>)[column]))),
  );
}

function cell(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
