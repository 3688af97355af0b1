import { describe, expect, it } from 'vitest';
import { differenceInDifferences } from '../../../../src/core/measure/difference-in-differences.ts';
import type { FittedEstimate } from '../../../../src/core/measure/estimator.ts';
import type { EventStudyPicture } from '../../../../src/core/measure/method-picture.ts';
import { numberColumn, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { studentTQuantile } from '../../../../src/core/numeric/student-t.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';
import { mapColumn, runFitted } from './toy-worlds.ts';

const panelNames = { outcome_column: 'y', unit_column: 'unit', time_column: 'time', treatment_column: 'd', n_bootstrap: 99 };
const rolloutNames = { ...panelNames, treatment_column: 'treated' };

function expectClose(actual: number, expected: number, tolerance = 1e-8): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(expected), 1e-3));
}

const pictureOf = ({ picture }: FittedEstimate) => picture as EventStudyPicture;
const halfWidth = ({ ci_upper, ci_lower }: { readonly ci_upper: number; readonly ci_lower: number }) => (ci_upper - ci_lower) / 2;

type Fitted = {
  readonly estimate: number;
  readonly se: number;
  readonly t: number;
  readonly p: number;
  readonly ci_lower: number;
  readonly ci_upper: number;
  readonly df: number;
};

function expectFitted(actual: FittedEstimate, expected: Fitted): void {
  expectClose(actual.estimate, expected.estimate);
  expectClose(actual.standard_error!, expected.se);
  expectClose(actual.statistic!, expected.t);
  expectClose(actual.p_value, expected.p);
  expectClose(actual.ci_lower, expected.ci_lower);
  expectClose(actual.ci_upper, expected.ci_upper);
  expect(actual.df).toBe(expected.df);
}

describe('one start, against the reference', () => {
  const table = readReferenceTable('panel');
  const { did_2x2: pair, twfe, event_study: events } = readReference<{ reference: PanelReference }>('panel_did').reference;
  const fit = (given: Record<string, unknown>) => runFitted(differenceInDifferences, table, { ...panelNames, ...given });

  it('two by two', () => {
    const result = fit({ method: 'two_by_two', standard_errors: 'CR1' });
    expectFitted(result, pair.CR1_unit);
    const { diagnostics } = result;
    expectClose(diagnostics['control_mean_before'] as number, pair.cell_means.c_pre);
    expectClose(diagnostics['control_mean_after'] as number, pair.cell_means.c_post);
    expectClose(diagnostics['treated_mean_before'] as number, pair.cell_means.t_pre);
    expectClose(diagnostics['treated_mean_after'] as number, pair.cell_means.t_post);
    expectClose(diagnostics['standard_error_if_independent'] as number, pair.se_classical);
    expectClose(diagnostics['standard_error_hc1'] as number, pair.se_HC1);
  });

  it('two by two, collapsed to one change per unit', () => {
    const result = fit({ method: 'two_by_two', standard_errors: 'welch' });
    expectClose(result.estimate, pair.collapsed.estimate);
    expectClose(result.standard_error!, pair.collapsed.se);
    expectClose(result.df!, pair.collapsed.df);
    expectClose(result.p_value, pair.collapsed.p);
  });

  it.each(['two_by_two', 'two_way_fixed_effects'])('%s with CR2 and its degrees of freedom', (method) => {
    const result = fit({ method, standard_errors: 'CR2' });
    expectClose(result.standard_error!, twfe.CR2.se);
    expectClose(result.df!, twfe.CR2.df_satt);
    expectClose(result.p_value, twfe.CR2.p);
  });

  it('two-way fixed effects under each convention for clusters', () => {
    expectFitted(fit({ standard_errors: 'CR1_all_dummies' }), twfe.CR1_dummies);
    expectFitted(fit({ standard_errors: 'CR1' }), twfe.CR1_nested);
    expectFitted(fit({ standard_errors: 'CR1_groups' }), twfe.CR1_Gonly);
    const uncorrected = fit({ standard_errors: 'CR0' });
    expectClose(uncorrected.standard_error!, twfe.CR0);
    expectClose(uncorrected.standard_error!, twfe.plm_se_arellano_HC0);
    expectClose(fit({ standard_errors: 'CR1_groups' }).standard_error!, twfe.plm_se_arellano_sss);
    expectClose(uncorrected.estimate, twfe.plm_estimate);
    expectClose(uncorrected.diagnostics['standard_error_if_independent'] as number, twfe.se_classical);
    expectClose(uncorrected.diagnostics['standard_error_hc1'] as number, twfe.se_HC1);
  });

  it('event study, with errors under each convention', () => {
    for (const [standard_errors, expected] of [
      ['CR0', events.CR0],
      ['CR1', events.CR1_nested],
      ['CR1_all_dummies', events.CR1_dummies],
    ] as const) {
      const result = fit({ standard_errors });
      const rows = pictureOf(result).rows.filter((row) => !row.is_reference);
      expect(rows.map((row) => row.event_time)).toEqual(events.relative_time);
      rows.forEach((row, k) => {
        expectClose(row.estimate, events.coef[k]!);
        expectClose(halfWidth(row), studentTQuantile(0.975, 29) * expected[k]!);
        expectClose(result.coefficients![`event time ${row.event_time}`]!.standard_error, expected[k]!);
      });
    }
  });

  it('joint test of the periods before', () => {
    const test = pictureOf(fit({ standard_errors: 'CR1_all_dummies' })).pre_trend!;
    expectClose(test.statistic, events.joint_pretrend_F);
    expect([test.df1, test.df2]).toEqual([events.joint_df1, events.joint_df2]);
    expectClose(test.p_value, events.joint_p);
  });

  it('says who and what was used', () => {
    expect(fit({})).toMatchObject({
      estimand: 'att',
      n_observations: 300,
      n_treated: 12,
      n_control: 18,
      diagnostics: { method: 'two_way_fixed_effects', n_pre_periods: 5 },
    });
    expect(pictureOf(fit({})).two_way).toBeNull();
    expect(pictureOf(fit({})).groups).toEqual([]);
    expect(pictureOf(fit({})).rows.filter((row) => row.is_reference)).toMatchObject([
      { event_time: -1, estimate: 0, simultaneous_upper: 0 },
    ]);
  });
});

