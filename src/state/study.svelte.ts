import type { RegretSplit } from '../core/study/regret-split.ts';
import { studyDocument, studyFindings, type StudyDocument, type StudyFindings } from '../core/study/study-document.ts';
import type { StudyPlan } from '../core/study/study-plan.ts';
import { emptyStudyTally, replicationsDone, type StudyTally } from '../core/study/study-tally.ts';
import { regretSplitOf, runStudy, type StudyEnd } from '../engine/run-study.ts';
import { readKeptStudy, type KeptStudy } from './kept-studies.ts';
import { scenarioState } from './scenario.svelte.ts';
import { studyChoices } from './study-choices.svelte.ts';
import { studyKeeper } from './study-keeper.svelte.ts';
import { studyProgress } from './study-progress.svelte.ts';
import { pool } from './worker-pool.ts';

/** How often, at most, what is found is worked out anew while the study runs, and the progress told. */
const findingsMs = 1000;
const progressMs = 250;
/** Working it out may take this share of the page's time, however large the study. */
const shareOfTime = 0.05;

type UnderWay = { readonly pause: AbortController; readonly stop: AbortController };
type Study = { readonly plan: StudyPlan; readonly tally: StudyTally };

let study = $state.raw<Study | null>(null);
let findings = $state.raw<StudyFindings | null>(null);
let split = $state.raw<RegretSplit | null>(null);
let ended = $state<StudyEnd | null>(null);
let error = $state<string | null>(null);
let underWay = $state.raw<UnderWay | null>(null);
let pausing = $state(false);

/** Whether the study goes on from its result with what is set now: only how many, and how precise, may differ. */
const sameQuestion = $derived.by(() => {
  if (study === null || studyProgress.stale) return false;
  const { extent, effect } = study.plan.settings;
  return extent === studyChoices.now.extent && effect === studyChoices.now.effect;
});

/** The study under way or the last one. A second run supersedes the first. */
export const studyState = {
  /** What was found so far; while the study runs, as of about a second ago. */
  get findings() {
    return findings;
  },
  /** Whether it is finished, and why it ended; null while it runs. */
  get ended() {
    return ended;
  },
  get error() {
    return error;
  },
  /** What is under way is waited for. */
  get pausing() {
    return pausing;
  },
  /** The replications kept one by one, as of the findings. */
  get tally(): StudyTally | null {
    return findings === null ? null : (study?.tally ?? null);
  },
  get canGoOn() {
    return sameQuestion && underWay === null;
  },
  run(): void {
    const plan = { scenario: scenarioState.current, settings: studyChoices.settings, replications: studyChoices.now.replications };
    study = { plan, tally: emptyStudyTally(plan) };
    findings = null;
    split = null;
    studyProgress.begin(plan.scenario);
    void work(study);
  },
  /** Goes on after a pause, a cancel or a failure. */
  resume(): void {
    if (study !== null && underWay === null) void work(study);
  },
  /** So many replications beyond those that are done. */
  more(count: number): void {
    if (study === null || underWay !== null) return;
    const { precision } = studyChoices.settings;
    const settings = { ...study.plan.settings, precision };
    study = { ...study, plan: { ...study.plan, settings, replications: replicationsDone(study.tally) + count } };
    void work(study);
  },
  /** Takes up a study of the scenario in hand that was kept when the page was closed; false where it can no longer be read. */
  async takeUp(kept: KeptStudy): Promise<boolean> {
    const whole = await readKeptStudy(kept);
    if (whole === null) return false;
    void work(putInPlace(whole));
    return true;
  },
  /** Shows a study of the scenario in hand that came as a file, as far as it has come. */
  show(whole: Study): void {
    const mine = putInPlace(whole);
    const done = replicationsDone(mine.tally);
    if (done >= mine.plan.replications) {
      void work(mine);
      return;
    }
    ended = 'stopped';
    studyProgress.note({ status: 'paused', done, planned: mine.plan.replications, secondsLeft: null });
    void takeStopped(mine);
  },
  pause(): void {
    pausing = underWay !== null;
    underWay?.pause.abort();
  },
  /** Ends at once; what was found stays. */
  cancel(): void {
    if (underWay === null) return;
    underWay.stop.abort();
    underWay = null;
    pausing = false;
    ended = 'stopped';
    studyProgress.note({ status: 'cancelled', secondsLeft: null });
    void studyKeeper.keep();
    if (study !== null) void takeStopped(study);
  },
  /** The whole study as a file, to keep or to merge with other shards. */
  document(): StudyDocument | null {
    return study === null ? null : studyDocument(study.plan, study.tally, split);
  },
};

