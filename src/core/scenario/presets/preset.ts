import type { Scenario } from '../scenario.ts';

/** A scenario to start from. Links name it by `id`, so an id never changes its meaning. */
export type Preset = { readonly id: string; readonly title: string; readonly summary: string; readonly scenario: Scenario };