describe('several starts, against the reference', () => {
  const table = readReferenceTable('staggered');
  const { twfe_naive: naive, callaway_santanna: expected } = readReference<{ reference: StaggeredReference }>('staggered_did').reference;
  const given = { ...panelNames, control_group: 'never_treated', base_period: 'varying', standard_errors: 'CR0' };
  const result = runFitted(differenceInDifferences, table, given);
  const picture = pictureOf(result);

  it('group-time effects with standard errors from the influence function', () => {
    expect(picture.groups).toHaveLength(expected.att_gt.att.length);
    picture.groups.forEach((row, k) => {
      expect([Number(row.group), Number(row.time)]).toEqual([expected.att_gt.g[k], expected.att_gt.t[k]]);
      expectClose(row.estimate, expected.att_gt.att[k]!);
      expectClose(halfWidth(row) / studentTQuantile(0.975, Infinity), expected.att_gt.se[k]!);
    });
  });

  it('averages', () => {
    expectClose(result.estimate, expected.agg_simple);
    const byGroup = runFitted(differenceInDifferences, table, { ...given, aggregation: 'group' });
    expectClose(byGroup.estimate, expected.agg_group_overall);
    expectClose(byGroup.coefficients!['start 4']!.estimate, expected.agg_group[0]!);
    expectClose(byGroup.coefficients!['start 7']!.estimate, expected.agg_group[1]!);
    expect(picture.rows.map((row) => row.event_time)).toEqual(expected.event_time);
    picture.rows.forEach((row, k) => expectClose(row.estimate, expected.event_att[k]!));
  });

  it('the bias of two-way fixed effects', () => {
    const twoWay = runFitted(differenceInDifferences, table, {
      ...panelNames,
      method: 'two_way_fixed_effects',
      standard_errors: 'CR1_all_dummies',
    });
    expectClose(twoWay.estimate, naive.estimate);
    expectClose(twoWay.standard_error!, naive.CR1_dummies);
    expectClose(pictureOf(twoWay).two_way!.estimate, naive.estimate);
    expectClose(picture.two_way!.estimate, naive.estimate);
    expect(result.warnings.join(' ')).toMatch(/Two-way fixed effects would give 1\.854/);
    expect(twoWay.warnings.join(' ')).toMatch(/Group-time effects give 2\.6/);
  });
});

