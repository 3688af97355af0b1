import { confidenceRange } from '../core/contracts/evaluate-result.ts';
import type { ModelType } from '../core/contracts/shared-types.ts';
import { scoreConfidence } from '../core/evaluate/score.ts';
import type { WhatIf } from '../core/scenario/scenario.ts';
import { asText, numberOf, type CellOf, type Given, type RowReport, type Wrong } from './results-cell.ts';
import { methodAdvice, modelTypeNamed } from './results-method.ts';
import { isPercent } from './results-number.ts';

/**
 * The confidence an initiative is declared with, inside the range of its kind of evidence, and what is put in its place for the
 * decision where another was given. Where none was, the score strategy gives it, as it does for a pilot.
 */
export function trust(id: string, modelType: ModelType, given: number | undefined): { confidence: number; whatIf: WhatIf | null } {
  if (given === undefined) return { confidence: scoreConfidence(id, modelType).confidence, whatIf: null };
  const [lowest, highest] = confidenceRange[modelType];
  const confidence = Math.min(highest, Math.max(lowest, given));
  const whatIf = { initiative_id: id, R_best: null, R_med: null, R_worst: null, confidence: given };
  return { confidence, whatIf: confidence === given ? null : whatIf };
}

export function confidenceOf(cellOf: CellOf, wrong: Wrong): Given<number> {
  const given = numberOf(cellOf, 'confidence', wrong);
  if (given == null) return given;
  const { column = null, text = '' } = cellOf('confidence') ?? {};
  const share = isPercent(text) ? given / 100 : given;
  if (share >= 0 && share <= 1) return share;
  wrong(column, `must lie between 0 and 1${share > 1 && share <= 100 ? `: write ${share / 100} or ${share}%` : ''}`, text);
  return null;
}

export function modelTypeOf(cellOf: CellOf, given: Given<number>, report: RowReport): ModelType | null {
  const cells = [cellOf('method'), cellOf('model_type')].filter((cell) => cell !== undefined && asText(cell.text) !== '');
  const known = cells.map((cell) => modelTypeNamed(asText(cell?.text ?? ''))).find((type) => type !== null);
  if (known != null) return known;
  if (cells.length > 0) {
    report.error(cells[0]?.column ?? null, `is not a method that is known here: ${methodAdvice}`, cells[0]?.text);
    return null;
  }
  if (given === null) return null;
  if (given === undefined) {
    report.error(cellOf('method')?.column ?? cellOf('model_type')?.column ?? null, `needs a method or a confidence: ${methodAdvice}`);
    return null;
  }
  const type = kindEarning(given);
  report.note(cellOf('confidence')?.column ?? null, `has no method; taken as ${type}, the kind of evidence that earns such a confidence`);
  return type;
}

/** The kind of evidence in whose range a confidence lies; that with the nearest range where it lies between two or below all. */
function kindEarning(confidence: number): ModelType {
  const distance = ([lowest, highest]: readonly [number, number]) => Math.max(lowest - confidence, confidence - highest, 0);
  const kinds = Object.entries(confidenceRange) as [ModelType, readonly [number, number]][];
  return kinds.reduce((a, b) => (distance(b[1]) < distance(a[1]) ? b : a))[0];
}
