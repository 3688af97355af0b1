import type { EffectsHistogram } from '../../src/charts/effects-histogram-geometry.ts';
import { effectiveReturns, type EffectiveReturnsRow } from '../../src/charts/effective-returns-geometry.ts';
import type { ErrorPartsRow } from '../../src/charts/error-parts-geometry.ts';
import type { EstimateRow } from '../../src/charts/estimate-geometry.ts';
import type { ForestRow } from '../../src/charts/forest-geometry.ts';
import type { IntervalHandlesRow } from '../../src/charts/interval-handles-geometry.ts';
import type { PenaltyPoint } from '../../src/charts/penalty-geometry.ts';
import type { LadderBands, LadderRow } from '../../src/charts/ladder-geometry.ts';
import type { AllocationProblem } from '../../src/core/allocate/decision-rule.ts';
import type { Frontier, NearOptimal } from '../../src/core/allocate/explain/explanations.ts';
import { frontier } from '../../src/core/allocate/explain/frontier.ts';
import { nearOptimal } from '../../src/core/allocate/explain/near-optimal.ts';
import type { PerState } from '../../src/core/contracts/shared-types.ts';
import type { PilotSeries } from '../../src/core/contracts/run.ts';
import type {
  ArmsPicture,
  BalancePicture,
  CounterfactualPicture,
  StrataPicture,
  SyntheticPicture,
} from '../../src/core/measure/method-picture.ts';

export const forestRows: readonly ForestRow[] = [
  {
    id: 'product-desc-enhancement',
    label: 'product-desc-enhancement',
    detail: 'experiment \u00b7 n 1,200 \u00b7 confidence 0.94',
    funded: true,
    pilot: { estimate: 52, lower: 38, upper: 66 },
    scale: { estimate: 54, lower: 49, upper: 59 },
    truth: 53,
    note: null,
  },
  {
    id: 'checkout-flow-optimization',
    label: 'checkout-flow-optimization',
    detail: 'synthetic control \u00b7 1 of 40 units \u00b7 confidence 0.71',
    funded: true,
    pilot: { estimate: 61, lower: 22, upper: 100 },
    scale: { estimate: 66, lower: 58, upper: 74 },
    truth: 68,
    note: null,
  },
  {
    id: 'search-relevance-tuning',
    label: 'search-relevance-tuning',
    detail: 'matching \u00b7 n 900 \u00b7 confidence 0.66',
    funded: false,
    pilot: { estimate: 9, lower: -14, upper: 32 },
    scale: null,
    truth: 4,
    note: null,
  },
  {
    id: 'pricing-display-test',
    label: 'pricing-display-test',
    detail: 'time series \u00b7 120 days \u00b7 confidence 0.45',
    funded: false,
    pilot: { estimate: 96, lower: 70, upper: 122 },
    scale: null,
    truth: 47,
    note: null,
  },
  {
    id: 'recommendation-engine-v2',
    label: 'recommendation-engine-v2',
    detail: 'subclassification \u00b7 n 1,500 \u00b7 confidence 0.74',
    funded: true,
    pilot: { estimate: 50, lower: 34, upper: 66 },
    scale: { estimate: 52, lower: 47, upper: 57 },
    truth: 51,
    note: null,
  },
];

/** Effects that change on the way to scale, a little, a lot and into their opposite. */
export const forestRowsAtScale: readonly ForestRow[] = forestRows.map((row, i) =>
  i < 3 ? { ...row, truthAtScale: [51, 20, -4][i]! } : row,
);

