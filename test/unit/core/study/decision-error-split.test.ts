import { describe, expect, it } from 'vitest';
import type { DecisionSummary } from '../../../../src/core/study/decision-summary.ts';
import { splitOneReplication } from '../../../../src/core/study/error-split-one.ts';
import { errorSplits, type ErrorSplit } from '../../../../src/core/study/error-split.ts';
import type { ReplicationRecord } from '../../../../src/core/study/replication-record.ts';
import { generator, normal, recordOf, tallyOf, type GivenInitiative } from './decision-records.ts';

const parts = ['sampling_noise', 'selection', 'bias', 'transport', 'correction'] as const;
const sumOf = (split: ErrorSplit) => parts.reduce((sum, part) => sum + split[part].value, 0);

/** Funds what is estimated above its bar. `a`: bias 2, truth halved at scale; `b`: no bias. */
function records(n: number, seed: number, share?: number): ReplicationRecord[] {
  const uniform = generator(seed);
  return Array.from({ length: n }, (_, replication) => {
    const initiatives: GivenInitiative[] = [
      { id: 'a', med: 22 + 4 * normal(uniform), pilot: 20, scale: 10 },
      { id: 'b', med: replication % 10 === 3 ? null : 15 + 6 * normal(uniform), pilot: 15, scale: 15 },
    ];
    const selected = initiatives.filter(({ id, med }) => med !== null && med > (id === 'a' ? 20 : 18)).map(({ id }) => id);
    return recordOf({
      replication,
      initiatives,
      decisions: { own: { selected, ...(share === undefined ? {} : { share }) } },
      oracle: ['a', 'b'],
    });
  });
}

const summaryOf = (given: readonly ReplicationRecord[]) =>
  ({ error_split: errorSplits(tallyOf(given)) }) as Pick<DecisionSummary, 'error_split'>;

describe('the split of errors at scale', () => {
  it('worked by hand: two replications fund it, one does not', () => {
    const at = (replication: number, med: number, funded: boolean) =>
      recordOf({
        replication,
        initiatives: [{ id: 'a', med, pilot: 10, scale: 8 }],
        decisions: { own: { selected: funded ? ['a'] : [] } },
        oracle: ['a'],
      });
    // Estimates 14, 16 where funded and 9 where not: mean 13, mean where funded 15.
    const found = errorSplits(tallyOf([at(0, 14, true), at(1, 16, true), at(2, 9, false)]));
    for (const split of [found.overall!, found.initiatives[0]!]) {
      expect(split.replications).toBe(2);
      expect(split.error.value).toBeCloseTo(8 - 15, 12);
      expect(split.selection.value).toBeCloseTo(-(15 - 13), 12);
      expect(split.bias.value).toBeCloseTo(-(13 - 10), 12);
      expect(split.transport.value).toBeCloseTo(8 - 10, 12);
      expect(split.correction.value).toBe(0);
    }
    expect(found.initiatives[0]!.sampling_noise).toEqual({ value: 0, monte_carlo_se: 0, standard_deviation: Math.SQRT2 });
    const one = splitOneReplication(
      { error_split: found },
      { initiative_id: 'a', share: 1, predicted: 16, true_pilot: 10, true_scale: 8 },
    )!;
    expect(one).toEqual({ error: -8, sampling_noise: -1, selection: -2, bias: -3, transport: -2, correction: 0 });
  });

  it.each([
    ['whole', undefined],
    ['in part', 0.4],
  ] as const)('adds up to the mean error, initiatives and portfolio, funded %s', (_, share) => {
    const given = records(200, 4, share);
    const { overall, initiatives } = errorSplits(tallyOf(given));
    const funded = given.flatMap((record) => record.funded);
    for (const split of initiatives) {
      const mine = funded.filter(({ initiative_id: id }) => id === split.initiative_id);
      const error = mine.reduce((sum, { true_scale, predicted }) => sum + true_scale - predicted, 0) / mine.length;
      expect(split.error.value).toBeCloseTo(error, 9);
      expect(sumOf(split)).toBeCloseTo(error, 9);
    }
    const total = funded.reduce((sum, { true_scale, predicted }) => sum + true_scale - predicted, 0);
    expect(overall!.replications).toBe(given.filter((record) => record.funded.length > 0).length);
    expect(sumOf(overall!)).toBeCloseTo(total / overall!.replications, 9);
    expect(overall!.error.value).toBeCloseTo(total / overall!.replications, 9);
  });

  it('of every single replication adds up, and averages to the parts of the study', () => {
    const given = records(150, 9, 0.7);
    const summary = summaryOf(given);
    for (const { initiative_id: id, ...split } of summary.error_split.initiatives) {
      const each = given.flatMap(({ funded }) =>
        funded.filter((one) => one.initiative_id === id).map((one) => splitOneReplication(summary, one)!),
      );
      for (const one of each) expect(parts.reduce((sum, part) => sum + one[part], 0)).toBeCloseTo(one.error, 9);
      for (const part of parts) expect(each.reduce((sum, one) => sum + one[part], 0) / each.length).toBeCloseTo(split[part].value, 9);
    }
    expect(splitOneReplication(summary, { initiative_id: 'z', share: 1, predicted: 1, true_pilot: 1, true_scale: 1 })).toBeNull();
  });

  it('sets a correction of the prediction apart from selection and bias', () => {
    const given = records(60, 2).map((record) => ({
      ...record,
      funded: record.funded.map((one) => ({ ...one, predicted: one.predicted * 0.9 })),
    }));
    const [plain, corrected] = [summaryOf(records(60, 2)).error_split.initiatives[0]!, summaryOf(given).error_split.initiatives[0]!];
    expect(corrected.selection).toEqual(plain.selection);
    expect(corrected.bias).toEqual(plain.bias);
    expect(corrected.correction.value).toBeCloseTo(corrected.error.value - plain.error.value, 9);
    expect(corrected.correction.value).toBeGreaterThan(0);
  });

  it('finds the selection that a truncated normal has, and knows its own error', () => {
    // a is N(22, 4) and funded above 20: its mean error where funded exceeds the mean error by 4 phi(-1/2) / (1 - Phi(-1/2)).
    const density = Math.exp(-0.125) / Math.sqrt(2 * Math.PI);
    const selection = (-4 * density) / 0.6914624612740131;
    const studies = Array.from({ length: 250 }, (_, i) =>
      errorSplits(tallyOf(records(100, 100 + i), 0)).initiatives.find(({ initiative_id: id }) => id === 'a')!,
    );
    for (const [part, expected] of [
      ['selection', selection],
      ['bias', -2],
      ['transport', -10],
    ] as const) {
      const values = studies.map((study) => study[part].value);
      const mean = values.reduce((sum, value) => sum + value, 0) / 250;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 249;
      // The ratio estimate of the selection has a bias of order 1 / 100 of its deviation, far below this.
      expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4 * Math.sqrt(variance / 250) + 1e-9);
      const squared = studies.map((study) => study[part].monte_carlo_se! ** 2);
      const told = squared.reduce((sum, value) => sum + value, 0) / 250;
      const toldVariance = squared.reduce((sum, value) => sum + (value - told) ** 2, 0) / 249;
      expect(Math.abs(told - variance)).toBeLessThanOrEqual(4 * Math.sqrt((toldVariance + 2 * variance * variance) / 250) + 1e-9);
    }
  });
});
