import { keptRows } from '../core/study/kept-replicates.ts';
import type { StudyTally } from '../core/study/study-tally.ts';
import { toCsv } from './csv.ts';

/** What is needed of a study: its rows, and the replicates that it kept one by one. */
export type KeptStudy = Pick<StudyTally, 'rows' | 'kept'>;

const columns = [
  ...['replication', 'initiative_id', 'method', 'estimand', 'estimate', 'standard_error', 'df', 'ci_lower', 'ci_upper', 'p_value'],
  ...['truth', 'sample_truth'],
];

/**
 * The replicates kept, one line for each replication and method of an initiative, numbers exact. A replication without an answer has
 * empty cells, which R reads as NA. `truth` is the effect in expectation, `sample_truth` that in the very sample.
 */
export function replicatesCsv(study: KeptStudy): string {
  return toCsv(columns, lines(study));
}

/** The call of R's rsimsum that reads it; a method that some initiative lacks can be no `methodvar`, since those are compared within initiatives. */
export function rsimsumCall(study: KeptStudy): string {
  const labels = methodLabels(study);
  const methodsOf = new Map<string, string[]>();
  study.rows.forEach(({ initiative_id: id }, i) => methodsOf.set(id, [...(methodsOf.get(id) ?? []), labels[i]!]));
  const [first = '', ...others] = [...methodsOf.values()].map((methods) => [...methods].sort().join('\n'));
  const isCrossed = first.includes('\n') && others.every((methods) => methods === first);
  const groups = isCrossed ? 'methodvar = "method", by = "initiative_id"' : 'by = c("initiative_id", "method")';
  return `simsum(read.csv("replicates.csv"), estvarname = "estimate", se = "standard_error", true = "truth", ${groups}, ci.limits = c("ci_lower", "ci_upper"))`;
}

function* lines(study: KeptStudy): Iterable<readonly (string | number | null)[]> {
  const labels = methodLabels(study);
  for (const [i, { initiative_id, estimand }] of study.rows.entries()) {
    for (const kept of keptRows(study.kept, i)) {
      const { replication, estimate, standard_error, df, ci_lower, ci_upper, p_value, truth_population, truth_sample } = kept;
      const answer = [estimate, standard_error, df, ci_lower, ci_upper, p_value].map(finiteOrNull);
      yield [replication, initiative_id, labels[i]!, estimand, ...answer, finiteOrNull(truth_population), finiteOrNull(truth_sample)];
    }
  }
}

/** Ids of methods; the second of the same id on one initiative is 'id 2'. */
function methodLabels({ rows }: KeptStudy): readonly string[] {
  const seen = new Map<string, number>();
  return rows.map(({ initiative_id, method }) => {
    const key = JSON.stringify([initiative_id, method]);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times === 1 ? method : `${method} ${times}`;
  });
}

function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
