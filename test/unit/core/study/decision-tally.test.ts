import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import {
  addDecisions,
  decisionTallyJson,
  emptyDecisionTally,
  mergeDecisionTally,
  readDecisionTally,
  type DecisionTally,
} from '../../../../src/core/study/decision-tally.ts';
import { summariseDecisions } from '../../../../src/core/study/decision-summary.ts';
import type { Measured } from '../../../../src/core/study/diagnosand.ts';
import type { ReplicationRecord } from '../../../../src/core/study/replication-record.ts';
import { smallPlan } from '../../engine/study-fixture.ts';
import { armIds, generator, recordOf, tallyOf } from './decision-records.ts';

const ids = ['a', 'b', 'c'];
const truth = { a: { pilot: 30, scale: 24 }, b: { pilot: 10, scale: 11 }, c: { pilot: -4, scale: -4.5 } } as const;

/** Random estimates, gaps, choices and shares. Not what any rule would do, which a tally must not mind. */
function randomRecord(replication: number, uniform: () => number): ReplicationRecord {
  const initiatives = ids.map((id) => ({
    id,
    ...truth[id as keyof typeof truth],
    med: uniform() < 0.1 ? null : truth[id as keyof typeof truth].pilot + 3 + 40 * (uniform() - 0.5),
    standard_error: uniform() < 0.2 ? null : uniform() * 5,
  }));
  const decide = () => {
    const selected = initiatives.filter(({ med }) => med !== null && uniform() < 0.5).map(({ id }) => id);
    return { selected, feasible: selected.length > 0 || uniform() < 0.5, ...(uniform() < 0.3 ? { share: 0.25 + uniform() / 2 } : {}) };
  };
  const own = decide();
  return recordOf({
    replication,
    initiatives,
    decisions: { own, 'rule:maximin': uniform() < 0.4 ? own : decide(), 'penalty:none': uniform() < 0.7 ? own : decide() },
    oracle: ['a', 'b'],
  });
}

function randomRecords(n: number, seed = 3): ReplicationRecord[] {
  const uniform = generator(seed);
  return Array.from({ length: n }, (_, replication) => randomRecord(replication, uniform));
}

const text = (tally: DecisionTally) => JSON.stringify(decisionTallyJson(tally));
const summary = (tally: DecisionTally) => summariseDecisions(smallPlan(10), tally, null);

/** Two passes over a list, as in a textbook. */
function naiveMean(values: readonly number[]): Measured {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: mean, monte_carlo_se: Math.sqrt(squares / (values.length - 1) / values.length) };
}

function expectNear(found: Measured | null | undefined, expected: Measured): void {
  expect(found?.value).toBeCloseTo(expected.value, 9);
  expect(found?.monte_carlo_se).toBeCloseTo(expected.monte_carlo_se as number, 9);
}

