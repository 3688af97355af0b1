import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import {
  addKept,
  keptOf,
  keptReplicates,
  keptRows,
  keptJson,
  mergeKept,
  readKept,
  type KeptReplicate,
  type KeptReplicates,
} from '../../../../src/core/study/kept-replicates.ts';

const none = { estimate: null, standard_error: null, df: null, ci_lower: null, ci_upper: null, p_value: null } as const;

function kept(row: number, replication: number, given: Partial<KeptReplicate> = {}): KeptReplicate {
  const answer = { estimate: 1 / (replication + 3), standard_error: 0.5, df: 12, ci_lower: -1, ci_upper: 2, p_value: 0.3 };
  return { row, replication, ...answer, truth_population: 1, truth_sample: 1.25, ...given } as KeptReplicate;
}

function keptAll(list: readonly KeptReplicate[]): KeptReplicates {
  const all = keptReplicates();
  for (const one of list) addKept(all, one);
  return all;
}

describe('replicates that are kept', () => {
  it('are given by row, in order of replication, with the truth asked for', () => {
    const all = keptAll([kept(1, 2), kept(0, 1), kept(1, 0, { standard_error: null, df: null })]);
    expect(keptRows(all, 1).map(({ replication }) => replication)).toEqual([0, 2]);
    expect(keptRows(all, 1)[0]).toEqual(kept(1, 0, { standard_error: null, df: null }));
    expect(keptOf(all, 1, 'sample')).toEqual([
      { estimate: 1 / 3, standard_error: null, ci_lower: -1, ci_upper: 2, p_value: 0.3, truth: 1.25 },
      { estimate: 1 / 5, standard_error: 0.5, ci_lower: -1, ci_upper: 2, p_value: 0.3, truth: 1.25 },
    ]);
    expect(keptOf(all, 0, 'population').map(({ truth }) => truth)).toEqual([1]);
    expect(keptOf(all, 7, 'population')).toEqual([]);
    expect(keptRows(all, 7)).toEqual([]);
  });

  it('without an answer are in the rows but in no evidence, nor those without the truth asked for', () => {
    const all = keptAll([kept(0, 0, none), kept(0, 1, { truth_sample: null }), kept(0, 2)]);
    expect(keptRows(all, 0)[0]).toEqual({ row: 0, replication: 0, ...none, truth_population: 1, truth_sample: 1.25 });
    expect(keptOf(all, 0, 'population')).toHaveLength(2);
    expect(keptOf(all, 0, 'sample')).toHaveLength(1);
  });

  it('have the same JSON over any split and in any order, and every bit comes back', () => {
    const value = fc.double({ noNaN: true });
    const many = fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(50), value, fc.option(value), fc.nat(3), fc.nat()), {
      selector: ([row, replication]) => `${row} ${replication}`,
      maxLength: 60,
    });
    fc.assert(
      fc.property(many, (given) => {
        const list = given.map(([row, at, estimate, se]) => kept(row, at, { estimate, standard_error: se } as Partial<KeptReplicate>));
        const merged = keptReplicates();
        for (const shard of [3, 0, 2, 1]) mergeKept(merged, keptAll(list.filter((_, i) => given[i]![4] === shard)));
        const shuffled = list.map((one, i) => [one, given[i]![5]] as const).sort((a, b) => a[1] - b[1]);
        const text = JSON.stringify(keptJson(keptAll(list)));
        expect(JSON.stringify(keptJson(merged))).toBe(text);
        expect(JSON.stringify(keptJson(keptAll(shuffled.map(([one]) => one))))).toBe(text);
        const back = readKept(JSON.parse(text));
        const wanted = list.filter(({ row }) => row === 1).sort((a, b) => a.replication - b.replication);
        expect(keptRows(back, 1)).toEqual(wanted);
        expect(JSON.stringify(keptJson(structuredClone(back)))).toBe(text);
      }),
    );
  });

  it('go on after a merge and after reading', () => {
    const all = readKept(keptJson(keptAll([kept(0, 5)])));
    mergeKept(all, keptAll([kept(0, 1), kept(0, 2)]));
    for (let replication = 10; replication < 100; replication += 1) addKept(all, kept(0, replication));
    addKept(all, kept(0, 0));
    const expected = [0, 1, 2, 5, ...Array.from({ length: 90 }, (_, i) => i + 10)];
    expect(keptRows(all, 0).map(({ replication }) => replication)).toEqual(expected);
  });

  it('are refused where a replication is there twice', () => {
    const all = keptAll([kept(0, 1), kept(0, 2)]);
    mergeKept(all, keptAll([kept(0, 2)]));
    expect(() => keptOf(all, 0, 'sample')).toThrow('replication 2 of row 0 is there twice');
  });

  const good = keptJson(keptAll([kept(0, 1)]));
  it.each([
    ['nothing', undefined],
    ['rows that are none', { rows: 3 }],
    ['a row twice', { rows: [...good.rows, ...good.rows] }],
    ['text that is not base64', { rows: [{ row: 0, figures: '!!!!' }] }],
    ['half a replicate', { rows: [{ row: 0, figures: 'AAAAAAAAAAA=' }] }],
    ['a row that is no number', { rows: [{ ...good.rows[0], row: 'a' }] }],
  ])('are refused from %s', (_, json) => {
    expect(() => readKept(json)).toThrow(InputError);
  });
});
