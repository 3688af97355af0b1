import type { ForestRow } from '../../charts/forest-geometry.ts';
import { formatConfidence, formatCount } from '../../charts/format.ts';
import type { InitiativeRun, Measurement, Run } from '../../core/contracts/run.ts';
import type { EvaluateResult } from '../../core/contracts/evaluate-result.ts';
import { truePerUnit } from '../../core/scale/truth.ts';
import type { Initiative, Scenario, SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { evidenceLine, methodLabel } from '../shared/catalogue.ts';

export type MoneyUnit = { readonly divisor: number; readonly words: string };

const names: Readonly<Record<string, string>> = { USD: 'dollars', EUR: 'euros', GBP: 'pounds', JPY: 'yen', INR: 'rupees' };

/** The unit in which all returns of a scenario are drawn, such that an axis needs few digits. */
export function moneyUnit(scenario: Pick<Scenario, 'budget' | 'currency'>): MoneyUnit {
  const name = names[scenario.currency] ?? scenario.currency;
  if (scenario.budget >= 1e7) return { divisor: 1e6, words: `million ${name}` };
  if (scenario.budget >= 1e4) return { divisor: 1e3, words: `thousand ${name}` };
  return { divisor: 1, words: name };
}

/** The rows of the overview's picture: every initiative's return if scaled, as promised, as measured again, as it truly is. */
export function forestRows(run: Run, divisor: number): ForestRow[] {
  return run.initiatives.map((initiative) => {
    const declared = run.scenario.initiatives.find(({ initiative_id }) => initiative_id === initiative.initiative_id);
    const units = declared?.source === 'simulated' ? declared.units_at_scale : 1;
    const confidence = initiative.evaluation === null ? '' : `, confidence ${formatConfidence(initiative.evaluation.confidence)}`;
    return {
      id: initiative.initiative_id,
      label: initiative.initiative_id,
      detail: `${evidenceLine(initiative, declared, formatCount)}${confidence}`,
      funded: initiative.funded,
      pilot: promised(initiative.evaluation, divisor),
      scale: measured(initiative.scale, units / divisor),
      ...truths(initiative, units / divisor),
      note: noteOf(initiative),
    };
  });
}

/** The same while pilots come in: what the measured ones say of their return if scaled, beside the truth. */
export function arrivingRows(scenario: Scenario, pilots: ReadonlyMap<string, Measurement>, divisor: number): ForestRow[] {
  return scenario.initiatives.filter(isSimulated).map((initiative) => {
    const pilot = pilots.get(initiative.initiative_id) ?? null;
    const factor = initiative.units_at_scale / divisor;
    const truth = truePerUnit(pilot);
    return {
      id: initiative.initiative_id,
      label: initiative.initiative_id,
      detail: `${methodLabel(initiative.method.id)}, n ${formatCount(initiative.catalog.n_products)}`,
      funded: false,
      pilot: measured(pilot, factor),
      scale: null,
      truth: truth === null ? null : truth * factor,
      note: pilot === null ? 'measuring' : pilot.result.status === 'degenerate' ? `no estimate: ${pilot.result.reason}` : null,
    };
  });
}

function isSimulated(initiative: Initiative): initiative is SimulatedInitiative {
  return initiative.source === 'simulated';
}

/** Of the return, had the pilot's effect carried over, and as it is at scale where it did not. */
function truths(
  { true_effect: pilot, true_effect_at_scale: scale }: InitiativeRun,
  factor: number,
): Pick<ForestRow, 'truth' | 'truthAtScale'> {
  const truth = pilot === null ? null : pilot * factor;
  return scale === null || scale === pilot ? { truth } : { truth, truthAtScale: scale * factor };
}

function promised(evaluation: EvaluateResult | null, divisor: number): ForestRow['pilot'] {
  if (evaluation === null) return null;
  return { estimate: evaluation.R_med / divisor, lower: evaluation.R_worst / divisor, upper: evaluation.R_best / divisor };
}

function measured(measurement: Measurement | null, factor: number): ForestRow['scale'] {
  if (measurement?.result.status !== 'ok') return null;
  const { effect_estimate, ci_lower, ci_upper } = measurement.result;
  return { estimate: effect_estimate * factor, lower: ci_lower * factor, upper: ci_upper * factor };
}

function noteOf(initiative: InitiativeRun): string | null {
  if (initiative.pilot?.result.status === 'degenerate') return `no estimate: ${initiative.pilot.result.reason}`;
  if (initiative.scale?.result.status === 'degenerate') return `at scale, no estimate: ${initiative.scale.result.reason}`;
  return null;
}
