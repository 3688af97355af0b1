import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { decide } from '../../../../src/core/decide/decide.ts';
import type { Decision } from '../../../../src/core/decide/decision.ts';
import type { PayoffTable } from '../../../../src/core/decide/payoff-table.ts';
import { tableRules } from '../../../../src/core/decide/rules/index.ts';

const ruleIds = Object.keys(tableRules) as (keyof typeof tableRules)[];

/** Render, Stair and Hanna, Quantitative Analysis for Management: a plant of either size or none, for two markets. */
const plant: PayoffTable = {
  options: ['large plant', 'small plant', 'do nothing'],
  states: ['favourable', 'unfavourable'],
  payoffs: [
    [200_000, -180_000],
    [100_000, -20_000],
    [0, 0],
  ],
  sense: 'gain',
  weights: [0.5, 0.5],
  alpha: 0.8,
};

/** Milnor 1954, Games against nature: each rule chooses an option of its own. */
const milnor: PayoffTable = {
  options: ['a1', 'a2', 'a3', 'a4'],
  states: ['s1', 's2', 's3', 's4'],
  payoffs: [
    [2, 2, 0, 1],
    [1, 1, 1, 1],
    [0, 4, 0, 0],
    [1, 3, 0, 0],
  ],
  sense: 'gain',
  alpha: 0.75,
};

