import type { EvaluateResult } from '../../../core/contracts/evaluate-result.ts';
import { limits } from '../../../core/scenario/defaults.ts';
import type { Scenario } from '../../../core/scenario/scenario.ts';
import { asInitiativeId } from '../../../interchange/results-id.ts';
import { changeSheet, type LeftRow, type TypedRow } from './sheet-change.ts';
import { evidenceOf, type SheetCells } from './sheet-cells.ts';
import { byHandOf } from './sheet-edits.ts';

/** What waits in the sheet: in rows of initiatives, by their ids, and in new rows that are not complete, in their order. */
export type Waiting = { readonly drafts: readonly LeftRow[]; readonly fresh: readonly LeftRow[] };

/** Cells for a row of the sheet, counted from its top; rows below the initiatives are new ones. */
export type FilledRow = { readonly row: number; readonly cells: SheetCells };

export type Filled = Waiting & {
  readonly scenario: Scenario;
  /** Rows there was no room for. */
  readonly refused: number;
  /** What was done beyond what was typed; empty for nothing. */
  readonly notice: string;
};

/** Takes cells of any rows, with what waits in them. `newKey` names new rows. */
export function fillSheet(
  scenario: Scenario,
  evaluations: readonly EvaluateResult[],
  waiting: Waiting,
  given: readonly FilledRow[],
  newKey: () => string,
): Filled {
  const count = scenario.initiatives.length;
  const room = given.filter(({ row }) => row < limits.initiatives);
  const fresh = [...waiting.fresh];
  const rows = new Map<string, TypedRow>();
  for (const { row, cells } of room) {
    const initiative = scenario.initiatives[row];
    if (initiative !== undefined) {
      const id = initiative.initiative_id;
      const mayBeEmpty = initiative.source === 'simulated' || byHandOf(scenario, id) !== undefined;
      const before = waiting.drafts.find(({ key }) => key === id)?.cells;
      rows.set(id, { key: id, id, cells: { ...before, ...cells }, evidence: evidenceOf(initiative, evaluations), mayBeEmpty });
      continue;
    }
    while (fresh.length <= row - count) fresh.push({ key: newKey(), cells: {}, errors: {} });
    const draft = fresh[row - count] as LeftRow;
    fresh[row - count] = { ...draft, cells: { ...draft.cells, ...cells } };
  }
  const typed = [...rows.values(), ...fresh.map(({ key, cells }) => ({ key, id: null, cells, evidence: null, mayBeEmpty: false }))];
  const { scenario: changed, left, added } = changeSheet(scenario, typed);
  const leftIn = new Map(left.map((entry) => [entry.key, entry]));
  const rest = fresh.filter(({ key }) => !added.includes(key)).map((row) => leftIn.get(row.key) ?? { ...row, errors: {} });
  return {
    scenario: changed,
    drafts: [...waiting.drafts.filter(({ key }) => !rows.has(key)), ...left.filter(({ key }) => rows.has(key))],
    fresh: rest.slice(0, rest.findLastIndex(({ cells }) => !isBlank(cells)) + 1),
    refused: given.length - room.length,
    notice: changedIds(typed, changed),
  };
}

function isBlank(cells: SheetCells): boolean {
  return Object.values(cells).every((text) => text.trim() === '');
}

function changedIds(rows: readonly TypedRow[], { initiatives }: Scenario): string {
  const ids = new Set(initiatives.map(({ initiative_id }) => initiative_id));
  const changed = rows.flatMap(({ cells }) => {
    const typed = cells.id?.trim() ?? '';
    const id = asInitiativeId(typed);
    return typed !== '' && id !== typed && ids.has(id) ? [`‘${typed}’ became ${id}`] : [];
  });
  if (changed.length === 0) return '';
  return `Ids hold only letters, digits, _ and -: ${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ', and more' : ''}.`;
}
