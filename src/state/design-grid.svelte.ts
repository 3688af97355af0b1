import type { DesignGridDocument, DesignGridPlan } from '../core/study/design-grid.ts';
import type { GridMeasure } from '../core/study/design-grid-figures.ts';
import { runDesignGrid } from '../engine/run-design-grid.ts';
import { scenarioState } from './scenario.svelte.ts';
import { isWholeBetween, keepForReload, keptForReload } from './storage.svelte.ts';
import { studiesJob } from './studies-job.svelte.ts';

export const mostGridReplications = 10_000;

const key = 'impact-workbench-design-grid';
const before = keptForReload(key);

let initiative = $state<string | null>(typeof before['initiative'] === 'string' ? before['initiative'] : null);
let replications = $state(isWholeBetween(before['replications'], 1, mostGridReplications) ? before['replications'] : 50);
let effect = $state<DesignGridPlan['effect']>(before['effect'] === 'none' ? 'none' : 'as_declared');
let measure = $state<GridMeasure>('coverage');

const simulated = $derived(
  scenarioState.current.initiatives.filter(({ source }) => source === 'simulated').map(({ initiative_id: id }) => id),
);
const chosen = $derived(simulated.find((id) => id === initiative) ?? simulated[0] ?? null);
const job = studiesJob<DesignGridPlan, DesignGridDocument>((plan, runner, options) => runDesignGrid(plan, runner, options));

/** Whose world is put under every design, and how often. */
export const gridChoices = {
  get initiatives() {
    return simulated;
  },
  /** null where no initiative is simulated. */
  get initiative() {
    return chosen;
  },
  get replications() {
    return replications;
  },
  get effect() {
    return effect;
  },
  get measure() {
    return measure;
  },
  setInitiative(id: string): void {
    initiative = id;
    keep();
  },
  setReplications(count: number): void {
    replications = count;
    keep();
  },
  setEffect(kind: DesignGridPlan['effect']): void {
    effect = kind;
    keep();
  },
  setMeasure(kind: GridMeasure): void {
    measure = kind;
  },
};

/** The grid under way or the last one. */
export const gridState = {
  get document() {
    return job.document;
  },
  get status() {
    return job.status;
  },
  get progress() {
    return job.progress;
  },
  get error() {
    return job.error;
  },
  get stale() {
    return job.plan !== null && job.plan.scenario !== scenarioState.current;
  },
  run(): void {
    if (chosen !== null) job.start({ scenario: scenarioState.current, initiative_id: chosen, replications, effect });
  },
  resume: () => job.resume(),
  pause: () => job.pause(),
  cancel: () => job.cancel(),
};

function keep(): void {
  keepForReload(key, { initiative, replications, effect });
}
