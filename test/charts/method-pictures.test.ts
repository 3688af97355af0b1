// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { armsGeometry, armsTable } from '../../src/charts/arms-geometry.ts';
import { balanceGeometry } from '../../src/charts/balance-geometry.ts';
import { balanceSummary, balanceTable } from '../../src/charts/balance-words.ts';
import { counterfactualGeometry, meanGap } from '../../src/charts/counterfactual-geometry.ts';
import { counterfactualSummary } from '../../src/charts/counterfactual-words.ts';
import { reuseBins } from '../../src/charts/reuse-geometry.ts';
import { strataGeometry, strataSummary, weightedDifference } from '../../src/charts/strata-geometry.ts';
import { gapsOf, placeboRank, rmspeRatio } from '../../src/charts/synthetic-gaps.ts';
import { syntheticGeometry } from '../../src/charts/synthetic-geometry.ts';
import { syntheticSummary } from '../../src/charts/synthetic-words.ts';
import { armsPicture, balancePicture, counterfactualPicture, days, strataPicture, syntheticPicture } from './fixtures.ts';

const format = (value: number) => value.toFixed(1);
const unit = 'dollars';

describe('arms', () => {
  it('place means and intervals on one scale, and say where it does not start at zero', () => {
    const { rows, name, zeroAt } = armsGeometry(armsPicture, { width: 700, unit, format, intervalLabel: '95% interval' });
    expect(rows[0]!.interval.x).toBeGreaterThan(rows[1]!.interval.x1);
    expect(zeroAt).toBeNull();
    expect(name).toMatch(/does not start at zero/);
    expect(armsTable(armsPicture, unit, format).rows[0]).toEqual(['enriched', '600', '13.4', '12.6', '14.2', '10.1']);
  });
});

describe('balance', () => {
  it('is the absolute difference, the worst before first', () => {
    const { rows } = balanceGeometry(balancePicture, { width: 640 });
    expect(rows.map((row) => row.id).slice(0, 3)).toEqual(['quality_score', 'revenue_before', 'price']);
    rows.forEach((row) => expect(row.before! >= row.after!).toBe(true));
    expect(rows[0]!.before).toBeGreaterThan(rows[0]!.after!);
  });
  it('has its guides at 0.05 and 0.1, in view even when everything is balanced', () => {
    const { guides, layout, zeroAt } = balanceGeometry(
      { ...balancePicture, rows: [{ covariate: 'x', before: 0.01, after: 0 }] },
      { width: 640 },
    );
    expect(guides.map((guide) => guide.text.text)).toEqual(['0.05', '0.1']);
    expect(guides[1]!.x).toBeLessThan(layout.plot.x1);
    expect(guides[1]!.x - zeroAt).toBeCloseTo(2 * (guides[0]!.x - zeroAt), 6);
  });
  it('lives with a covariate that does not vary', () => {
    const { rows } = balanceGeometry(
      { ...balancePicture, rows: [{ covariate: 'constant', before: Number.NaN, after: Number.NaN }, ...balancePicture.rows] },
      { width: 640 },
    );
    expect(rows.at(-1)).toMatchObject({ id: 'constant', before: null, after: null });
  });
  it('counts how often controls are used', () => {
    expect(reuseBins([3, 1, 1, 2, 1])).toEqual([
      { times: 1, controls: 3 },
      { times: 2, controls: 1 },
      { times: 3, controls: 1 },
    ]);
    expect(reuseBins([])).toEqual([]);
    const { reuse } = balanceGeometry(balancePicture, { width: 1000 });
    const [once, twice] = reuse!.bars;
    expect(once!.box.height / twice!.box.height).toBeCloseTo(141 / 24, 6);
    expect(balanceGeometry({ ...balancePicture, control_reuse: [] }, { width: 1000 }).reuse).toBeNull();
  });
  it('is summed up by how many covariates are still above 0.1', () => {
    expect(balanceSummary(balancePicture)).toContain('Above 0.1: 6 before, 1 after.');
    expect(balanceTable(balancePicture).rows[0]).toEqual(['quality_score', '0.62', '0.04']);
  });
});

describe('strata', () => {
  it('show the weight as the area of the point', () => {
    const { rows } = strataGeometry(strataPicture, { width: 700, format });
    const [a, , c] = rows;
    expect((a!.size / c!.size) ** 2).toBeCloseTo(a!.row.weight / c!.row.weight, 6);
  });
  it('strike a dropped stratum, say why, and leave it out of the sum', () => {
    const { rows } = strataGeometry(strataPicture, { width: 700, format });
    const dropped = rows.at(-1)!;
    expect(dropped.interval).toBeNull();
    expect(dropped.texts.some((text) => text.struck && text.text === 'price 3, quality 1')).toBe(true);
    expect(dropped.texts.map((text) => text.text)).toContain('dropped: no control in it');
    expect(weightedDifference(strataPicture.rows)).toBeCloseTo(0.21 * 1.2 + 0.17 * 2.2 + 0.38 * 2.6 + 0.24 * 3.5, 12);
    expect(strataSummary(strataPicture, unit, format)).toContain('Dropped: price 3, quality 1 (no control in it).');
  });
  it('live with every stratum dropped', () => {
    const all = {
      ...strataPicture,
      rows: strataPicture.rows.map((row) => ({ ...row, difference: null, standard_error: null, weight: 0, dropped: 'no treated in it' })),
    };
    const { together, rows } = strataGeometry(all, { width: 700, format });
    expect(together).toBeNull();
    rows.forEach((row) => expect(row.point).toBeNull());
    expect(strataSummary(all, unit, format)).toContain('No stratum has both arms');
  });
  it('show a point without an interval where there is no standard error', () => {
    const { rows } = strataGeometry(
      { ...strataPicture, rows: [{ ...strataPicture.rows[0]!, standard_error: null }] },
      { width: 700, format },
    );
    expect(rows[0]!.interval).toBeNull();
    expect(rows[0]!.point).not.toBeNull();
  });
});

