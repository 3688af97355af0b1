import type { StatedInitiative, WhatIf } from '../core/scenario/scenario.ts';
import { toCsv } from './csv.ts';

const header = ['id', 'cost', 'R_worst', 'R_med', 'R_best', 'confidence', 'model_type', 'category', 'divisible', 'description'] as const;

/**
 * The numbers a decision rests on as CSV, those set by hand in the place of what they stand for. Read again by `readResultsCsv`,
 * every number has the same bits.
 */
export function resultsTableCsv(initiatives: readonly StatedInitiative[], whatIf: readonly WhatIf[]): string {
  const byHand = new Map(whatIf.map((entry) => [entry.initiative_id, entry]));
  return toCsv(
    header,
    initiatives.map((initiative) => {
      const set = byHand.get(initiative.initiative_id);
      return [
        initiative.initiative_id,
        exact(initiative.cost_to_scale),
        exact(set?.R_worst ?? initiative.R_worst),
        exact(set?.R_med ?? initiative.R_med),
        exact(set?.R_best ?? initiative.R_best),
        exact(set?.confidence ?? initiative.confidence),
        initiative.model_type,
        initiative.category,
        initiative.divisible ? 'yes' : 'no',
        initiative.description,
      ];
    }),
  );
}

/** The shortest text that reads as the same number, also for minus zero. */
function exact(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
