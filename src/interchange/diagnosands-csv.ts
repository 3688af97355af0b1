import type { Measured } from '../core/study/diagnosand.ts';
import { diagnosands, type DiagnosandId } from '../core/study/index.ts';
import type { EstimateSummary } from '../core/study/study-document.ts';
import { toCsv } from './csv.ts';

const ids = Object.keys(diagnosands) as DiagnosandId[];
const columns = [
  ...['initiative_id', 'method', 'in_the_decision', 'estimand', 'held_against', 'replications', 'failures', 'kept'],
  ...ids.flatMap((id) => [id, `${id}_monte_carlo_se`]),
];

/** What a study found of its methods, a line for each method of an initiative and each truth it is held against; numbers exact. */
export function diagnosandsCsv(summaries: readonly EstimateSummary[]): string {
  return toCsv(
    columns,
    summaries.map(({ initiative_id, method, position, estimand, about, replications, failures, kept, diagnosands: found }) => [
      ...[initiative_id, method, position === 0, estimand, about, replications, failures.count, kept],
      ...ids.flatMap((id) => cells(found[id])),
    ]),
  );
}

function cells(measured: Measured | null): [number | null, number | null] {
  return measured === null ? [null, null] : [measured.value, measured.monte_carlo_se];
}
