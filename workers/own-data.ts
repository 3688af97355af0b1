import { InputError, type Issue } from '../src/core/contracts/input-error.ts';
import type { Measurement } from '../src/core/contracts/run.ts';
import { findEstimator } from '../src/core/measure/index.ts';
import { measureTable, type TableQuestion } from '../src/core/measure-table.ts';
import type { DataTable } from '../src/core/numeric/columns.ts';
import type { ColumnSummary } from '../src/interchange/csv-summary.ts';
import type { OwnDataApi } from './own-data-api.ts';

/** Reads files into tables, keeps them, and answers questions about them. What reads CSV is loaded with the first file. */
export function ownDataApi(): OwnDataApi {
  const tables = new Map<number, OpenTable>();
  let nextHandle = 1;

  function opened(handle: number): OpenTable {
    const found = tables.get(handle);
    if (found === undefined) throw new Error(`there is no table ${handle}`);
    return found;
  }

  return {
    async openTable(file, options, onProgress) {
      const { readCsv } = await import('../src/interchange/csv-table.ts');
      let told = 0;
      const step = file.size / 100;
      const onBytes = (read: number) => {
        if (read < told + step && read % file.size !== 0) return;
        told = read;
        const isSecond = read > file.size;
        onProgress({ pass: isSecond ? 2 : 1, bytes: isSecond ? read - file.size : read, total: file.size });
      };
      const reading = await readCsv(file, options, { onBytes });
      if (!reading.ok) return reading;
      const handle = nextHandle;
      nextHandle += 1;
      tables.set(handle, { table: reading.table, columns: reading.summary.columns });
      return { ok: true, handle, summary: reading.summary };
    },
    async measureOwn(handle, question) {
      const { table } = opened(handle);
      return answered(() => ({ ok: true, ...measureTable(table, question), naive: naiveAnswer(table, question) }));
    },
    async diagnoseOwn(handle, question) {
      const { diagnoseTable } = await import('../src/interchange/replicates-csv.ts');
      const { table, columns } = opened(handle);
      return answered(() => ({ ok: true, diagnosis: diagnoseTable(table, columns, question) }));
    },
    async releaseTable(handle) {
      tables.delete(handle);
    },
    async pilotSample(task) {
      const { pilotFile } = await import('../src/interchange/pilot-file.ts');
      return pilotFile(task);
    },
  };
}

type OpenTable = { readonly table: DataTable; readonly columns: readonly ColumnSummary[] };

/** The answer, or what is wrong with the input. */
function answered<A>(answer: () => A): A | { readonly ok: false; readonly issues: readonly Issue[] } {
  try {
    return answer();
  } catch (error) {
    if (error instanceof InputError) return { ok: false, issues: error.issues };
    throw error;
  }
}

/** Treated minus control mean on the same columns, where the rows are units and the method knows who is treated. */
function naiveAnswer(table: DataTable, { initiative_id, method, parameters }: TableQuestion): Measurement['naive'] {
  const estimator = findEstimator(method);
  const needed = ['outcome_column', 'treatment_column'];
  if (estimator?.shape !== 'cross_section' || !needed.every((name) => Object.hasOwn(estimator.parameters, name))) return null;
  const chosen = ['outcome_column', 'treatment_column', 'confidence_level'].filter((name) => parameters[name] !== undefined);
  const same = Object.fromEntries(chosen.map((name) => [name, parameters[name]]));
  try {
    const { result } = measureTable(table, { initiative_id, method: 'naive_difference', parameters: same });
    return result.status === 'ok' ? { estimate: result.effect_estimate, ci_lower: result.ci_lower, ci_upper: result.ci_upper } : null;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
