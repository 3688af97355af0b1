import { InputError } from '../contracts/input-error.ts';
import type { Estimand } from '../contracts/shared-types.ts';
import { measureInitiative } from '../measure-initiative.ts';
import type { EstimatorId } from '../measure/descriptions.ts';
import type { Replicate } from '../study/diagnosand.ts';
import { diagnoseReplicates } from '../study/index.ts';
import { batteryOf, type BatteryWorld } from './battery.ts';
import { cardDiagnosands, type CalibrationCard, type CalibrationCell, type CardDiagnosed } from './calibration-card.ts';
import { calibrationNotes } from './notes.ts';

export type Replications = { readonly home: number; readonly violation: number };

/** Runs the battery of a method. Worlds that its design cannot have (attrition without controls) are left out. */
export function calibrate(id: EstimatorId, replications: Replications, seed: string): CalibrationCard {
  const cells = batteryOf(id).flatMap(
    (world) => calibrateIn(world, world.kind === 'violation' ? replications.violation : replications.home, seed) ?? [],
  );
  return { estimator: id, cells, note: calibrationNotes[id]?.(cells.find(({ kind }) => kind === 'home')!) ?? null };
}

/** One world; null where the world cannot be. */
export function calibrateIn({ simulated, ...described }: BatteryWorld, replications: number, seed: string): CalibrationCell | null {
  const aboutAll: Replicate[] = [];
  const aboutTheSample: Replicate[] = [];
  let estimand: Estimand | null = null;
  for (let replication = 0; replication < replications; replication += 1) {
    const measured = attempt(simulated, seed, replication);
    if (measured === null) return null;
    const { result, truth } = measured;
    estimand = result.estimand;
    const expected = truth.population[estimand];
    const own = truth.sample[estimand];
    if (result.status !== 'ok' || expected === null) continue;
    const { effect_estimate: estimate, standard_error, ci_lower, ci_upper, p_value } = result;
    aboutAll.push({ estimate, standard_error, ci_lower, ci_upper, p_value, truth: expected });
    if (own !== null) aboutTheSample.push({ estimate, standard_error, ci_lower, ci_upper, p_value, truth: own });
  }
  return {
    ...described,
    estimand: estimand as Estimand,
    replications,
    degenerate: replications - aboutAll.length,
    ...onCard(aboutAll),
    sample_coverage: diagnoseReplicates(aboutTheSample).coverage,
  };
}

function onCard(replicates: readonly Replicate[]): CardDiagnosed {
  const found = diagnoseReplicates(replicates);
  return Object.fromEntries(cardDiagnosands.map((id) => [id, found[id]])) as CardDiagnosed;
}

function attempt(world: BatteryWorld['simulated'], seed: string, replication: number) {
  try {
    return measureInitiative({ stage: 'pilot', seed, replication, confidence_level: 0.95, n_products: world.catalog.n_products, world });
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