describe('a roll-out with covariates, clusters and gaps, against definitions in R', () => {
  const whole = readReferenceTable('rollout');
  const reference = readReference<RolloutReference>('rollout_did');
  const kept = numbersOf(whole, 'kept');
  const start = numbersOf(whole, 'g');
  const incomplete = mapColumn(whole, 'y', (value, row) => (kept[row] === 1 ? value : NaN));
  const everTreated = (table: DataTable) => mapColumn(table, 'y', (value, row) => (start[row]! > 0 ? value : NaN));

  describe.each([
    ['complete', whole],
    ['incomplete', incomplete],
    ['no_never', everTreated(whole)],
    ['incomplete_no_never', everTreated(incomplete)],
  ] as const)('two-way fixed effects, %s', (name, table) => {
    const expected = reference.two_way[name];
    const fit = (given: Record<string, unknown>) =>
      runFitted(differenceInDifferences, table, { ...rolloutNames, method: 'two_way_fixed_effects', ...given });

    it.each(['unit', 'cluster'] as const)('errors by %s', (by) => {
      const clusters = by === 'cluster' ? { cluster_column: 'cluster' } : {};
      for (const convention of ['CR0', 'CR1_groups', 'CR1_all_dummies', 'CR2'] as const) {
        const result = fit({ standard_errors: convention, ...clusters });
        expectClose(result.estimate, expected.estimate);
        expectClose(result.standard_error!, expected[by][convention]);
        if (convention === 'CR2') expectClose(result.df!, expected[by].CR2_df);
      }
    });

    it('fit and weights', () => {
      const { diagnostics, n_observations } = fit({});
      expect(n_observations).toBe(expected.n);
      expectClose(diagnostics['r_squared'] as number, expected.r_squared);
      expectClose(diagnostics['standard_error_if_independent'] as number, expected.classical);
      expectClose(diagnostics['standard_error_hc1'] as number, expected.HC1);
      expectClose(diagnostics['two_way_negative_weight_sum'] as number, expected.negative_weight_sum);
      expectClose(diagnostics['two_way_negative_weight_share'] as number, expected.negative_weight_share);
      expect(diagnostics['two_way_negative_cells']).toBe(expected.negative_cells);
    });
  });

  const never = { control_group: 'never_treated' };
  const adjusted = { adjustment_columns: ['x', 'z'] };
  const cases: readonly (readonly [string, Record<string, unknown>, DataTable])[] = [
    ['not_yet', {}, whole],
    ['never_varying', { ...never, base_period: 'varying' }, whole],
    ['pre_mean', { base_period: 'pre_mean' }, whole],
    ['anticipation', { anticipation: 1 }, whole],
    ['anticipation_varying', { anticipation: 1, base_period: 'varying' }, whole],
    ['incomplete', {}, incomplete],
    ['outcome_regression', { ...never, ...adjusted, adjustment: 'outcome_regression' }, whole],
    ['doubly_robust', { ...never, ...adjusted }, whole],
    ['doubly_robust_not_yet', adjusted, whole],
  ];

  // Derivatives in R are numerical, good to about nine digits.
  describe.each(cases)('group-time effects, %s', (name, given, table) => {
    const expected = reference.group_time[name]!;
    const fit = (more: Record<string, unknown>) =>
      runFitted(differenceInDifferences, table, { ...rolloutNames, ...given, standard_errors: 'CR0', ...more });
    const simple = fit({});

    it('each', () => {
      const { g, t, att, se } = expected.att_gt;
      const { groups } = pictureOf(simple);
      expect(groups.map((row) => [Number(row.group), Number(row.time)])).toEqual(g.map((start, k) => [start, t[k]]));
      groups.forEach((row, k) => {
        expectClose(row.estimate, att[k]!);
        expectClose(halfWidth(row) / studentTQuantile(0.975, Infinity), se[k]!, 1e-7);
      });
    });

    it('by event time', () => {
      const rows = pictureOf(simple).rows.filter((row) => !row.is_reference);
      expect(rows.map((row) => row.event_time)).toEqual(expected.event.e);
      rows.forEach((row, k) => {
        expectClose(row.estimate, expected.event.att[k]!);
        expectClose(simple.coefficients![`event time ${row.event_time}`]!.standard_error, expected.event.se[k]!, 1e-7);
      });
      const { coefficients } = fit({ cluster_column: 'cluster' });
      expected.event.e.forEach((e, k) =>
        expectClose(coefficients![`event time ${e}`]!.standard_error, expected.event.se_cluster[k]!, 1e-7),
      );
    });

    it('averaged', () => {
      const overall = {
        simple: expected.simple,
        dynamic: expected.dynamic,
        group: expected.group_overall,
        calendar: expected.calendar_overall,
      };
      for (const [aggregation, [estimate, error]] of Object.entries(overall)) {
        const result = fit({ aggregation });
        expectClose(result.estimate, estimate);
        expectClose(result.standard_error!, error, 1e-7);
        const parts = aggregation === 'group' ? expected.group.g.map((start, k) => [`start ${start}`, expected.group, k] as const) : [];
        const times =
          aggregation === 'calendar' ? expected.calendar.t.map((time, k) => [`time ${time}`, expected.calendar, k] as const) : [];
        for (const [label, { att, se }, k] of [...parts, ...times]) {
          expectClose(result.coefficients![label]!.estimate, att[k]!);
          expectClose(result.coefficients![label]!.standard_error, se[k]!, 1e-7);
        }
      }
    });
  });

  it('warns where two-way weights are negative', () => {
    const result = runFitted(differenceInDifferences, everTreated(whole), rolloutNames);
    const share = reference.two_way.no_never.negative_weight_share;
    expect(share).toBeGreaterThan(0.02);
    expectClose(pictureOf(result).two_way!.negative_weight_share, share);
    expect(result.warnings.join(' ')).toMatch(new RegExp(`${(100 * share).toFixed(0)}% of their weight on treated cells negative`));
  });

  it('adjusts for a category as for its indicators', () => {
    const x = numbersOf(whole, 'x');
    const labels = Int32Array.from(x, (value) => (value < -0.5 ? 0 : value < 0.6 ? 1 : 2));
    const columns = new Map([
      ...whole.columns,
      ['kind', { kind: 'category' as const, codes: labels, levels: ['low', 'mid', 'top'] }] as const,
      ['mid', numberColumn(Float64Array.from(labels, (code) => (code === 1 ? 1 : 0)))] as const,
      ['top', numberColumn(Float64Array.from(labels, (code) => (code === 2 ? 1 : 0)))] as const,
    ]);
    const table = { rowCount: whole.rowCount, columns };
    const byCategory = runFitted(differenceInDifferences, table, { ...rolloutNames, adjustment_columns: ['kind'] });
    const byNumbers = runFitted(differenceInDifferences, table, { ...rolloutNames, adjustment_columns: ['mid', 'top'] });
    expect(byCategory.estimate).toBe(byNumbers.estimate);
    expect(byCategory.estimate).not.toBeCloseTo(runFitted(differenceInDifferences, table, rolloutNames).estimate, 3);
  });
});

