import { InputError } from '../core/contracts/input-error.ts';
import type { DataTable } from '../core/numeric/columns.ts';
import { assemble, type CsvReading } from './csv-assemble.ts';
import { planColumn } from './csv-column-plan.ts';
import { fillFor } from './csv-fill.ts';
import { asInputIssue, issueCollector, type FileIssues, type IssueCollector } from './csv-issues.ts';
import { inThousands } from './csv-limits.ts';
import { rowReader, type TextSink } from './csv-rows.ts';
import { readAsOf, tableScan, type ReadOptions, type ScannedTable } from './csv-scan.ts';
import { NotTextError, textPieces, type ByteSource } from './csv-text.ts';

export type ReadWatch = { readonly onBytes?: (read: number) => void; readonly signal?: AbortSignal };

/**
 * Reads a table from CSV with a header row, in one pass, and a second one for columns whose kind shows only late (1,234.50,
 * or text among numbers). Needs room for the columns and one piece of text. Cancelled by the signal, between pieces.
 */
export async function readCsv(source: ByteSource, options: ReadOptions = {}, watch: ReadWatch = {}): Promise<CsvReading> {
  const issues = issueCollector();
  try {
    const scan = tableScan(options, issues);
    await pour(source, scan, watch, 0);
    const second = secondPass(scan.end(), options, issues);
    if (second.isNeeded && !issues.hasErrors()) await pour(source, second, watch, source.size);
    return second.end();
  } catch (error) {
    if (!(error instanceof NotTextError)) throw error;
    issues.error({}, `the file ${error.message}`);
    return { ok: false, issues: issues.all() };
  }
}

/** The same from text that is at hand. @throws InputError with every issue found, where the text is not a table. */
export function parseCsv(text: string, options: ReadOptions = {}): DataTable {
  const issues = issueCollector();
  const scan = tableScan(options, issues);
  scan.push(text, true);
  const second = secondPass(scan.end(), options, issues);
  if (second.isNeeded && !issues.hasErrors()) second.push(text, true);
  const reading = second.end();
  if (!reading.ok) throw unusable(reading.issues);
  return reading.table;
}

/** The issues of an unusable file as an error; the last one says how many are not listed. */
export function unusable(issues: FileIssues): InputError {
  const listed = issues.listed.filter(({ severity }) => severity === 'error').map(asInputIssue);
  const others = issues.errors - listed.length;
  return new InputError(others > 0 ? [...listed, { path: '', message: `${inThousands(others)} more of the kind` }] : listed);
}

async function pour(source: ByteSource, sink: TextSink, { onBytes, signal }: ReadWatch, before: number): Promise<void> {
  for await (const piece of textPieces(source, (read) => onBytes?.(before + read))) {
    signal?.throwIfAborted();
    sink.push(piece, false);
    if (sink.isStopped()) return;
  }
  signal?.throwIfAborted();
  sink.push('', true);
}

/** Fills the columns that the scan could only count, and puts the table together. */
function secondPass(scanned: ScannedTable, options: ReadOptions, issues: IssueCollector) {
  const plans = scanned.columns.map((column, j) =>
    planColumn(column, readAsOf(options, scanned.header[j]?.name ?? ''), scanned.delimiter.delimiter),
  );
  const fills = plans.map((plan, j) => fillFor(plan, scanned.columns[j]!, scanned.header[j]?.name ?? '', issues));
  // What is wrong with rows was said in the first pass.
  const rows = rowReader(issueCollector(), {
    header: () => undefined,
    row: (cells, line) => fills.forEach((fill, j) => fill?.add(cells[j]!, line)),
  });
  return {
    isNeeded: fills.some((fill) => fill !== null),
    push: rows.push,
    isStopped: rows.isStopped,
    end(): CsvReading {
      if (issues.hasErrors()) return { ok: false, issues: issues.all() };
      return assemble(scanned, plans, fills, options, issues);
    },
  };
}
