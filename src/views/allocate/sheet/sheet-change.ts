import type { Issue } from '../../../core/contracts/input-error.ts';
import { parseScenario } from '../../../core/scenario/parse-scenario.ts';
import type { Scenario } from '../../../core/scenario/scenario.ts';
import { renameInitiative } from '../../shared/edits.ts';
import { sentence } from '../../shared/words.ts';
import {
  columnLabels,
  readCell,
  returnColumns,
  sheetColumns,
  type Evidence,
  type SheetCells,
  type SheetColumn,
  type SheetValues,
} from './sheet-cells.ts';
import { addRow, setRow } from './sheet-edits.ts';

/** Cells typed into a row: of an initiative, or of a new one (id null) that is not complete yet. */
export type TypedRow = {
  readonly key: string;
  readonly id: string | null;
  readonly cells: SheetCells;
  readonly evidence: Evidence | null;
  /** Emptying a cell takes a number set by hand away. */
  readonly mayBeEmpty: boolean;
};

/** What is left in a row: cells that could not be taken, with what is wrong with them. */
export type LeftRow = { readonly key: string; readonly cells: SheetCells; readonly errors: Readonly<Partial<Record<SheetColumn, string>>> };

export type SheetChange = {
  readonly scenario: Scenario;
  readonly left: readonly LeftRow[];
  /** Keys of new rows that have become initiatives, in the order in which they were added. */
  readonly added: readonly string[];
};

/** Cells that are right or wrong together. */
const groups: readonly (readonly SheetColumn[])[] = [
  ['cost'],
  returnColumns,
  ['confidence', 'model_type'],
  ['category'],
  ['divisible'],
  ['id'],
];

/** What a new row needs before it can be an initiative. */
export const neededColumns: readonly SheetColumn[] = ['id', 'cost', ...returnColumns];

type Part = { readonly row: TypedRow; readonly columns: readonly SheetColumn[]; readonly values: SheetValues };

/**
 * Takes all that can be taken of what was typed: the scenario with it, always a valid one, and what is left with its errors.
 * A row's returns are taken together, since they must be in order together; a new row is taken whole.
 */
export function changeSheet(scenario: Scenario, rows: readonly TypedRow[]): SheetChange {
  const errors = new Map<string, Partial<Record<SheetColumn, string>>>(rows.map(({ key }) => [key, {}]));
  const blame = (row: TypedRow, column: SheetColumn, message: string) => {
    const known = errors.get(row.key);
    if (known !== undefined) known[column] = known[column] === undefined ? message : `${known[column]} ${message}`;
  };
  let parts = rows.flatMap((row) => partsOf(row, blame));
  for (;;) {
    const edited = editedBy(parts, scenario);
    const parsed = parseScenario(edited);
    if (parsed.ok) return { scenario: sameOr(scenario, parsed.value), left: leftOf(rows, parts, errors), added: addedBy(parts) };
    const refused = new Set<Part>();
    for (const issue of parsed.issues) {
      const { part, column } = culprit(issue, edited, parts, scenario);
      if (part === undefined) continue;
      refused.add(part);
      blame(part.row, column, worded(issue.message));
    }
    // What fits no cell is the fault of what came last.
    const [last] = parts.slice(-1);
    if (refused.size === 0 && last !== undefined) {
      refused.add(last);
      blame(last.row, last.columns[0] ?? 'id', parsed.issues.map(({ message }) => worded(message)).join(' '));
    }
    parts = parts.filter((part) => !refused.has(part));
    if (parts.length === 0) return { scenario, left: leftOf(rows, [], errors), added: [] };
  }
}