export const forestRowsWithTrouble: readonly ForestRow[] = [
  { ...forestRows[0]!, note: null },
  {
    id: 'loyalty-badge',
    label: 'loyalty-badge',
    detail: 'metrics approximation \u00b7 n 60 \u00b7 confidence 0.28',
    funded: false,
    pilot: { estimate: 40, lower: -900, upper: 980 },
    scale: null,
    truth: 21,
    note: 'weak instrument: read with care',
  },
  {
    id: 'free-returns',
    label: 'free-returns',
    detail: 'matching \u00b7 n 48',
    funded: false,
    pilot: null,
    scale: null,
    truth: 12,
    note: 'No estimate: no treated product has a control within the caliper.',
  },
  {
    id: 'warehouse-robot',
    label: 'warehouse-robot',
    detail: 'stated, not measured \u00b7 confidence 0.80',
    funded: true,
    pilot: { estimate: 30, lower: 10, upper: 55 },
    scale: null,
    truth: null,
    note: 'Stated by its owner; the world is not simulated.',
  },
  {
    id: 'a-name-that-nobody-should-choose-for-an-initiative-but-somebody-will-in-the-end',
    label: 'a-name-that-nobody-should-choose-for-an-initiative-but-somebody-will-in-the-end',
    detail: 'difference in differences with staggered roll-out \u00b7 40 units over 120 days \u00b7 confidence 0.68',
    funded: false,
    pilot: { estimate: -18, lower: -30, upper: -6 },
    scale: null,
    truth: -15,
    note: null,
  },
];

