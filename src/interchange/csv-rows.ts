import { detectDelimiter, type Delimiter } from './csv-delimiter.ts';
import { readHeader, type HeaderName } from './csv-header.ts';
import type { IssueCollector } from './csv-issues.ts';
import { csvLimits, inThousands } from './csv-limits.ts';
import { recordReader } from './csv-records.ts';

/** Takes the text of a file, piece by piece. */
export type TextSink = { readonly push: (piece: string, isLast: boolean) => void; readonly isStopped: () => boolean };

/** What is known of a file when all its rows have been seen. */
export type ReadRows = { readonly delimiter: Delimiter; readonly header: readonly HeaderName[]; readonly rowCount: number };

type OnRow = (cells: readonly string[], line: number) => void;

const SAMPLE = 65_536;

/** Hands over the rows of a file that are rows of its table; what is wrong with the others goes to `issues`. */
export function rowReader(
  issues: IssueCollector,
  on: { readonly header: (header: readonly HeaderName[]) => void; readonly row: OnRow },
): TextSink & { readonly end: () => ReadRows } {
  let sample: string | null = '';
  let delimiter = detectDelimiter('');
  let header: readonly HeaderName[] | null = null;
  let rowCount = 0;
  let emptyRows = 0;
  let stopped = false;
  const stop = () => (stopped = true);

  function record(fields: readonly string[], line: number, isDamaged: boolean): void {
    if (fields.every((field) => field.trim() === '')) {
      if (fields.length > 1) emptyRows += 1;
      return;
    }
    if (isDamaged) reportDamage(fields, line, header, issues);
    if (header === null) {
      header = readHeader(fields, line, issues);
      if (header.length === 0) stop();
      on.header(header);
      return;
    }
    if (
      fields.length !== header.length &&
      !(fields.length > header.length && fields.slice(header.length).every((field) => field.trim() === ''))
    ) {
      issues.error({ row: line }, `has ${fields.length} fields where the header has ${header.length}`, fields.join(delimiter.delimiter));
      return;
    }
    if (rowCount >= csvLimits.rows || (rowCount + 1) * header.length > csvLimits.cells) {
      issues.error({ row: line }, tooManyWords(header.length));
      return void stop();
    }
    rowCount += 1;
    on.row(trimmed(fields, header, line, issues), line);
  }

  const handler = {
    record,
    quoteProblem: (line: number, message: string) => issues.error({ row: line }, message),
    fatal: (line: number, message: string) => (issues.error({ row: line }, message), void stop()),
    isStopped: () => stopped,
  };
  let reader: ReturnType<typeof recordReader> | null = null;

  return {
    isStopped: () => stopped,
    push(piece: string, isLast: boolean): void {
      if (sample === null) return reader?.push(piece, isLast);
      sample += piece;
      if (sample.length < SAMPLE && !isLast) return;
      const text = sample.startsWith('\ufeff') ? sample.slice(1) : sample;
      sample = null;
      delimiter = detectDelimiter(text);
      reader = recordReader(delimiter.delimiter, handler);
      reader.push(text, isLast);
    },
    end(): ReadRows {
      if (header === null && !issues.hasErrors()) issues.error({}, 'the file is empty; a header row and data rows are needed');
      else if (rowCount === 0 && !issues.hasErrors()) issues.error({}, 'the file has a header and no rows of data below it');
      if (header?.length === 1)
        issues.note({}, 'only one column was found: commas, semicolons, tabs or bars should stand between the cells');
      if (emptyRows > 0)
        issues.note(
          {},
          `${inThousands(emptyRows)} ${emptyRows === 1 ? 'row is' : 'rows are'} empty and ${emptyRows === 1 ? 'was' : 'were'} passed over`,
        );
      return { delimiter, header: header ?? [], rowCount };
    },
  };
}

function trimmed(fields: readonly string[], header: readonly HeaderName[], line: number, issues: IssueCollector): readonly string[] {
  const cells = new Array<string>(header.length);
  for (let j = 0; j < cells.length; j += 1) {
    const cell = (fields[j] ?? '').trim();
    if (cell.length > csvLimits.cell) issues.error({ row: line, column: header[j]?.name ?? null }, tooLongWords(cell), cell);
    cells[j] = cell;
  }
  return cells;
}

function tooLongWords(cell: string): string {
  return `a cell holds ${inThousands(cell.length)} characters; at most ${inThousands(csvLimits.cell)} can be read (is a quote not closed?)`;
}

function reportDamage(fields: readonly string[], line: number, header: readonly HeaderName[] | null, issues: IssueCollector): void {
  fields.forEach((field, j) => {
    if (field.includes('\ufffd'))
      issues.error(
        { row: line, column: header?.[j]?.name ?? null },
        'holds bytes that are not UTF-8, shown as \ufffd: save the file with the encoding UTF-8 (in a spreadsheet, “CSV UTF-8”)',
        field,
      );
  });
}

function tooManyWords(width: number): string {
  return width * csvLimits.rows > csvLimits.cells
    ? `with ${width} columns, at most ${inThousands(Math.floor(csvLimits.cells / width))} rows can be read: keep only the columns that are needed`
    : `at most ${inThousands(csvLimits.rows)} rows can be read: take a sample of the rows, or means by unit and period`;
}
