import type { Run } from '../core/contracts/run.ts';
import { correctionIds, type CorrectedPredictions } from '../core/scale/corrected-predictions.ts';
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

const corrections = correctionIds.filter((id) => id !== 'none');

/** The outcome reports as CSV, one row per funded initiative; numbers exact. `nearest_prediction` has ids of corrections. */
export function outcomeCsv(run: Run, predictions: CorrectedPredictions | null = null): string {
  return toCsv(
    [...columns, ...corrections.map((id) => `predicted_${id}`), 'nearest_prediction'],
    run.outcome_reports.map((report) => {
      const corrected = predictions?.initiatives.find(({ initiative_id: id }) => id === report.initiative_id);
      return [
        ...columns.map((column) => cell((report as Readonly<Record<string, unknown>>)[column])),
        ...corrections.map((id) => corrected?.predicted[id] ?? null),
        corrected?.closest.join(' ') ?? null,
      ];
    }),
  );
}

function cell(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
