import type { Scenario } from '../scenario/scenario.ts';
import { withoutEffects } from '../scenario/without-effects.ts';
import type { StudyPlan } from './study-plan.ts';

/** The scenario that is replicated: as declared, or without any effect. */
export function studiedScenario({ scenario, settings }: Pick<StudyPlan, 'scenario' | 'settings'>): Scenario {
  return settings.effect === 'none' ? withoutEffects(scenario) : scenario;
}
