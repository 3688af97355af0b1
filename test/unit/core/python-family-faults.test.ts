import { beforeAll, describe, expect, it } from 'vitest';
import { formatMoney } from '../../../src/charts/format.ts';
import { allocate } from '../../../src/core/allocate/index.ts';
import type { AllocationProblem } from '../../../src/core/allocate/decision-rule.ts';
import { measureInitiative, type World } from '../../../src/core/measure-initiative.ts';
import { experiment } from '../../../src/core/measure/experiment.ts';
import { interruptedTimeSeries } from '../../../src/core/measure/interrupted-time-series.ts';
import { nearestNeighbourMatching } from '../../../src/core/measure/nearest-neighbour-matching.ts';
import { subclassification } from '../../../src/core/measure/subclassification.ts';
import { syntheticControl } from '../../../src/core/measure/synthetic-control.ts';
import { runReplication } from '../../../src/core/pipeline.ts';
import { defaultDemand } from '../../../src/core/scenario/defaults.ts';
import { defaultPreset } from '../../../src/core/scenario/presets/index.ts';
import type { Run } from '../../../src/core/contracts/run.ts';
import { randomSource, run as estimateWith, runFitted, tableOf } from './measure/toy-worlds.ts';

/** The packages this one descends from get these wrong: found by running them. */
describe('an interrupted time series', () => {
  it('reports the change of level, not the level after it', () => {
    const { normal } = randomSource(4);
    const days = Array.from({ length: 120 }, (_, t) => new Date(Date.UTC(2026, 0, 1 + t)).toISOString().slice(0, 10));
    const revenue = days.map((_, t) => 18_249 + (t >= 90 ? 3_316 : 0) + 400 * normal());
    const row = runFitted(interruptedTimeSeries, tableOf({ date: days, revenue }), {
      outcome_column: 'revenue',
      time_column: 'date',
      intervention_date: days[90]!,
      trend: false,
      slope_change: false,
    });
    expect(Math.abs(row.estimate - 3_316)).toBeLessThan(4 * (row.standard_error as number));
    expect(row.estimate).toBeLessThan(5_000);
  });
});

describe('the standard error of an experiment', () => {
  const coverageOf = (standardErrors: 'HC2' | 'classical') => {
    let held = 0;
    for (let replication = 0; replication < 400; replication += 1) {
      const { normal } = randomSource(1000 + replication);
      const treated = Array.from({ length: 200 }, (_, i) => (i < 30 ? 1 : 0));
      const revenue = treated.map((arm) => 10 + 2 * arm + (arm === 1 ? 4 : 1) * normal());
      const row = runFitted(experiment, tableOf({ revenue, treated }), { standard_errors: standardErrors });
      if (row.ci_lower <= 2 && 2 <= row.ci_upper) held += 1;
    }
    return held / 400;
  };
  const error = Math.sqrt((0.95 * 0.05) / 400);

  it('holds with 15% treated at four times the spread', () => {
    expect(Math.abs(coverageOf('HC2') - 0.95)).toBeLessThan(3 * error);
  });

  it('would not hold if it were the classical one, which is there for teaching', () => {
    expect(coverageOf('classical')).toBeLessThan(0.75);
  });

  it('belongs to the named treatment, wherever it stands in the formula', () => {
    const { normal } = randomSource(5);
    const price = Array.from({ length: 80 }, () => 20 + 5 * normal());
    const treated = price.map((_, i) => i % 2);
    const revenue = price.map((p, i) => 3 * p + 7 * treated[i]! + normal());
    const table = tableOf({ revenue, treated, price });
    const first = runFitted(experiment, table, { formula: 'revenue ~ treated + price' });
    const last = runFitted(experiment, table, { formula: 'revenue ~ price + treated' });
    expect(last.estimate).toBeCloseTo(first.estimate, 10);
    expect(last.estimate).toBeCloseTo(7, 0);
  });
});

