import type { InitiativeRun, MeasuredInitiative, Run } from '../../core/contracts/run.ts';

/** Where a pilot's interval lies against the true effect. */
export type Verdict = 'holds' | 'above' | 'below';

/** A pilot with an answer and a known truth. */
export type JudgedPilot = {
  readonly initiative: InitiativeRun;
  readonly result: MeasuredInitiative;
  readonly truth: number;
  readonly verdict: Verdict;
};

export function judge(initiative: InitiativeRun): JudgedPilot | null {
  const result = initiative.pilot?.result;
  const truth = initiative.true_effect;
  if (result?.status !== 'ok' || truth === null) return null;
  const verdict = result.ci_lower > truth ? 'above' : result.ci_upper < truth ? 'below' : 'holds';
  return { initiative, result, truth, verdict };
}

export function judgedPilots(run: Run): JudgedPilot[] {
  return run.initiatives.flatMap((initiative) => judge(initiative) ?? []);
}

export function degeneratePilots(run: Run): InitiativeRun[] {
  return run.initiatives.filter((initiative) => initiative.pilot?.result.status === 'degenerate');
}

export function simulatedPilots(run: Run): InitiativeRun[] {
  return run.initiatives.filter((initiative) => initiative.pilot !== null);
}
