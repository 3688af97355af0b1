import { describe, expect, it } from 'vitest';
import { findPreset } from '../../../../src/core/scenario/presets/index.ts';
import { gridFigure, gridMeasures, standardisedBias } from '../../../../src/core/study/design-grid-figures.ts';
import type { DesignGridCell } from '../../../../src/core/study/design-grid.ts';
import type { Measured } from '../../../../src/core/study/diagnosand.ts';

const { scenario } = findPreset('clean-randomised')!;
const context = { scenario, effect: 'none' as const };

function cell(found: Readonly<Record<string, Measured | null>>, replications = 400, failed = 0): DesignGridCell {
  const diagnosands = {
    coverage: null,
    bias: null,
    empirical_se: null,
    rejection_rate: null,
    relative_error_model_se: null,
    rmse: null,
    ...found,
  };
  const reasons: Record<string, number> = failed === 0 ? {} : { 'no control': failed };
  const failures = { count: failed, reasons };
  return {
    method: 'experiment',
    at_home: true,
    estimand: 'ate',
    replications,
    kept: replications,
    failures,
    diagnosands: diagnosands as never,
  };
}

const share = (value: number, n = 400): Measured => ({ value, monte_carlo_se: Math.sqrt((value * (1 - value)) / n) });

describe('a cell of the grid', () => {
  it('is off where coverage lies more than three of its level’s own errors away, and far where ten points are beyond that', () => {
    const error = Math.sqrt((0.95 * 0.05) / 400);
    const verdict = (value: number) => {
      const figure = gridFigure(cell({ coverage: share(value) }), 'coverage', context);
      return [figure.verdict, figure.side];
    };
    expect(verdict(0.95 - 2.9 * error)).toEqual(['as_nominal', null]);
    expect(verdict(0.95 - 3.1 * error)).toEqual(['off', 'below']);
    expect(verdict(0.95 - 3 * error - 0.099)).toEqual(['off', 'below']);
    expect(verdict(0.95 - 3 * error - 0.101)).toEqual(['far_off', 'below']);
    expect(verdict(1)).toEqual(['off', 'above']);
    expect(gridFigure(cell({ coverage: share(1, 30) }, 30), 'coverage', context).verdict).toBe('as_nominal');
    expect(gridFigure(cell({ coverage: share(1, 29) }, 29), 'coverage', context).verdict).toBe('unjudged');
    expect(gridFigure(cell({ coverage: share(0, 4) }, 4), 'coverage', context)).toMatchObject({ verdict: 'far_off', side: 'below' });
  });
  it('judges false alarms only where there is no effect', () => {
    const rejecting = cell({ rejection_rate: share(0.6) });
    expect(gridFigure(rejecting, 'rejection_rate', context)).toMatchObject({ verdict: 'far_off', side: 'above', nominal: 0.05 });
    expect(gridFigure(rejecting, 'rejection_rate', { scenario, effect: 'as_declared' })).toMatchObject({
      verdict: 'unjudged',
      nominal: null,
      side: null,
    });
  });
  it('has bias in empirical standard errors, with the error of a quotient', () => {
    const [b, s, sb, ss] = [0.6, 2, 0.1, 0.07];
    const measured = standardisedBias(cell({ bias: { value: b, monte_carlo_se: sb }, empirical_se: { value: s, monte_carlo_se: ss } }))!;
    expect(measured.value).toBe(b / s);
    expect(measured.monte_carlo_se).toBeCloseTo(Math.hypot(sb / s, (b * ss) / (s * s)), 12);
    expect(
      gridFigure(
        cell({ bias: { value: b, monte_carlo_se: sb }, empirical_se: { value: s, monte_carlo_se: ss } }),
        'standardised_bias',
        context,
      ),
    ).toMatchObject({
      verdict: 'off',
      side: 'above',
    });
    expect(standardisedBias(cell({ bias: { value: 1, monte_carlo_se: 1 }, empirical_se: { value: 0, monte_carlo_se: 0 } }))).toBeNull();
  });
  it('agrees with the spread of quotients over many simulated studies', () => {
    let state = 12345;
    const uniform = () => ((state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff), (state + 1) / 0x80000001);
    const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const n = 60;
    const quotients = Array.from({ length: 1500 }, () => {
      const errors = Array.from({ length: n }, () => 1 + 2 * normal());
      const mean = errors.reduce((sum, error) => sum + error, 0) / n;
      const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (n - 1));
      return mean / spread;
    });
    const mean = quotients.reduce((sum, value) => sum + value, 0) / quotients.length;
    const spread = Math.sqrt(quotients.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (quotients.length - 1));
    const found = {
      bias: { value: 1, monte_carlo_se: 2 / Math.sqrt(n) },
      empirical_se: { value: 2, monte_carlo_se: 2 / Math.sqrt(2 * (n - 1)) },
    };
    const error = standardisedBias(cell(found))!.monte_carlo_se!;
    expect(Math.abs(spread / error - 1)).toBeLessThan(4 / Math.sqrt(2 * 1500) + 0.02);
  });
  it('says what share has an answer', () => {
    expect(gridFigure(cell({}, 30, 10), 'answered', context)).toMatchObject({
      measured: { value: 0.75 },
      verdict: 'far_off',
      side: 'below',
    });
    expect(gridFigure(cell({}, 39, 1), 'answered', context)).toMatchObject({ verdict: 'off' });
    expect(gridFigure(cell({}, 40, 0), 'answered', context)).toMatchObject({ verdict: 'as_nominal', side: null });
    expect(gridFigure(cell({}, 0, 0), 'answered', context).measured).toBeNull();
  });
  it('judges nothing that cannot be told', () => {
    for (const measure of gridMeasures.filter((one) => one !== 'answered'))
      expect(gridFigure(cell({}, 0, 3), measure, context)).toMatchObject({ measured: null, verdict: 'unjudged', side: null });
  });
});
