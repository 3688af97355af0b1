import { columnScan, type ReadAs, type ScannedColumn } from './csv-column-scan.ts';
import type { IssueCollector } from './csv-issues.ts';
import { rowReader, type ReadRows, type TextSink } from './csv-rows.ts';

/** How to read the columns that are not to be read as they are found, by name. */
export type ReadOptions = { readonly readAs?: Readonly<Record<string, ReadAs>> };

export type ScannedTable = ReadRows & {
  readonly columns: readonly ScannedColumn[];
  /** The first rows, as they stand in the file. */
  readonly preview: readonly (readonly string[])[];
};

const PREVIEW_ROWS = 6;

/** The first pass over a file: finds its form and what every column holds. */
export function tableScan(options: ReadOptions, issues: IssueCollector): TextSink & { readonly end: () => ScannedTable } {
  let columns: ReturnType<typeof columnScan>[] = [];
  const preview: (readonly string[])[] = [];
  const rows = rowReader(issues, {
    header: (header) => {
      columns = header.map(({ name }) => columnScan(readAsOf(options, name)));
    },
    row: (cells, line) => {
      if (preview.length < PREVIEW_ROWS) preview.push(cells.slice(0, columns.length));
      for (let j = 0; j < columns.length; j += 1) columns[j]!.add(cells[j]!, line);
    },
  });
  return {
    push: rows.push,
    isStopped: rows.isStopped,
    end: () => ({ ...rows.end(), columns: columns.map((column) => column.end()), preview }),
  };
}

/** How that column is to be read; undefined as it is found. */
export function readAsOf({ readAs = {} }: ReadOptions, name: string): ReadAs | undefined {
  return Object.hasOwn(readAs, name) ? readAs[name] : undefined;
}
