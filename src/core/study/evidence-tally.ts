import * as v from 'valibot';
import { addNumber, addProduct, addWithSquare } from '../numeric/exact-sum.ts';
import { defineSums, type Sums, type SumsJson } from './named-sums.ts';
import type { EvidenceRecord, ReplicationRecord, ScaleRecord } from './replication-record.ts';

/** Replications are told apart by their number modulo this, so that figures can be worked out again without a twentieth of them. */
export const groups = 20;

const counts = ['replications', 'estimates', 'standard_errors', 'truths', 'errors', 'selected', 'oracle', 'funded'] as const;
const sums = [
  'best',
  'med',
  'worst',
  'variance',
  'true_pilot',
  'true_scale',
  'error',
  'error_squared',
  'prediction_error',
  'prediction_error_squared',
  'curse',
  'curse_squared',
  'funded_share',
  'funded_error',
  'funded_error_squared',
  'funded_estimate',
  'funded_predicted',
  'funded_pilot',
  'funded_scale',
] as const;
export type EvidenceCount = (typeof counts)[number];
export type EvidenceSum = (typeof sums)[number];
const shape = defineSums(counts, sums);

/**
 * One initiative over some replications under the scenario's own arm. `best`, `med`, `worst`: over the `estimates`; variance: squared
 * standard errors; error: med minus the true return of the pilot's effect; prediction error: med minus the true return at scale (both
 * over the `errors`, which have an estimate and a truth). Over the `funded`: curse: predicted minus true at scale of the whole initiative;
 * the sums that start with funded are for the share that was funded.
 */
export type EvidenceTally = Sums<EvidenceCount, EvidenceSum>;
export type EvidenceTallyJson = SumsJson<EvidenceCount, EvidenceSum>;
export const {
  empty: emptyEvidenceTally,
  merge: mergeEvidenceTally,
  json: evidenceTallyJson,
  read: readEvidenceTally,
  schema: evidenceTallySchema,
} = shape;

export function addEvidence(tally: EvidenceTally, evidence: EvidenceRecord, record: ReplicationRecord): void {
  const id = evidence.initiative_id;
  const { counts: count } = tally;
  count.replications += 1;
  if (record.decisions[0]?.selected.includes(id) === true) count.selected += 1;
  if (record.oracle?.selected.includes(id) === true) count.oracle += 1;
  addReturns(tally, evidence);
  addTruth(tally, evidence);
  const funded = record.funded.find((entry) => entry.initiative_id === id);
  if (funded !== undefined && funded.share > 0 && evidence.returns !== null) addFunded(tally, funded, evidence.returns.med);
}

/** Of a list of tallies with one for each group. */
export const groupedSchema = v.pipe(v.array(evidenceTallySchema), v.length(groups, `must be ${groups} groups`));

function addReturns({ counts: count, sums: sum }: EvidenceTally, { returns, standard_error: se }: EvidenceRecord): void {
  if (returns === null) return;
  count.estimates += 1;
  addNumber(sum.best, returns.best);
  addNumber(sum.med, returns.med);
  addNumber(sum.worst, returns.worst);
  if (se === null) return;
  count.standard_errors += 1;
  addProduct(sum.variance, se, se);
}

function addTruth({ counts: count, sums: sum }: EvidenceTally, { returns, true_pilot: pilot, true_scale: scale }: EvidenceRecord): void {
  if (pilot === null || scale === null) return;
  count.truths += 1;
  addNumber(sum.true_pilot, pilot);
  addNumber(sum.true_scale, scale);
  if (returns === null) return;
  count.errors += 1;
  addWithSquare(sum.error, sum.error_squared, returns.med - pilot);
  addWithSquare(sum.prediction_error, sum.prediction_error_squared, returns.med - scale);
}

function addFunded(
  { counts: count, sums: sum }: EvidenceTally,
  { share, predicted, true_pilot: pilot, true_scale: scale }: ScaleRecord,
  med: number,
): void {
  count.funded += 1;
  addNumber(sum.funded_share, share);
  addWithSquare(sum.funded_error, sum.funded_error_squared, med * share - pilot);
  addNumber(sum.funded_estimate, med * share);
  addNumber(sum.funded_predicted, predicted);
  addNumber(sum.funded_pilot, pilot);
  addNumber(sum.funded_scale, scale);
  addWithSquare(sum.curse, sum.curse_squared, (predicted - scale) / share);
}
