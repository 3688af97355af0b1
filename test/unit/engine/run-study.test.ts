import { describe, expect, it } from 'vitest';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { runReplication } from '../../../src/core/pipeline.ts';
import { mergeStudies, readStudy, studyDocument, type StudyDocument } from '../../../src/core/study/study-document.ts';
import type { StudyPlan } from '../../../src/core/study/study-plan.ts';
import { emptyStudyTally, replicationsDone, type StudyTally } from '../../../src/core/study/study-tally.ts';
import { inlineStudyRunner } from '../../../src/engine/inline-study-runner.ts';
import { regretSplitOf, runStudy, type StudyOptions } from '../../../src/engine/run-study.ts';
import type { StudyRunner } from '../../../src/engine/study-runner.ts';
import digests from '../../reference/study-digests.json' with { type: 'json' };
import { smallPlan, studiesOnRecord } from './study-fixture.ts';

const never = new AbortController().signal;

/** So many lanes, which answer in an order that has nothing to do with what they were asked. */
function jumbledRunner(size: number): StudyRunner {
  const inner = inlineStudyRunner();
  let asked = 0;
  return {
    size,
    splitRegret: inner.splitRegret,
    async replicate(request, signal) {
      asked += 1;
      for (let turn = 0; turn < (asked * 7) % 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return inner.replicate(request, signal);
    },
  };
}

async function study(plan: StudyPlan, runner: StudyRunner, options: StudyOptions = {}): Promise<StudyDocument> {
  const tally = emptyStudyTally(plan);
  await runStudy(plan, tally, runner, options);
  return documentOf(plan, tally);
}

async function documentOf(plan: StudyPlan, tally: StudyTally): Promise<StudyDocument> {
  return studyDocument(plan, tally, await regretSplitOf(plan, tally, inlineStudyRunner(), never));
}

describe('a study', () => {
  it.each(Object.keys(studiesOnRecord()))('of %s has the digest on record', async (name) => {
    const document = await study(studiesOnRecord()[name]!, jumbledRunner(3));
    expect(document.digest).toBe((digests as Record<string, string>)[name]);
  });

  const plan = smallPlan(16, { extent: 'whole' });
  const whole = study(plan, inlineStudyRunner());

  it('gives the same document on any number of workers, in whatever order they answer', async () => {
    const expected = JSON.stringify(await whole);
    for (const size of [2, 4]) expect(JSON.stringify(await study(plan, jumbledRunner(size)))).toBe(expected);
  });

  it('replicates what a run of that replication shows', async () => {
    const { decision, state } = await whole;
    const { plan: read, tally } = readStudy(JSON.parse(JSON.stringify(await whole)));
    expect(read).toEqual(plan);
    expect(state.rows).toHaveLength(plan.scenario.initiatives.reduce((sum, one) => sum + 1 + (one.source === 'simulated' ? one.comparisons.length : 0), 0));
    const runs = Array.from({ length: 16 }, (_, replication) => runReplication(plan.scenario, replication, { solver: null }));
    const regrets = runs.map((run) => run.oracle?.realised_regret ?? NaN);
    const mean = regrets.reduce((sum, regret) => sum + regret, 0) / 16;
    expect(decision?.arms[0]?.expected_regret?.value).toBeCloseTo(mean, 6);
    const errors = runs.map(({ pilot_results: [first], initiatives: [truth] }) => (first?.status === 'ok' ? first.effect_estimate : NaN) - (truth?.true_effect ?? NaN));
    const bias = errors.reduce((sum, error) => sum + error, 0) / 16;
    expect((await whole).diagnosands[0]?.diagnosands.bias?.value).toBeCloseTo(bias, 10);
    expect(replicationsDone(tally)).toBe(16);
  });

  it('is the same document when its shards are merged, in any order', async () => {
    const shards = await Promise.all(
      [[11, 16], [0, 4], [4, 11]].map(async ([from, to], i) => ({
        name: `shard ${i}`,
        document: JSON.parse(JSON.stringify(await study(plan, inlineStudyRunner(), { range: { from: from!, to: to! } }))) as unknown,
      })),
    );
    const merged = mergeStudies(shards);
    expect(JSON.stringify(await documentOf(merged.plan, merged.tally))).toBe(JSON.stringify(await whole));
    expect(() => mergeStudies([shards[0]!, shards[0]!])).toThrow(/replication 11 is there twice/);
    expect(() => mergeStudies([shards[0]!, { name: 'other', document: { ...(shards[1]!.document as object), planned: 17 } }])).toThrow(
      /other.*is of another study than shard 0: the numbers of replications differ/,
    );
    expect(() => mergeStudies([{ name: 'no.json', document: {} }])).toThrow(/no\.json: is not a study file/);
  });

  it('goes on where it was stopped', async () => {
    const tally = emptyStudyTally(plan);
    const pause = new AbortController();
    const end = await runStudy(plan, tally, jumbledRunner(2), { pause: pause.signal, onProgress: () => pause.abort() });
    expect(end).toBe('stopped');
    const partial = await documentOf(plan, tally);
    expect(partial.replications).toBeLessThan(16);
    expect(partial.done).toEqual([[0, partial.replications]]);
    expect(JSON.stringify(partial.diagnosands)).toBe(JSON.stringify((await study({ ...plan, replications: partial.replications }, inlineStudyRunner())).diagnosands));
    expect(await runStudy(plan, tally, jumbledRunner(3))).toBe('complete');
    expect(JSON.stringify(await documentOf(plan, tally))).toBe(JSON.stringify(await whole));
  });

  it('ends at once when cancelled, with the replications it has', async () => {
    const tally = emptyStudyTally(plan);
    const cancel = new AbortController();
    const end = await runStudy(plan, tally, jumbledRunner(2), { signal: cancel.signal, onProgress: () => cancel.abort() });
    expect(end).toBe('stopped');
    expect(tally.done).toEqual([[0, replicationsDone(tally)]]);
    expect((await documentOf(plan, tally)).diagnosands[0]?.replications).toBe(replicationsDone(tally));
  });

  it('keeps what was done when a worker fails', async () => {
    const tally = emptyStudyTally(plan);
    const inner = inlineStudyRunner();
    const failing: StudyRunner = {
      ...inner,
      replicate: (request, signal) => (request.from > 0 ? Promise.reject(new Error('out of memory')) : inner.replicate(request, signal)),
    };
    await expect(runStudy(plan, tally, failing)).rejects.toThrow('out of memory');
    expect(replicationsDone(tally)).toBeGreaterThan(0);
  });

  it('stops at the same replication everywhere once it is precise enough', async () => {
    const precise = smallPlan(2000, { extent: 'estimates', precision: { diagnosand: 'coverage', monte_carlo_se: 0.02 } });
    const scenario = requireScenario({ ...precise.scenario, initiatives: precise.scenario.initiatives.slice(0, 1).map((one) => ({ ...one, comparisons: [] })) });
    const small = { ...precise, scenario };
    const [alone, many] = [emptyStudyTally(small), emptyStudyTally(small)];
    expect(await runStudy(small, alone, inlineStudyRunner())).toBe('precise enough');
    expect(await runStudy(small, many, jumbledRunner(4))).toBe('precise enough');
    expect(many.done).toEqual(alone.done);
    const [summary] = (await documentOf(small, many)).diagnosands;
    expect(summary?.diagnosands.coverage?.monte_carlo_se).toBeLessThanOrEqual(0.02);
    expect(summary?.replications).toBeLessThan(2000);
  });

  it('has no effect anywhere in the A/A mode', async () => {
    const { diagnosands } = await study(smallPlan(3, { extent: 'estimates', effect: 'none' }), inlineStudyRunner());
    const truths = diagnosands.map(({ diagnosands: { relative_bias } }) => relative_bias);
    expect(truths.every((bias) => bias === null)).toBe(true);
  });
});
