import type { Scenario } from '../core/scenario/scenario.ts';
import type { StudyPlan } from '../core/study/study-plan.ts';
import { replicationsDone, type StudyTally } from '../core/study/study-tally.ts';
import { keepStudy, keptStudiesOf, type KeptStudy } from './kept-studies.ts';

type Whole = { readonly plan: StudyPlan; readonly tally: StudyTally };

/** When a study that runs is kept for the first time, and how often, at most, after that. */
const firstMs = 1_000;
const keepMs = 4_000;
/** Keeping it may take this share of the page's time, however large the study. */
const shareOfTime = 0.02;

let trouble = $state<string | null>(null);
let kept = $state.raw<readonly KeptStudy[]>([]);

let latest: Whole | null = null;
let keptDone = $state(0);
let dueAt = 0;
let writing = false;

/** Keeps the study that runs on this machine, so that a closed page loses little of it. */
export const studyKeeper = {
  /** Why the study is not kept; null where it is. */
  get trouble() {
    return trouble;
  },
  /** So many of its replications are kept. */
  get keptDone() {
    return keptDone;
  },
  /** Those of the scenario that was last looked up. */
  get kept() {
    return kept;
  },
  async lookUp(scenario: Scenario): Promise<void> {
    kept = await keptStudiesOf(scenario);
  },
  /** A study has begun or gone on. */
  begin(study: Whole): void {
    latest = study;
    keptDone = replicationsDone(study.tally);
    dueAt = performance.now() + firstMs;
  },
  /** It has come further; now and then it is kept. */
  note(): void {
    if (performance.now() >= dueAt) void this.keep();
  },
  /** Keeps it at once, unless nothing was added. */
  async keep(): Promise<void> {
    if (latest === null || writing || replicationsDone(latest.tally) === keptDone) return;
    const study = latest;
    const done = replicationsDone(study.tally);
    writing = true;
    try {
      const tookMs = await keepStudy(study);
      dueAt = performance.now() + Math.max(keepMs, tookMs / shareOfTime);
      trouble = null;
    } catch (error) {
      dueAt = performance.now() + keepMs;
      trouble = error instanceof Error ? error.message : String(error);
    }
    writing = false;
    if (latest === study && trouble === null) keptDone = done;
  },
};

window.addEventListener('pagehide', () => void studyKeeper.keep());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void studyKeeper.keep();
});