describe('matching', () => {
  it('has an error that grows when one control stands for many', () => {
    const at = (positions: readonly number[]) => {
      const quality = [...Array.from({ length: 12 }, (_, i) => i / 100), ...positions];
      const treated = quality.map((_, i) => (i < 12 ? 1 : 0));
      const revenue = quality.map((_, i) => (treated[i] === 1 ? 5 : 3) + ((i * 7) % 5));
      const given = { covariate_columns: ['quality'], distance: 'mahalanobis' };
      return runFitted(nearestNeighbourMatching, tableOf({ revenue, treated, quality }), given).standard_error as number;
    };
    const oneNear = at([0.05, ...Array.from({ length: 11 }, (_, i) => 3 + i)]);
    const manyNear = at(Array.from({ length: 12 }, (_, i) => i / 100 + 1e-4));
    expect(oneNear).toBeGreaterThan(0);
    expect(manyNear).toBeGreaterThan(0);
    expect(oneNear).toBeGreaterThan(manyNear);
  });
});

describe('a synthetic control', () => {
  it('follows the path before, not only its mean', () => {
    const days = Array.from({ length: 30 }, (_, t) => new Date(Date.UTC(2026, 0, 1 + t)).toISOString().slice(0, 10));
    const wave = (t: number) => Math.sin(t / 2);
    const level: Record<string, (t: number) => number> = {
      shop: (t) => 10 + wave(t) + (t >= 20 ? 2 : 0),
      alike: (t) => 10 + wave(t) + 0.05 * Math.cos(3 * t),
      flat: (t) => 10 + 0.05 * Math.cos(5 * t),
      contrary: (t) => 10 - wave(t) + 0.05 * Math.sin(4 * t),
      low: (t) => 8 + 0.1 * Math.cos(t),
      high: (t) => 12 + 0.1 * Math.sin(2 * t),
    };
    const rows = Object.entries(level).flatMap(([unit, value]) => days.map((date, t) => ({ unit, date, revenue: value(t) })));
    const table = tableOf({ unit: rows.map((r) => r.unit), date: rows.map((r) => r.date), revenue: rows.map((r) => r.revenue) });
    const row = runFitted(syntheticControl, table, { treated_unit: 'shop', treatment_time: days[20]! });
    const weights = row.picture?.kind === 'synthetic' ? row.picture.weights : [];
    expect(weights.find(({ unit }) => unit === 'alike')!.weight).toBeGreaterThan(0.8);
    expect(row.estimate).toBeCloseTo(2, 0);
    expect(row.ci_upper).toBeGreaterThan(row.ci_lower);
  });
});

describe('subclassification', () => {
  const treated = Array.from({ length: 40 }, (_, i) => i % 2);
  const revenue = treated.map((arm, i) => 5 + arm + (i % 3));

  it('says so when every stratum drops, rather than answering 0', () => {
    const apart = treated.map((arm) => (arm === 1 ? 10 : 0));
    const answer = estimateWith(subclassification, tableOf({ revenue, treated, quality: apart }), {
      covariate_columns: ['quality'],
      strata_on: 'covariates',
    });
    expect(answer.status).toBe('degenerate');
  });

  it('keeps both values of a binary covariate apart', () => {
    const premium = treated.map((_, i) => (i % 4 < 2 ? 1 : 0));
    const row = runFitted(subclassification, tableOf({ revenue, treated, premium }), {
      covariate_columns: ['premium'],
      strata_on: 'covariates',
    });
    expect(row.picture?.kind === 'strata' ? row.picture.rows.length : 0).toBe(2);
  });

  it('has an interval of some width and a p value above 0', () => {
    const row = runFitted(subclassification, tableOf({ revenue, treated, quality: revenue.map((_, i) => (i * 7) % 13) }), {
      covariate_columns: ['quality'],
    });
    expect(row.ci_upper).toBeGreaterThan(row.ci_lower);
    expect(row.p_value).toBeGreaterThan(0);
  });
});

