import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { impactLoop, runReplication } from '../../../../src/core/pipeline.ts';
import { requireScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import type { Scenario } from '../../../../src/core/scenario/scenario.ts';
import { replicate } from '../../../../src/core/study/replicate.ts';
import { defaultSettings } from '../../../../src/core/study/study-plan.ts';
import { runTask, type Ports, type Task } from '../../../../src/core/stage-tasks.ts';
import { loadHighsSolver } from '../../../../workers/highs-solver.ts';

let ports: Ports;
beforeAll(async () => {
  ports = { solver: await loadHighsSolver() };
});

const designs = ['complete_randomisation', 'selection_on_observables', 'everyone_from_date'] as const;

/** Three small worlds, each with a multiplier for its effect at scale. */
function small(multipliers: readonly number[], changes: Record<string, unknown> = {}): Scenario {
  return requireScenario({
    version: 1,
    seed: 'transport',
    budget: 20,
    scale_sample_size: 150,
    confidence_penalty: { id: 'none' },
    initiatives: designs.map((design, i) => ({
      source: 'simulated',
      initiative_id: `i-${i}`,
      cost_to_scale: 10,
      units_at_scale: 5,
      effect_at_scale: multipliers[i],
      catalog: { n_products: 80, categories: ['Books', 'Clothing'], start_date: '2026-01-05', pre_periods: 7, post_periods: 7 },
      effect: { id: 'quantity_boost', parameters: { size: 0.4 + 0.2 * i } },
      design: { id: design },
      method: { id: design === 'everyone_from_date' ? 'before_after' : 'experiment' },
    })),
    ...changes,
  });
}

function tasksOf(scenario: Scenario): Task[] {
  const tasks: Task[] = [];
  const loop = impactLoop(scenario, 0);
  let step = loop.next();
  while (!step.done) {
    tasks.push(...step.value);
    step = loop.next(step.value.map((task) => runTask(task, ports)));
  }
  return tasks;
}

describe('an effect that changes on the way to scale', () => {
  it('asks for nothing more, and for nothing else, where it does not', () => {
    const tasks = tasksOf(small([1, 1, 1]));
    expect(tasks.filter(({ stage }) => stage === 'truth')).toEqual([]);
    expect(JSON.stringify(tasks)).not.toContain('multiplier');
  });

  it('leaves pilots and decision as they are: only scale and truth know of it', () => {
    const as = runReplication(small([1, 1, 1]), 0, ports);
    const changed = runReplication(small([0.5, 0, -1]), 0, ports);
    expect(as.allocate_result.selected_initiatives.length).toBe(2);
    for (const part of ['pilot_results', 'evaluate_results', 'allocate_result'] as const) expect(changed[part]).toEqual(as[part]);
    changed.scale_results.forEach((result, i) => expect(result).not.toEqual(as.scale_results[i]));
    expect(changed.initiatives.map(({ true_effect }) => true_effect)).toEqual(as.initiatives.map(({ true_effect }) => true_effect));
  });

  it('has its truth at scale for every initiative, funded or not: the pilot’s times the multiplier where nothing binds', () => {
    for (const multipliers of [
      [0.5, 0, -0.8],
      [2, 1, 1.5],
    ] as const) {
      const { initiatives, scenario } = runReplication(small(multipliers), 0, ports);
      expect(initiatives.some(({ funded }) => !funded)).toBe(true);
      initiatives.forEach(({ true_effect, true_effect_at_scale, true_return }, i) => {
        expect(true_effect).toBeGreaterThan(0);
        expect(true_effect_at_scale).toBeCloseTo(true_effect! * multipliers[i]!, 9);
        expect(true_return).toBeCloseTo(5 * true_effect! * multipliers[i]!, 8);
        expect(scenario.initiatives[i]).toMatchObject({ effect_at_scale: multipliers[i] });
      });
    }
  });

  it('meets the truth of the changed effect, not a share of the pilot’s, where rounding takes it away', () => {
    const truncated = { effect: { id: 'quantity_boost', parameters: { size: 0.9, rounding: 'truncate' } } };
    const scenario = small([1, 1, 1]);
    const changed = requireScenario({
      ...scenario,
      initiatives: scenario.initiatives.map((initiative) => ({ ...initiative, ...truncated, effect_at_scale: 0.2 })),
    });
    // Of one to five units, 18% more is never a whole one.
    for (const { true_effect, true_return, scale } of runReplication(changed, 0, ports).initiatives) {
      expect(true_effect).toBeGreaterThan(0);
      expect(true_return).toBe(0);
      if (scale !== null) expect(scale.truth.sample.ate ?? scale.truth.sample.att).toBe(0);
    }
  });

  it('is what the oracle looks at, and what regret and reports are about', () => {
    for (const multipliers of [
      [1, 1, 1],
      [0, 1, 1],
      [1, -1, 0],
      [-1, -1, -1],
      [3, 0.1, 0.1],
    ] as const) {
      const run = runReplication(small(multipliers), 0, ports);
      const returns = run.initiatives.map(({ true_return }) => true_return!);
      const subsets = [0, 1, 2, 3, 4, 5, 6, 7].filter((mask) => [0, 1, 2].filter((i) => mask & (1 << i)).length <= 2);
      const worth = (mask: number) => returns.reduce((sum, value, i) => (mask & (1 << i) ? sum + value : sum), 0);
      const best = Math.max(...subsets.map(worth));
      const ours = run.initiatives.reduce((sum, { funded, true_return }) => (funded ? sum + true_return! : sum), 0);
      expect(run.oracle!.oracle_return).toBeCloseTo(best, 9);
      expect(run.oracle!.our_return).toBeCloseTo(ours, 9);
      expect(run.oracle!.realised_regret).toBeCloseTo(best - ours, 9);
      run.outcome_reports.forEach((report) => {
        const own = run.initiatives.find(({ initiative_id }) => initiative_id === report.initiative_id)!;
        expect(report).toMatchObject({ true_return: own.true_return });
      });
    }
  });

  it('reaches a study: what a replication records is what the run of it says', () => {
    const scenario = small([0.5, -1, 2]);
    const plan = { scenario, settings: { ...defaultSettings, extent: 'decision' as const }, replications: 5 };
    for (const replication of [0, 4]) {
      const run = runReplication(scenario, replication, ports);
      const record = replicate(plan, replication, ports);
      record.evidence.forEach(({ true_pilot, true_scale }, i) => {
        expect(true_scale).toBe(run.initiatives[i]!.true_return);
        expect(true_pilot).toBe(run.initiatives[i]!.true_effect! * 5);
      });
      expect(record.decisions[0]!.realised_regret).toBeCloseTo(run.oracle!.realised_regret, 9);
    }
  });

  it('is a part of the error by itself, and the parts still add up, whatever the multipliers', () => {
    const multiplier = fc.oneof(fc.constantFrom(0, 1, -1, 0.5, 2, 5, -5), fc.double({ min: -5, max: 5, noNaN: true }));
    fc.assert(
      fc.property(fc.tuple(multiplier, multiplier, multiplier), fc.nat(50), (multipliers, replication) => {
        const run = runReplication(small(multipliers), replication, ports);
        run.initiatives.forEach((initiative, i) => {
          const { report, error_parts: parts } = initiative;
          if (report === null) return;
          const sum = Object.values(parts!).reduce((total, part) => total + part, 0);
          const size = Math.max(...Object.values(parts!).map(Math.abs), Math.abs(report.actual_return), 1);
          expect(Math.abs(sum - report.prediction_error)).toBeLessThan(1e-12 * size);
          // No multiplier takes more than all: a boost of 0.4 at -5 stops at -1.
          const boost = 0.4 + 0.2 * i;
          const felt = Math.max(-1, multipliers[i]! * boost) / boost;
          expect(parts!.transport).toBeCloseTo((felt - 1) * initiative.true_effect! * 5, 8);
        });
      }),
      { seed: 3, numRuns: 25 },
    );
  });
});
