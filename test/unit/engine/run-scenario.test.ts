import { beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/core/contracts/run.ts';
import type { Ports } from '../../../src/core/stage-tasks.ts';
import { runReplication } from '../../../src/core/pipeline.ts';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset } from '../../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { inlineRunner } from '../../../src/engine/inline-runner.ts';
import { type Progress } from '../../../src/engine/progress.ts';
import { rememberingRunner } from '../../../src/engine/remembering-runner.ts';
import type { Runner } from '../../../src/engine/runner.ts';
import { runScenario } from '../../../src/engine/run-scenario.ts';
import { loadHighsSolver } from '../../../workers/highs-solver.ts';

/** The preset with catalogs small enough to run many times. */
const small: Scenario = requireScenario({
  ...defaultPreset.scenario,
  scale_sample_size: 400,
  initiatives: defaultPreset.scenario.initiatives.map((initiative) =>
    initiative.source === 'simulated' ? { ...initiative, catalog: { ...initiative.catalog, n_products: 240 } } : initiative,
  ),
});

let ports: Ports;
let runner: Runner;
let reference: Run;
beforeAll(async () => {
  ports = { solver: await loadHighsSolver() };
  runner = inlineRunner(ports);
  reference = runReplication(small, 0, ports);
});

/** Finishes tasks in the reverse of the order they were asked for, several at a time. */
function contraryRunner(size: number): Runner & { readonly mostAtOnce: () => number } {
  let underWay = 0;
  let most = 0;
  const gates: (() => void)[] = [];
  return {
    size,
    mostAtOnce: () => most,
    dispose: () => undefined,
    run: async (task, signal) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise<void>((resolve) => {
        gates.push(resolve);
        setTimeout(() => gates.pop()?.(), 0);
      });
      underWay -= 1;
      return runner.run(task, signal);
    },
  };
}

describe('a run', () => {
  it('gives the same digest inline and with 1, 2 and 4 at a time in any order', async () => {
    for (const workers of [1, 2, 4]) {
      const contrary = contraryRunner(workers);
      const run = await runScenario({ ...small, max_workers: workers }, contrary);
      expect(run.digest).toBe(reference.digest);
      expect(contrary.mostAtOnce()).toBeLessThanOrEqual(workers);
    }
    expect((await runScenario(small, runner)).digest).toBe(reference.digest);
  });

  it('gives other numbers for another seed and another replication', async () => {
    expect((await runScenario({ ...small, seed: 'other' }, runner)).digest).not.toBe(reference.digest);
    expect((await runScenario(small, runner, { replication: 1 })).digest).not.toBe(reference.digest);
  });

  it('keeps every initiative as it was when another is added or the order changes', async () => {
    const [first, ...rest] = small.initiatives;
    const reordered = await runScenario({ ...small, initiatives: [...rest, first as Scenario['initiatives'][number]] }, runner);
    for (const result of reference.pilot_results) expect(reordered.pilot_results).toContainEqual(result);
    const fewer = await runScenario({ ...small, initiatives: rest }, runner);
    for (const result of fewer.pilot_results) expect(reference.pilot_results).toContainEqual(result);
  });

  it('tells its progress per initiative and stage', async () => {
    const seen: Progress[] = [];
    const run = await runScenario(small, runner, { onProgress: (progress) => seen.push(progress) });
    const last = seen.at(-1) as Progress;
    expect(last.done).toBe(last.total);
    expect(last.steps.filter((step) => step.stage === 'pilot').map((step) => step.initiative_id)).toEqual(small.initiatives.map((i) => i.initiative_id));
    expect(last.steps.filter((step) => step.stage === 'scale').map((step) => step.initiative_id)).toEqual(run.allocate_result.selected_initiatives);
  });

  it('stops at once when cancelled', async () => {
    const cancel = new AbortController();
    let asked = 0;
    const counting: Runner = {
      ...runner,
      run: (task, signal) => {
        asked += 1;
        cancel.abort(new Error('cancelled by the person'));
        return runner.run(task, signal);
      },
    };
    await expect(runScenario({ ...small, max_workers: 1 }, counting, { signal: cancel.signal })).rejects.toThrow('cancelled by the person');
    expect(asked).toBe(1);
  });

  it('names the stage and the initiative of a task that fails', async () => {
    const failing: Runner = { ...runner, run: (task, signal) => (task.stage === 'evaluate' ? Promise.reject(new Error('out of ideas')) : runner.run(task, signal)) };
    await expect(runScenario(small, failing)).rejects.toThrow(/^evaluate of product-desc-enhancement: out of ideas$/);
  });

  it('measures nothing anew when only the budget changes', async () => {
    const stages: string[] = [];
    const counting: Runner = {
      ...runner,
      run: (task, signal) => {
        stages.push(task.stage);
        return runner.run(task, signal);
      },
    };
    const remembering = rememberingRunner(counting, 100);
    await runScenario(small, remembering);
    stages.length = 0;
    const again = await runScenario({ ...small, budget: small.budget / 2 }, remembering);
    expect(stages).not.toContain('pilot');
    expect(stages).not.toContain('evaluate');
    expect(again.pilot_results).toEqual(reference.pilot_results);
  });
});
