import { parseParameters } from '../../core/contracts/parameter.ts';
import { InputError, inputError } from '../../core/contracts/input-error.ts';
import type { PilotResult } from '../../core/contracts/run.ts';
import { estimatorDescriptions, type EstimatorId } from '../../core/measure/descriptions.ts';
import { dealingOrder } from '../../core/measure/cross-fitting.ts';
import type { TableQuestion } from '../../core/measure-table.ts';
import { plainCell } from '../csv.ts';
import type { CodeColumn, CodeQuestion, CodeRandom } from './code-script.ts';

export type AskedTable = {
  readonly file: string;
  readonly columns: readonly CodeColumn[];
  readonly question: TableQuestion;
  readonly result: PilotResult;
};

/** The question as scripts write it: defaults filled in where there is an answer, and columns by the names they have in the file. @throws InputError */
export function codeQuestion({ file, columns, question, result }: AskedTable): CodeQuestion {
  const { method } = question;
  if (!Object.hasOwn(estimatorDescriptions, method)) throw inputError('method', `there is no method '${method}'`, method);
  const named = columns.map(({ name, kind }) => ({ name: plainCell(name), kind }));
  // Parameters that do not fit are one reason for there being no answer.
  if (result.status === 'degenerate') return { file, question, columns: named, expected: null, reason: result.reason, random: null };
  const { parameters } = estimatorDescriptions[method as EstimatorId];
  const parsed = parseParameters(parameters, question.parameters, '');
  if (!parsed.ok) throw new InputError(parsed.issues);
  const values: Readonly<Record<string, unknown>> = parsed.value;
  const inFile = Object.entries(values).map(([name, value]): [string, unknown] => [name, name === 'formula' ? value : asInFile(value)]);
  return {
    file,
    question: { ...question, parameters: Object.fromEntries(inFile) },
    columns: named,
    expected: answerOf(result),
    reason: null,
    random: randomOf(values, result.n_observations),
  };
}

function answerOf({ effect_estimate, standard_error, ci_lower, ci_upper, p_value }: Extract<PilotResult, { status: 'ok' }>) {
  return { estimate: effect_estimate, standard_error, ci_lower, ci_upper, p_value };
}

/** Texts name columns, units or times, and stand in the file as spreadsheets are to take them. */
function asInFile(value: unknown): unknown {
  if (typeof value === 'string') return plainCell(value);
  return Array.isArray(value) ? value.map(asInFile) : value;
}

function randomOf({ cross_fitting_folds: folds }: Readonly<Record<string, unknown>>, n: number): CodeRandom | null {
  return typeof folds === 'number' && folds > 1 ? { deal_order: dealingOrder(n) } : null;
}
