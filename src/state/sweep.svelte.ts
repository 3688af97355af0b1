import type { DiagnosandId } from '../core/study/index.ts';
import { defaultSettings, extents, type StudySettings } from '../core/study/study-plan.ts';
import type { SweepDocument, SweepPlan, SweepTarget } from '../core/study/sweep-plan.ts';
import { scenarioAt, sweepTargets } from '../core/study/sweep-targets.ts';
import { runSweep } from '../engine/run-sweep.ts';
import { scenarioState } from './scenario.svelte.ts';
import { isWholeBetween, keepForReload, keptForReload } from './storage.svelte.ts';
import { studiesJob } from './studies-job.svelte.ts';

/** What is drawn along a sweep. */
export type SweepMeasure = DiagnosandId | 'expected_regret' | 'oracle_probability' | 'selection';

/** Checking the scenario at more values at once would be felt. */
export const mostSweptValues = 40;
export const mostSweptReplications = 10_000;
/** What bias-eliminated coverage and jackknives rest on. */
const keptReplicates = 1000;

const key = 'impact-workbench-sweep';
const before = keptForReload(key);

let path = $state<string | null>(typeof before['path'] === 'string' ? before['path'] : null);
/** null: as suggested. */
let values = $state.raw<readonly number[] | null>(keptValues(before['values']));
let replications = $state(isWholeBetween(before['replications'], 1, mostSweptReplications) ? before['replications'] : 100);
let extent = $state<StudySettings['extent']>(extents.find((one) => one === before['extent']) ?? 'decision');
let measure = $state<SweepMeasure | null>(null);
let shown = $state<string | null>(null);

const targets = $derived(scenarioState.current.initiatives.length === 0 ? [] : sweepTargets(scenarioState.current));
const target = $derived(targets.find((one) => one.path === path) ?? firstTarget(targets));
const suggested = $derived(
  target === null ? [] : target.suggested.filter((value) => scenarioAt(scenarioState.current, target.path, value).ok),
);
const job = studiesJob<SweepPlan, SweepDocument>((plan, runner, options) => runSweep(plan, runner, options));

/** What is to be swept. */
export const sweepChoices = {
  get targets() {
    return targets;
  },
  /** null where there are no initiatives, so that nothing depends on any number. */
  get target() {
    return target;
  },
  get values() {
    return values ?? suggested;
  },
  get replications() {
    return replications;
  },
  get extent() {
    return extent;
  },
  /** What is drawn; null until somebody has chosen. */
  get measure() {
    return measure;
  },
  /** The one initiative that is drawn; null for all. */
  get shown() {
    return shown;
  },
  setPath(chosen: string): void {
    path = chosen;
    values = null;
    shown = null;
    keep();
  },
  /** null: as suggested. */
  setValues(chosen: readonly number[] | null): void {
    values = chosen;
    keep();
  },
  setReplications(count: number): void {
    replications = count;
    keep();
  },
  setExtent(chosen: StudySettings['extent']): void {
    extent = chosen;
    keep();
  },
  setMeasure(chosen: SweepMeasure): void {
    measure = chosen;
  },
  setShown(id: string | null): void {
    shown = id;
  },
};

/** The sweep under way or the last one. */
export const sweepState = {
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
  /** The sweep is of another scenario than the one in hand. */
  get stale() {
    return job.plan !== null && job.plan.study.scenario !== scenarioState.current;
  },
  run(): void {
    if (target === null) return;
    const settings: StudySettings = { ...defaultSettings, extent, keep: keptReplicates };
    job.start({ study: { scenario: scenarioState.current, settings, replications }, path: target.path, values: values ?? suggested });
  },
  resume: () => job.resume(),
  pause: () => job.pause(),
  cancel: () => job.cancel(),
};

/** A flaw that is there already, else the size of all pilots, else whatever comes first. */
function firstTarget(all: readonly SweepTarget[]): SweepTarget | null {
  const flaw = all.find(({ path: where, current }) => where.includes('.flaws.') && current !== null && current > 0);
  const size = all.find(({ path: where }) => where.endsWith('.catalog.n_products'));
  return flaw ?? size ?? all[0] ?? null;
}

function keep(): void {
  keepForReload(key, { path, values, replications, extent });
}

function keptValues(value: unknown): readonly number[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostSweptValues) return null;
  return value.every((one) => typeof one === 'number' && Number.isFinite(one)) ? (value as number[]) : null;
}
