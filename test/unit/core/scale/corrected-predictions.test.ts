import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src/core/contracts/run.ts';
import { correctedPredictions, thresholdQuestion } from '../../../../src/core/scale/corrected-predictions.ts';
import type { EntryThresholds } from '../../../../src/core/scale/entry-thresholds.ts';
import { outcomeCsv } from '../../../../src/interchange/outcome-csv.ts';
import { outcomeMarkdown } from '../../../../src/interchange/outcome-markdown.ts';
import { runFixture, type FixtureInitiative } from '../../../ui/run-fixture.ts';

const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** Effects per product-period, of which a return is a hundred: the standard error of every return is 100. */
const initiative = (id: string, truth: number, estimate: number): FixtureInitiative => ({
  id,
  cost: 100,
  truth,
  pilot: [estimate - 2, estimate, estimate + 2],
  scale: [truth - 0.5, truth + 0.1, truth + 0.5],
});

const four = [initiative('a', 3, 4), initiative('b', 2, 3), initiative('c', 1, 2), initiative('d', 1, -1)];
const run = runFixture({ initiatives: four, funded: ['a', 'b'], oracle: ['a', 'b'] });
const thresholds: EntryThresholds = { thresholds: { a: 200, b: 200, c: 300, d: null }, reason: null };
const fixed: EntryThresholds = { thresholds: null, reason: 'there are more than 20 initiatives' };

const take = (taken: EntryThresholds = thresholds, of: Run = run) => {
  const found = correctedPredictions(of, taken);
  if (found === null) throw new Error('no predictions');
  return found;
};

describe('corrected predictions', () => {
  it('by empirical Bayes are the posterior means, all costing the same', () => {
    // Mean 2, sum of squares 14, variance 1: Lindley shrinks by 1 / 14.
    const [a, b] = take().initiatives;
    expect(a?.predicted).toMatchObject({ none: 400, empirical_bayes: expect.closeTo(100 * (2 + (13 / 14) * 2), 8) as number });
    expect(b?.predicted.empirical_bayes).toBeCloseTo(100 * (2 + 13 / 14), 8);
  });

  it('by Lee and Shen take off each initiative\u2019s own term, and off the portfolio also those of initiatives passed over', () => {
    const { initiatives, portfolio, passed_over } = take();
    expect(initiatives[0]?.predicted.lee_shen).toBeCloseTo(400 - 100 * density(2), 10);
    expect(initiatives[1]?.predicted.lee_shen).toBeCloseTo(300 - 100 * density(1), 10);
    expect(passed_over).toBeCloseTo(100 * density(1), 10);
    expect(portfolio.predicted.lee_shen).toBeCloseTo(700 - 100 * (density(2) + 2 * density(1)), 10);
    expect(portfolio.predicted.none).toBe(700);
  });

  it('use the correction\u2019s own threshold where the decision\u2019s are not known, with the scenario\u2019s parameters', () => {
    const { initiatives, passed_over } = take(fixed);
    expect(initiatives[0]?.predicted.lee_shen).toBeCloseTo(400 - 100 * density(1.96 - 4), 8);
    expect(passed_over).toBeCloseTo(100 * (density(1.96 - 2) + density(1.96 + 1)), 8);
    const own = { ...run, scenario: { ...run.scenario, return_correction: { id: 'lee_shen', parameters: { threshold: 3 } } } };
    expect(take(fixed, own).initiatives[0]?.predicted.lee_shen).toBeCloseTo(400 - 100 * density(1), 8);
  });

  it('stand beside the truth and what was measured, with the nearest named', () => {
    const { initiatives, portfolio } = take();
    expect(initiatives.map(({ initiative_id, truth, actual }) => ({ initiative_id, truth, actual }))).toEqual([
      { initiative_id: 'a', truth: 300, actual: expect.closeTo(310, 8) as number },
      { initiative_id: 'b', truth: 200, actual: expect.closeTo(210, 8) as number },
    ]);
    // 14.3 and 5.4 off 400; 7.1 and 24.2 off 300.
    expect(initiatives.map(({ closest }) => closest)).toEqual([['empirical_bayes'], ['lee_shen']]);
    expect(portfolio).toMatchObject({ truth: 500, actual: expect.closeTo(520, 8) as number, closest: ['lee_shen'] });
  });

  it('name all that are equally near', () => {
    const three = runFixture({ initiatives: four.slice(0, 3), funded: ['a'], oracle: ['a'] });
    const { initiatives } = take({ thresholds: { a: null, b: null, c: null }, reason: null }, three);
    expect(initiatives[0]?.closest).toEqual(['none', 'empirical_bayes', 'lee_shen']);
  });

  it('count a share where one is funded in part', () => {
    const part = { ...run, initiatives: run.initiatives.map((one) => (one.initiative_id === 'a' ? { ...one, funded_share: 0.5 } : one)) };
    expect(take(thresholds, part).initiatives[0]).toMatchObject({ truth: 150, actual: expect.closeTo(155, 8) as number });
    expect(take(thresholds, part).initiatives[0]?.predicted.lee_shen).toBeCloseTo((400 - 100 * density(2)) / 2, 10);
  });

  it('are none where nothing was funded or no truth is known', () => {
    expect(correctedPredictions(runFixture({ initiatives: four, funded: [], oracle: [] }), fixed)).toBeNull();
    const stated = runFixture({ initiatives: [{ id: 'x', cost: 4, truth: 0, pilot: 'stated' }], funded: ['x'], oracle: [] });
    expect(correctedPredictions(stated, fixed)).toBeNull();
  });

  it('know the standard errors of the returns', () => {
    expect([...thresholdQuestion(run).standardErrors]).toEqual(['a', 'b', 'c', 'd'].map((id) => [id, 100]));
  });
});

describe('the reports', () => {
  it('have them in the CSV, exact, and empty cells where they are not known', () => {
    const [header = '', first = ''] = outcomeCsv(run, take()).split(/\r?\n/);
    const cells = new Map(header.split(',').map((name, i) => [name, first.split(',')[i]]));
    expect(Number(cells.get('predicted_lee_shen'))).toBe(take().initiatives[0]?.predicted.lee_shen);
    expect(Number(cells.get('predicted_empirical_bayes'))).toBe(take().initiatives[0]?.predicted.empirical_bayes);
    expect(cells.get('nearest_prediction')).toBe('empirical_bayes');
    expect(outcomeCsv(run).split(/\r?\n/)[1]).toMatch(/,,,$/);
  });

  it('have them in the Markdown, with what they rest on', () => {
    const report = outcomeMarkdown(run, take());
    expect(report).toContain(
      '| a | USD 400.00 (USD 100.00) | USD 385.71 (USD 85.71) | USD 394.60 (USD 94.60) | USD 310.00 | USD 300.00 | empirical Bayes |',
    );
    expect(report).toContain('| the portfolio | USD 700.00 (USD 200.00) |');
    expect(report).toContain("Lee and Shen at the decision's own thresholds.");
    expect(report).toContain("The portfolio's figure is USD 24.20 less for initiatives passed over.");
    expect(outcomeMarkdown(run, take(fixed))).toContain(
      "Lee and Shen at the correction's own threshold: there are more than 20 initiatives.",
    );
    expect(outcomeMarkdown(run)).not.toContain('Which prediction');
  });
});
