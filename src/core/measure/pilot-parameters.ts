import type { Parameters } from '../contracts/parameter.ts';

/** What the analyst of a pilot knows about its table. */
export type PilotFacts = {
  readonly covariates: readonly string[];
  readonly preColumn: string | null;
  readonly treatedUnit: string | null;
  /** Column names, null where the pilot has no such column. */
  readonly blockColumn: string | null;
  readonly clusterColumn: string | null;
  readonly receivedColumn: string | null;
  /** The share that chance was to treat; null where chance had no such share. */
  readonly intendedShare: number | null;
  readonly runningColumn: string | null;
  readonly cutoff: number | null;
  readonly treatedSide: 'below' | 'above' | null;
  readonly interventionDate: string;
  readonly confidenceLevel: number;
};

/**
 * The parameters that describe a pilot's table to a method, by the names methods use for them; those given in the scenario
 * win. Only names the method has are passed on.
 */
export function pilotParameters(
  parameters: Parameters,
  facts: PilotFacts,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const known: Readonly<Record<string, unknown>> = {
    outcome_column: 'revenue',
    treatment_column: 'treated',
    covariate_columns: facts.covariates,
    pre_column: facts.preColumn,
    block_column: facts.blockColumn,
    cluster_column: facts.clusterColumn,
    received_column: facts.receivedColumn,
    intended_share: facts.intendedShare,
    running_column: facts.runningColumn,
    cutoff: facts.cutoff,
    treated_side: facts.treatedSide,
    metric_before_column: 'quality_score',
    metric_after_column: 'quality_after',
    baseline_column: facts.preColumn,
    unit_column: 'unit',
    time_column: 'date',
    treated_unit: facts.treatedUnit,
    treatment_time: facts.interventionDate,
    intervention_date: facts.interventionDate,
    confidence_level: facts.confidenceLevel,
  };
  const names = Object.keys(parameters).filter((name) => Object.hasOwn(known, name) && known[name] !== null);
  return { ...Object.fromEntries(names.map((name) => [name, known[name]])), ...given };
}
