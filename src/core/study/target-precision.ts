import { inputError } from '../contracts/input-error.ts';
import { unknownName } from '../contracts/parameter.ts';
import { summariseDecisions } from './decision-summary.ts';
import type { ReplicateEvidence } from './diagnosand.ts';
import { diagnosands, replicatesBehind, type DiagnosandId } from './index.ts';
import { keptOf } from './kept-replicates.ts';
import { shareBand } from './monte-carlo-band.ts';
import type { Precision, StudyPlan } from './study-plan.ts';
import type { StudyTally } from './study-tally.ts';

/** Looked at after every so many replications, so that a study ends at the same one wherever it runs. */
export const checkedEvery = 100;
/** A standard error worked out from fewer says little. */
const fewest = 200;

const expectedRegret = 'expected_regret';

/** What a target may be set on. */
export const precisionTargets = [...Object.keys(diagnosands), expectedRegret] as readonly string[];

/** @throws InputError where there is no such diagnosand, or the target cannot be reached. */
export function checkPrecision({ diagnosand, monte_carlo_se: target }: Precision): void {
  if (!precisionTargets.includes(diagnosand)) throw inputError('precision.diagnosand', `'${diagnosand}' ${unknownName(diagnosand, precisionTargets)}`, diagnosand);
  if (!(target > 0)) throw inputError('precision.monte_carlo_se', 'must be more than 0', target);
}

/** Whether the replications done are enough: the diagnosand is known well enough for every initiative's own method that ever answers. */
export function isPreciseEnough(plan: StudyPlan, tally: StudyTally, done: number): boolean {
  const { precision } = plan.settings;
  if (precision === null || done < fewest || done % checkedEvery !== 0) return false;
  const errors = precision.diagnosand === expectedRegret ? [regretError(plan, tally)] : estimateErrors(tally, precision.diagnosand as DiagnosandId);
  return errors.length > 0 && errors.every((error) => error !== null && error <= precision.monte_carlo_se);
}

function regretError(plan: StudyPlan, tally: StudyTally): number | null {
  return summariseDecisions(plan, tally.decisions, null).arms[0]?.expected_regret?.monte_carlo_se ?? null;
}

function estimateErrors(tally: StudyTally, id: DiagnosandId): (number | null)[] {
  return tally.rows.flatMap(({ position, population }, row) =>
    position > 0 || population.replications === 0 ? [] : [errorOf(id, { tally: population, kept: keptOf(tally.kept, row, 'population') })],
  );
}

/** Of a share that is 0 or 1 so far, the standard error that its 95% band has the width of: its own is 0, however few the cases. */
function errorOf(id: DiagnosandId, evidence: ReplicateEvidence): number | null {
  const measured = diagnosands[id].measure(evidence);
  if (measured === null) return null;
  const isAtEnd = diagnosands[id].unit === 'share' && (measured.value === 0 || measured.value === 1);
  if (!isAtEnd) return measured.monte_carlo_se;
  const band = shareBand(measured.value, replicatesBehind(diagnosands[id], evidence));
  return band && (band.upper - band.lower) / (2 * 1.96);
}
