import { correctReturns } from '../../core/allocate/corrections/index.ts';
import { returnsOfEvidence, standardErrorsOfReturns } from '../../core/allocate/corrections/returns-of-evidence.ts';
import type { Run } from '../../core/contracts/run.ts';

export type Returns = { readonly R_best: number; readonly R_med: number; readonly R_worst: number };

/** The returns the decision was made on, by initiative: the evidence's, corrected or set by hand where the scenario has it so. */
export function decidedReturns(run: Run): ReadonlyMap<string, Returns> {
  const { scenario, evaluate_results: evaluations } = run;
  const pilotOf = new Map(run.pilot_results.map((result) => [result.initiative_id, result]));
  const errors = standardErrorsOfReturns(scenario.initiatives, (id) => pilotOf.get(id));
  const corrected = correctReturns(scenario.return_correction, returnsOfEvidence(evaluations, errors), scenario);
  return new Map(
    corrected.map(({ R_best, R_med, R_worst }, i) => {
      const id = evaluations[i]!.initiative_id;
      const byHand = scenario.what_if.find((entry) => entry.initiative_id === id);
      return [id, { R_best: byHand?.R_best ?? R_best, R_med: byHand?.R_med ?? R_med, R_worst: byHand?.R_worst ?? R_worst }];
    }),
  );
}
