import type { World } from '../measure-initiative.ts';
import { estimatorDescriptions, type EstimatorId } from '../measure/descriptions.ts';
import type { Choice, DemandDeclaration } from '../scenario/scenario.ts';
import type { NumberParameter } from '../contracts/parameter.ts';
import { findFlaw, flaws } from '../simulate/flaws/index.ts';
import { homeWorlds } from './home-worlds.ts';

/** A world of the battery: what it is called, and what is simulated in it. */
export type BatteryWorld = {
  readonly world: string;
  readonly kind: 'null' | 'home' | 'violation';
  readonly severity: number | null;
  readonly label: string;
  readonly simulated: World;
};

/** Shares of a dial's range. */
const severities = [
  { word: 'mild', share: 0.25 },
  { word: 'strong', share: 0.75 },
] as const;

/**
 * The fixed battery of an estimator: its home design without an effect, with one, and with every violation in two severities,
 * each flaw and (for methods that compare units) selection on what is not on record. All with default parameters.
 */
export function batteryOf(id: EstimatorId): readonly BatteryWorld[] {
  const home = homeWorlds(id);
  const none = { ...home, effect: { ...home.effect, parameters: { ...home.effect.parameters, ...zeroed(home.effect) } } };
  return [
    { world: 'null', kind: 'null', severity: null, label: 'No effect', simulated: none },
    { world: 'home', kind: 'home', severity: null, label: 'Assumptions hold', simulated: home },
    ...Object.keys(flaws).flatMap((flaw) => severities.map(({ word, share }) => flawed(home, flaw, word, share))),
    ...(comparesUnits(id) ? severities.map(({ word, share }) => hiddenSelection(home, word, share)) : []),
  ];
}

function flawed(home: World, id: string, word: string, share: number): BatteryWorld {
  const flaw = findFlaw(id)!;
  const severity = share * (flaw.parameters['severity'] as NumberParameter).max;
  return violation(id, `${flaw.label}, ${word}`, severity, { ...home, flaws: [{ id, parameters: { severity } }] });
}

/** With an appeal that is on no record driving both demand and treatment. */
function hiddenSelection(home: World, word: string, share: number): BatteryWorld {
  const demand: DemandDeclaration = { ...home.demand, appeal_variation: 0.4 };
  const severity = 2 * share;
  const design: Choice = { id: 'selection_on_unobservable', parameters: { appeal_weight: severity } };
  return violation('selection_on_unobservable', `Selection on what is not on record, ${word}`, severity, { ...home, demand, design });
}

function violation(id: string, label: string, severity: number, simulated: World): BatteryWorld {
  return { world: `${id} ${severity}`, kind: 'violation', severity, label, simulated };
}

function comparesUnits(id: EstimatorId): boolean {
  return estimatorDescriptions[id].shape === 'cross_section' && homeWorlds(id).design.id !== 'threshold_rule';
}

function zeroed(effect: Choice): Readonly<Record<string, number>> {
  return effect.id === 'product_detail_boost' ? { quality_boost: 0 } : { size: 0 };
}
