import { noSideConstraints, type Allocation } from '../../src/core/allocate/decision-rule.ts';
import type { InitiativeRun, Measurement, PilotResult, Run } from '../../src/core/contracts/run.ts';
import type { Initiative, Scenario } from '../../src/core/scenario/scenario.ts';

/** Effects per product-period; a return is a hundred times that. */
type Interval = readonly [lower: number, estimate: number, upper: number];
export type FixtureInitiative = {
  readonly id: string;
  readonly cost: number;
  readonly truth: number;
  readonly pilot: Interval | 'degenerate' | 'stated';
  readonly scale?: Interval;
};
export type FixtureOptions = {
  readonly initiatives: readonly FixtureInitiative[];
  readonly funded: readonly string[];
  readonly oracle: readonly string[];
  readonly budget?: number;
  readonly status?: Allocation['status'];
  readonly reason?: string;
};

const units = 100;

/** A small Run put together by hand, consistent in what the page reads from it. */
export function runFixture(options: FixtureOptions): Run {
  const initiatives = options.initiatives.map((given) => initiativeRun(given, options.funded));
  const trueReturn = (ids: readonly string[]) =>
    options.initiatives.filter(({ id }) => ids.includes(id)).reduce((sum, { truth }) => sum + truth * units, 0);
  const simulated = options.initiatives.every(({ pilot }) => pilot !== 'stated') && options.initiatives.length > 0;
  const budgetAllocated = Object.fromEntries(
    options.initiatives.filter(({ id }) => options.funded.includes(id)).map(({ id, cost }) => [id, cost]),
  );
  return {
    scenario: scenarioFixture(options),
    replication: 0,
    pilot_results: initiatives.flatMap(({ pilot }) => pilot?.result ?? []),
    evaluate_results: initiatives.flatMap(({ evaluation }) => evaluation ?? []),
    allocate_result: { selected_initiatives: [...options.funded], predicted_returns: {}, budget_allocated: budgetAllocated },
    scale_results: initiatives.flatMap(({ scale }) => scale?.result ?? []),
    outcome_reports: initiatives.flatMap(({ report }) => report ?? []),
    digest: '9f3ac07e11d4'.padEnd(64, '0'),
    allocation: allocationFixture(options),
    initiatives,
    oracle: simulated
      ? {
          oracle_initiatives: options.oracle,
          oracle_return: trueReturn(options.oracle),
          our_return: trueReturn(options.funded),
          realised_regret: trueReturn(options.oracle) - trueReturn(options.funded),
        }
      : null,
    scale_skipped: options.funded.length === 0 ? 'Nothing was funded, so there is nothing to measure again.' : null,
  };
}

function scenarioFixture({ initiatives, budget = 100_000, status }: FixtureOptions): Scenario {
  return {
    version: 1,
    title: 'Fixture',
    seed: '1',
    budget,
    scale_sample_size: 5000,
    max_workers: 2,
    confidence_level: 0.95,
    min_confidence_threshold: 0,
    min_portfolio_worst_return: status === 'infeasible' ? 3 : null,
    decision_rule: { id: 'minimax_regret', parameters: {} },
    confidence_penalty: { id: 'one_minus_confidence', parameters: {} },
    return_correction: { id: 'none', parameters: {} },
    benchmark: 'budget-only',
    constraints: noSideConstraints,
    what_if: [],
    currency: 'USD',
    initiatives: initiatives.map(declaration),
  };
}

function declaration({ id, cost, pilot }: FixtureInitiative): Initiative {
  const proposal = { initiative_id: id, description: '', cost_to_scale: cost, category: '', divisible: false };
  if (pilot === 'stated')
    return { ...proposal, source: 'stated', R_best: 15, R_med: 10, R_worst: 2, confidence: 0.9, model_type: 'experiment' };
  return {
    ...proposal,
    source: 'simulated',
    units_at_scale: units,
    effect_at_scale: 1,
    catalog: { n_products: 200, categories: ['Books'], start_date: '2026-01-05', granularity: 'day', pre_periods: 14, post_periods: 14 },
    demand: {
      sale_probability: 0.7,
      impression_to_visit: 0.15,
      visit_to_cart: 0.25,
      cart_to_order: 0.8,
      product_variation: 0,
      weekday_amplitude: 0,
      trend: 0,
      shock_deviation: 0,
      shock_autocorrelation: 0,
      unit_variation: 0,
      one_off_size: 0,
      one_off_period: 0,
      one_off_length: 7,
      appeal_variation: 0,
    },
    effect: { id: 'quantity_boost', parameters: { size: 0.1 } },
    design: { id: 'selection_on_observables', parameters: {} },
    flaws: [],
    method: { id: 'subclassification', parameters: {} },
    comparisons: [],
  };
}