/** A fixed sequence in [0, 1): Park and Miller's generator. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Consecutive days from 1 March 2024. */
export function days(count: number): string[] {
  const lengths = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  let day = 0;
  return Array.from({ length: count }, () => {
    day += 1;
    if (day > lengths[month]!) {
      day = 1;
      month += 1;
    }
    return `2024-${String(month + 3).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  });
}

export function pilotSeries(count = 120, intervention = 60, withControl = true): PilotSeries {
  const next = sequence(7);
  const week = [0.92, 0.94, 0.98, 1, 1.08, 1.2, 1.1];
  const base = Array.from({ length: count }, (_, i) => (11 + i * 0.012) * week[i % 7]! * (0.94 + 0.12 * next()));
  const treated = base.map((value, i) => (i < intervention ? value : value * (1 + 0.22 * Math.min(1, (i - intervention + 1) / 10))));
  const control = base.map((value) => value * (0.9 + 0.08 * next()));
  return {
    dates: days(count),
    intervention_index: intervention,
    treated,
    control: withControl ? control : null,
    treated_without_treatment: base,
  };
}

export const ladderBands: LadderBands = {
  experiment: [0.85, 1],
  'quasi-experiment': [0.6, 0.84],
  'time-series': [0.4, 0.59],
  observational: [0.2, 0.39],
};

export const ladderRows: readonly LadderRow[] = [
  { id: 'product-desc-enhancement', label: 'product-desc-enhancement', modelType: 'experiment', confidence: 0.94, funded: true },
  { id: 'checkout-flow-optimization', label: 'checkout-flow-optimization', modelType: 'quasi-experiment', confidence: 0.71, funded: true },
  { id: 'search-relevance-tuning', label: 'search-relevance-tuning', modelType: 'quasi-experiment', confidence: 0.66 },
  { id: 'pricing-display-test', label: 'pricing-display-test', modelType: 'time-series', confidence: 0.45 },
  { id: 'recommendation-engine-v2', label: 'recommendation-engine-v2', modelType: 'quasi-experiment', confidence: 0.74, funded: true },
];

export const crowdedLadder: readonly LadderRow[] = Array.from({ length: 20 }, (_, i): LadderRow => {
  const modelType = (['experiment', 'quasi-experiment', 'time-series', 'observational'] as const)[i % 4]!;
  const [low, high] = ladderBands[modelType];
  return {
    id: `initiative-${i + 1}`,
    label: `initiative-${i + 1}`,
    modelType,
    confidence: low + (high - low) * ((i * 0.37 + 0.1) % 1),
    funded: i % 3 === 0 && i % 4 < 2,
  };
});

export const effectiveRows: readonly EffectiveReturnsRow[] = [
  { id: 'TitlesAI', label: 'TitlesAI', confidence: 0.9, returns: { best: 15, med: 10, worst: 2 }, funded: true },
  { id: 'ImageEnhancer', label: 'ImageEnhancer', confidence: 0.6, returns: { best: 12, med: 8, worst: 1 } },
  { id: 'PriceOptimizer', label: 'PriceOptimizer', confidence: 0.8, returns: { best: 9, med: 6, worst: 2 }, funded: true },
  { id: 'SearchRanker', label: 'SearchRanker', confidence: 0.4, returns: { best: 7, med: 5, worst: 3 }, ineligible: 'below 0.50' },
  { id: 'BundleEngine', label: 'BundleEngine', confidence: 0.5, returns: { best: 18, med: 9, worst: 0 }, funded: true },
];

const exampleCosts = [4, 2, 2, 2, 4];

const exampleProblem: AllocationProblem = {
  candidates: effectiveRows.map(({ id, confidence, returns }, i) => ({
    id,
    cost: exampleCosts[i]!,
    confidence,
    R_best: returns.best,
    R_med: returns.med,
    R_worst: returns.worst,
  })),
  budget: 10,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: null,
  rule: 'minimax_regret',
  rule_parameters: {},
};

/** The worked example at every budget. */
export const exampleFrontier: Frontier = frontier(exampleProblem);

/** With a floor that small budgets cannot meet. */
export const flooredFrontier: Frontier = frontier({ ...exampleProblem, min_portfolio_worst_return: 5 });

/** One that was asked here and there. */
export const askedFrontier: Frontier = {
  ...exampleFrontier,
  steps: exampleFrontier.steps.filter((_, i) => i % 2 === 0).map((step, i, kept) => ({ ...step, to: kept[i + 1]?.from ?? null })),
  exact: false,
  reason: 'Breakpoints are exact up to 20 initiatives. The rule was asked at 25 budgets; between them the answer may differ.',
};

/** Thousands of steps. */
export function longFrontier(count: number): Frontier {
  const next = sequence(7);
  const steps = Array.from({ length: count }, (_, i) => {
    const most = 3 * Math.sqrt(i);
    const value = most - 4 * next();
    const returns = { best: value * 1.5, med: value, worst: value / 3 };
    return {
      from: i * 12.5,
      to: i === count - 1 ? null : (i + 1) * 12.5,
      selected_initiatives: [`initiative-${i}`],
      total_cost: i * 12.5,
      objective_value: most - value,
      max_regret: most - value,
      returns,
      v_star: { best: most * 1.5, med: most, worst: most / 3 },
      expected: value * 0.94,
    };
  });
  return { objective: exampleFrontier.objective, steps, exact: true, reason: null };
}

/** gamma = 1 - c at the worked example's confidences. */
export const penaltyPoints: readonly PenaltyPoint[] = effectiveRows.map(({ id, confidence, funded }) => ({
  id,
  confidence,
  gamma: 1 - confidence,
  funded: funded ?? false,
}));

export const penaltyLine = Array.from({ length: 101 }, (_, i) => ({ x: i / 100, y: 1 - i / 100 }));

/** A power of doubt with a cliff, and initiatives that crowd on it. */
export const penaltyCliff = Array.from({ length: 201 }, (_, i) => ({ x: i / 200, y: i < 60 ? 1 : (1 - i / 200) ** 2 }));

export const crowdedPenaltyPoints: readonly PenaltyPoint[] = Array.from({ length: 24 }, (_, i) => {
  const confidence = i < 4 ? 0.2 : i < 16 ? 0.7 + i / 400 : 0.9;
  return { id: `initiative-with-a-name-${i}`, confidence, gamma: confidence < 0.3 ? 1 : (1 - confidence) ** 2, funded: i % 5 === 0 };
});

/** Portfolios of the worked example within a tenth of the best. */
export const exampleNearOptimal: NearOptimal = nearOptimal(exampleProblem, 0.1);

/** The worked example as the lab shows it, with two initiatives ticked. */
export const handlesRows: readonly IntervalHandlesRow[] = effectiveRows.map((row, i) => ({
  id: row.id,
  label: row.label,
  cost: exampleCosts[i]!,
  confidence: row.confidence,
  raw: row.returns,
  effective: effectiveReturns(row),
  ineligible: row.ineligible ?? null,
  funded: row.funded ?? false,
  mine: i < 2,
}));

/** Equal values, losses, one that dwarfs the others, one that was changed, a long name, and nothing at all. */
export const awkwardHandlesRows: readonly IntervalHandlesRow[] = [
  handlesRow('certain', { best: 40, med: 40, worst: 40 }),
  handlesRow('loss', { best: -2, med: -12, worst: -60 }),
  handlesRow('nothing', { best: 0, med: 0, worst: 0 }),
  {
    ...handlesRow('changed', { best: 80, med: 20, worst: 5 }),
    changed: true,
    original: { raw: { best: 60, med: 40, worst: 10 }, confidence: 0.4 },
  },
  { ...handlesRow(forestRowsWithTrouble[4]!.id, { best: 300, med: 210, worst: 90 }), ineligible: 'costs more than the budget', mine: true },
];

/** Any number of ordinary initiatives. */
export function manyHandlesRows(count: number): IntervalHandlesRow[] {
  const next = sequence(count);
  return Array.from({ length: count }, (_, i) => {
    const [worst, med, best] = [next(), next(), next()].sort((a, b) => a - b).map((value) => Math.round(value * 400) / 10 - 4);
    const row = handlesRow(`initiative-${String(i + 1).padStart(2, '0')}`, { best: best!, med: med!, worst: worst! });
    return { ...row, funded: i % 3 === 0, mine: i % 4 === 0 };
  });
}

function handlesRow(id: string, raw: PerState<number>): IntervalHandlesRow {
  const effective = effectiveReturns({ returns: raw, confidence: 0.7 });
  return { id, label: id, cost: 12, confidence: 0.7, raw, effective, ineligible: null, funded: false, mine: false };
}

export const portfolioError: readonly ErrorPartsRow[] = [
  {
    id: 'portfolio',
    label: 'portfolio',
    parts: { pilot_estimation: -3100, pilot_sample: -4600, transport: 0, scale_sample: 2000, scale_estimation: 1200 },
  },
];

export const initiativeErrors: readonly ErrorPartsRow[] = [
  {
    id: 'product-desc-enhancement',
    label: 'product-desc-enhancement',
    parts: { pilot_estimation: 1100, pilot_sample: -300, transport: 0, scale_sample: 900, scale_estimation: 300 },
  },
  {
    id: 'checkout-flow-optimization',
    label: 'checkout-flow-optimization',
    parts: { pilot_estimation: -4200, pilot_sample: -4300, transport: 0, scale_sample: 1100, scale_estimation: 900 },
  },
];

export const estimates: readonly EstimateRow[] = [
  {
    id: 'method',
    label: 'nearest-neighbour matching',
    detail: '1 to 1, caliper 0.2',
    tone: 'pilot',
    interval: { estimate: 2.31, lower: 1.62, upper: 3.0 },
  },
  {
    id: 'naive',
    label: 'naive difference',
    detail: 'treated mean \u2212 control mean',
    tone: 'neutral',
    interval: { estimate: -0.42, lower: -1.21, upper: 0.37 },
  },
  {
    id: 'scale',
    label: 'measured again at scale',
    detail: '5,000 products',
    tone: 'scale',
    interval: { estimate: 2.2, lower: 1.98, upper: 2.42 },
  },
  { id: 'iv', label: 'regression discontinuity', detail: '', tone: 'neutral', interval: null, note: 'no running variable in this design' },
];

/** 2026-W01, 2026-W02, ... */
export function weeks(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `2026-W${String(i + 1).padStart(2, '0')}`);
}

export const weeklyRollOut: PilotSeries = { ...pilotSeries(40, 20), dates: weeks(40), last_start_index: 28 };

/** A hundred treated and three hundred controls, most of whom it does little for. */
export const effectsHistogram: EffectsHistogram = {
  bins: [0, 2, 5, 30, 60, 90, 40, 25, 18, 9, 5, 0, 1].map((products, i) => ({
    from: -1 + i * 0.5,
    to: -0.5 + i * 0.5,
    treated: Math.floor(products / 3),
    control: products,
  })),
  treatedMean: 1.62,
  controlMean: 1.48,
};

export const armsPicture: ArmsPicture = {
  kind: 'arms',
  outcome: 'revenue',
  arms: [
    { label: 'enriched', n: 600, mean: 13.42, ci_lower: 12.61, ci_upper: 14.23, sd: 10.1 },
    { label: 'control', n: 600, mean: 11.08, ci_lower: 10.31, ci_upper: 11.85, sd: 9.6 },
  ],
};

export const balancePicture: BalancePicture = {
  kind: 'balance',
  rows: [
    { covariate: 'quality_score', before: -0.62, after: -0.04 },
    { covariate: 'price', before: 0.31, after: 0.06 },
    { covariate: 'revenue_before', before: 0.44, after: 0.02 },
    { covariate: 'category: Electronics', before: 0.18, after: 0.11 },
    { covariate: 'category: Books', before: -0.12, after: -0.03 },
    { covariate: 'category: Toys & Games', before: 0.05, after: 0.01 },
    { covariate: 'review_count', before: 0.27, after: 0.08 },
  ],
  control_reuse: [7, 5, 4, 4, 3, 3, 3, ...Array.from({ length: 24 }, () => 2), ...Array.from({ length: 141 }, () => 1)],
};

export const strataPicture: StrataPicture = {
  kind: 'strata',
  rows: [
    {
      stratum: 'price 1, quality 1',
      n_treated: 62,
      n_control: 140,
      mean_treated: 6.1,
      mean_control: 4.9,
      difference: 1.2,
      standard_error: 0.51,
      weight: 0.21,
      dropped: null,
    },
    {
      stratum: 'price 1, quality 2',
      n_treated: 48,
      n_control: 171,
      mean_treated: 7.8,
      mean_control: 5.6,
      difference: 2.2,
      standard_error: 0.62,
      weight: 0.17,
      dropped: null,
    },
    {
      stratum: 'price 2, quality 1',
      n_treated: 110,
      n_control: 120,
      mean_treated: 13.2,
      mean_control: 10.6,
      difference: 2.6,
      standard_error: 0.7,
      weight: 0.38,
      dropped: null,
    },
    {
      stratum: 'price 2, quality 2',
      n_treated: 69,
      n_control: 150,
      mean_treated: 15.9,
      mean_control: 12.4,
      difference: 3.5,
      standard_error: 0.94,
      weight: 0.24,
      dropped: null,
    },
    {
      stratum: 'price 3, quality 1',
      n_treated: 11,
      n_control: 0,
      mean_treated: 22.1,
      mean_control: null,
      difference: null,
      standard_error: null,
      weight: 0,
      dropped: 'no control in it',
    },
  ],
  balance: balancePicture.rows.slice(0, 4),
};

export function syntheticPicture(): SyntheticPicture {
  const next = sequence(23);
  const times = days(100);
  const start = 70;
  const common = times.map((_, i) => 100 + 6 * Math.sin(i / 9) + 0.15 * i);
  const treated = common.map((value, i) => value + 3 * (next() - 0.5) + (i < start ? 0 : 9 * Math.min(1, (i - start + 1) / 8)));
  const synthetic = common.map((value) => value + 2 * (next() - 0.5));
  const donors = Array.from({ length: 39 }, (_, i) => `unit-${String(i + 2).padStart(2, '0')}`);
  const shares = [0.34, 0.22, 0.14, 0.09, 0.06, 0.04, 0.03, 0.02, 0.02, 0.015, 0.01, 0.01, 0.005];
  return {
    kind: 'synthetic',
    times,
    treatment_index: start,
    treated_unit: 'unit-01',
    treated,
    synthetic,
    weights: donors.map((unit, i) => ({ unit, weight: shares[i] ?? 0 })),
    placebos: donors.map((unit, d) => {
      const drift = 0.14 * (next() - 0.5);
      const spread = 3 + 3 * next() + (d === 5 ? 40 : 0);
      return {
        unit,
        gaps: times.map((_, i) => spread * (next() - 0.5) + (i < start ? 0 : drift * (i - start))),
        rmspe_ratio: 0.7 + 1.3 * next(),
      };
    }),
  };
}

export function counterfactualPicture(): CounterfactualPicture {
  const next = sequence(5);
  const times = days(120);
  const start = 80;
  const level = times.map((_, i) => 240 + 0.2 * i + [0, -6, -4, 0, 6, 18, 10][i % 7]!);
  const observed = level.map((value, i) => value + 22 * (next() - 0.5) + (i < start ? 0 : 30));
  const fitted = level.map((value, i) => value + (i < start ? 0 : 30) + 2 * (next() - 0.5));
  const counterfactual = level.map((value, i) => (i < start ? fitted[i]! : value));
  const reach = times.map((_, i) => (i < start ? 0 : 12 + 0.25 * (i - start)));
  return {
    kind: 'counterfactual',
    times,
    intervention_index: start,
    observed,
    fitted,
    counterfactual,
    lower: counterfactual.map((value, i) => value - reach[i]!),
    upper: counterfactual.map((value, i) => value + reach[i]!),
  };
}
