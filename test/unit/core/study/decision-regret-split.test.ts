import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../../src/core/scenario/scenario.ts';
import { averageEvidence } from '../../../../src/core/study/average-evidence.ts';
import { splitRegret, type RegretSplit } from '../../../../src/core/study/regret-split.ts';
import type { ReplicationRecord } from '../../../../src/core/study/replication-record.ts';
import { smallPlan } from '../../engine/study-fixture.ts';
import { generator, normal, recordOf, tallyOf, type GivenInitiative } from './decision-records.ts';

const parts = ['sampling_noise', 'estimator_bias', 'transport', 'decision_rule'] as const;

/** Two proposals that cost 1 each, a budget of 1: one or the other. */
function oneOfTwo(changes: Partial<Scenario> = {}): Scenario {
  const { scenario } = smallPlan(1);
  const initiatives = scenario.initiatives.map((initiative, i) => ({
    ...initiative,
    initiative_id: i === 0 ? 'a' : 'b',
    cost_to_scale: 1,
    divisible: false,
  }));
  return {
    ...scenario,
    budget: 1,
    min_confidence_threshold: 0,
    min_portfolio_worst_return: null,
    confidence_penalty: { id: 'none', parameters: {} },
    decision_rule: { id: 'minimax_regret', parameters: {} },
    return_correction: { id: 'none', parameters: {} },
    initiatives,
    ...changes,
  };
}

function split(scenario: Scenario, records: readonly ReplicationRecord[]): RegretSplit {
  return splitRegret({ ...smallPlan(records.length), scenario }, averageEvidence(tallyOf(records))!, { solver: null });
}

type Truths = { readonly a: readonly [pilot: number, scale: number]; readonly b: readonly [pilot: number, scale: number] };

/** Takes the larger estimate; with equal half widths so does minimax regret. */
function records(
  estimates: readonly (readonly [number, number])[],
  { a, b }: Truths,
  halves: readonly [number, number] = [5, 5],
): ReplicationRecord[] {
  return estimates.map(([first, second], replication) => {
    const initiatives: GivenInitiative[] = [
      { id: 'a', med: first, pilot: a[0], scale: a[1], half: halves[0] },
      { id: 'b', med: second, pilot: b[0], scale: b[1], half: halves[1] },
    ];
    return recordOf({
      replication,
      initiatives,
      decisions: { own: { selected: [first > second ? 'a' : 'b'] } },
      oracle: [a[1] > b[1] ? 'a' : 'b'],
    });
  });
}

const values = (found: RegretSplit) => [found.expected_regret, ...parts.map((part) => found[part])].map(({ value }) => value);

describe('the split of expected regret, worked by hand', () => {
  it('lays it on sampling noise where the average pilot would choose right', () => {
    // b is funded once in four and loses 10 - 6 = 4; on average a is estimated at 10, b at 8.
    const found = split(
      oneOfTwo(),
      records(
        [
          [12, 8],
          [11, 5],
          [7, 12],
          [10, 7],
        ],
        { a: [10, 10], b: [6, 6] },
      ),
    );
    expect(values(found)).toEqual([1, 1, 0, 0, 0]);
    expect(found.stages.map(({ selected }) => selected)).toEqual([['a'], ['a'], ['a']]);
  });

  it('lays it on bias where the average pilot chooses wrong and its truth would not', () => {
    // b is overestimated: 12 on average for a true 6. It is funded three times in four, each losing 4; on the average pilot always.
    const found = split(
      oneOfTwo(),
      records(
        [
          [10, 12],
          [10, 13],
          [10, 14],
          [10, 9],
        ],
        { a: [10, 10], b: [6, 6] },
      ),
    );
    expect(values(found)).toEqual([3, -1, 4, 0, 0]);
    expect(found.stages.map(({ selected }) => selected)).toEqual([['b'], ['a'], ['a']]);
  });

  it('lays it on transport where the truth of the pilot misleads', () => {
    const found = split(
      oneOfTwo(),
      records(
        [
          [10, 8],
          [10, 8],
          [10, 8],
          [10, 8],
        ],
        { a: [10, 4], b: [8, 8] },
      ),
    );
    expect(values(found)).toEqual([4, 0, 0, 4, 0]);
    expect(found.stages.map(({ true_return }) => true_return)).toEqual([4, 4, 8]);
  });

  it('lays it on the rule where it chooses wrong even with every estimate true', () => {
    // Maximin looks at the worst ends: 10 - 9 = 1 for a, 8 - 2 = 6 for b.
    const given = records(
      [
        [10, 8],
        [10, 8],
      ],
      { a: [10, 10], b: [8, 8] },
      [9, 2],
    ).map((record) => ({
      ...record,
      decisions: record.decisions.map((decision) => ({ ...decision, selected: ['b'], true_return: 8, realised_regret: 2 })),
    }));
    const found = split(oneOfTwo({ decision_rule: { id: 'maximin', parameters: {} } }), given);
    expect(values(found)).toEqual([2, 0, 0, 0, 2]);
  });

  it('funds nothing that no pilot ever had an estimate for', () => {
    const given = records(
      [
        [10, 8],
        [12, 6],
      ],
      { a: [10, 10], b: [8, 8] },
    ).map((record) => ({
      ...record,
      evidence: record.evidence.map((entry) => (entry.initiative_id === 'a' ? { ...entry, returns: null, standard_error: null } : entry)),
    }));
    expect(split(oneOfTwo(), given).stages.map(({ selected }) => selected)).toEqual([['b'], ['b'], ['b']]);
  });

  it('keeps numbers set by hand, which no truth replaces', () => {
    const what_if = [{ initiative_id: 'b', R_best: 50, R_med: 45, R_worst: 40, confidence: null }];
    const found = split(
      oneOfTwo({ what_if }),
      records(
        [
          [10, 8],
          [10, 7],
        ],
        { a: [10, 10], b: [8, 8] },
      ),
    );
    expect(found.stages.map(({ selected }) => selected)).toEqual([['b'], ['b'], ['b']]);
    expect(found.decision_rule.value).toBe(2);
  });
});

