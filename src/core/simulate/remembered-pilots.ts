import type { SimulatedPilot } from './pilot.ts';
import { simulatePilot, type SimulationTask } from './simulate.ts';

/** Product-periods that are kept at most: a few megabytes. */
const mostKept = 200_000;
const kept = new Map<string, SimulatedPilot>();
let cells = 0;

/** As `simulatePilot`, with the last pilots remembered: methods laid side by side look at the same one. Nobody may change it. */
export function rememberedPilot(task: SimulationTask): SimulatedPilot {
  const { initiative_id, catalog, demand, effect, effect_multiplier, design, flaws } = task.initiative;
  const key = JSON.stringify({ ...task, initiative: { initiative_id, catalog, demand, effect, effect_multiplier, design, flaws } });
  const known = kept.get(key);
  if (known !== undefined) return known;
  const pilot = simulatePilot(task);
  keep(key, pilot);
  return pilot;
}

function keep(key: string, pilot: SimulatedPilot): void {
  if (sizeOf(pilot) > mostKept) return;
  kept.set(key, pilot);
  cells += sizeOf(pilot);
  for (const [oldest, gone] of kept) {
    if (cells <= mostKept) return;
    kept.delete(oldest);
    cells -= sizeOf(gone);
  }
}

function sizeOf({ pilot: { catalog, calendar } }: SimulatedPilot): number {
  return catalog.nProducts * calendar.nPeriods;
}
