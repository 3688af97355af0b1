import type { PilotResult } from '../../contracts/run.ts';
import type { Initiative } from '../../scenario/scenario.ts';

/** Of the med return, in its money, by initiative; null, or no entry, where the method has none. */
export type StandardErrors = ReadonlyMap<string, number | null>;

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