type PanelReference = {
  readonly did_2x2: {
    readonly cell_means: Readonly<Record<'c_pre' | 'c_post' | 't_pre' | 't_post', number>>;
    readonly se_classical: number;
    readonly se_HC1: number;
    readonly CR1_unit: Fitted;
    readonly collapsed: Pick<Fitted, 'estimate' | 'se' | 'df' | 'p'>;
  };
  readonly twfe: {
    readonly se_classical: number;
    readonly se_HC1: number;
    readonly CR0: number;
    readonly CR1_dummies: Fitted;
    readonly CR1_nested: Fitted;
    readonly CR1_Gonly: Fitted;
    readonly plm_estimate: number;
    readonly plm_se_arellano_HC0: number;
    readonly plm_se_arellano_sss: number;
    readonly CR2: { readonly se: number; readonly df_satt: number; readonly p: number };
  };
  readonly event_study: {
    readonly relative_time: readonly number[];
    readonly coef: readonly number[];
    readonly CR0: readonly number[];
    readonly CR1_nested: readonly number[];
    readonly CR1_dummies: readonly number[];
    readonly joint_pretrend_F: number;
    readonly joint_df1: number;
    readonly joint_df2: number;
    readonly joint_p: number;
  };
};

type StaggeredReference = {
  readonly twfe_naive: { readonly estimate: number; readonly CR1_dummies: number };
  readonly callaway_santanna: {
    readonly att_gt: Readonly<Record<'g' | 't' | 'att' | 'se', readonly number[]>>;
    readonly agg_simple: number;
    readonly agg_group_overall: number;
    readonly agg_group: readonly number[];
    readonly event_time: readonly number[];
    readonly event_att: readonly number[];
  };
};

type ByCluster = Readonly<Record<'CR0' | 'CR1_groups' | 'CR1_all_dummies' | 'CR2' | 'CR2_df', number>>;

type RolloutReference = {
  readonly two_way: Readonly<
    Record<
      'complete' | 'incomplete' | 'no_never' | 'incomplete_no_never',
      {
        readonly estimate: number;
        readonly n: number;
        readonly r_squared: number;
        readonly classical: number;
        readonly HC1: number;
        readonly unit: ByCluster;
        readonly cluster: ByCluster;
        readonly negative_weight_sum: number;
        readonly negative_weight_share: number;
        readonly negative_cells: number;
      }
    >
  >;
  readonly group_time: Readonly<
    Record<
      string,
      {
        readonly att_gt: Readonly<Record<'g' | 't' | 'att' | 'se', readonly number[]>>;
        readonly event: Readonly<Record<'e' | 'att' | 'se' | 'se_cluster', readonly number[]>>;
        readonly group: Readonly<Record<'g' | 'att' | 'se', readonly number[]>>;
        readonly calendar: Readonly<Record<'t' | 'att' | 'se', readonly number[]>>;
        readonly simple: readonly [number, number];
        readonly dynamic: readonly [number, number];
        readonly group_overall: readonly [number, number];
        readonly calendar_overall: readonly [number, number];
      }
    >
  >;
};
