import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset } from '../../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { defaultSettings, type StudyPlan, type StudySettings } from '../../../src/core/study/study-plan.ts';

/** Two initiatives of the default preset, small enough to be replicated many times in a test. */
export function smallScenario(): Scenario {
  const { scenario } = defaultPreset;
  const initiatives = scenario.initiatives.flatMap((initiative, i) =>
    initiative.source === 'simulated' && i < 2
      ? [{ ...initiative, catalog: { ...initiative.catalog, n_products: 60, pre_periods: Math.min(8, initiative.catalog.pre_periods), post_periods: 8 } }]
      : [],
  );
  return requireScenario({ ...scenario, scale_sample_size: 80, initiatives });
}

export function smallPlan(replications: number, settings: Partial<StudySettings> = {}): StudyPlan {
  return { scenario: smallScenario(), settings: { ...defaultSettings, ...settings }, replications };
}