describe('textbook tables', () => {
  it('the plant', () => {
    const decision = decide(plant);
    expect(decision.maximax).toMatchObject({
      selected: 'large plant',
      ties: [],
      values: { 'large plant': 200_000, 'small plant': 100_000, 'do nothing': 0 },
    });
    expect(decision.maximin).toMatchObject({
      selected: 'do nothing',
      values: { 'large plant': -180_000, 'small plant': -20_000, 'do nothing': 0 },
    });
    expect(decision.hurwicz).toMatchObject({
      selected: 'large plant',
      alpha: 0.8,
      values: { 'large plant': 124_000, 'small plant': 76_000, 'do nothing': 0 },
    });
    expect(decision.laplace).toMatchObject({
      selected: 'small plant',
      values: { 'large plant': 10_000, 'small plant': 40_000, 'do nothing': 0 },
    });
    expect(decision.expected_value).toMatchObject({
      selected: 'small plant',
      values: { 'large plant': 10_000, 'small plant': 40_000, 'do nothing': 0 },
      weights: { favourable: 0.5, unfavourable: 0.5 },
      expected_with_perfect_information: 100_000,
      value_of_perfect_information: 60_000,
    });
    expect(decision.minimax_regret).toEqual({
      selected: 'small plant',
      ties: [],
      values: { 'large plant': 180_000, 'small plant': 100_000, 'do nothing': 200_000 },
      value_is: 'largest regret',
      chosen: 'smallest',
      max_regrets: { 'large plant': 180_000, 'small plant': 100_000, 'do nothing': 200_000 },
      regrets: [
        [0, 180_000],
        [100_000, 20_000],
        [200_000, 0],
      ],
      column_best: [200_000, 0],
      worst_states: ['favourable'],
    });
    expect(decision.dominated).toEqual([]);
  });

  it("Milnor's, in which Laplace, Wald, Hurwicz and Savage all disagree", () => {
    const decision = decide(milnor);
    expect(decision.laplace).toMatchObject({ selected: 'a1', values: { a1: 1.25, a2: 1, a3: 1, a4: 1 } });
    expect(decision.maximin).toMatchObject({ selected: 'a2', values: { a1: 0, a2: 1, a3: 0, a4: 0 } });
    expect(decision.hurwicz).toMatchObject({ selected: 'a3', values: { a1: 1.5, a2: 1, a3: 3, a4: 2.25 } });
    expect(decision.minimax_regret).toMatchObject({
      selected: 'a4',
      max_regrets: { a1: 2, a2: 3, a3: 2, a4: 1 },
      column_best: [2, 4, 1, 1],
    });
    expect(decision).not.toHaveProperty('expected_value');
  });

  it('costs: the plant with its signs changed is the same decision', () => {
    const costs = decide({ ...plant, payoffs: plant.payoffs.map((row) => row.map((value) => -value)), sense: 'cost' });
    const gains = decide(plant);
    for (const id of ruleIds) expect(costs[id]?.selected).toBe(gains[id]?.selected);
    expect(costs.minimax_regret.regrets).toEqual(gains.minimax_regret.regrets);
    expect(costs.minimax_regret.column_best).toEqual([-200_000, 0]);
    expect(costs.maximin.values).toEqual({ 'large plant': 180_000, 'small plant': 20_000, 'do nothing': 0 });
    expect(costs.hurwicz.values).toEqual({ 'large plant': -124_000, 'small plant': -76_000, 'do nothing': 0 });
    expect(costs.maximin.chosen).toBe('smallest');
    expect(costs.expected_value?.value_of_perfect_information).toBe(60_000);
    expect(costs.expected_value?.expected_with_perfect_information).toBe(-100_000);
  });

  it('costs of their own', () => {
    const decision = decide({
      options: ['rent', 'buy', 'share'],
      states: ['few', 'some', 'many'],
      payoffs: [
        [20, 60, 140],
        [90, 90, 90],
        [40, 70, 110],
      ],
      sense: 'cost',
      alpha: 0.25,
    });
    expect(decision.maximin).toMatchObject({ selected: 'buy', values: { rent: 140, buy: 90, share: 110 } });
    expect(decision.maximax).toMatchObject({ selected: 'rent', values: { rent: 20, buy: 90, share: 40 } });
    // A quarter on the smallest cost: 0.25 * 20 + 0.75 * 140 = 110.
    expect(decision.hurwicz).toMatchObject({ selected: 'buy', values: { rent: 110, buy: 90, share: 92.5 } });
    expect(decision.laplace).toMatchObject({ selected: 'rent', ties: ['share'], values: { rent: 220 / 3, buy: 90, share: 220 / 3 } });
    expect(decision.minimax_regret).toMatchObject({
      selected: 'share',
      column_best: [20, 60, 90],
      max_regrets: { rent: 50, buy: 70, share: 20 },
    });
  });

  it('a lottery has less regret than any option: matching pennies', () => {
    const decision = decide({
      options: ['heads', 'tails'],
      states: ['heads', 'tails'],
      payoffs: [
        [1, -1],
        [-1, 1],
      ],
      sense: 'gain',
    });
    expect(decision.mixed_minimax_regret).toEqual({
      probabilities: { heads: 0.5, tails: 0.5 },
      fractions: { heads: '1/2', tails: '1/2' },
      expected_regret: 1,
      expected_regret_fraction: '1',
      worst_states: ['heads', 'tails'],
      pure_regret: 2,
      nature: { heads: 0.5, tails: 0.5 },
      nature_fractions: { heads: '1/2', tails: '1/2' },
    });
  });

  it('the lottery over the plant, by hand', () => {
    // Regrets (0, 180) and (100, 20): p on the large plant with 100 (1 - p) = 180 p + 20 (1 - p), so p = 80 / 260.
    expect(decide(plant).mixed_minimax_regret).toMatchObject({
      fractions: { 'large plant': '4/13', 'small plant': '9/13', 'do nothing': '0' },
      expected_regret_fraction: '900000/13',
      worst_states: ['favourable', 'unfavourable'],
    });
  });

  it('an option nobody picks changes the winner', () => {
    // In the manner of Chernoff 1954: with c in the menu b is chosen, without it a.
    const decision = decide({
      options: ['a', 'b', 'c'],
      states: ['s', 't'],
      payoffs: [
        [8, 0],
        [2, 4],
        [1, 7],
      ],
      sense: 'gain',
    });
    expect(decision.minimax_regret).toMatchObject({ selected: 'b', max_regrets: { a: 7, b: 6, c: 7 } });
    expect(decision.menu_dependence).toEqual([
      { removed: 'a', new_selected: 'c' },
      { removed: 'c', new_selected: 'a' },
    ]);
  });

  it('marks dominated options, and strictly dominated ones', () => {
    const { dominated } = decide({
      options: ['good', 'never better', 'always worse', 'twin'],
      states: ['s', 't'],
      payoffs: [
        [3, 3],
        [3, 2],
        [1, 1],
        [3, 3],
      ],
      sense: 'gain',
    });
    expect(dominated).toEqual([
      { option: 'never better', by: 'good', strictly: false },
      { option: 'always worse', by: 'good', strictly: true },
    ]);
  });
});

