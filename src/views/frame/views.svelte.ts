import type { Component } from 'svelte';
import type { Run } from '../../core/contracts/run.ts';
import { places, type Place } from '../../interchange/link.ts';
import Overview from '../overview/Overview.svelte';

type View = Component<{ run: Run }>;

// The overview is in the shell; the others come when they are asked for, or when the first run has finished.
const loaders: Readonly<Record<Place, () => Promise<{ default: View }>>> = {
  overview: () => Promise.resolve({ default: Overview }),
  simulate: () => import('../simulate/Simulate.svelte'),
  measure: () => import('../measure/Measure.svelte'),
  evaluate: () => import('../evaluate/Evaluate.svelte'),
  allocate: () => import('../allocate/Allocate.svelte'),
  scale: () => import('../scale/Scale.svelte'),
  study: () => import('../study/Study.svelte'),
  // It has no use for the run.
  decide: (): Promise<{ default: Component }> => import('../decide/Decide.svelte'),
  report: () => import('../report/Report.svelte'),
  data: () => import('../data/Data.svelte'),
};

let loaded = $state.raw<Readonly<Partial<Record<Place, View>>>>({ overview: Overview });
let missing = $state.raw<readonly Place[]>([]);

/** The views that are here, and those that could not be fetched. */
export const views = {
  view(place: Place): View | undefined {
    return loaded[place];
  },
  isMissing(place: Place): boolean {
    return missing.includes(place);
  },
  async load(place: Place): Promise<void> {
    if (loaded[place] !== undefined) return;
    missing = missing.filter((other) => other !== place);
    try {
      const module = await loaders[place]();
      loaded = { ...loaded, [place]: module.default };
    } catch {
      missing = [...missing, place];
    }
  },
  loadAll(): void {
    for (const place of places) void this.load(place);
  },
};
