import type { ParameterValues, Parameters } from '../contracts/parameter.ts';
import type { DataTable } from '../numeric/columns.ts';
import type { Estimate, EstimatorDefinition } from './estimator.ts';
import { describeRecord } from './record-integrity.ts';

/** The method's answer, with what the record itself says of whose outcomes are missing and who was really treated. */
export function answer(estimator: EstimatorDefinition, table: DataTable, values: ParameterValues<Parameters>): Estimate {
  const estimate = estimator.estimate(table, values);
  const { outcome_column: outcome, treatment_column: treatment, received_column: received } = values;
  if (estimator.shape !== 'cross_section' || typeof outcome !== 'string' || typeof treatment !== 'string') return estimate;
  const record = describeRecord(table, { outcome, treatment, received: typeof received === 'string' ? received : null });
  return {
    ...estimate,
    diagnostics: { ...estimate.diagnostics, ...record.diagnostics },
    warnings: [...estimate.warnings, ...record.warnings],
  };
}