describe('boosts', () => {
  const worldWith = (effect: World['effect'], postPeriods: number): World => ({
    initiative_id: 'boost',
    catalog: {
      n_products: 4000,
      categories: ['Books'],
      start_date: '2026-01-05',
      granularity: 'day',
      pre_periods: 2,
      post_periods: postPeriods,
    },
    demand: defaultDemand,
    effect,
    design: { id: 'complete_randomisation', parameters: {} },
    flaws: [],
    method: { id: 'experiment', parameters: {} },
  });
  const truthOf = (effect: World['effect'], postPeriods = 7) =>
    measureInitiative({
      stage: 'pilot',
      seed: 'faults',
      replication: 0,
      confidence_level: 0.95,
      n_products: 4000,
      world: worldWith(effect, postPeriods),
    }).truth;

  it.each([0.1, 0.2, 0.3, 0.5])('of %f are not rounded away', (size) => {
    const {
      nominal_effect: nominal,
      realised_effect: realised,
      population,
      baseline_mean: baseline,
    } = truthOf({ id: 'quantity_boost', parameters: { size } });
    expect(nominal).toBe(size);
    expect(Math.abs((realised as number) - size)).toBeLessThan(0.03);
    expect(population.att! / baseline!).toBeGreaterThan(0.9 * size);
  });

  it('with a ramp have an effect on their first day', () => {
    expect(truthOf({ id: 'quantity_boost', parameters: { size: 0.5, ramp_periods: 6 } }, 1).population.att).toBeGreaterThan(0);
  });
});

describe('the loop', () => {
  let run: Run;
  beforeAll(() => {
    run = runReplication(defaultPreset.scenario, 0, {
      solver: {
        name: 'none',
        solve: () => ({ status: 'unknown', x: new Float64Array(0), objective: Number.NaN, bound: Number.NaN, nodes: 0 }) as never,
      },
    });
  });

  it('measures other data at scale than in the pilot: what was predicted is not what is found', () => {
    expect(run.outcome_reports.length).toBeGreaterThan(0);
    for (const report of run.outcome_reports) {
      expect(report.actual_return).not.toBe(report.predicted_return);
      expect(report.sample_size_scale).toBeGreaterThanOrEqual(report.sample_size_pilot);
    }
  });

  it('sets returns against costs in the same money: effect per product-period times the units reached', () => {
    for (const declared of run.scenario.initiatives) {
      if (declared.source !== 'simulated') continue;
      const evaluation = run.evaluate_results.find(({ initiative_id }) => initiative_id === declared.initiative_id)!;
      const pilot = run.pilot_results.find(({ initiative_id }) => initiative_id === declared.initiative_id)!;
      if (pilot.status === 'ok') expect(evaluation.R_med).toBe(pilot.effect_estimate * declared.units_at_scale);
    }
  });

  it('never has an interval without width, nor a p value of 0', () => {
    for (const result of [...run.pilot_results, ...run.scale_results]) {
      if (result.status !== 'ok') continue;
      expect(result.ci_upper).toBeGreaterThan(result.ci_lower);
      expect(result.p_value).toBeGreaterThan(0);
    }
  });

  it('prints money as money', () => {
    const text = formatMoney(12_345, '$');
    expect(text).toContain('$');
    expect(text).not.toContain('%');
  });
});

describe('the choice', () => {
  const problem = (candidates: AllocationProblem['candidates'], budget: number): AllocationProblem => ({
    candidates,
    budget,
    min_confidence_threshold: 0,
    min_portfolio_worst_return: null,
    rule: 'minimax_regret',
    rule_parameters: {},
  });
  const candidate = (id: string, cost: number, scale: number) => ({
    id,
    cost,
    R_best: 3 * scale,
    R_med: 2 * scale,
    R_worst: scale,
    confidence: 0.9,
  });

  it('tells ids apart that differ only in - and _', () => {
    const answer = allocate(problem([candidate('a-b', 1, 1), candidate('a_b', 1, 2)], 1), null);
    expect(answer.selected_initiatives).toEqual(['a_b']);
  });

  it('funds initiatives however small the unit of their returns', () => {
    for (const scale of [1e-9, 1e-300])
      expect(allocate(problem([candidate('small', 1, scale)], 1), null).selected_initiatives).toEqual(['small']);
  });
});
