import type { TableDiagnosandId, TableDiagnosis } from '../core/study/diagnose-replicates-table.ts';
import { toCsv } from './csv.ts';
import type { ReplicatesDiagnosis } from './replicates-csv.ts';

/** The measures of anyone's replications, a line for each group; numbers exact, what cannot be told an empty cell. */
export function figuresCsv(
  { by, replications, failures, failure_reasons, diagnosands }: ReplicatesDiagnosis,
  columns: readonly string[],
): string {
  const groups: readonly (TableDiagnosis & Readonly<Record<string, unknown>>)[] =
    by ?? (diagnosands === undefined ? [] : [{ replications, failures, failure_reasons, diagnosands }]);
  const ids = Object.keys(groups[0]?.diagnosands ?? {}) as TableDiagnosandId[];
  return toCsv(
    [...columns, 'replications', 'failures', ...ids.flatMap((id) => [id, `${id}_monte_carlo_se`])],
    groups.map((group) => [
      ...columns.map((column) => plain(group[column])),
      group.replications,
      group.failures,
      ...ids.flatMap((id) => [group.diagnosands[id]?.value ?? null, group.diagnosands[id]?.monte_carlo_se ?? null]),
    ]),
  );
}

function plain(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
