import type { Component } from 'svelte';
import type { Run } from '../../core/contracts/run.ts';
import type { Place } from '../../interchange/link.ts';
import Overview from '../overview/Overview.svelte';

export type View = Component<{ run: Run }>;
type Loader = () => Promise<{ default: View }>;

// The overview is in the shell; the others come when they are asked for, or when the first run has finished.
const loaders: Readonly<Record<Exclude<Place, 'overview'>, Loader>> = {
  simulate: () => import('../simulate/Simulate.svelte'),
  measure: () => import('../measure/Measure.svelte'),
  evaluate: () => import('../evaluate/Evaluate.svelte'),
  allocate: () => import('../allocate/Allocate.svelte'),
  scale: () => import('../scale/Scale.svelte'),
};

const loaded = new Map<Place, View>([['overview', Overview]]);

/** The view, at once where it is here already. */
export function viewOf(place: Place): View | Promise<View> {
  const view = loaded.get(place);
  if (view !== undefined || place === 'overview') return view ?? Overview;
  return loaders[place]().then((module) => {
    loaded.set(place, module.default);
    return module.default;
  });
}

/** Fetches the other views ahead of need. What fails here is tried again, and reported, when it is asked for. */
export function preloadViews(): void {
  for (const place of Object.keys(loaders) as Exclude<Place, 'overview'>[]) Promise.resolve(viewOf(place)).catch(() => undefined);
}
