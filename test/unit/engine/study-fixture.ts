import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset, findPreset } from '../../../src/core/scenario/presets/index.ts';
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

/** Small studies whose digests are on record: every engine, and any number of workers, has to reproduce them. */
export function studiesOnRecord(): Readonly<Record<string, StudyPlan>> {
  const ofPreset = (id: string, replications: number, settings: Partial<StudySettings>): StudyPlan => ({
    scenario: findPreset(id)!.scenario,
    settings: { ...defaultSettings, ...settings },
    replications,
  });
  return {
    'two initiatives, whole loop': smallPlan(12, { extent: 'whole' }),
    'winners-curse, up to the decision': ofPreset('winners-curse', 4, { extent: 'decision' }),
    'a-a-test, the pilots alone, without effects': ofPreset('a-a-test', 4, { extent: 'estimates', effect: 'none' }),
    'staggered-rollout, up to the decision': ofPreset('staggered-rollout', 3, { extent: 'decision' }),
  };
}
