import { untrack } from 'svelte';
import { defaultCorrection } from '../core/allocate/corrections/index.ts';
import { standardErrorsOfReturns, type StandardErrors } from '../core/allocate/corrections/returns-of-evidence.ts';
import type { Allocation, AllocationProblem } from '../core/allocate/decision-rule.ts';
import type { EvaluateResult } from '../core/contracts/evaluate-result.ts';
import type { Issue } from '../core/contracts/input-error.ts';
import type { Run } from '../core/contracts/run.ts';
import { allocationProblem } from '../core/pipeline.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { labSession, type ExplanationName, type Explanations, type LabAnswer, type LabSession } from '../engine/lab-session.ts';
import { ownPortfolio, portfolioOwner } from './own-portfolio.svelte.ts';
import { scenarioState } from './scenario.svelte.ts';

export type ScenarioEdit = (scenario: Scenario) => Scenario;

/** An edit being tried out: a handle is held, a slider is under the hand. */
type Preview = { readonly label: string; readonly edit: ScenarioEdit };
type Answer = LabAnswer & { readonly key: string; readonly problem: AllocationProblem };
type Explained = {
  readonly [N in ExplanationName]?: { readonly key: string; readonly value: Explanations[N] | null; readonly error: string | null };
};

/** In the order in which they are worked out. */
const explanationNames = [
  'rules',
  'frontier',
  'forced',
  'near',
  'switches',
  'menu',
  'dominated',
] as const satisfies readonly ExplanationName[];
/** How long the hand must rest before explanations are begun. */
const restMs = 120;

let shown = $state.raw<Run | null>(null);
let preview = $state.raw<Preview | null>(null);
let answer = $state.raw<Answer | null>(null);
let issues = $state.raw<readonly Issue[]>([]);
let error = $state<string | null>(null);
let explained = $state.raw<Explained>({});
let tolerance = $state(0.1);
let notices = $state.raw<readonly string[]>([]);

/** What is decided on: the scenario in hand where the shown run has measured it, else the run's; with the preview, if there is one. */
const decided = $derived.by(() => {
  if (shown === null) return null;
  const basis = hasSameEvidence(shown.scenario, scenarioState.current) ? scenarioState.current : shown.scenario;
  return preview === null ? basis : preview.edit(basis);
});
const evidence = $derived(shown === null ? null : evidenceOf(shown));
const problem = $derived(decided === null || evidence === null ? null : allocationProblem(decided, ...evidence));
const base = $derived(decided === null || evidence === null ? null : allocationProblem({ ...decided, what_if: [] }, ...evidence));
/** The same as measured: before any correction. */
const measured = $derived(
  decided === null || evidence === null
    ? null
    : allocationProblem({ ...decided, what_if: [], return_correction: defaultCorrection }, ...evidence),
);
const key = $derived(JSON.stringify(problem));
const isOfRun = $derived(shown !== null && decided === shown.scenario);
const mine = $derived.by(() => {
  const ticked = new Set(ownPortfolio.ids);
  return problem?.candidates.map(({ id }) => id).filter((id) => ticked.has(id)) ?? [];
});

