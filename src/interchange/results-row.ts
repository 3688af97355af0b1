import { limits } from '../core/scenario/defaults.ts';
import type { StatedInitiative, WhatIf } from '../core/scenario/scenario.ts';
import { inThousands } from './csv-limits.ts';
import { asText, asYesOrNo, numberOf, type CellOf, type RowReport, type Wrong } from './results-cell.ts';
import { confidenceOf, modelTypeOf, trust } from './results-evidence.ts';
import { asInitiativeId } from './results-id.ts';
import { returnsOf, type ReturnsBasis } from './results-returns.ts';

/** A row that can be used. `confidence` is the one given, or the score's. */
export type ResultInitiative = {
  readonly initiative: StatedInitiative;
  /** Set where the given confidence lies outside the range of its kind of evidence. */
  readonly whatIf: WhatIf | null;
  readonly basis: ReturnsBasis;
  readonly isScored: boolean;
};

/**
 * One row as a stated initiative; null where something is wrong with it, all of which is reported.
 * @param halfWidth of an interval made from a standard error, in standard errors
 */
export function readResultRow(cellOf: CellOf, halfWidth: number, report: RowReport): ResultInitiative | null {
  let isWrong = false;
  const wrong = (column: string | null, message: string, value?: string) => {
    isWrong = true;
    report.error(column, message, value);
  };
  const id = idOf(cellOf, { ...report, error: wrong });
  const cost = costOf(cellOf, wrong);
  const returns = returnsOf(cellOf, halfWidth, wrong);
  checkSampleSize(cellOf, wrong);
  const given = confidenceOf(cellOf, wrong);
  const modelType = modelTypeOf(cellOf, given, { ...report, error: wrong });
  const divisible = divisibleOf(cellOf, wrong);
  const category = shortened(cellOf, 'category', 60, report);
  const description = shortened(cellOf, 'description', 400, report);
  if (isWrong || id === null || cost === null || returns === null || modelType === null || given === null) return null;
  const evidence = trust(id.id, modelType, given);
  if (evidence.whatIf !== null)
    report.note(
      cellOf('confidence')?.column ?? null,
      `is outside what ${modelType} earns: it decides as a number set by hand, and ${evidence.confidence} stands on record`,
      cellOf('confidence')?.text,
    );
  return {
    initiative: {
      source: 'stated',
      initiative_id: id.id,
      description: description === '' && id.given !== id.id ? id.given.slice(0, 400) : description,
      category,
      divisible,
      cost_to_scale: cost,
      R_best: returns.R_best,
      R_med: returns.R_med,
      R_worst: returns.R_worst,
      confidence: evidence.confidence,
      model_type: modelType,
    },
    whatIf: evidence.whatIf,
    basis: returns.basis,
    isScored: given === undefined,
  };
}

function idOf(cellOf: CellOf, report: RowReport): { id: string; given: string } | null {
  const cell = cellOf('id');
  const given = asText(cell?.text ?? '');
  if (given === '') {
    report.error(cell?.column ?? null, 'needs an id');
    return null;
  }
  const id = asInitiativeId(given);
  if (id === '') {
    report.error(cell?.column ?? null, 'has no letter or digit an id could be made of: write one with letters, digits, _ and -', given);
    return null;
  }
  if (id !== given) report.note(cell?.column ?? null, `was changed to '${id}', since ids hold only letters, digits, _ and -`, given);
  return { id, given };
}

function costOf(cellOf: CellOf, wrong: Wrong): number | null {
  const cost = numberOf(cellOf, 'cost', wrong);
  const { column = null, text = '' } = cellOf('cost') ?? {};
  if (cost === undefined) wrong(column, 'needs a cost');
  if (cost == null || (cost > 0 && cost <= limits.money)) return cost ?? null;
  wrong(column, `must be more than 0 and at most ${inThousands(limits.money)}`, text);
  return null;
}

function checkSampleSize(cellOf: CellOf, wrong: Wrong): void {
  const size = numberOf(cellOf, 'sample_size', wrong);
  if (size == null) return;
  const { column = null, text = '' } = cellOf('sample_size') ?? {};
  if (!Number.isInteger(size)) wrong(column, 'must be a whole number of units', text);
  else if (size < 30)
    wrong(column, 'is fewer than 30 units, the least a measurement may rest on: measure more, or take the column out', text);
}

function divisibleOf(cellOf: CellOf, wrong: Wrong): boolean {
  const cell = cellOf('divisible');
  const answer = asYesOrNo(cell?.text ?? '');
  if (answer === null) wrong(cell?.column ?? null, 'must be yes or no', cell?.text);
  return answer ?? false;
}

function shortened(cellOf: CellOf, field: 'category' | 'description', longest: number, report: RowReport): string {
  const cell = cellOf(field);
  const text = asText(cell?.text ?? '');
  if (text.length <= longest) return text;
  report.note(cell?.column ?? null, `was cut to its first ${longest} characters`, text);
  return text.slice(0, longest);
}
