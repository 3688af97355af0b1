import { describe, expect, it } from 'vitest';
import { measureInitiative, type World } from '../../../../src/core/measure-initiative.ts';
import { describeRecord } from '../../../../src/core/measure/record-integrity.ts';
import { defaultDemand } from '../../../../src/core/scenario/defaults.ts';
import { tableOf } from './toy-worlds.ts';

const columns = { outcome: 'y', treatment: 't', received: null };

describe('what the record says', () => {
  it('is nothing where every outcome is there', () => {
    expect(describeRecord(tableOf({ y: [1, 2, 3, 4], t: [0, 1, 0, 1] }), columns)).toEqual({ diagnostics: {}, warnings: [] });
  });

  it('is the share missing in each arm, with the chi-square test of a two by two table', () => {
    const t = Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : 0));
    const y = t.map((_, i) => (i < 30 || (i >= 100 && i < 110) ? NaN : i));
    const { diagnostics, warnings } = describeRecord(tableOf({ y, t }), columns);
    // 30 and 10 of 100 missing: the table (30, 70; 10, 90) has chi-square 200 (30 * 90 - 10 * 70)^2 / (40 * 160 * 100 * 100) = 12.5.
    expect(diagnostics['attrition_treated']).toBe(0.3);
    expect(diagnostics['attrition_control']).toBe(0.1);
    expect(diagnostics['attrition_p_value']).toBeCloseTo(0.000406952017445, 12);
    expect(warnings[0]).toMatch(/30% of the treated and 10% of the controls/);
  });

  it('is silent about arms that lose the same share', () => {
    const { diagnostics, warnings } = describeRecord(tableOf({ y: [1, NaN, 3, NaN], t: [0, 0, 1, 1] }), columns);
    expect(diagnostics['attrition_p_value']).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('counts who received the treatment', () => {
    const table = tableOf({ y: [1, 2, 3, 4, 5], t: [1, 1, 0, 0, 0], r: [1, 0, 0, 0, 1] });
    const { diagnostics, warnings } = describeRecord(table, { ...columns, received: 'r' });
    expect(diagnostics['compliance_treated']).toBe(0.5);
    expect(diagnostics['compliance_control']).toBeCloseTo(1 / 3, 14);
    expect(warnings[0]).toMatch(/effect of being assigned/);
  });
});

describe('a pilot with flaws', () => {
  const world = (flaws: World['flaws']): World => ({
    initiative_id: 'record',
    catalog: { n_products: 600, categories: ['Books'], start_date: '2026-01-05', granularity: 'day', pre_periods: 7, post_periods: 7 },
    demand: { ...defaultDemand, product_variation: 0.3 },
    effect: { id: 'quantity_boost', parameters: { size: 0.3 } },
    design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
    flaws,
    method: { id: 'experiment', parameters: {} },
  });
  const diagnosticsWith = (flaws: World['flaws']) =>
    measureInitiative({ stage: 'pilot', seed: 'record', replication: 0, confidence_level: 0.95, n_products: 600, world: world(flaws) })
      .result.diagnostics;

  it('tests its split against the share that was intended', () => {
    expect(diagnosticsWith([])['sample_ratio_p_value']).toBe(1);
    expect(diagnosticsWith([])['attrition_treated']).toBeUndefined();
  });

  it('shows attrition that differs by arm', () => {
    const found = diagnosticsWith([{ id: 'differential_attrition', parameters: { severity: 0.7 } }]);
    expect(found['attrition_p_value'] as number).toBeLessThan(1e-6);
    expect(found['sample_ratio_p_value'] as number).toBeLessThan(0.05);
  });

  it('shows who did not comply', () => {
    const found = diagnosticsWith([{ id: 'non_compliance', parameters: { severity: 0.4 } }]);
    expect(found['compliance_treated'] as number).toBeLessThan(0.9);
    expect(found['compliance_treated'] as number).toBeGreaterThan(0.3);
  });
});