/** The regret lab: the decision of the shown run, what it would be with an edit that is being tried out, and all that explains it. */
export const labState = {
  /** What is decided now, the preview included. */
  get problem() {
    return problem;
  },
  /** The same without numbers set by hand. */
  get base() {
    return base;
  },
  /** The same as measured: neither set by hand nor corrected. */
  get measured() {
    return measured;
  },
  get scenario() {
    return decided;
  },
  /** The rule's answer to `problem`; the one before while it is worked out. */
  get allocation(): Allocation | null {
    return isOfRun ? (shown?.allocation ?? null) : (answer?.allocation ?? shown?.allocation ?? null);
  },
  /** What `allocation` answers. */
  get answered(): AllocationProblem | null {
    return isOfRun || answer === null ? problem : answer.problem;
  },
  /** An edit is being tried out that is not in the scenario yet. */
  get isPreview() {
    return preview !== null;
  },
  get busy() {
    return !isOfRun && answer?.key !== key && issues.length === 0 && error === null;
  },
  get issues() {
    return issues;
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
  /** Tries an edit out: nothing is written anywhere until `settle`. */
  preview(label: string, edit: ScenarioEdit): void {
    preview = { label, edit };
  },
  /** Takes what is being tried out into the scenario as one step. Returns what is wrong with it, in which case nothing has changed. */
  settle(): readonly Issue[] {
    const tried = preview;
    preview = null;
    return tried === null ? [] : scenarioState.change(tried.label, tried.edit);
  },
  cancelPreview(): void {
    preview = null;
  },
  /** Own portfolio, in the order of the candidates. */
  get mine() {
    return mine;
  },
  get judged() {
    return answer?.judged ?? null;
  },
  /** Each null until it is first worked out; the one before while a newer one is. */
  explanation<N extends ExplanationName>(
    name: N,
  ): { readonly value: Explanations[N] | null; readonly error: string | null; readonly fresh: boolean } {
    const known = explained[name];
    return { value: known?.value ?? null, error: known?.error ?? null, fresh: known?.key === explanationKey(name, key, tolerance) };
  },
  /** The rules side by side, once they are of the problem in hand. */
  get freshRules(): Explanations['rules'] | null {
    const { value, fresh } = this.explanation('rules');
    return fresh ? value : null;
  },
  get tolerance() {
    return tolerance;
  },
  setTolerance(share: number): void {
    tolerance = share;
  },
  /** Takes over a run to be shown. */
  show(run: Run): void {
    if (run === untrack(() => shown)) return;
    if (
      !hasSameInitiatives(
        run,
        untrack(() => shown),
      )
    ) {
      preview = null;
      answer = null;
      explained = {};
    }
    shown = run;
    untrack(() => ownPortfolio.open(portfolioOwner(scenarioState.presetId, run.scenario.title)));
  },
};

/** Keeps answers and explanations up to date for as long as the calling component lives. */
export function attachLab(): void {
  const session = labSession({ onNotice: (notice) => (notices = [...notices, notice].slice(-3)) });
  $effect(() => () => session.close());
  $effect(() => {
    if (problem !== null) void takeAnswer(session, problem, mine, key);
  });
  $effect(() => {
    const asked = { problem, key, tolerance };
    if (asked.problem === null) return;
    let current = true;
    const later = setTimeout(() => void explainAll(session, asked.problem as AllocationProblem, asked, () => current), restMs);
    return () => {
      current = false;
      clearTimeout(later);
    };
  });
}

async function takeAnswer(session: LabSession, asked: AllocationProblem, portfolio: readonly string[], askedKey: string): Promise<void> {
  try {
    const result = await session.answer($state.snapshot<AllocationProblem>(asked), [...portfolio]);
    if (result.kind === 'superseded') return;
    error = null;
    issues = result.value.ok ? [] : result.value.issues;
    if (result.value.ok) answer = { ...result.value.value, key: askedKey, problem: asked };
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
}

async function explainAll(
  session: LabSession,
  asked: AllocationProblem,
  { key: askedKey, tolerance: askedTolerance }: { readonly key: string; readonly tolerance: number },
  isCurrent: () => boolean,
): Promise<void> {
  for (const name of explanationNames) {
    const wanted = explanationKey(name, askedKey, askedTolerance);
    if (explained[name]?.key === wanted) continue;
    const settings = { tolerance: askedTolerance };
    const outcome = await session.explain(name, $state.snapshot<AllocationProblem>(asked), settings).then(
      (result) => (result.kind === 'superseded' ? null : result.value),
      (cause: unknown) => ({ ok: false as const, issues: [{ path: '', message: cause instanceof Error ? cause.message : String(cause) }] }),
    );
    if (outcome === null || !isCurrent()) return;
    const entry = outcome.ok
      ? { key: wanted, value: outcome.value, error: null }
      : { key: wanted, value: null, error: outcome.issues.map(({ message }) => message).join(' ') };
    explained = { ...explained, [name]: entry };
  }
}

/** What an explanation depends on. */
function explanationKey(name: ExplanationName, problemKey: string, share: number): string {
  return name === 'near' ? `${share} ${problemKey}` : problemKey;
}

/** Whether two scenarios measure and weigh the same: they differ in the decision alone. */
function hasSameEvidence(a: Scenario, b: Scenario): boolean {
  return a === b || evidenceKey(a) === evidenceKey(b);
}

function evidenceKey({ seed, confidence_level, initiatives }: Scenario): string {
  return JSON.stringify([
    seed,
    confidence_level,
    initiatives.map((initiative) => ({ ...initiative, category: '', divisible: false, description: '' })),
  ]);
}

/** What a run's pilots say of the returns, and how surely. */
function evidenceOf({ scenario, evaluate_results, initiatives }: Run): readonly [readonly EvaluateResult[], StandardErrors] {
  const pilotOf = new Map(initiatives.map(({ initiative_id: id, pilot }) => [id, pilot?.result]));
  return [evaluate_results, standardErrorsOfReturns(scenario.initiatives, (id) => pilotOf.get(id))];
}

function hasSameInitiatives(a: Run, b: Run | null): boolean {
  const ids = (run: Run) => run.evaluate_results.map(({ initiative_id }) => initiative_id).join(' ');
  return b !== null && ids(a) === ids(b);
}
