import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/contracts/input-error.ts';
import { estimands, modelTypes } from '../../src/core/contracts/shared-types.ts';
import { parseParameters } from '../../src/core/contracts/parameter.ts';
import { measureInitiative, type MeasureTask } from '../../src/core/measure-initiative.ts';
import type { DataShape, Estimate, EstimatorDefinition } from '../../src/core/measure/estimator.ts';
import { estimators, findEstimator } from '../../src/core/measure/index.ts';
import { categoryColumn, numberColumn, type Column, type DataTable } from '../../src/core/numeric/columns.ts';
import { defaultDemand } from '../../src/core/scenario/defaults.ts';

/** The world each shape of data is at home in: every assumption of every estimator of that shape holds. */
const homeDesign: Readonly<Record<DataShape, MeasureTask['world']['design']>> = {
  cross_section: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
  panel: { id: 'one_treated_unit', parameters: { n_units: 12 } },
  series: { id: 'everyone_from_date', parameters: {} },
};

/** Where the usual design of a shape is not among an estimator's own, the first of those. */
const otherHomes: Readonly<Record<string, MeasureTask['world']['design']['parameters']>> = { staggered_rollout: { n_cohorts: 3, spacing: 3 } };

function homeOf({ shape, designs: [first, ...others] }: EstimatorDefinition): MeasureTask['world']['design'] {
  const usual = homeDesign[shape];
  return [first, ...others].includes(usual.id) ? usual : { id: first, parameters: otherHomes[first] ?? {} };
}

/** Where an estimator asks for more of its world than a design. */
const ownHomes: Readonly<Record<string, Pick<MeasureTask['world'], 'effect' | 'demand'>>> = {
  // Unbiased only where the believed response is the true one: a change of quality, and no product so active that it is capped.
  metrics_approximation: {
    effect: { id: 'product_detail_boost', parameters: { quality_boost: 0.2 } },
    demand: { ...defaultDemand, product_variation: 0 },
  },
};

function homeTask(definition: EstimatorDefinition, replication: number): MeasureTask {
  return {
    stage: 'pilot',
    seed: 'contract suite',
    replication,
    confidence_level: 0.95,
    n_products: 120,
    world: {
      initiative_id: 'toy',
      catalog: { n_products: 120, categories: ['Food & Beverage'], start_date: '2026-01-05', granularity: 'day', pre_periods: 24, post_periods: 12 },
      demand: { ...defaultDemand, product_variation: 0.2 },
      effect: { id: 'quantity_boost', parameters: { size: 0.3 } },
      ...ownHomes[definition.id],
      design: homeOf(definition),
      flaws: [],
      method: { id: definition.id, parameters: {} },
    },
  };
}

const columnsOf = (n: number, outcome: (i: number) => number, treated: (i: number) => number): DataTable => ({
  rowCount: n,
  columns: new Map<string, Column>([
    ['revenue', numberColumn(Float64Array.from({ length: n }, (_, i) => outcome(i)))],
    ['treated', numberColumn(Float64Array.from({ length: n }, (_, i) => treated(i)))],
    ['price', numberColumn(Float64Array.from({ length: n }, (_, i) => (i * 7) % 11))],
    ['unit', categoryColumn(Array.from({ length: n }, (_, i) => `u${i % 4}`))],
    ['date', categoryColumn(Array.from({ length: n }, (_, i) => `2026-01-${String(Math.floor(i / 4) + 1).padStart(2, '0')}`))],
  ]),
});

const degenerateTables: Readonly<Record<string, DataTable>> = {
  'no rows': columnsOf(0, () => 0, () => 0),
  'nobody treated': columnsOf(40, (i) => i % 5, () => 0),
  'a constant outcome': columnsOf(40, () => 3, (i) => i % 2),
  'only missing outcomes': columnsOf(40, () => Number.NaN, (i) => i % 2),
};

function estimateWith(definition: EstimatorDefinition, table: DataTable): Estimate | 'input error' {
  const known: Readonly<Record<string, unknown>> = {
    outcome_column: 'revenue',
    treatment_column: 'treated',
    covariate_columns: ['price'],
    unit_column: 'unit',
    time_column: 'date',
    intervention_date: '2026-01-06',
    treatment_time: '2026-01-06',
    treated_unit: 'u0',
    running_column: 'price',
    cutoff: 5,
  };
  const given = Object.fromEntries(Object.entries(known).filter(([name]) => Object.hasOwn(definition.parameters, name)));
  const parsed = parseParameters(definition.parameters, given, '');
  if (!parsed.ok) throw new InputError(parsed.issues);
  try {
    return definition.estimate(table, parsed.value);
  } catch (error) {
    if (error instanceof InputError) return 'input error';
    throw error;
  }
}

function everyNumberIsFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(everyNumberIsFinite);
}

describe.each(Object.keys(estimators))('%s', (id) => {
  const definition = findEstimator(id) as EstimatorDefinition;

  it('is described', () => {
    expect(definition.id).toBe(id);
    expect(modelTypes).toContain(definition.model_type);
    expect(estimands).toContain(definition.estimand);
    expect(definition.assumptions.length).toBeGreaterThan(0);
    for (const text of [definition.label, definition.summary, definition.reference, ...definition.assumptions]) expect(text.length).toBeGreaterThan(3);
    for (const parameter of Object.values(definition.parameters)) expect(parameter.label.length * parameter.help.length).toBeGreaterThan(0);
  });

  it('gives a whole, finite, copyable result on ordinary data, and the same bits again', () => {
    const measured = measureInitiative(homeTask(definition, 0));
    expect(measured.result.status).toBe('ok');
    if (measured.result.status !== 'ok') return;
    const { effect_estimate, ci_lower, ci_upper, p_value } = measured.result;
    expect(ci_lower).toBeLessThan(effect_estimate);
    expect(ci_upper).toBeGreaterThan(effect_estimate);
    expect(p_value).toBeGreaterThan(0);
    expect(p_value).toBeLessThanOrEqual(1);
    expect(everyNumberIsFinite(measured)).toBe(true);
    expect(structuredClone(measured)).toEqual(measured);
    expect(measureInitiative(homeTask(definition, 0))).toEqual(measured);
  });

  it('is unbiased at home', { timeout: 60_000 }, () => {
    const replications = 150;
    const errors = Array.from({ length: replications }, (_, replication) => {
      const { result, truth } = measureInitiative(homeTask(definition, replication));
      if (result.status !== 'ok') throw new Error(`replication ${replication}: ${result.reason}`);
      return result.effect_estimate - (truth.sample[result.estimand] as number);
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / replications;
    const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (replications - 1);
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / replications));
  });

  it.each(Object.keys(degenerateTables))('says so when the data have %s', (name) => {
    const estimate = estimateWith(definition, degenerateTables[name] as DataTable);
    if (estimate === 'input error') return;
    expect(everyNumberIsFinite(estimate)).toBe(true);
    if (name !== 'nobody treated' || Object.hasOwn(definition.parameters, 'treatment_column')) {
      expect(estimate.status).toBe('degenerate');
      if (estimate.status === 'degenerate') expect(estimate.reason.length).toBeGreaterThan(10);
    }
  });

  it('refuses a column that is not there, naming those that are', () => {
    const parsed = parseParameters(definition.parameters, { ...(Object.hasOwn(definition.parameters, 'outcome_column') ? { outcome_column: 'sales' } : {}) }, '');
    if (!parsed.ok) throw new InputError(parsed.issues);
    expect(() => definition.estimate(degenerateTables['nobody treated'] as DataTable, parsed.value)).toThrow(InputError);
  });
});