describe('ties', () => {
  it('are those of the decimals as written', () => {
    const decision = decide({
      options: ['sum', 'third', 'other'],
      states: ['s', 't', 'u'],
      payoffs: [
        [0.1, 0.2, 0],
        [0.3, 0, 0],
        [0.1, 0.1, 0.1],
      ],
      sense: 'gain',
    });
    expect(decision.laplace).toMatchObject({ selected: 'sum', ties: ['third', 'other'], values: { sum: 0.1, third: 0.1, other: 0.1 } });
  });

  it('go to the first option in the order of the table', () => {
    const decision = decide({ options: ['z', 'a'], states: ['s'], payoffs: [[1], [1]], sense: 'gain' });
    for (const id of ruleIds.filter((rule) => rule !== 'expected_value'))
      expect(decision[id]).toMatchObject({ selected: 'z', ties: ['a'] });
    expect(decision.mixed_minimax_regret.fractions).toEqual({ z: '1', a: '0' });
  });

  it('weights count as shares of their sum', () => {
    const decision = decide({ ...plant, weights: [0.5, 0.4999999] });
    expect(decision.expected_value?.values['do nothing']).toBe(0);
    const { favourable, unfavourable } = decision.expected_value?.weights ?? {};
    expect((favourable ?? 0) + (unfavourable ?? 0)).toBeCloseTo(1, 15);
    expect(favourable).toBeGreaterThan(0.5);
  });
});

describe('odd tables', () => {
  it('one option, one state', () => {
    const decision = decide({ options: ['only'], states: ['sure'], payoffs: [[-3]], sense: 'gain', weights: [1] });
    expect(decision.minimax_regret).toMatchObject({ selected: 'only', max_regrets: { only: 0 }, column_best: [-3] });
    expect(decision.mixed_minimax_regret).toMatchObject({ fractions: { only: '1' }, expected_regret: 0, nature: { sure: 1 } });
    expect(decision.expected_value?.value_of_perfect_information).toBe(0);
  });

  it('names of any kind', () => {
    const decision = decide({
      options: ['__proto__', 'constructor', '10', '2'],
      states: ['toString'],
      payoffs: [[1], [2], [3], [4]],
      sense: 'gain',
    });
    expect(Object.keys(decision.maximin.values).sort()).toEqual(['10', '2', '__proto__', 'constructor']);
    expect(Object.entries(decision.maximin.values)).toContainEqual(['__proto__', 1]);
    expect(decision.maximin.selected).toBe('2');
  });

  it('numbers from the smallest to the largest', () => {
    const decision = decide({
      options: ['a', 'b'],
      states: ['s', 't'],
      payoffs: [
        [1e300, 5e-324],
        [-1e300, 1e-323],
      ],
      sense: 'gain',
    });
    expect(decision.minimax_regret).toMatchObject({ selected: 'a', max_regrets: { a: 5e-324, b: 2e300 } });
  });

  it('never print -0', () => {
    const { maximin, laplace } = decide({ options: ['a'], states: ['s'], payoffs: [[0]], sense: 'cost' });
    expect([maximin.values.a, laplace.values.a].map((value) => Object.is(value, 0))).toEqual([true, true]);
  });
});