describe('the split of expected regret', () => {
  function noisy(n: number, seed: number): ReplicationRecord[] {
    const uniform = generator(seed);
    const estimates = Array.from({ length: n }, () => [11 + 3 * normal(uniform), 10 + 3 * normal(uniform)] as const);
    return records(estimates, { a: [11.5, 9], b: [9.5, 9.25] });
  }

  it('adds up to it, whatever the estimates were', () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const found = split(oneOfTwo(), noisy(30, seed));
      const sum = parts.reduce((total, part) => total + found[part].value, 0);
      expect(sum).toBeCloseTo(found.expected_regret.value, 12);
    }
  });

  it('has no error but that of the expected regret where half of the replications would always choose the same', () => {
    const found = split(
      oneOfTwo(),
      records(
        Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? [9, 9.5] : [12, 8])),
        { a: [10, 10], b: [6, 6] },
      ),
    );
    expect(found.sampling_noise.monte_carlo_se).toBe(found.expected_regret.monte_carlo_se);
    expect(found.sampling_noise.monte_carlo_se).toBeGreaterThan(0);
    for (const part of ['estimator_bias', 'transport', 'decision_rule'] as const) expect(found[part].monte_carlo_se).toBe(0);
  });

  it('admits it where half of the replications would choose otherwise', () => {
    // a leads by 3 in total, of which one replication brought 24.
    const estimates = Array.from({ length: 22 }, (_, i): [number, number] => (i === 5 ? [34, 10] : [9, 10]));
    expect(split(oneOfTwo(), records(estimates, { a: [10, 10], b: [6, 6] })).estimator_bias.monte_carlo_se).toBeGreaterThan(0);
  });

  it('leaves its errors open, but that of the expected regret, with more than twenty initiatives', () => {
    const ids = Array.from({ length: 21 }, (_, i) => `i${i}`);
    const small = oneOfTwo();
    const scenario = { ...small, initiatives: ids.map((id) => ({ ...small.initiatives[0]!, initiative_id: id })) };
    const given = [0, 1, 2].map((replication) =>
      recordOf({
        replication,
        initiatives: ids.map((id, i) => ({ id, med: i, pilot: i, scale: i })),
        decisions: { own: { selected: [ids[20 - replication]!] } },
        oracle: [ids[20]!],
      }),
    );
    const found = split(scenario, given);
    expect(values(found)).toEqual([1, 1, 0, 0, 0]);
    expect(parts.map((part) => found[part].monte_carlo_se)).toEqual([null, null, null, null]);
    expect(found.expected_regret.monte_carlo_se).toBeCloseTo(1 / Math.sqrt(3), 12);
  });

  it('is the same in any order of the replications', () => {
    const given = noisy(50, 7);
    expect(split(oneOfTwo(), given.toReversed())).toEqual(split(oneOfTwo(), given));
  });

  it('is not asked for where there is no oracle', () => {
    expect(
      averageEvidence(
        tallyOf(
          noisy(5, 1).map((record) =>
            recordOf({
              replication: record.replication,
              initiatives: [{ id: 'a', med: 1, pilot: 1, scale: 1 }],
              decisions: { own: { selected: ['a'] } },
              oracle: null,
            }),
          ),
        ),
      ),
    ).toBeNull();
  });

  it('survives being sent as JSON', () => {
    const average = averageEvidence(tallyOf(noisy(30, 2)))!;
    const plan = { ...smallPlan(30), scenario: oneOfTwo() };
    const sent = JSON.parse(JSON.stringify(average)) as typeof average;
    expect(splitRegret(plan, sent, { solver: null })).toEqual(splitRegret(plan, average, { solver: null }));
  });
});
