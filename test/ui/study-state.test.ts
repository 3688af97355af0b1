import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StudyRunner } from '../../src/engine/study-runner.ts';
import { inlineStudyRunner } from '../../src/engine/inline-study-runner.ts';
import { studyFindings } from '../../src/core/study/study-document.ts';
import { emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { regretSplitOf, runStudy } from '../../src/engine/run-study.ts';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import { studyChoices } from '../../src/state/study-choices.svelte.ts';
import { studyProgress } from '../../src/state/study-progress.svelte.ts';
import { studyState } from '../../src/state/study.svelte.ts';

/** Workers are replaced by this thread; `gate` holds requests back, `broken` lets them fail. */
const workers = vi.hoisted(() => ({ gate: null as Promise<void> | null, broken: null as string | null, asked: 0 }));
vi.mock('../../src/state/worker-pool.ts', async () => {
  const { inlineStudyRunner: inline } = await import('../../src/engine/inline-study-runner.ts');
  const runner = inline();
  const pool: StudyRunner = {
    size: 2,
    async replicate(request, signal) {
      workers.asked += 1;
      await workers.gate;
      if (workers.broken !== null) throw new Error(workers.broken);
      return runner.replicate(request, signal);
    },
    splitRegret: (plan, average, signal) => runner.splitRegret(plan, average, signal),
  };
  return { pool, onPoolNotice: () => undefined };
});

beforeEach(() => {
  studyState.cancel();
  workers.gate = null;
  workers.broken = null;
  workers.asked = 0;
  scenarioState.loadPreset('clean-randomised');
  studyChoices.set({ replications: 6, extent: 'decision', effect: 'as_declared', stopsEarly: false });
});

const ended = (status: string) => vi.waitFor(() => expect(studyProgress.now.status).toBe(status), 10_000);

/** Closes the gate; the function it returns opens it. */
function hold(): () => void {
  let open = (): void => undefined;
  workers.gate = new Promise((resolve) => (open = resolve));
  return open;
}

async function findingsOfFirst(replications: number) {
  const plan = { scenario: scenarioState.current, settings: studyChoices.settings, replications };
  const tally = emptyStudyTally(plan);
  const runner = inlineStudyRunner();
  await runStudy(plan, tally, runner);
  return studyFindings(plan, tally, await regretSplitOf(plan, tally, runner, new AbortController().signal));
}

describe('a study', () => {
  it('finds what the same replications give one after another', async () => {
    studyState.run();
    expect(studyProgress.now).toMatchObject({ status: 'running', planned: 6 });
    await ended('done');
    expect(studyState.findings).toEqual(await findingsOfFirst(6));
    expect(studyState.ended).toBe('complete');
  });

  it('waits for what is under way when it is paused, and goes on from there to the same end', async () => {
    const open = hold();
    studyState.run();
    await vi.waitFor(() => expect(workers.asked).toBe(2));
    studyState.pause();
    expect(studyState.pausing).toBe(true);
    open();
    await ended('paused');
    expect(studyState.findings?.replications).toBe(2);
    expect(studyState.findings).toMatchObject({ done: [[0, 2]], planned: 6 });
    studyState.resume();
    await ended('done');
    expect(studyState.findings).toEqual(await findingsOfFirst(6));
  });

  it('keeps what was found when it is cancelled, whole and with its number of replications', async () => {
    studyState.run();
    await ended('done');
    const open = hold();
    studyState.more(6);
    await vi.waitFor(() => expect(studyProgress.now.planned).toBe(12));
    studyState.cancel();
    open();
    expect(studyProgress.now).toMatchObject({ status: 'cancelled', done: 6, planned: 12 });
    const whole = { ...(await findingsOfFirst(6)), planned: 12 };
    await vi.waitFor(() => expect(studyState.findings).toEqual(whole), 10_000);
  });

  it('goes on from its result with what is set now, but for another question', async () => {
    studyState.run();
    await ended('done');
    studyState.more(4);
    await ended('done');
    expect(studyState.findings).toEqual(await findingsOfFirst(10));
    expect(studyState.canGoOn).toBe(true);
    studyChoices.set({ effect: 'none' });
    expect(studyState.canGoOn).toBe(false);
    studyChoices.set({ effect: 'as_declared', extent: 'estimates' });
    expect(studyState.canGoOn).toBe(false);
  });

  it('is superseded by the next', async () => {
    const open = hold();
    studyState.run();
    await vi.waitFor(() => expect(workers.asked).toBeGreaterThan(0));
    studyChoices.set({ replications: 3 });
    workers.gate = null;
    studyState.run();
    await ended('done');
    open();
    expect(studyState.findings).toEqual(await findingsOfFirst(3));
  });

  it('stays, marked, when the scenario changes, and is its own again when that is undone', async () => {
    studyState.run();
    await ended('done');
    const found = studyState.findings;
    expect(scenarioState.change('seed', (scenario) => ({ ...scenario, seed: 'another' }))).toEqual([]);
    expect(studyProgress.stale).toBe(true);
    expect(studyState.findings).toBe(found);
    expect(studyState.canGoOn).toBe(false);
    scenarioState.undo();
    expect(studyProgress.stale).toBe(false);
    expect(studyState.canGoOn).toBe(true);
  });

  it('says what went wrong, keeps what was found, and goes on when asked', async () => {
    studyState.run();
    await ended('done');
    workers.broken = 'the well has run dry';
    studyState.more(2);
    await ended('failed');
    expect(studyState.error).toBe('the well has run dry');
    expect(studyState.findings?.replications).toBe(6);
    workers.broken = null;
    studyState.resume();
    await ended('done');
    expect(studyState.error).toBeNull();
    expect(studyState.findings).toEqual(await findingsOfFirst(8));
  });

  it('is marked from a scenario that another study has begun with, not from the one before', async () => {
    studyState.run();
    await ended('done');
    expect(scenarioState.change('seed', (scenario) => ({ ...scenario, seed: 'another' }))).toEqual([]);
    studyState.run();
    await ended('done');
    expect(studyProgress.stale).toBe(false);
    expect(studyState.findings?.scenario.seed).toBe('another');
  });
});

describe('what is set about a study', () => {
  it('is kept on this machine', () => {
    studyChoices.set({ replications: 1234 });
    expect(JSON.parse(localStorage.getItem('impact-workbench-study') ?? '')).toMatchObject({ replications: 1234 });
  });

  it('keeps the target while the study runs to its end', () => {
    studyChoices.set({ stopsEarly: true, target: { diagnosand: 'bias', monte_carlo_se: 0.5 } });
    expect(studyChoices.settings.precision).toEqual({ diagnosand: 'bias', monte_carlo_se: 0.5 });
    studyChoices.set({ stopsEarly: false });
    expect(studyChoices.settings.precision).toBeNull();
    expect(studyChoices.now.target.diagnosand).toBe('bias');
  });
});