/** What was typed may be what was there: then nothing has changed. */
function sameOr(before: Scenario, after: Scenario): Scenario {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function partsOf(row: TypedRow, blame: (row: TypedRow, column: SheetColumn, message: string) => void): Part[] {
  const read = new Map<SheetColumn, SheetValues>();
  for (const column of sheetColumns) {
    const text = row.cells[column];
    if (text === undefined) continue;
    if (row.id === null && text.trim() === '') continue;
    const cell = readCell(column, text, row.mayBeEmpty);
    if (cell.ok) read.set(column, cell.value);
    else blame(row, column, cell.message);
  }
  const part = (columns: readonly SheetColumn[]): Part => ({
    row,
    columns,
    values: Object.assign({}, ...columns.map((column) => read.get(column))) as SheetValues,
  });
  const typed = sheetColumns.filter((column) => row.cells[column] !== undefined && (row.id !== null || row.cells[column]?.trim() !== ''));
  if (row.id === null) {
    const isComplete = neededColumns.every((column) => read.has(column)) && typed.every((column) => read.has(column));
    return isComplete ? [part(typed)] : [];
  }
  return groups
    .map((group) => group.filter((column) => typed.includes(column)))
    .filter((columns) => columns.length > 0 && columns.every((column) => read.has(column)))
    .map(part);
}

/** Renaming goes last and by way of names that nobody has, so that rows can take each other's ids. */
function editedBy(parts: readonly Part[], scenario: Scenario): Scenario {
  const renamed = parts.filter(({ row, values }) => row.id !== null && values.id !== undefined);
  const set = parts.filter((part) => part.row.id !== null && !renamed.includes(part));
  const added = parts.filter(({ row }) => row.id === null);
  const edits = [
    ...set.map(({ row, values }) => setRow(row.id ?? '', values, row.evidence)),
    ...renamed.map(({ row }, k) => renameInitiative(row.id ?? '', `\0${k}`)),
    ...renamed.map(({ values }, k) => renameInitiative(`\0${k}`, values.id ?? '')),
    ...added.map(({ values }) => addRow(values)),
  ];
  return edits.reduce((before, edit) => edit(before), scenario);
}

/** The cells that an issue is about, by its path. */
function culprit(
  issue: Issue,
  edited: Scenario,
  parts: readonly Part[],
  before: Scenario,
): { part: Part | undefined; column: SheetColumn } {
  const [list, place = '', field = ''] = issue.path.split('.');
  const index = Number(place);
  const added = parts.filter(({ row }) => row.id === null);
  const id =
    list === 'initiatives'
      ? edited.initiatives[index]?.initiative_id
      : list === 'what_if'
        ? edited.what_if[index]?.initiative_id
        : undefined;
  const column = columnOf(field);
  const isOf = ({ row, values }: Part) => (values.id ?? row.id) === id;
  const mine =
    list === 'initiatives' && index >= before.initiatives.length
      ? added.slice(index - before.initiatives.length, index - before.initiatives.length + 1)
      : parts.filter((part) => isOf(part) || part.row.id === id);
  const about =
    mine.findLast(({ columns }) => columns.includes(column)) ??
    (column === 'id' ? parts.findLast((part) => isOf(part) && part.columns.includes('id')) : undefined);
  const part = about ?? (mine.length === 1 ? mine[0] : undefined);
  return { part, column: part?.columns.includes(column) === false ? (part.columns[0] ?? column) : column };
}

/** A message in the words of the sheet's columns. */
function worded(message: string): string {
  return sentence(message.replaceAll(/R_(?:worst|med|best)/g, (column) => columnLabels[column as SheetColumn]).replaceAll('<=', '\u2264'));
}

function columnOf(field: string): SheetColumn {
  if (field === 'initiative_id') return 'id';
  if (field === 'cost_to_scale') return 'cost';
  return sheetColumns.find((column) => column === field) ?? 'R_med';
}

function leftOf(rows: readonly TypedRow[], taken: readonly Part[], errors: ReadonlyMap<string, LeftRow['errors']>): LeftRow[] {
  return rows.flatMap(({ key, cells }) => {
    const done = new Set(taken.filter(({ row }) => row.key === key).flatMap(({ columns }) => columns));
    const rest = Object.fromEntries(Object.entries(cells).filter(([column]) => !done.has(column as SheetColumn)));
    const isOnlyBlank = Object.values(rest).every((text) => text.trim() === '') && done.size > 0;
    return Object.keys(rest).length === 0 || isOnlyBlank ? [] : [{ key, cells: rest, errors: errors.get(key) ?? {} }];
  });
}

function addedBy(parts: readonly Part[]): string[] {
  return parts.filter(({ row }) => row.id === null).map(({ row }) => row.key);
}