describe('what is wrong with a table', () => {
  const issuesOf = (table: unknown) => {
    try {
      decide(table as PayoffTable);
      return [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
  };

  it.each<[string, unknown, readonly string[]]>([
    ['no object', [1], [': must be an object']],
    ['nothing', {}, ['options: is missing', 'states: is missing', 'payoffs: is missing', 'sense: is missing']],
    ['no options', { ...plant, options: [], payoffs: [] }, ['options: must name at least one option']],
    ['a name twice', { ...plant, options: ['x', 'y', ' x '] }, ["options.2: ' x ' is used twice (also options.0)"]],
    [
      'an empty name, a number',
      { ...plant, states: ['', 4] },
      ['states.0: must be text', 'states.1: must be text that is not empty (found 4)'],
    ],
    ['a row too many', { ...plant, options: ['x', 'y'] }, ['payoffs: needs a row for each of the 2 options (found 3 rows)']],
    [
      'rows for columns',
      { ...plant, options: ['x', 'y'], states: ['a', 'b', 'c'], weights: null },
      ['payoffs: needs a row for each of the 2 options (found 3 rows; it has a row per state', 'payoffs.0', 'payoffs.1', 'payoffs.2'],
    ],
    [
      'a ragged row',
      { ...plant, payoffs: [[1, 2], [3], [4, 5]] },
      ["payoffs.1: the row of 'small plant' needs a number for each of the 2 states (found 1)"],
    ],
    [
      'no number',
      {
        ...plant,
        payoffs: [
          [1, '2'],
          [3, null],
          [4, NaN],
        ],
      },
      ['payoffs.0.1: must be a finite number (found "2")', 'payoffs.1.1', 'payoffs.2.1'],
    ],
    ['a row that is none', { ...plant, payoffs: [7, [3, 4], [4, 4]] }, ["payoffs.0: the row of 'large plant' must be a list"]],
    ['a sense misspelt', { ...plant, sense: 'gains' }, ["sense: 'gains' is not a known name; did you mean gain?"]],
    ['weights too few', { ...plant, weights: [1] }, ['weights: needs a number for each of the 2 states (found 1)']],
    ['weights below 0', { ...plant, weights: [-0.5, 1.5] }, ['weights.0: must be a number of at least 0 (found -0.5)']],
    ['weights that do not add up', { ...plant, weights: [50, 50] }, ['weights: must add up to 1 (found 100); divide each by their sum']],
    ['an alpha outside', { ...plant, alpha: 1.2 }, ['alpha: must be a number between 0 and 1 (found 1.2)']],
    [
      'a table too large',
      { ...plant, options: Array.from({ length: 201 }, (_, i) => `o${i}`) },
      ['options: may name at most 200 (found 201)', 'payoffs: needs'],
    ],
  ])('%s', (_, table, expected) => {
    const issues = issuesOf(table);
    for (const text of expected)
      expect(
        issues.some((issue) => issue.startsWith(text)),
        `${text} in ${issues.join('; ')}`,
      ).toBe(true);
    expect(issues).toHaveLength(expected.length);
  });

  it('a slip in the name of a field that is not there', () => {
    const { weights, ...without } = plant;
    expect(issuesOf({ ...without, wieghts: weights })).toEqual(['wieghts: is not a known name; did you mean weights?']);
    expect(issuesOf({ ...without, title: 'From class', source: 'p. 73' })).toEqual([]);
    expect(issuesOf({ ...without, weights: null, alpha: null })).toEqual([]);
  });
});

const cell = fc.integer({ min: -6, max: 6 }).map((value) => value / 2);
const tables = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom('gain' as const, 'cost' as const))
  .chain(([m, n, sense]) =>
    fc
      .tuple(
        fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n }),
        fc.integer({ min: 0, max: 4 }),
      )
      .map(([payoffs, shares, quarters]): PayoffTable => {
        const total = shares.reduce((sum, share) => sum + share, 0);
        return {
          options: payoffs.map((_, i) => `option ${i}`),
          states: shares.map((_, j) => `state ${j}`),
          payoffs,
          sense,
          alpha: quarters / 4,
          ...(total === 0 ? {} : { weights: shares.map((share) => share / total) }),
        };
      }),
  );

/** Straight from the definitions, in doubles that are exact for halves and quarters. */
function byDefinition({ payoffs, sense, alpha = 0.5 }: PayoffTable) {
  const sign = sense === 'gain' ? 1 : -1;
  const gains = payoffs.map((row) => row.map((value) => sign * value));
  const best = (gains[0] ?? []).map((_, j) => Math.max(...gains.map((row) => row[j] as number)));
  const winners = (scores: readonly number[]) => scores.flatMap((score, i) => (score === Math.max(...scores) ? [`option ${i}`] : []));
  return {
    minimax_regret: winners(gains.map((row) => -Math.max(...row.map((value, j) => (best[j] as number) - value)))),
    maximin: winners(gains.map((row) => Math.min(...row))),
    maximax: winners(gains.map((row) => Math.max(...row))),
    hurwicz: winners(gains.map((row) => alpha * Math.max(...row) + (1 - alpha) * Math.min(...row))),
    laplace: winners(gains.map((row) => row.reduce((sum, value) => sum + value, 0))),
  };
}

const winnersOf = (decision: Decision, id: (typeof ruleIds)[number]) => [decision[id]?.selected, ...(decision[id]?.ties ?? [])];

