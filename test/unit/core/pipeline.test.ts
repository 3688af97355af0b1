import { beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/core/contracts/run.ts';
import { runReplication } from '../../../src/core/pipeline.ts';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { defaultPreset, findPreset, presets } from '../../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import type { Ports } from '../../../src/core/stage-tasks.ts';
import { loadHighsSolver } from '../../../workers/highs-solver.ts';
import digests from '../../reference/preset-digests.json' with { type: 'json' };

let ports: Ports;
let run: Run;
const { scenario } = defaultPreset;
beforeAll(async () => {
  ports = { solver: await loadHighsSolver() };
  run = runReplication(scenario, 0, ports);
});

describe('the loop on the opening preset', () => {
  it.each(presets.map(({ id }) => id))('gives for %s the digest on record', (id) => {
    expect(runReplication(findPreset(id)?.scenario as Scenario, 0, ports).digest).toBe((digests as Record<string, string>)[id]);
  });

  it('measures five initiatives by five methods, each beside its truth', () => {
    expect(run.pilot_results.map((result) => [result.initiative_id, result.method, result.status])).toEqual([
      ['product-desc-enhancement', 'experiment', 'ok'],
      ['checkout-flow-optimization', 'synthetic_control', 'ok'],
      ['search-relevance-tuning', 'nearest_neighbour_matching', 'ok'],
      ['pricing-display-test', 'interrupted_time_series', 'ok'],
      ['recommendation-engine-v2', 'subclassification', 'ok'],
    ]);
    const effects = run.initiatives.map((initiative) => initiative.true_effect as number);
    expect(effects.filter((effect) => effect === 0).length).toBe(1);
    expect(effects.filter((effect) => effect < 0).length).toBe(1);
    expect(effects.filter((effect) => effect > 0).length).toBe(3);
  });

  it('has a budget that binds: not everything worth its cost can be funded', () => {
    const worthwhile = scenario.initiatives.filter((initiative, i) => (run.initiatives[i]?.true_return ?? 0) > initiative.cost_to_scale);
    expect(worthwhile.reduce((sum, initiative) => sum + initiative.cost_to_scale, 0)).toBeGreaterThan(scenario.budget);
    expect(run.allocation.total_cost).toBeLessThanOrEqual(scenario.budget);
    expect(run.allocation.selected_initiatives.length).toBeGreaterThan(0);
  });

  it('scales the funded ones on the larger sample and reports each', () => {
    const funded = run.allocate_result.selected_initiatives;
    expect(run.scale_results.map((result) => result.initiative_id)).toEqual(funded);
    expect(run.outcome_reports.map((report) => report.initiative_id)).toEqual(funded);
    for (const result of run.scale_results) expect(result.sample_size).toBe(scenario.scale_sample_size);
    for (const report of run.outcome_reports) expect(report.actual_return).not.toBe(report.predicted_return);
  });

  it('splits every prediction error exactly', () => {
    for (const initiative of run.initiatives.filter((candidate) => candidate.report !== null)) {
      const parts = Object.values(initiative.error_parts ?? {});
      const error = initiative.report?.prediction_error as number;
      expect(parts.length).toBe(5);
      expect(initiative.error_parts?.transport).toBe(0);
      expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - error)).toBeLessThan(1e-9 * Math.max(1, Math.abs(initiative.report?.actual_return as number)));
    }
  });

  it('never regrets less than nothing against the oracle, which keeps the budget', () => {
    const oracle = run.oracle;
    expect(oracle?.realised_regret).toBeGreaterThanOrEqual(0);
    const cost = scenario.initiatives.filter((i) => oracle?.oracle_initiatives.includes(i.initiative_id)).reduce((sum, i) => sum + i.cost_to_scale, 0);
    expect(cost).toBeLessThanOrEqual(scenario.budget);
  });

  it('gives what it returns in a form that survives structured clone and JSON', () => {
    expect(structuredClone(run)).toEqual(run);
    expect((JSON.parse(JSON.stringify(run)) as Run).digest).toBe(run.digest);
  });
});

describe('the loop at its edges', () => {
  it('funds nothing with no budget, says why, and scales nothing', () => {
    const empty = runReplication({ ...scenario, budget: 0 }, 0, ports);
    expect(empty.allocate_result).toMatchObject({ selected_initiatives: [], predicted_returns: {}, budget_allocated: {} });
    expect(empty.outcome_reports).toEqual([]);
    expect(empty.scale_skipped?.length).toBeGreaterThan(10);
  });

  it('runs without initiatives', () => {
    const nothing = runReplication({ ...scenario, initiatives: [] }, 0, ports);
    expect(nothing).toMatchObject({ pilot_results: [], outcome_reports: [], oracle: null });
  });

  it('keeps a pilot its method cannot answer out of the decision and goes on', () => {
    const [first, ...rest] = scenario.initiatives;
    const impossible = requireScenario({ ...scenario, initiatives: [{ ...first, design: { id: 'everyone_from_date', parameters: {} } }, ...rest] });
    const degenerate = runReplication(impossible, 0, ports);
    const result = degenerate.pilot_results[0];
    expect(result?.status).toBe('degenerate');
    if (result?.status === 'degenerate') expect(result.reason.length).toBeGreaterThan(10);
    expect(degenerate.evaluate_results.length).toBe(4);
    expect(degenerate.initiatives[0]?.funded).toBe(false);
  });

  it('decides the worked example as published', () => {
    const worked = runReplication(findPreset('worked-example')?.scenario as Scenario, 0, ports);
    expect(worked.allocate_result.selected_initiatives).toEqual(['TitlesAI', 'PriceOptimizer', 'BundleEngine']);
    expect(worked.allocation.objective_value).toBeCloseTo(1.0, 12);
    expect(worked.scale_skipped).toMatch(/state their returns/);
    expect(worked.oracle).toBeNull();
  });
});
