import type { Measurement, Run } from '../core/contracts/run.ts';
import { measureTask } from '../core/pipeline.ts';
import type { CatalogRow } from '../core/simulate/catalog-page.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { Task, TaskResult } from '../core/stage-tasks.ts';
import { noProgress, type Progress } from '../engine/progress.ts';
import { rememberingRunner } from '../engine/remembering-runner.ts';
import { runScenario } from '../engine/run-scenario.ts';
import { scenarioSource, scenarioState } from './scenario.svelte.ts';
import { onPoolNotice, pool } from './worker-pool.ts';

export type RunStatus = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

/** Task results kept, so that undo and small edits measure nothing twice. */
const remembered = 200;

let run = $state.raw<Run | null>(null);
let status = $state<RunStatus>('idle');
let progress = $state.raw<Progress>(noProgress);
let error = $state<string | null>(null);
let notices = $state.raw<readonly string[]>([]);
let pilots = $state.raw<ReadonlyMap<string, Measurement>>(new Map());
let underWay: AbortController | null = null;

onPoolNotice((notice) => (notices = [...notices, notice].slice(-3)));
let runner = rememberingRunner(pool, remembered);

/** The last finished run and the one under way. A new run supersedes the one before it. */
export const runState = {
  get run() {
    return run;
  },
  get status() {
    return status;
  },
  /** The shown run is not of the scenario, or not of the replication, in hand. */
  get stale() {
    return run !== null && (run.scenario !== scenarioState.current || run.replication !== scenarioState.replication);
  },
  get progress() {
    return progress;
  },
  /** What the run under way has measured so far: the pilots of the initiatives by id. */
  get pilots() {
    return pilots;
  },
  get error() {
    return error;
  },
  get notices() {
    return notices;
  },
  dismissNotices(): void {
    notices = [];
  },
  cancel(): void {
    if (underWay === null) return;
    underWay.abort();
    underWay = null;
    status = 'cancelled';
  },
  /** Runs everything again from the start, remembering nothing. */
  rerun(): void {
    runner = rememberingRunner(pool, remembered);
    void start(scenarioState.current, scenarioState.replication);
  },
  /** What an initiative's pilot would have said had nothing gone wrong on the way to the data; null where it is not simulated. */
  async pilotWithoutFlaws(scenario: Scenario, initiativeId: string): Promise<Measurement | null> {
    const initiative = scenario.initiatives.find(({ initiative_id }) => initiative_id === initiativeId);
    if (initiative?.source !== 'simulated') return null;
    return runner.run(measureTask(scenario, scenarioState.replication, { ...initiative, flaws: [] }, 'pilot'), new AbortController().signal);
  },
  catalogPage(initiativeId: string, first: number, count: number): Promise<readonly CatalogRow[]> {
    const scenario = scenarioState.current;
    const world = scenario.initiatives.find((initiative) => initiative.initiative_id === initiativeId);
    if (world?.source !== 'simulated') return Promise.resolve([]);
    const { initiative_id, catalog, demand, effect, design, flaws } = world;
    return pool.catalogPage({
      seed: scenario.seed,
      replication: scenarioState.replication,
      stage: 'pilot',
      n_products: catalog.n_products,
      world: { initiative_id, catalog, demand, effect, design, flaws },
      first,
      count,
    });
  },
};

/** Runs every scenario, or replication of it, that becomes the current one, the first as soon as the address is read. */
export function startApp(): void {
  scenarioSource.onChange((scenario, replication) => void start(scenario, replication));
  window.addEventListener('popstate', () => void scenarioSource.readAddress());
  void scenarioSource.readAddress();
}

async function start(scenario: Scenario, replication: number): Promise<void> {
  underWay?.abort();
  const mine = new AbortController();
  underWay = mine;
  status = 'running';
  error = null;
  pilots = new Map();
  try {
    const finished = await runScenario(scenario, runner, {
      replication,
      signal: mine.signal,
      onProgress: (now) => (underWay === mine ? (progress = now) : undefined),
      onResult: (task, result) => (underWay === mine ? notePilot(scenario, task, result) : undefined),
    });
    if (underWay !== mine) return;
    run = finished;
    status = 'done';
    underWay = null;
    scenarioSource.noteRun(finished);
  } catch (cause) {
    if (underWay !== mine) return;
    underWay = null;
    error = cause instanceof Error ? cause.message : String(cause);
    status = 'failed';
  }
}

/** Only the initiative's own method counts: its comparisons measure the same pilot again. */
function notePilot(scenario: Scenario, task: Task, result: TaskResult): void {
  if (task.stage !== 'pilot') return;
  const { initiative_id: id, method } = task.world;
  if (scenario.initiatives.some((one) => one.initiative_id === id && one.source === 'simulated' && one.method === method))
    pilots = new Map([...pilots, [id, result as Measurement]]);
}
