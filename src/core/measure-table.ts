import { checkContract } from './contracts/check-contract.ts';
import { InputError, inputError } from './contracts/input-error.ts';
import { measureResultSchema } from './contracts/measure-result.ts';
import { parseParameters } from './contracts/parameter.ts';
import type { MeasuredInitiative, PilotResult } from './contracts/run.ts';
import { answer } from './measure/answer.ts';
import type { MethodPicture } from './measure/method-picture.ts';
import { findEstimator } from './measure/index.ts';
import type { DataTable } from './numeric/columns.ts';

/** What is asked of a table that somebody brought. */
export type TableQuestion = {
  /** The name the result goes by. */
  readonly initiative_id: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
};

export type MeasuredTable = { readonly result: PilotResult; readonly picture: MethodPicture | null };

/** The contract's least sample. */
const LEAST_SAMPLE = 30;

/**
 * MEASURE on a table of one's own: the answer of one method, as for a simulated pilot; `sample_size` is the rows used.
 * @throws InputError whose paths begin with `path`, where a parameter cannot be used or does not fit the table.
 */
export function measureTable(table: DataTable, { initiative_id, method, parameters }: TableQuestion, path = ''): MeasuredTable {
  const estimator = findEstimator(method);
  if (estimator === undefined) throw inputError('method', `there is no method '${method}'`, method);
  const parsed = parseParameters(estimator.parameters, parameters, path);
  if (!parsed.ok) throw new InputError(parsed.issues);
  const estimate = below(path, () => answer(estimator, table, parsed.value));
  const head = { initiative_id, model_type: estimator.model_type, method, sample_size: estimate.n_observations };
  if (estimate.status === 'degenerate') return { result: { ...head, ...estimate }, picture: null };
  const { estimate: effect, picture, ...rest } = estimate;
  const result = { ...head, effect_estimate: effect, ...rest };
  if (result.sample_size >= LEAST_SAMPLE)
    return { result: checkContract('MeasureResult', measureResultSchema, result) as MeasuredInitiative, picture };
  const few = `${result.sample_size} rows: fewer than the ${LEAST_SAMPLE} a MeasureResult needs, so the loop would not take this result`;
  return { result: { ...result, warnings: [...result.warnings, few] }, picture };
}

/** An estimator names the parameter at fault; the caller may keep its parameters deeper down. */
function below<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError) || path === '') throw error;
    throw new InputError(error.issues.map((issue) => ({ ...issue, path: issue.path === '' ? path : `${path}.${issue.path}` })));
  }
}