function initiativeRun({ id, cost, truth, pilot, scale }: FixtureInitiative, funded: readonly string[]): InitiativeRun {
  if (pilot === 'stated') {
    const evaluation = { initiative_id: id, confidence: 0.9, cost, R_best: 15, R_med: 10, R_worst: 2, model_type: 'experiment' as const };
    return {
      initiative_id: id,
      comparisons: [],
      pilot: null,
      evaluation,
      funded: funded.includes(id),
      funded_share: funded.includes(id) ? 1 : 0,
      scale: null,
      report: null,
      true_effect: null,
      true_effect_at_scale: null,
      true_return: null,
      error_parts: null,
    };
  }
  const evaluation =
    pilot === 'degenerate'
      ? null
      : {
          initiative_id: id,
          confidence: 0.7,
          cost,
          R_best: pilot[2] * units,
          R_med: pilot[1] * units,
          R_worst: pilot[0] * units,
          model_type: 'quasi-experiment' as const,
        };
  const report =
    scale === undefined || pilot === 'degenerate'
      ? null
      : {
          initiative_id: id,
          predicted_return: pilot[1] * units,
          actual_return: scale[1] * units,
          prediction_error: scale[1] * units - pilot[1] * units,
          sample_size_pilot: 200,
          sample_size_scale: 5000,
          budget_allocated: cost,
          confidence_score: 0.7,
          model_type: 'quasi-experiment' as const,
        };
  return {
    initiative_id: id,
    comparisons: [],
    pilot: measurement(id, truth, pilot),
    evaluation,
    funded: funded.includes(id),
    funded_share: funded.includes(id) ? 1 : 0,
    scale: scale === undefined ? null : measurement(id, truth, scale),
    report,
    true_effect: truth,
    true_effect_at_scale: truth,
    true_return: truth * units,
    error_parts: null,
  };
}

function measurement(id: string, truth: number, interval: Interval | 'degenerate'): Measurement {
  const effects = { ate: truth, att: truth, atc: truth, at_cutoff: null };
  return {
    result: result(id, interval),
    picture: null,
    naive: null,
    series: {
      dates: ['2026-01-05', '2026-01-06'],
      intervention_index: 1,
      treated: [1, 2],
      control: [1, 1],
      treated_without_treatment: [1, 1],
    },
    baseline: [],
    truth: {
      sample: effects,
      population: effects,
      population_standard_error: 0,
      nominal_effect: 0.1,
      realised_effect: 0.1,
      baseline_mean: 10,
      missing: {},
      effects_histogram: [],
    },
  };
}

function result(id: string, interval: Interval | 'degenerate'): PilotResult {
  const common = {
    initiative_id: id,
    model_type: 'quasi-experiment' as const,
    method: 'subclassification',
    estimand: 'att' as const,
    sample_size: 200,
    n_observations: 200,
    n_treated: 100,
    n_control: 100,
    diagnostics: { r_squared: 0.1 },
    warnings: [],
  };
  if (interval === 'degenerate') return { ...common, status: 'degenerate', reason: 'there is no control' };
  const [ci_lower, effect_estimate, ci_upper] = interval;
  return { ...common, status: 'ok', effect_estimate, ci_lower, ci_upper, p_value: 0.01, standard_error: 1, statistic: 2, df: 100 };
}

function allocationFixture({ initiatives, funded, status = 'optimal', reason }: FixtureOptions): Allocation {
  const zero = { best: 0, med: 0, worst: 0 };
  return {
    rule: 'minimax_regret',
    status,
    reason: reason ?? null,
    selected_initiatives: funded,
    total_cost: initiatives.filter(({ id }) => funded.includes(id)).reduce((sum, { cost }) => sum + cost, 0),
    objective_value: status === 'infeasible' ? null : 1,
    total_actual_returns: zero,
    v_star: zero,
    regrets: { ...zero, worst: 1 },
    binding_states: ['worst'],
    ties: [],
    ties_capped: false,
    proof: null,
    effective_returns: {},
    ineligible: [],
    v_star_portfolios: { best: [], med: [], worst: [] },
    portfolios: [],
    attainable_worst_return: status === 'infeasible' ? 2 : null,
    independent_regret: null,
  };
}
