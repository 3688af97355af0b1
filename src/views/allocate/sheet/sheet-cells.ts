import type { ModelType } from '../../../core/contracts/shared-types.ts';
import type { Initiative, WhatIf } from '../../../core/scenario/scenario.ts';
import type { EvaluateResult } from '../../../core/contracts/evaluate-result.ts';
import { asYesOrNo } from '../../../interchange/results-cell.ts';
import { asInitiativeId } from '../../../interchange/results-id.ts';
import { methodAdvice, modelTypeNamed } from '../../../interchange/results-method.ts';
import { editableNumber, parseNumber } from '../../../ui/parse-number.ts';

/** The columns of the sheet, from left to right. */
export const sheetColumns = ['id', 'cost', 'R_worst', 'R_med', 'R_best', 'confidence', 'model_type', 'category', 'divisible'] as const;
export type SheetColumn = (typeof sheetColumns)[number];

export const columnLabels: Readonly<Record<SheetColumn, string>> = {
  id: 'initiative',
  cost: 'cost',
  R_worst: 'worst',
  R_med: 'median',
  R_best: 'best',
  confidence: 'confidence',
  model_type: 'kind of method',
  category: 'category',
  divisible: 'divisible',
};

export const returnColumns = ['R_worst', 'R_med', 'R_best'] as const;
const numberColumns: ReadonlySet<SheetColumn> = new Set(['cost', ...returnColumns, 'confidence']);

/** What is typed into the cells of one row and not taken yet. */
export type SheetCells = Readonly<Partial<Record<SheetColumn, string>>>;

/** What the cells mean. A number is null where a cell of numbers set by hand was emptied. */
export type SheetValues = {
  readonly id?: string;
  readonly cost?: number;
  readonly R_worst?: number | null;
  readonly R_med?: number | null;
  readonly R_best?: number | null;
  readonly confidence?: number | null;
  readonly model_type?: ModelType;
  readonly category?: string;
  readonly divisible?: boolean;
};

/** The numbers that a row's evidence gives: those it states, or those of its pilot. */
export type Evidence = Pick<EvaluateResult, 'R_worst' | 'R_med' | 'R_best' | 'confidence'>;

export function evidenceOf(initiative: Initiative, evaluations: readonly EvaluateResult[]): Evidence | null {
  if (initiative.source === 'stated') return initiative;
  return evaluations.find(({ initiative_id }) => initiative_id === initiative.initiative_id) ?? null;
}

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** One cell's text as what it means. `mayBeEmpty` where emptying takes a number set by hand away. */
export function readCell(column: SheetColumn, text: string, mayBeEmpty: boolean): Read<SheetValues> {
  const typed = text.trim();
  if (numberColumns.has(column)) return readNumberCell(column, typed, mayBeEmpty && column !== 'cost');
  if (column === 'id') {
    const id = asInitiativeId(typed);
    return id === '' ? { ok: false, message: 'Enter an id of letters, digits, _ and -.' } : { ok: true, value: { id } };
  }
  if (column === 'model_type') {
    const model_type = modelTypeNamed(typed);
    return model_type === null ? { ok: false, message: `Not a known method: ${methodAdvice}.` } : { ok: true, value: { model_type } };
  }
  if (column === 'category') return { ok: true, value: { category: typed } };
  const divisible = asYesOrNo(typed);
  return divisible === null ? { ok: false, message: 'Enter yes or no.' } : { ok: true, value: { divisible } };
}

function readNumberCell(column: SheetColumn, typed: string, mayBeEmpty: boolean): Read<SheetValues> {
  if (/^[=@]/.test(typed)) return { ok: false, message: 'Formulas are not worked out here: enter the value.' };
  const isPercent = column === 'confidence' && typed.endsWith('%');
  const limits = column === 'confidence' && !isPercent ? { min: 0, max: 1 } : isPercent ? { min: 0, max: 100 } : {};
  const parsed = parseNumber(isPercent ? typed.slice(0, -1) : typed, { ...limits, optional: mayBeEmpty });
  if (!parsed.ok) return parsed;
  return { ok: true, value: { [column]: isPercent && parsed.value !== null ? parsed.value / 100 : parsed.value } };
}

/** A number as a cell shows it while nobody types there: no more digits than can be read at a glance. */
export function shownNumber(value: number): string {
  const exact = editableNumber(value);
  if (exact.length <= 9) return exact;
  return editableNumber(Math.abs(value) >= 100_000 && Math.abs(value) < 1e15 ? Math.round(value) : Number(value.toPrecision(6)));
}

/** The row's cells as text, as they would be typed. */
export function cellText(column: SheetColumn, initiative: Initiative, evidence: Evidence | null, byHand: WhatIf | undefined): string {
  switch (column) {
    case 'id':
      return initiative.initiative_id;
    case 'cost':
      return editableNumber(initiative.cost_to_scale);
    case 'R_worst':
    case 'R_med':
    case 'R_best':
    case 'confidence':
      return editableNumber(byHand?.[column] ?? (initiative.source === 'stated' ? (evidence?.[column] ?? null) : null));
    case 'model_type':
      return initiative.source === 'stated' ? initiative.model_type : '';
    case 'category':
      return initiative.category;
    case 'divisible':
      return initiative.divisible ? 'yes' : 'no';
    default:
      return column satisfies never;
  }
}