describe('the figures of an arm', () => {
  const records = randomRecords(157);
  const found = summary(tallyOf(records)).arms;

  it.each(armIds.map((id, k) => [id, k] as const))('%s: are what a list of all replications gives', (id, k) => {
    const arm = found.find((entry) => entry.id === id)!;
    const decisions = records.map((record) => record.decisions[k]!);
    const regrets = decisions.map(({ realised_regret }) => realised_regret!);
    const count = (test: (record: ReplicationRecord, j: number) => boolean) => records.filter(test).length;
    const shareOf = (n: number) => ({ value: n / 157, monte_carlo_se: Math.sqrt(((n / 157) * (1 - n / 157)) / 157) });
    expectNear(arm.expected_regret, naiveMean(regrets));
    expect(arm.worst_regret).toEqual({ value: Math.max(...regrets), replication: regrets.indexOf(Math.max(...regrets)) });
    expectNear(arm.expected_true_return, naiveMean(decisions.map(({ true_return }) => true_return!)));
    expectNear(arm.probability_of_oracle_set, shareOf(count((_, j) => decisions[j]!.selected.join() === 'a,b' || regrets[j]! <= 0)));
    expectNear(arm.probability_of_harmful_pick, shareOf(count((_, j) => decisions[j]!.selected.includes('c'))));
    expectNear(arm.probability_infeasible, shareOf(count((_, j) => !decisions[j]!.feasible)));
    expectNear(arm.probability_nothing_funded, shareOf(count((_, j) => decisions[j]!.selected.length === 0)));
    const funded = decisions.filter(({ selected }) => selected.length > 0);
    expectNear(arm.winners_curse, naiveMean(funded.map((one) => one.predicted_return - one.true_return!)));
    expect(arm.winners_curse?.replications).toBe(funded.length);
    if (id === 'own') return expect(arm.difference_from_own).toBeNull();
    expectNear(arm.difference_from_own, naiveMean(regrets.map((regret, j) => regret - records[j]!.decisions[0]!.realised_regret!)));
    const decided = (j: number, at: number) =>
      JSON.stringify([records[j]!.decisions[at]!.selected, records[j]!.decisions[at]!.shares ?? null]);
    const differs = count(
      (record, j) => decided(j, k) !== decided(j, 0) && record.decisions[k]!.selected.length + record.decisions[0]!.selected.length > 0,
    );
    expect(arm.difference_from_own?.replications_that_differ).toBe(differs);
  });

  it('name the first of equally bad replications, whatever comes first', () => {
    const at = (replication: number, selected: string[]) =>
      recordOf({ replication, initiatives: [{ id: 'a', med: 1, pilot: 5, scale: 5 }], decisions: { own: { selected } }, oracle: ['a'] });
    const tally = tallyOf([at(9, []), at(4, []), at(2, ['a']), at(7, [])]);
    expect(tally.arms.get('own')?.worst_regret).toEqual({ value: 5, replication: 4 });
  });

  it('count a portfolio that truly returns as much as the oracle as its equal', () => {
    const twins = [
      { id: 'a', med: 1, pilot: 5, scale: 5 },
      { id: 'b', med: 1, pilot: 5, scale: 5 },
    ];
    const tally = tallyOf([recordOf({ replication: 0, initiatives: twins, decisions: { own: { selected: ['b'] } }, oracle: ['a'] })]);
    expect(tally.arms.get('own')?.counts.oracle_set).toBe(1);
  });
});

