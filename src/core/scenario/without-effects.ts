import type { Choice, Scenario } from './scenario.ts';

/** The same worlds in which no initiative does anything: the A/A mode. */
export function withoutEffects(scenario: Scenario): Scenario {
  return {
    ...scenario,
    initiatives: scenario.initiatives.map((initiative) =>
      initiative.source === 'simulated' ? { ...initiative, effect: withoutEffect(initiative.effect) } : initiative,
    ),
  };
}

/** An effect of size zero. */
export function withoutEffect(effect: Choice): Choice {
  const size = effect.id === 'product_detail_boost' ? 'quality_boost' : 'size';
  return { ...effect, parameters: { ...effect.parameters, [size]: 0 } };
}
