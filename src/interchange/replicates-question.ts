import { InputError, type Issue } from '../core/contracts/input-error.ts';
import type { DataTable } from '../core/numeric/columns.ts';
import type { ReplicateColumns } from '../core/study/replicates-table.ts';
import type { ColumnSummary } from './csv-summary.ts';
import { replicateParts, type PartColumns, type ReplicatePart } from './replicates-columns.ts';
import { checkNumbers, numberReader } from './replicates-numbers.ts';

/** What is asked of a file of replications. */
export type ReplicatesQuestion = {
  /** A column for a part, null for none; a part that is left out is guessed by the names of the columns. */
  readonly columns: Partial<PartColumns>;
  /** The true value; null where it is in the column of that part. */
  readonly truth: number | null;
  /** Of the intervals; tests are at 1 minus it. */
  readonly level: number;
  /** Degrees of freedom of the test of estimate over standard error; null for the normal distribution. */
  readonly power_df: number | null;
  /** Columns that tell methods and settings apart. */
  readonly by: readonly string[];
};

/** How each part is asked for on the command line. */
export const partOptions: Readonly<Record<ReplicatePart, string>> = {
  estimate: '--estimate',
  standard_error: '--se',
  ci_lower: '--lower',
  ci_upper: '--upper',
  df: '--df',
  p_value: '--p',
  truth: '--true',
};

/** The columns as numbers. @throws InputError with everything that is wrong with the question or the figures */
export function readNumbers(
  table: DataTable,
  summaries: readonly ColumnSummary[],
  columns: PartColumns,
  question: ReplicatesQuestion,
): ReplicateColumns {
  const issues: Issue[] = [...questionIssues(table, columns, question)];
  const read = numberReader(table, summaries, issues);
  const values = Object.fromEntries(
    replicateParts.map((part) => [part, columns[part] === null ? null : read(columns[part], partOptions[part])]),
  ) as Record<ReplicatePart, Float64Array | null>;
  checkNumbers(values, columns, issues);
  if (issues.length > 0) throw new InputError(issues);
  const { estimate, standard_error, ci_lower: lower, ci_upper: upper, df, p_value, truth } = values;
  return {
    estimate: estimate as Float64Array,
    standard_error,
    interval: lower === null || upper === null ? null : { lower, upper },
    df: lower === null ? df : null,
    p_value,
    truth: question.truth ?? (truth as Float64Array),
  };
}

function* questionIssues(table: DataTable, columns: PartColumns, { truth, level, power_df, by }: ReplicatesQuestion): Iterable<Issue> {
  const there = `the file has ${[...table.columns.keys()].join(', ')}`;
  if (columns.estimate === null)
    yield { path: '--estimate', message: `no column goes by a name that estimates usually have; ${there}: say which one` };
  if (columns.truth === null && truth === null)
    yield { path: '--true', message: 'the true value is missing: give a number, or the name of the column that holds it' };
  if (truth !== null && !Number.isFinite(truth)) yield { path: '--true', message: 'must be a finite number', value: truth };
  if ((columns.ci_lower === null) !== (columns.ci_upper === null))
    yield {
      path: columns.ci_lower === null ? '--lower' : '--upper',
      message: 'an interval needs both ends: name the column of the other one too',
    };
  if (columns.ci_lower !== null && columns.df !== null)
    yield {
      path: '--df',
      message: 'intervals come either from columns of their own or from degrees of freedom: leave one of them out',
      value: columns.df,
    };
  if (!(level > 0 && level < 1)) yield { path: '--level', message: 'must be between 0 and 1, such as 0.95', value: level };
  if (power_df !== null && !(power_df > 0)) yield { path: '--power-df', message: 'must be above 0', value: power_df };
  for (const name of by)
    if (['replications', 'failures', 'failure_reasons', 'diagnosands'].includes(name))
      yield {
        path: '--by',
        message: `a column called '${name}' cannot be told from a figure of that name in the answer: rename it`,
        value: name,
      };
}