describe('on any table', () => {
  it('every rule finds the options its definition names, ties included', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const decision = decide(table);
        for (const [id, winners] of Object.entries(byDefinition(table))) expect(winnersOf(decision, id as never)).toEqual(winners);
      }),
      { numRuns: 400 },
    );
  });

  it('menu dependence is what deciding again without the option shows', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { minimax_regret: full, menu_dependence: found } = decide(table);
        const expected = table.options.flatMap((removed, i) => {
          if (removed === full.selected) return [];
          const left = <T>(list: readonly T[]) => list.filter((_, k) => k !== i);
          const { selected } = decide({ ...table, options: left(table.options), payoffs: left(table.payoffs) }).minimax_regret;
          return selected === full.selected ? [] : [{ removed, new_selected: selected }];
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('the order of options and states changes nothing but the order of ties', () => {
    fc.assert(
      fc.property(tables, fc.nat(), fc.nat(), (table, a, b) => {
        const rotate = <T>(list: readonly T[], by: number) =>
          [...list.slice(by % list.length), ...list.slice(0, by % list.length)].reverse();
        const turned: PayoffTable = {
          ...table,
          options: rotate(table.options, a),
          states: rotate(table.states, b),
          payoffs: rotate(table.payoffs, a).map((row) => rotate(row, b)),
          ...(table.weights === undefined ? {} : { weights: rotate(table.weights, b) }),
        };
        const [one, other] = [decide(table), decide(turned)];
        for (const id of ruleIds) {
          expect([...winnersOf(other, id)].sort()).toEqual([...winnersOf(one, id)].sort());
          expect(other[id]?.values).toEqual(one[id]?.values);
        }
        expect(other.mixed_minimax_regret.expected_regret_fraction).toBe(one.mixed_minimax_regret.expected_regret_fraction);
        expect(other.dominated.map(({ option, strictly }) => `${option} ${strictly}`).sort()).toEqual(
          one.dominated.map(({ option, strictly }) => `${option} ${strictly}`).sort(),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('a constant on a state changes no regret; a factor multiplies all', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: -9, max: 9 }), fc.nat(), (table, constant, where) => {
        const j = where % table.states.length;
        const moved = decide({
          ...table,
          payoffs: table.payoffs.map((row) => row.map((value, k) => (k === j ? value + constant : value))),
        });
        const tripled = decide({ ...table, payoffs: table.payoffs.map((row) => row.map((value) => 3 * value)) });
        const { minimax_regret: own, mixed_minimax_regret: mixed } = decide(table);
        expect(moved.minimax_regret.regrets).toEqual(own.regrets);
        expect(moved.mixed_minimax_regret).toEqual(mixed);
        expect(tripled.minimax_regret.regrets).toEqual(own.regrets.map((row) => row.map((value) => 3 * value)));
        expect(tripled.minimax_regret.selected).toBe(own.selected);
        expect(tripled.mixed_minimax_regret.fractions).toEqual(mixed.fractions);
      }),
      { numRuns: 200 },
    );
  });

  it('the lottery and nature prove each other, and no option alone does better', () => {
    let mixes = 0;
    fc.assert(
      fc.property(tables, (table) => {
        const { minimax_regret: own, mixed_minimax_regret: mixed } = decide(table);
        const p = table.options.map((option) => mixed.probabilities[option] as number);
        const q = table.states.map((state) => mixed.nature[state] as number);
        const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
        expect(total(p)).toBeCloseTo(1, 12);
        expect(total(q)).toBeCloseTo(1, 12);
        const inState = table.states.map((_, j) => total(own.regrets.map((row, i) => (p[i] as number) * (row[j] as number))));
        const ofOption = own.regrets.map((row) => total(row.map((value, j) => (q[j] as number) * value)));
        expect(Math.max(...inState)).toBeCloseTo(mixed.expected_regret, 12);
        expect(Math.min(...ofOption)).toBeCloseTo(mixed.expected_regret, 12);
        expect(mixed.worst_states).toEqual(table.states.filter((_, j) => Math.abs((inState[j] as number) - mixed.expected_regret) < 1e-12));
        expect(mixed.pure_regret).toBe(own.max_regrets[own.selected]);
        expect(mixed.expected_regret).toBeLessThanOrEqual(mixed.pure_regret);
        if (mixed.expected_regret < mixed.pure_regret) mixes += 1;
        else expect(mixed.probabilities[own.selected]).toBe(1);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(mixes).toBeGreaterThan(50);
  });

  it('perfect information is worth the expected regret of the choice, and at least nothing', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { expected_value: expected, minimax_regret: regret } = decide(table);
        if (expected === undefined) return;
        const row = regret.regrets[table.options.indexOf(expected.selected)] ?? [];
        const own = row.reduce((sum, value, j) => sum + value * (table.weights?.[j] as number), 0);
        expect(expected.value_of_perfect_information).toBeCloseTo(own, 10);
        expect(expected.value_of_perfect_information).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the registry', () => {
  it('names every rule of the decision, each with a source', () => {
    const decision = decide(plant);
    for (const [id, rule] of Object.entries(tableRules)) {
      expect(rule.id).toBe(id);
      expect(rule.reference).toMatch(/\d{4}/);
      expect(decision).toHaveProperty([id, 'value_is'], rule.value.label);
    }
  });
});