describe('the figures of an initiative', () => {
  const records = randomRecords(90, 5);
  const { initiatives, portfolios } = summary(tallyOf(records));

  it.each(ids)('%s: are what a list of all replications gives', (id) => {
    const found = initiatives.find((entry) => entry.initiative_id === id)!;
    const evidence = records.map((record) => record.evidence.find((entry) => entry.initiative_id === id)!);
    const selected = records.filter(({ decisions }) => decisions[0]!.selected.includes(id)).length;
    expect(found.times_selected).toBe(selected);
    expect(found.selection_frequency?.value).toBeCloseTo(selected / 90, 12);
    expect(found.oracle_frequency?.value).toBe(id === 'c' ? 0 : 1);
    const answered = evidence.filter(({ returns }) => returns !== null);
    expect(found.replications_with_estimate).toBe(answered.length);
    expectNear(found.prediction_error, naiveMean(answered.map(({ returns, true_scale }) => returns!.med - true_scale!)));
    const funded = records.flatMap((record) => record.funded.filter((entry) => entry.initiative_id === id));
    expectNear(
      found.winners_curse_given_selected,
      naiveMean(funded.map(({ predicted, true_scale, share }) => (predicted - true_scale) / share)),
    );
  });

  it('list the portfolios that were chosen with their counts, the most frequent first', () => {
    const counted = new Map<string, number>();
    for (const { decisions } of records) counted.set(decisions[0]!.selected.join(), (counted.get(decisions[0]!.selected.join()) ?? 0) + 1);
    expect(new Map(portfolios.chosen.map(({ initiatives: names, count }) => [names.join(), count]))).toEqual(counted);
    const counts = portfolios.chosen.map(({ count }) => count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(portfolios.oracle.map(({ initiatives: names, count }) => [names, count])).toEqual([[['a', 'b'], 90]]);
  });
});

describe('a tally', () => {
  it('has the same text whatever the order of the replications and however they are split', () => {
    const records = randomRecords(60, 11);
    const whole = text(tallyOf(records, 25));
    expect(text(tallyOf(records.toReversed(), 25))).toBe(whole);
    const uniform = generator(8);
    for (let repeat = 0; repeat < 5; repeat += 1) {
      const shuffled = records.map((record) => ({ record, key: uniform() })).sort((a, b) => a.key - b.key);
      const parts = [0, 1, 2].map((part) => {
        const tally = emptyDecisionTally(
          armIds.map((id) => ({ id })),
          ids,
          25,
        );
        for (const { record } of shuffled.filter((_, i) => i % 3 === part)) addDecisions(tally, record);
        return tally;
      });
      const merged = parts[2]!;
      mergeDecisionTally(merged, parts[0]!);
      mergeDecisionTally(merged, parts[1]!);
      expect(text(merged)).toBe(whole);
    }
  });

  it('comes back from its text as it was, and goes on from there', () => {
    const records = randomRecords(40, 2);
    const half = readDecisionTally(JSON.parse(text(tallyOf(records.slice(0, 17), 30))));
    for (const record of records.slice(17)) addDecisions(half, record);
    expect(text(half)).toBe(text(tallyOf(records, 30)));
    expect(summary(half)).toEqual(summary(tallyOf(records, 30)));
  });

  it('keeps the first replications one by one, and no others', () => {
    const kept = tallyOf(randomRecords(40, 2), 12).kept;
    expect([...kept.keys()]).toEqual(Array.from({ length: 12 }, (_, i) => i));
    const records = randomRecords(40, 2);
    expect(kept.get(7)).toEqual({
      regrets: records[7]!.decisions.map(({ realised_regret }) => realised_regret),
      own: records[7]!.decisions[0]!.selected,
      oracle: ['a', 'b'],
    });
  });

  it('takes nothing from a replication that stops at the estimates', () => {
    const tally = emptyDecisionTally([{ id: 'own' }], ['a'], 5);
    const before = text(tally);
    addDecisions(tally, { replication: 0, estimates: [], evidence: [], decisions: [], oracle: null, funded: [] });
    expect(text(tally)).toBe(before);
  });

  it('says nothing about regret where there is no oracle, and still how often each is selected', () => {
    const stated = (replication: number) =>
      recordOf({
        replication,
        initiatives: [{ id: 'a', med: 2, pilot: 0, scale: 0 }],
        decisions: { own: { selected: ['a'] } },
        oracle: null,
      });
    const found = summary(tallyOf([stated(0), stated(1)]));
    expect(found.arms[0]).toMatchObject({
      replications: 2,
      expected_regret: null,
      worst_regret: null,
      probability_of_oracle_set: null,
      probability_of_harmful_pick: null,
      winners_curse: null,
      probability_infeasible: { value: 0 },
    });
    expect(found.initiatives[0]).toMatchObject({
      times_selected: 2,
      selection_frequency: { value: 1 },
      oracle_frequency: null,
      prediction_error: null,
    });
    expect(found.error_split).toEqual({ overall: null, initiatives: [] });
  });

  it('refuses what is of another study or damaged, and says where', () => {
    const tally = tallyOf(randomRecords(5));
    expect(() => mergeDecisionTally(tally, emptyDecisionTally([{ id: 'own' }], ids, 1000))).toThrow(InputError);
    expect(() => mergeDecisionTally(tally, tallyOf(randomRecords(5), 3))).toThrow(/another study/);
    const json = JSON.parse(text(tally)) as { arms: { sums: Record<string, unknown> }[]; kept: { own: number[] } };
    json.arms[1]!.sums['regret'] = 'x';
    expect(() => readDecisionTally(json)).toThrow(/arms\.1\.sums\.regret/);
    json.arms[1]!.sums['regret'] = '0';
    json.kept.own[0] = 99;
    expect(() => readDecisionTally(json)).toThrow(/not listed/);
    expect(() => readDecisionTally({})).toThrow(InputError);
    expect(() => addDecisions(tally, { ...randomRecords(1)[0]!, evidence: [] })).toThrow(RangeError);
  });
});