/** The study takes the place of the one that was there. */
function putInPlace({ plan, tally }: Study): Study {
  const { extent, effect } = plan.settings;
  studyState.cancel();
  studyChoices.set({ extent, effect });
  study = { plan: { ...plan, scenario: scenarioState.current }, tally };
  findings = null;
  split = null;
  error = null;
  studyProgress.begin(scenarioState.current);
  return study;
}

async function work(mine: Study): Promise<void> {
  underWay?.stop.abort();
  const control: UnderWay = { pause: new AbortController(), stop: new AbortController() };
  underWay = control;
  const isCurrent = () => underWay === control;
  pausing = false;
  error = null;
  ended = null;
  split = null;
  const { plan, tally } = mine;
  studyProgress.note({ status: 'running', done: replicationsDone(tally), planned: plan.replications, secondsLeft: null });
  studyKeeper.begin(mine);
  const tell = teller(mine, isCurrent);
  try {
    const end = await runStudy(plan, tally, pool, {
      pause: control.pause.signal,
      signal: control.stop.signal,
      onProgress: ({ done, secondsLeft }) => tell(done, secondsLeft),
    });
    if (!isCurrent()) return;
    void studyKeeper.keep();
    const parts = await splitOf(mine, control.stop.signal);
    if (!isCurrent()) return;
    split = parts;
    await takeFindings(mine);
    if (!isCurrent()) return;
    ended = end;
    settle(end === 'stopped' ? 'paused' : 'done');
  } catch (cause) {
    if (!isCurrent()) return;
    await takeFindings(mine);
    if (!isCurrent()) return;
    error = cause instanceof Error ? cause.message : String(cause);
    settle('failed');
  }
}

/** What there is of a study that was stopped is whole as well, unless another has begun. */
async function takeStopped(mine: Study): Promise<void> {
  await takeFindings(mine);
  const parts = await splitOf(mine, new AbortController().signal).catch(() => null);
  if (study !== mine || underWay !== null) return;
  split = parts;
  await takeFindings(mine);
}

async function splitOf({ plan, tally }: Study, signal: AbortSignal): Promise<RegretSplit | null> {
  return plan.settings.extent === 'estimates' ? null : regretSplitOf(plan, tally, pool, signal);
}

function settle(status: 'paused' | 'done' | 'failed'): void {
  underWay = null;
  pausing = false;
  studyProgress.note({ status, secondsLeft: null });
}

/** Tells the progress a few times a second, and what was found about once. */
function teller(mine: Study, isCurrent: () => boolean): (done: number, secondsLeft: number | null) => void {
  let toldAt = 0;
  let findAt = performance.now() + findingsMs;
  return (done, secondsLeft) => {
    const now = performance.now();
    if (!isCurrent() || now - toldAt < progressMs) return;
    toldAt = now;
    studyKeeper.note();
    studyProgress.note({ done, secondsLeft });
    if (now < findAt) return;
    findAt = Infinity;
    void takeFindings(mine).then((tookMs) => (findAt = performance.now() + Math.max(findingsMs, tookMs / shareOfTime)));
  };
}

/** Works out what is found in one task and shows it in the next, so that neither holds the page up. Resolves with how long the first took. */
async function takeFindings({ plan, tally }: Study): Promise<number> {
  await nextTask();
  if (replicationsDone(tally) === 0) return 0;
  const begun = performance.now();
  const found = studyFindings(plan, tally, split);
  const tookMs = performance.now() - begun;
  await nextTask();
  if (study?.tally !== tally) return tookMs;
  findings = found;
  studyProgress.note({ done: found.replications });
  return tookMs;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
