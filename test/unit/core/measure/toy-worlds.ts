import { parseParameters } from '../../../../src/core/contracts/parameter.ts';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { Parameters } from '../../../../src/core/contracts/parameter.ts';
import type { Estimate, EstimatorDefinition, FittedEstimate } from '../../../../src/core/measure/estimator.ts';
import { categoryColumn, numberColumn, type Column, type DataTable } from '../../../../src/core/numeric/columns.ts';

/** Park and Miller's generator, made normal by the sum of twelve: enough for toy worlds, the same on every machine. */
export function randomSource(seed: number) {
  let state = (seed * 48271 + 11) % 2147483647 || 1;
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let i = 0; i < 10; i += 1) uniform();
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; i += 1) sum += uniform();
    return sum;
  };
  return { uniform, normal };
}

export function tableOf(columns: Readonly<Record<string, readonly number[] | Float64Array | readonly (string | null)[]>>): DataTable {
  const entries = Object.entries(columns).map(([name, values]): [string, Column] => {
    const isText = Array.isArray(values) && values.some((value) => typeof value === 'string' || value === null);
    return [
      name,
      isText ? categoryColumn(values as readonly (string | null)[]) : numberColumn(Float64Array.from(values as ArrayLike<number>)),
    ];
  });
  return { rowCount: Object.values(columns)[0]?.length ?? 0, columns: new Map(entries) };
}

/** The table with its rows in another order. */
export function permuteRows(table: DataTable, seed: number): DataTable {
  const { uniform } = randomSource(seed);
  const order = Array.from({ length: table.rowCount }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const columns = [...table.columns].map(([name, column]): [string, Column] => [
    name,
    column.kind === 'number'
      ? numberColumn(Float64Array.from(order, (row) => column.values[row]!))
      : { ...column, codes: Int32Array.from(order, (row) => column.codes[row]!) },
  ]);
  return { rowCount: table.rowCount, columns: new Map(columns) };
}

export function mapColumn(table: DataTable, name: string, change: (value: number, row: number) => number): DataTable {
  const column = table.columns.get(name);
  if (column?.kind !== 'number') throw new Error(`no numbers in ${name}`);
  return { rowCount: table.rowCount, columns: new Map([...table.columns, [name, numberColumn(column.values.map(change))]]) };
}

/** Runs an estimator the way the page does: parameters parsed, defaults filled in. */
export function run<Id extends string, Ps extends Parameters>(
  definition: EstimatorDefinition<Id, Ps>,
  table: DataTable,
  given: Readonly<Record<string, unknown>>,
): Estimate {
  const parsed = parseParameters(definition.parameters, given, '');
  if (!parsed.ok) throw new InputError(parsed.issues);
  return definition.estimate(table, parsed.value);
}

export function runFitted<Id extends string, Ps extends Parameters>(
  definition: EstimatorDefinition<Id, Ps>,
  table: DataTable,
  given: Readonly<Record<string, unknown>>,
): FittedEstimate {
  const estimate = run(definition, table, given);
  if (estimate.status !== 'ok') throw new Error(estimate.reason);
  return estimate;
}

/** Why there is no estimate; empty where there is one. */
export function reasonOf(estimate: Estimate): string {
  return estimate.status === 'degenerate' ? estimate.reason : '';
}

export function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Object.values(value).every(isFiniteThroughout);
}

export type Replicate = { readonly estimate: number; readonly ci_lower: number; readonly ci_upper: number; readonly truth: number };

/** Bias, coverage and spread over replications, each with its Monte Carlo standard error. */
export function performance(replicates: readonly Replicate[]) {
  const r = replicates.length;
  const errors = replicates.map(({ estimate, truth }) => estimate - truth);
  const bias = errors.reduce((sum, error) => sum + error, 0) / r;
  const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - bias) ** 2, 0) / (r - 1));
  const coverage = replicates.filter(({ ci_lower, ci_upper, truth }) => ci_lower <= truth && truth <= ci_upper).length / r;
  return { bias, biasError: spread / Math.sqrt(r), coverage, coverageError: Math.sqrt((coverage * (1 - coverage)) / r), spread };
}