describe('synthetic control', () => {
  const small = {
    ...syntheticPicture(),
    times: days(4),
    treatment_index: 2,
    treated: [11, 9, 15, 17],
    synthetic: [10, 10, 10, 11],
    placebos: [
      { unit: 'b', gaps: [1, -1, 1, 1], rmspe_ratio: 1 },
      { unit: 'c', gaps: [1, 1, 9, 9], rmspe_ratio: 9 },
    ],
  };
  it('ranks the treated unit among its placebos by the ratio of gaps after and before', () => {
    expect(gapsOf(small)).toEqual([1, -1, 5, 6]);
    expect(rmspeRatio(gapsOf(small), 2)).toBeCloseTo(Math.sqrt((25 + 36) / 2), 12);
    expect(placeboRank(small)).toMatchObject({ rank: 2, of: 3 });
    expect(placeboRank({ ...small, placebos: [] })).toBeNull();
    expect(placeboRank({ ...small, treatment_index: 0 })).toBeNull();
    expect(syntheticSummary(small, unit, format)).toContain('rank 2 of 3');
  });
  it('lets an ill-fitted placebo leave the panel, not flatten it', () => {
    const geometry = syntheticGeometry(syntheticPicture(), { width: 900, unit, format });
    expect(geometry.cut).toBe(1);
    const gaps = gapsOf(syntheticPicture());
    expect(geometry.gap.up.domain[1]).toBeGreaterThanOrEqual(Math.max(...gaps));
    expect(geometry.gap.up.domain[1]).toBeLessThan(30);
    expect(geometry.placebos).toHaveLength(39);
  });
  it('shows the ten heaviest donors and the rest together', () => {
    const { weights } = syntheticGeometry(syntheticPicture(), { width: 900, unit, format });
    expect(weights.map((bar) => bar.unit)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `unit-${String(i + 2).padStart(2, '0')}`),
      '3 others',
    ]);
    expect(weights[0]!.bar.width / weights[1]!.bar.width).toBeCloseTo(0.34 / 0.22, 6);
    expect(weights.at(-1)!.texts[1]!.text).toBe('2.5%');
  });
  it('aligns both panels in time', () => {
    const { path, gap } = syntheticGeometry(syntheticPicture(), { width: 900, unit, format });
    expect(path.x(70)).toBeCloseTo(gap.x(70), 6);
  });
  it('lives without placebos and without weights', () => {
    const bare = syntheticGeometry({ ...small, placebos: [], weights: [] }, { width: 400, unit, format });
    expect(bare.weights).toEqual([]);
    expect(bare.height).toBeGreaterThan(bare.gap.box.y1);
  });
});

describe('the counterfactual', () => {
  const picture = counterfactualPicture();
  const options = { width: 800, unit, format, intervalLabel: '95% interval' };
  it('has its band only after the intervention', () => {
    const { band, panel } = counterfactualGeometry(picture, options);
    const first = Number(/^M([\d.]+),/.exec(band)![1]);
    expect(first).toBeCloseTo(panel.x(80), 0);
  });
  it('averages observed minus counterfactual after it', () => {
    const simple = {
      ...picture,
      times: days(4),
      intervention_index: 2,
      observed: [1, 1, 5, 7],
      fitted: [1, 1, 5, 7],
      counterfactual: [1, 1, 2, 2],
      lower: [1, 1, 1, 1],
      upper: [1, 1, 3, 3],
    };
    expect(meanGap(simple)).toBe(4);
    expect(counterfactualSummary(simple, unit, format)).toContain('+4.0 on average');
    expect(counterfactualGeometry(simple, options).marks[3]!.values.map((value) => value.text)).toEqual([
      'observed 7.0',
      'counterfactual 2.0 [1.0, 3.0]',
      'gap +5.0',
    ]);
  });
  it('does not let the band before the intervention stretch the axis', () => {
    const wild = { ...picture, lower: picture.lower.map((value, i) => (i < 80 ? -1e6 : value)) };
    expect(counterfactualGeometry(wild, options).panel.up.domain).toEqual(counterfactualGeometry(picture, options).panel.up.domain);
  });
  it('lives with an intervention after the last period', () => {
    const { intervention, band } = counterfactualGeometry({ ...picture, intervention_index: 120 }, options);
    expect(intervention).toBeNull();
    expect(band).toBe('');
  });
});
