import type { Issue } from '../core/contracts/input-error.ts';

/** One thing that is wrong with a file, or worth knowing about how it was read. */
export type FileIssue = {
  /** An error keeps the file from being used; a note does not. */
  readonly severity: 'error' | 'note';
  /** Line of the file, from 1; null where it is about a column or the whole file. */
  readonly row: number | null;
  readonly column: string | null;
  readonly message: string;
  readonly value?: string;
};

/** The first of the issues found, errors before notes, and how many there are of each. */
export type FileIssues = { readonly listed: readonly FileIssue[]; readonly errors: number; readonly notes: number };

const MOST_LISTED = 100;
const LONGEST_VALUE = 60;

/** Collects issues: the first hundred of each severity are kept, all are counted. */
export function issueCollector() {
  const kept = { error: [] as FileIssue[], note: [] as FileIssue[] };
  const counts = { error: 0, note: 0 };
  function add(severity: FileIssue['severity'], where: Pick<FileIssue, 'row' | 'column'>, message: string, value?: string): void {
    counts[severity] += 1;
    if (kept[severity].length >= MOST_LISTED) return;
    kept[severity].push({ severity, ...where, message, ...(value === undefined ? {} : { value: shortened(value) }) });
  }
  return {
    error: (where: Partial<Pick<FileIssue, 'row' | 'column'>>, message: string, value?: string) => add('error', at(where), message, value),
    note: (where: Partial<Pick<FileIssue, 'row' | 'column'>>, message: string, value?: string) => add('note', at(where), message, value),
    hasErrors: () => counts.error > 0,
    all: (): FileIssues => ({
      listed: [...kept.error, ...kept.note].slice(0, MOST_LISTED),
      errors: counts.error,
      notes: counts.note,
    }),
  };
}

export type IssueCollector = ReturnType<typeof issueCollector>;

/** The issue as one of an input: the path says where in the file. */
export function asInputIssue({ row, column, message, value }: FileIssue): Issue {
  const place = [row === null ? '' : `row ${row}`, column === null ? '' : `column '${column}'`].filter((part) => part !== '');
  return { path: place.join(', '), message, ...(value === undefined ? {} : { value }) };
}

function at({ row = null, column = null }: Partial<Pick<FileIssue, 'row' | 'column'>>): Pick<FileIssue, 'row' | 'column'> {
  return { row, column };
}

function shortened(value: string): string {
  return value.length <= LONGEST_VALUE ? value : `${value.slice(0, LONGEST_VALUE - 1)}…`;
}
