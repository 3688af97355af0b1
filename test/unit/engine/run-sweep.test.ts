import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/contracts/input-error.ts';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import type { SimulatedInitiative } from '../../../src/core/scenario/scenario.ts';
import type { SweepDocument, SweepPlan } from '../../../src/core/study/sweep-plan.ts';
import { studyDocument } from '../../../src/core/study/study-document.ts';
import { emptyStudyTally } from '../../../src/core/study/study-tally.ts';
import { defaultSettings, type StudySettings } from '../../../src/core/study/study-plan.ts';
import { scenarioAt } from '../../../src/core/study/sweep-targets.ts';
import { inlineStudyRunner } from '../../../src/engine/inline-study-runner.ts';
import { runStudy } from '../../../src/engine/run-study.ts';
import { runSweep } from '../../../src/engine/run-sweep.ts';
import type { StudyRunner } from '../../../src/engine/study-runner.ts';
import { smallPlan, smallScenario } from './study-fixture.ts';

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

const sweepOf = (path: string, values: readonly number[], replications: number, settings: Partial<StudySettings> = {}): SweepPlan => ({
  study: smallPlan(replications, { extent: 'decision', ...settings }),
  path,
  values,
});

describe('a sweep', () => {
  const plan = sweepOf('initiatives.*.flaws.small_sample.severity', [0, 0.5], 6);
  const whole = runSweep(plan, inlineStudyRunner()).then(({ document }) => document);

  it('gives the same document on one, two and four workers', async () => {
    const expected = await whole;
    for (const size of [2, 4]) {
      const { document, end } = await runSweep(plan, jumbledRunner(size));
      expect(end).toBe('complete');
      expect(document.digest).toBe(expected.digest);
      expect(JSON.stringify(document)).toBe(JSON.stringify(expected));
    }
  });

  it('has at each value what a study of that scenario finds, on the same random numbers', async () => {
    const { points, values } = await whole;
    expect(values).toEqual([0, 0.5]);
    for (const { value, diagnosands, replications } of points) {
      const at = scenarioAt(plan.study.scenario, plan.path, value);
      if (!at.ok) throw new InputError(at.issues);
      const study = { ...plan.study, scenario: at.value };
      const tally = emptyStudyTally(study);
      await runStudy(study, tally, inlineStudyRunner());
      const own = studyDocument(study, tally, null).diagnosands.filter(({ position, about }) => position === 0 && about === 'population');
      expect(replications).toBe(6);
      expect(diagnosands).toEqual(own);
    }
    const atNothing = points[0]!.diagnosands.map(({ diagnosands }) => diagnosands.bias);
    const { document } = await runSweep({ ...plan, path: 'budget', values: [plan.study.scenario.budget] }, inlineStudyRunner());
    expect(document.points[0]!.diagnosands.map(({ diagnosands }) => diagnosands.bias)).toEqual(atNothing);
  });

  it('stands as it is when paused, and goes on to the same document', async () => {
    const pause = new AbortController();
    let last: SweepDocument | null = null;
    const first = await runSweep(plan, inlineStudyRunner(), {
      pause: pause.signal,
      onProgress: ({ done }) => done >= 7 && pause.abort(),
      onDocument: (document) => (last = document),
    });
    expect(first.end).toBe('stopped');
    expect(first.document.points[0]).toEqual((await whole).points[0]);
    const partial = first.document.points[1]!.replications;
    expect(partial).toBeGreaterThan(0);
    expect(partial).toBeLessThan(6);
    expect(last).toEqual(first.document);
    const asked: number[] = [];
    const inner = inlineStudyRunner();
    const counting: StudyRunner = {
      ...inner,
      replicate: (request, signal) => {
        asked.push(request.to - request.from);
        return inner.replicate(request, signal);
      },
    };
    const second = await runSweep(plan, counting, { from: first.state });
    expect(JSON.stringify(second.document)).toBe(JSON.stringify(await whole));
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(6 - partial);
  });

  it('has nothing where it was stopped before it began', async () => {
    const { end, document } = await runSweep(plan, inlineStudyRunner(), { signal: AbortSignal.abort() });
    expect(end).toBe('stopped');
    expect(document.points.map(({ replications, issues, decision }) => [replications, issues, decision])).toEqual([
      [0, null, null],
      [0, null, null],
    ]);
    expect(document.breakdown.coverage.map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
  });

  it('says of a value that does not fit why, and runs the others', async () => {
    const progress: number[] = [];
    const { document, end } = await runSweep(
      sweepOf('initiatives.0.catalog.n_products', [50, 500, 60], 3, { extent: 'estimates' }),
      inlineStudyRunner(),
      {
        onProgress: ({ planned }) => progress.push(planned),
      },
    );
    expect(end).toBe('complete');
    expect(document.points.map(({ value, replications, issues }) => [value, replications, issues === null])).toEqual([
      [50, 3, true],
      [60, 3, true],
      [500, 0, false],
    ]);
    expect(document.points[2]!.issues![0]!.message).toContain('may not be larger than scale_sample_size');
    expect(new Set(progress)).toEqual(new Set([6]));
  });

  it('refuses a path that is not there and a grid that is none', async () => {
    const refusal = async (path: string, values: readonly number[]) => {
      try {
        await runSweep({ ...plan, path, values }, inlineStudyRunner());
        return 'taken';
      } catch (error) {
        return error instanceof InputError ? error.message : String(error);
      }
    };
    expect(await refusal('initiatives.0.demand.trends', [0])).toContain('did you mean');
    expect(await refusal('budget', [])).toContain('at least one value');
    expect(await refusal('budget', [1, NaN])).toContain('finite');
    expect(
      await refusal(
        'budget',
        Array.from({ length: 201 }, (_, k) => k),
      ),
    ).toContain('at most 200');
  });

  it('sorts its values and takes each once', async () => {
    const { document } = await runSweep(sweepOf('budget', [3e4, 0, 3e4, -0], 1), inlineStudyRunner());
    expect(document.values).toEqual([0, 3e4]);
    expect(document.points.map(({ decision }) => decision!.modal_portfolio!.initiatives.length)).toEqual([0, expect.any(Number)]);
  });
});

describe('the coverage of a design that goes wrong', () => {
  it('falls along the severity of what goes wrong, and the breakdown lies where it passes 0.90', async () => {
    const base = smallScenario().initiatives[0] as SimulatedInitiative;
    const scenario = requireScenario({
      ...smallScenario(),
      scale_sample_size: 400,
      initiatives: [
        {
          ...base,
          catalog: { ...base.catalog, n_products: 300, pre_periods: 0, post_periods: 14 },
          demand: { sale_probability: 0.7, product_variation: 0.4 },
          design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
          method: { id: 'naive_difference', parameters: {} },
          flaws: [],
          comparisons: [],
        },
      ],
    });
    const settings: StudySettings = { ...defaultSettings, extent: 'estimates' };
    const plan: SweepPlan = {
      study: { scenario, settings, replications: 120 },
      path: 'initiatives.*.flaws.imbalance.severity',
      values: [0, 0.4, 0.8],
    };
    const { document } = await runSweep(
      { ...plan, path: `initiatives.${base.initiative_id}.flaws.imbalance.severity` },
      inlineStudyRunner(),
    );
    const [none, some, much] = document.points.map(({ diagnosands }) => diagnosands[0]!.diagnosands.coverage!);
    const error = Math.sqrt((0.95 * 0.05) / 120);
    expect(Math.abs(none!.value - 0.95)).toBeLessThan(4 * error);
    const drop = (a: typeof none, b: typeof none) => (a!.value - b!.value) / Math.hypot(a!.monte_carlo_se!, b!.monte_carlo_se!);
    expect(drop(none, much)).toBeGreaterThan(4);
    expect(some!.value).toBeGreaterThan(much!.value);
    const [breakdown] = document.breakdown.coverage;
    expect(breakdown!.kind).toBe('falls');
    const { value, between } = breakdown!;
    expect(value).toBeGreaterThanOrEqual(between![0]);
    expect(value).toBeLessThanOrEqual(between![1]);
    expect(document.breakdown.decision).toBeNull();
  });
});
