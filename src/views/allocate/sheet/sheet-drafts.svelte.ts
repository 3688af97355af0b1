import { runState } from '../../../state/run.svelte.ts';
import { scenarioState } from '../../../state/scenario.svelte.ts';
import type { LeftRow } from './sheet-change.ts';
import type { SheetColumn } from './sheet-cells.ts';
import { blankSheet } from './sheet-edits.ts';
import { fillSheet, type FilledRow, type Waiting } from './sheet-fill.ts';

/** Where the keyboard is: a row counted from the top, and a column. */
export type SheetPlace = { readonly row: number; readonly column: SheetColumn };

const none: Pick<LeftRow, 'cells' | 'errors'> = { cells: {}, errors: {} };

let waiting = $state.raw<Waiting>({ drafts: [], fresh: [] });
let notice = $state('');
let pasted = $state('');
let rowsMade = 0;
let open = $state<'sheet' | 'import' | null>(null);
/** Where the keyboard is in the sheet: where it stays when another sheet on the page takes its place. */
let place: SheetPlace | null = null;

/** What is typed into the sheet and not taken yet. It outlives the sheet on the page, so that nothing typed is lost on another place. */
export const sheetDrafts = {
  of(id: string): Pick<LeftRow, 'cells' | 'errors'> {
    return waiting.drafts.find(({ key }) => key === id) ?? none;
  },
  /** New rows that are not complete yet; below them there is always an empty one. */
  get fresh() {
    return waiting.fresh;
  },
  /** What the last change did beyond what was typed. */
  get notice() {
    return notice;
  },
  /** A table for the import: typed there, or pasted into a cell with a header. */
  get pasted() {
    return pasted;
  },
  set pasted(text: string) {
    pasted = text;
  },
  /** Takes a cell: of the row at that place, which may be a new one. */
  type(row: number, column: SheetColumn, text: string): void {
    this.fill([{ row, cells: { [column]: text } }], `type into ${column} of row ${row + 1}`);
  },
  /** Takes cells of any rows as one step. Returns how many rows there was no room for. */
  fill(given: readonly FilledRow[], label: string): number {
    const scenario = scenarioState.current;
    const filled = fillSheet(scenario, runState.run?.evaluate_results ?? [], waiting, given, () => `new ${(rowsMade += 1)}`);
    if (filled.scenario !== scenario) scenarioState.change(label, () => filled.scenario);
    waiting = { drafts: filled.drafts, fresh: filled.fresh };
    notice = filled.notice;
    return filled.refused;
  },
  say(text: string): void {
    notice = text;
  },
  /** What was typed into a cell and not taken goes away. */
  forget(row: number, column: SheetColumn): void {
    const key = keyOf(row);
    const without = (record: object) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== column));
    const cleared = (rows: readonly LeftRow[]): LeftRow[] =>
      rows.map((entry) => (entry.key === key ? { ...entry, cells: without(entry.cells), errors: without(entry.errors) } : entry));
    waiting = { drafts: cleared(waiting.drafts), fresh: cleared(waiting.fresh) };
  },
  /** A new row that is not complete, or what waits in the row of an initiative, is thrown away. */
  discard(row: number): void {
    const key = keyOf(row);
    const others = (rows: readonly LeftRow[]) => rows.filter((entry) => entry.key !== key);
    waiting = { drafts: others(waiting.drafts), fresh: others(waiting.fresh) };
  },
  clear(): void {
    waiting = { drafts: [], fresh: [] };
    notice = '';
  },
  /** What stands open at the head of the page of the decision. */
  get open() {
    return open;
  },
  set open(source: 'sheet' | 'import' | null) {
    open = source;
  },
  get place() {
    return place;
  },
  set place(now: SheetPlace | null) {
    place = now;
  },
  /** Everything in hand gives way to a sheet with nothing in it, in one step that can be undone; the keyboard goes to its first cell. */
  startBlank(): void {
    this.clear();
    scenarioState.change('start a blank sheet', blankSheet());
    open = 'sheet';
    place = { row: 0, column: 'id' };
  },
};

function keyOf(row: number): string | undefined {
  const { initiatives } = scenarioState.current;
  return initiatives[row]?.initiative_id ?? waiting.fresh[row - initiatives.length]?.key;
}
