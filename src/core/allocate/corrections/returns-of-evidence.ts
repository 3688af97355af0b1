import type { EvaluateResult } from '../../contracts/evaluate-result.ts';
import type { PilotResult } from '../../contracts/run.ts';
import type { Initiative } from '../../scenario/scenario.ts';
import type { UncorrectedReturn } from './return-correction.ts';

/** Of the med return, in its money, by initiative; null, or no entry, where the method has none. */
export type StandardErrors = ReadonlyMap<string, number | null>;

/** What a correction is given of the evidence, in its order. */
export function returnsOfEvidence(evaluations: readonly EvaluateResult[], standardErrors: StandardErrors): UncorrectedReturn[] {
  return evaluations.map(({ initiative_id: id, cost, R_best, R_med, R_worst }) => ({
    id,
    cost,
    R_best,
    R_med,
    R_worst,
    standard_error: standardErrors.get(id) ?? null,
  }));
}

/** The pilots' standard errors times units_at_scale. */
export function standardErrorsOfReturns(
  initiatives: readonly Initiative[],
  pilotOf: (id: string) => PilotResult | undefined,
): StandardErrors {
  return new Map(
    initiatives.flatMap((initiative) => {
      const pilot = pilotOf(initiative.initiative_id);
      if (initiative.source !== 'simulated' || pilot?.status !== 'ok') return [];
      const { standard_error: error } = pilot;
      return [[initiative.initiative_id, error === null ? null : error * initiative.units_at_scale]];
    }),
  );
}
