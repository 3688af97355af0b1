import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { Measured, Replicate } from '../../../../src/core/study/diagnosand.ts';
import { diagnose, diagnoseReplicates, type DiagnosandId } from '../../../../src/core/study/index.ts';
import {
  addReplicate,
  emptyReplicateTally,
  mergeReplicateTally,
  readReplicateTally,
  replicateTallyJson,
  type ReplicateTally,
} from '../../../../src/core/study/replicate-tally.ts';
import { naiveDiagnosands } from './naive-diagnosands.ts';

const figure = fc.double({ noNaN: true, min: -1000, max: 1000 });
const wild = fc.double({ noNaN: true, min: -1e150, max: 1e150 });
const replicateWith = (value: fc.Arbitrary<number>): fc.Arbitrary<Replicate> =>
  fc
    .record({
      estimate: value,
      standard_error: fc.option(value.map(Math.abs), { freq: 10 }),
      width: value.map(Math.abs),
      p_value: fc.oneof(fc.double({ noNaN: true, min: 0, max: 1 }), fc.double({ noNaN: true, min: 0, max: 0.05 })),
      truth: fc.oneof(value, fc.constant(3)),
    })
    .map(({ width, ...rest }) => ({ ...rest, ci_lower: rest.estimate - width, ci_upper: rest.estimate + width }));

function tallyOf(replicates: readonly Replicate[]): ReplicateTally {
  const tally = emptyReplicateTally();
  for (const replicate of replicates) addReplicate(tally, replicate);
  return tally;
}

function text(tally: ReplicateTally): string {
  return JSON.stringify(replicateTallyJson(tally));
}

function expectNear(found: Measured | null, expected: Measured | null, id: string): void {
  if (found === null || expected === null) return expect(found, id).toEqual(expected);
  for (const key of ['value', 'monte_carlo_se'] as const) {
    const [a, b] = [found[key] as number, expected[key] as number];
    expect(Math.abs(a - b), `${id} ${key}: ${a}, naively ${b}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(b)));
  }
}

describe('a tally of replicates', () => {
  it('has the same bits over any split, in any order, merged in any order, and through its JSON', () => {
    const placed = fc.array(fc.tuple(fc.oneof(replicateWith(figure), replicateWith(wild)), fc.nat(4), fc.nat()), { maxLength: 25 });
    fc.assert(
      fc.property(placed, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (list, order) => {
        const whole = tallyOf(list.map(([replicate]) => replicate));
        const shuffled = [...list].sort((a, b) => a[2] - b[2]);
        const merged = emptyReplicateTally();
        for (const shard of order) {
          const part = tallyOf(shuffled.filter(([, place]) => place === shard).map(([replicate]) => replicate));
          mergeReplicateTally(merged, readReplicateTally(JSON.parse(text(part))));
        }
        expect(text(merged)).toBe(text(whole));
        expect(diagnose({ tally: merged, kept: [] })).toEqual(diagnose({ tally: whole, kept: [] }));
      }),
    );
  });

  it('gives every diagnosand as the plain formulas do over arrays', () => {
    const even = fc.double({ noNaN: true, min: -8, max: 8 }).filter((value) => value === 0 || Math.abs(value) > 1e-3);
    const truth = fc.constantFrom(2, -1, 0.5, 4);
    const regular = replicateWith(even).chain((replicate) => truth.map((one) => ({ ...replicate, truth: one })));
    fc.assert(
      fc.property(fc.array(regular, { minLength: 20, maxLength: 40 }), (replicates) => {
        const found = diagnoseReplicates(replicates);
        const expected = naiveDiagnosands(replicates);
        for (const id of Object.keys(expected) as DiagnosandId[]) expectNear(found[id], expected[id], id);
      }),
      { numRuns: 40 },
    );
  });

  it('forms variances without cancellation, to the last bit of exact arithmetic', () => {
    const eighths = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(eighths, (list) => {
        const far = 2 ** 40;
        const replicates = list.map((eighth) => replicate({ estimate: far + eighth / 8, truth: 0.5 }));
        const n = BigInt(list.length);
        const total = list.reduce((sum, eighth) => sum + BigInt(eighth), 0n);
        const squares = list.reduce((sum, eighth) => sum + BigInt(eighth) ** 2n, 0n);
        // All whole numbers far below 2^53, so that the one division is the only rounding.
        const variance = Number(n * squares - total * total) / Number(64n * n * (n - 1n));
        expect(diagnoseReplicates(replicates).empirical_se!.value).toBe(Math.sqrt(variance));
      }),
    );
  });

  it('counts p values in twenty bins, the first of which are the rejections', () => {
    const next = 0.05 + 2 ** -57;
    const tally = tallyOf([0, 1e-300, 0.05, next, 0.1, 0.15, 0.95, 0.951, 1].map((p_value) => replicate({ p_value })));
    expect(tally.p_values).toEqual([3, 2, 1, ...Array<number>(15).fill(0), 1, 2]);
    expect(tally.rejected).toBe(3);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1 })), (values) => {
        const found = tallyOf(values.map((p_value) => replicate({ p_value })));
        expect(found.p_values[0]).toBe(found.rejected);
        expect(found.p_values.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
    );
  });

  it('knows the range of the truth, and how often it is nothing to divide by', () => {
    const tally = tallyOf([2, -0, 5e-324, -1].map((truth) => replicate({ truth })));
    expect([tally.truth_lowest, tally.truth_highest, tally.truth_zero]).toEqual([-1, 2, 2]);
    expect(replicateTallyJson(emptyReplicateTally()).truth_lowest).toBeNull();
    expect(text(tallyOf([replicate({ truth: -0 })]))).toBe(text(tallyOf([replicate({ truth: 0 })])));
  });

  it.each([
    [{ estimate: NaN }, 'Estimate minus truth'],
    [{ truth: Infinity }, 'Estimate minus truth'],
    [{ ci_upper: Infinity }, 'The width of the interval'],
    [{ standard_error: NaN }, 'The standard error'],
    [{ p_value: 1.01 }, 'The p value'],
    [{ p_value: NaN }, 'The p value'],
  ])('refuses a replicate with %o and stays as it was', (wrong, message) => {
    const tally = tallyOf([replicate({})]);
    const before = text(tally);
    expect(() => addReplicate(tally, replicate(wrong))).toThrow(message);
    expect(text(tally)).toBe(before);
  });
});

describe('the JSON of a tally', () => {
  const good = replicateTallyJson(tallyOf([replicate({}), replicate({ estimate: 4 })]));
  it.each([
    ['nothing', null],
    ['a list', []],
    ['a missing count', { ...good, covered: undefined }],
    ['a negative count', { ...good, covered: -1 }],
    ['more rejections than replications', { ...good, rejected: 3 }],
    ['p values of other replications', { ...good, p_values: [...good.p_values.slice(1), 1] }],
    ['too few bins', { ...good, p_values: [1, 1] }],
    ['a sum that is none', { ...good, sums: { ...good.sums, error: 'one' } }],
    ['a number for a sum', { ...good, sums: { ...good.sums, error: 1 } }],
    ['a field too many', { ...good, extra: 1 }],
  ])('is refused where it is %s', (_, json) => {
    expect(() => readReplicateTally(json)).toThrow(InputError);
  });

  it('reads back as the same tally', () => {
    expect(replicateTallyJson(readReplicateTally(JSON.parse(JSON.stringify(good))))).toEqual(good);
  });
});

function replicate(given: Partial<Replicate>): Replicate {
  return { estimate: 2.5, standard_error: 1, ci_lower: 0.5, ci_upper: 4.5, p_value: 0.2, truth: 2, ...given };
}
