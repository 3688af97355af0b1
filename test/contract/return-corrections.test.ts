import { describe, expect, it } from 'vitest';
import { correctReturns, defaultCorrection, returnCorrections } from '../../src/core/allocate/corrections/index.ts';
import type { ReturnCorrection, UncorrectedReturn } from '../../src/core/allocate/corrections/return-correction.ts';
import { namedStream } from '../../src/core/random/stream.ts';

type Given = Readonly<Record<string, unknown>>;

const context = { confidence_level: 0.95 };
const stream = namedStream({ seed: 'corrections', initiative: '', stage: 'pilot', replication: 0, purpose: 'test' });
const between = (low: number, high: number) => low + (high - low) * stream.uniform();

/** Initiatives of any size, some without a standard error, some without any doubt. */
function anyReturns(count: number, size: number): UncorrectedReturn[] {
  return Array.from({ length: count }, (_, i) => {
    const R_med = between(-size, 2 * size);
    const doubt = stream.uniform() < 0.15 ? 0 : between(0, size);
    const standard_error = stream.uniform() < 0.3 ? null : doubt / 2;
    return {
      id: `i${i}`,
      cost: between(0.01, 2) * size,
      R_best: R_med + doubt,
      R_med,
      R_worst: R_med - doubt * between(0, 2),
      standard_error,
    };
  });
}

const ofOneInitiative: UncorrectedReturn = { id: 'a', cost: 3, R_best: 9, R_med: 5, R_worst: 2, standard_error: 1.5 };

describe.each(Object.values(returnCorrections) as unknown as ReturnCorrection[])('$id', (correction) => {
  const { id, parameters } = correction;
  const settings: readonly Given[] = [
    {},
    ...Object.entries(parameters).flatMap(([name, parameter]): Given[] => {
      if (parameter.kind === 'choice') return parameter.options.map((option) => ({ [name]: option }));
      return parameter.kind === 'boolean' ? [{ [name]: true }, { [name]: false }] : [];
    }),
  ];
  const correct = (returns: readonly UncorrectedReturn[], given: Given = {}) => correctReturns({ id, parameters: given }, returns, context);

  it('is described', () => {
    expect(id).toMatch(/^[a-z_]+$/);
    expect(correction.label).not.toBe('');
    expect(correction.summary).toMatch(/\.$/);
    for (const parameter of Object.values(parameters)) expect(parameter.help).not.toBe('');
  });

  it.each(settings)('keeps order and length, is finite, and keeps worst <= med <= best: %j', (given) => {
    for (const size of [1e-9, 1, 1e5, 1e12])
      for (const count of [0, 1, 2, 3, 4, 5, 17]) {
        const returns = anyReturns(count, size);
        const corrected = correct(returns, given);
        expect(corrected).toHaveLength(count);
        for (const { R_best, R_med, R_worst } of corrected) {
          for (const value of [R_best, R_med, R_worst]) expect(Number.isFinite(value)).toBe(true);
          expect(R_worst <= R_med && R_med <= R_best).toBe(true);
        }
      }
  });

  it.each(settings)('changes nothing where there is no doubt: %j', (given) => {
    const sure = anyReturns(6, 100).map((one) => ({ ...one, standard_error: 0 }));
    const points = sure.map((one) => ({ ...one, R_best: one.R_med, R_worst: one.R_med, standard_error: null }));
    for (const returns of [sure, points])
      expect(correct(returns, given).map(({ R_best, R_med, R_worst }) => [R_best, R_med, R_worst])).toEqual(
        returns.map(({ R_best, R_med, R_worst }) => [R_best, R_med, R_worst]),
      );
  });

  it.each(settings)('does not depend on the order of the initiatives: %j', (given) => {
    const returns = anyReturns(7, 50);
    const turned = [...returns.slice(3), ...returns.slice(0, 3)];
    const straight = new Map(correct(returns, given).map(({ R_med }, i) => [returns[i]!.id, R_med]));
    correct(turned, given).forEach(({ R_med }, i) => expect(R_med).toBeCloseTo(straight.get(turned[i]!.id)!, 9));
  });

  it.each(settings)('does not depend on the unit of money: %j', (given) => {
    const returns = anyReturns(7, 50);
    const rate = 1.37;
    const changed = returns.map((one) => ({
      ...one,
      cost: one.cost * rate,
      R_best: one.R_best * rate,
      R_med: one.R_med * rate,
      R_worst: one.R_worst * rate,
      standard_error: one.standard_error === null ? null : one.standard_error * rate,
    }));
    const before = correct(returns, given);
    correct(changed, given).forEach(({ R_best, R_med, R_worst }, i) => {
      expect(R_best).toBeCloseTo(before[i]!.R_best * rate, 8);
      expect(R_med).toBeCloseTo(before[i]!.R_med * rate, 8);
      expect(R_worst).toBeCloseTo(before[i]!.R_worst * rate, 8);
    });
  });

  it('gives the same bits again, and leaves what it is given alone', () => {
    const returns = anyReturns(6, 10);
    const copy = structuredClone(returns);
    expect(correct(returns)).toEqual(correct(copy));
    expect(returns).toEqual(copy);
  });

  it('survives numbers at the edge of what a number can hold', () => {
    const huge = [1, 2, 3, 4, 5].map((k) => ({
      id: `${k}`,
      cost: 1e-300,
      R_best: k * 2e299,
      R_med: k * 1e299,
      R_worst: -k * 1e299,
      standard_error: k * 1e298,
    }));
    const tiny = [1, 2, 3, 4, 5].map((k) => ({
      id: `${k}`,
      cost: 1,
      R_best: k * 2e-310,
      R_med: k * 1e-310,
      R_worst: 0,
      standard_error: k * 1e-312,
    }));
    const nearlySure = [1, 2, 3, 4, 5].map((k) => ({
      id: `${k}`,
      cost: 1,
      R_best: k + 1,
      R_med: k,
      R_worst: k - 1,
      standard_error: 10 ** (-150 - k),
    }));
    for (const returns of [huge, tiny, nearlySure])
      for (const given of settings)
        for (const { R_best, R_med, R_worst } of correct(returns, given)) {
          expect([R_best, R_med, R_worst].every(Number.isFinite)).toBe(true);
          expect(R_worst <= R_med && R_med <= R_best).toBe(true);
        }
  });
});

describe('a correction by name', () => {
  it('leaves everything as it is by default', () => {
    expect(correctReturns(defaultCorrection, [ofOneInitiative], context)).toEqual([ofOneInitiative]);
  });

  it('says which one is not known, and which parameter', () => {
    expect(() => correctReturns({ id: 'empirical_bays', parameters: {} }, [], context)).toThrow(/empirical_bayes/);
    expect(() => correctReturns({ id: 'lee_shen', parameters: { treshold: 1 } }, [], context)).toThrow(/threshold/);
    expect(() => correctReturns({ id: 'empirical_bayes', parameters: { basis: 'effect' } }, [], context)).toThrow(
      /return_per_cost, return/,
    );
  });
});
