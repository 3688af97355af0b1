import { requireScenario } from '../parse-scenario.ts';
import type { Scenario } from '../scenario.ts';

/** A scenario to start from. Links name it by `id`, so an id never changes its meaning. */
export type Preset = { readonly id: string; readonly title: string; readonly summary: string; readonly scenario: Scenario };

type DeclaredPreset = Omit<Preset, 'scenario'> & { readonly scenario: Readonly<Record<string, unknown>> };

/**
 * A preset from its plain declaration, which is checked and filled in when the scenario is first asked for: a page that lists
 * presets checks none. Later it is the same object.
 */
export function definePreset({ scenario: declared, ...about }: DeclaredPreset): Preset {
  let checked: Scenario | null = null;
  return {
    ...about,
    get scenario() {
      return (checked ??= requireScenario({ version: 1, title: about.title, ...declared }));
    },
  };
}
