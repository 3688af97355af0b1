import { afterEach, describe, expect, it } from 'vitest';
import type { AllocationProblem } from '../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../src/core/allocate/index.ts';
import { labSession, spawnLabWorker, type LabSession, type LabWorker } from '../../src/engine/lab-session.ts';

/** The worked example at a budget. */
const problem = (budget: number): AllocationProblem => ({
  candidates: [
    { id: 'TitlesAI', cost: 4, R_best: 15, R_med: 10, R_worst: 2, confidence: 0.9 },
    { id: 'ImageEnhancer', cost: 2, R_best: 12, R_med: 8, R_worst: 1, confidence: 0.6 },
    { id: 'PriceOptimizer', cost: 2, R_best: 9, R_med: 6, R_worst: 2, confidence: 0.8 },
    { id: 'SearchRanker', cost: 2, R_best: 7, R_med: 5, R_worst: 3, confidence: 0.4 },
    { id: 'BundleEngine', cost: 4, R_best: 18, R_med: 9, R_worst: 0, confidence: 0.5 },
  ],
  budget,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: 3,
  rule: 'minimax_regret',
  rule_parameters: {},
});
const settings = { tolerance: 0.1 };

/** Every worker a session started: killed through these, the session has not been told. */
const started: Worker[] = [];
const RealWorker = globalThis.Worker;
globalThis.Worker = class extends RealWorker {
  constructor(...given: ConstructorParameters<typeof RealWorker>) {
    super(...given);
    started.push(this);
  }
};

let session: LabSession | undefined;
let notices: string[] = [];
const open = (spawn: () => LabWorker = spawnLabWorker) => (session = labSession({ spawn, onNotice: (notice) => notices.push(notice) }));

afterEach(() => {
  session?.close();
  started.length = 0;
  notices = [];
});

describe('the lab in real workers', () => {
  it('answers as the core does, and holds a portfolio against the answer', async () => {
    const { answer } = open();
    const result = await answer(problem(10), ['TitlesAI', 'ImageEnhancer']);
    if (result.kind !== 'answer' || !result.value.ok) throw new Error('no answer');
    const { allocation, judged } = result.value.value;
    expect(allocation).toEqual(allocate(problem(10), null));
    expect(judged).toMatchObject({ feasible: true, portfolio: { cost: 6, max_regret: 9 } });
    expect(judged.independentRegret).toBeGreaterThanOrEqual(judged.portfolio.max_regret);
  });

  it('answers the first of many and the newest, in one worker', async () => {
    const { answer } = open();
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => answer(problem(i + 1), [])));
    expect(results.map(({ kind }) => kind)).toEqual(['answer', ...Array.from({ length: 18 }, () => 'superseded'), 'answer']);
    const last = results.at(-1);
    if (last?.kind !== 'answer' || !last.value.ok) throw new Error('no answer');
    expect(last.value.value.allocation).toEqual(allocate(problem(20), null));
    expect(started).toHaveLength(1);
  });

  it('explains in a worker of its own, while answers keep coming', async () => {
    const { answer, explain } = open();
    const names = ['rules', 'frontier', 'forced', 'near', 'switches', 'menu', 'dominated'] as const;
    for (const name of names) {
      const [explained, answered] = await Promise.all([explain(name, problem(10), settings), answer(problem(10), [])]);
      expect(explained, name).toMatchObject({ kind: 'answer', value: { ok: true } });
      expect(answered.kind).toBe('answer');
    }
    expect(started).toHaveLength(2);
  });

  it('says what is wrong with a problem instead of failing', async () => {
    const { answer } = open();
    const result = await answer({ ...problem(10), budget: -1 }, []);
    expect(result).toMatchObject({ kind: 'answer', value: { ok: false, issues: [{ path: 'budget' }] } });
  });

  it('replaces a worker that was killed and gives the same answer', async () => {
    const { answer } = open();
    const before = await answer(problem(10), []);
    started.forEach((worker) => worker.terminate());
    const after = await answer(problem(10), []);
    expect(after).toEqual(before);
    expect(notices.join(' ')).toMatch(/stopped unexpectedly/);
    expect(started).toHaveLength(2);
  });
});
