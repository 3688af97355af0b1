import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Aim } from '../../../../src/core/allocate/aim.ts';
import type { Allocation, AllocationProblem, Candidate, SideConstraints } from '../../../../src/core/allocate/decision-rule.ts';
import { divisibleAllocation } from '../../../../src/core/allocate/divisible/divisible-allocation.ts';
import { effectiveReturns } from '../../../../src/core/allocate/effective-returns.ts';
import { add, decimal, multiply, subtract, type Decimal } from '../../../../src/core/allocate/exact/exact-decimal.ts';
import { finiteStateAllocation } from '../../../../src/core/allocate/finite-state-allocation.ts';
import { confidencePenalty } from '../../../../src/core/allocate/penalties/index.ts';
import type { Solver } from '../../../../src/core/allocate/solver.ts';
import {
  compareFractions,
  dotFractions,
  fraction,
  fractionOf,
  fractionOfDecimal,
  fractionToNumber,
  minus,
  negative,
  oneFraction,
  plus,
  times,
  zeroFraction,
  type Fraction,
} from '../../../../src/core/numeric/exact-fraction.ts';
import { solveLinearProgram, type LinearRow } from '../../../../src/core/numeric/exact-linear-program.ts';
import { loadHighsSolver } from '../../../../workers/highs-solver.ts';

const regret: Aim = { kind: 'regret' };
const mean: Aim = { kind: 'return', worth: ({ best, med, worst }) => add(add(best, med), worst), divisor: 3 };
const byWorst: Aim = { kind: 'return', worth: ({ worst }) => worst };
const limits = { max_nodes: 20_000_000 };

const given = [
  ['TitlesAI', 4, 15, 10, 2, 0.9],
  ['ImageEnhancer', 2, 12, 8, 1, 0.6],
  ['PriceOptimizer', 2, 9, 6, 2, 0.8],
  ['SearchRanker', 2, 7, 5, 3, 0.4],
  ['BundleEngine', 4, 18, 9, 0, 0.5],
] as const;
const worked = (divisible: readonly string[] = []): AllocationProblem => ({
  candidates: given.map(([id, cost, R_best, R_med, R_worst, confidence]) => ({
    id,
    cost,
    R_best,
    R_med,
    R_worst,
    confidence,
    divisible: divisible.includes(id),
  })),
  budget: 10,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: 3,
  rule: 'minimax_regret',
  rule_parameters: {},
});
const everyId = given.map(([id]) => id);

/** Sums of shares times decimals, exactly. */
function spent({ candidates }: AllocationProblem, { selected_initiatives: ids, shares }: Allocation): Fraction {
  return ids.reduce((sum, id) => {
    const cost = candidates.find((candidate) => candidate.id === id)?.cost ?? NaN;
    return plus(sum, times(fractionOf(cost), fractionOf(shares?.[id] ?? 1)));
  }, zeroFraction);
}

describe('the worked example, divided', () => {
  it('is the published answer where nothing is divisible', () => {
    const allocation = divisibleAllocation(worked(), regret, limits);
    expect(allocation).toMatchObject({
      status: 'optimal',
      selected_initiatives: ['TitlesAI', 'PriceOptimizer', 'BundleEngine'],
      objective_value: 1,
      total_cost: 10,
      v_star: { best: 30.3, med: 19.6, worst: 5 },
      regrets: { best: 0, med: 0.7, worst: 1 },
      binding_states: ['worst'],
      independent_regret: { value: 7.6 },
      proof: { method: 'linear_relaxation', bound: 1, gap: 0 },
    });
    expect(allocation).not.toHaveProperty('shares');
  });

  it('has no regret where everything is: returns per cost rank the four alike in every state', () => {
    const allocation = divisibleAllocation(worked(everyId), regret, limits);
    expect(allocation).toMatchObject({
      objective_value: 0,
      shares: { TitlesAI: 1, ImageEnhancer: 1, PriceOptimizer: 1, BundleEngine: 0.5 },
      v_star: { best: 33.4, med: 21.85, worst: 5 },
      binding_states: ['best', 'med', 'worst'],
    });
  });

  it('funds a part of what costs more than the budget', () => {
    const allocation = divisibleAllocation({ ...worked(everyId), budget: 1, min_portfolio_worst_return: null }, mean, limits);
    expect(allocation.selected_initiatives).toEqual(['PriceOptimizer']);
    expect(allocation.shares).toEqual({ PriceOptimizer: 0.5 });
    // (7.6 + 5.2 + 2) / 3 for the whole, half of it for half of its cost.
    expect(allocation.objective_value).toBeCloseTo(14.8 / 6, 15);
  });

  it('never costs more than the budget by the shares it prints', () => {
    const candidates = [
      { id: 'a', cost: 3, R_best: 5, R_med: 4, R_worst: 3, confidence: 1, divisible: true },
      { id: 'b', cost: 7, R_best: 5, R_med: 4, R_worst: 3, confidence: 1, divisible: true },
    ];
    let rounded = 0;
    for (let tenths = 1; tenths < 100; tenths += 1) {
      const problem = { ...worked(), candidates, budget: tenths / 10, min_portfolio_worst_return: null };
      const allocation = divisibleAllocation(problem, mean, limits);
      expect(allocation.total_cost).toBe(tenths / 10);
      const cost = spent(problem, allocation);
      expect(compareFractions(cost, fractionOf(problem.budget))).not.toBe(1);
      if (compareFractions(cost, fractionOf(problem.budget)) < 0) rounded += 1;
    }
    expect(rounded).toBeGreaterThan(5);
  });
});

describe('side constraints', () => {
  const solve = (constraints: Partial<SideConstraints>, divisible: readonly string[] = everyId, more: Partial<AllocationProblem> = {}) =>
    divisibleAllocation({ ...worked(divisible), min_portfolio_worst_return: null, constraints, ...more }, mean, limits);

  it('required ones are funded whole, excluded ones not at all', () => {
    const allocation = solve({ required: ['BundleEngine'], excluded: ['TitlesAI'] });
    expect(allocation.shares ?? { BundleEngine: 1 }).toMatchObject({ BundleEngine: 1 });
    expect(allocation.selected_initiatives).not.toContain('TitlesAI');
  });

  it('a part is a choice for groups and counts', () => {
    expect(solve({ exclusive: [['TitlesAI', 'BundleEngine']] }).selected_initiatives).toEqual([
      'TitlesAI',
      'ImageEnhancer',
      'PriceOptimizer',
    ]);
    expect(solve({ at_most: 2 }).selected_initiatives).toEqual(['TitlesAI', 'PriceOptimizer']);
    expect(solve({ at_most: 0 }).selected_initiatives).toEqual([]);
  });

  it('money caps count the part of the cost', () => {
    const candidates = worked(everyId).candidates.map((candidate) => ({
      ...candidate,
      category: candidate.cost === 4 ? 'large' : 'small',
    }));
    const allocation = solve({ category_caps: [{ category: 'large', max_initiatives: null, max_cost: 5 }] }, everyId, { candidates });
    expect(allocation.shares).toEqual({ TitlesAI: 1, ImageEnhancer: 1, PriceOptimizer: 1, BundleEngine: 0.25 });
    expect(allocation.total_cost).toBe(9);
  });

  it('what another one needs must be funded, in however small a part', () => {
    const candidates: Candidate[] = [
      { id: 'good', cost: 5, R_best: 20, R_med: 20, R_worst: 20, confidence: 1 },
      { id: 'burden', cost: 5, R_best: -1, R_med: -1, R_worst: -1, confidence: 1, divisible: true },
    ];
    const allocation = solve({ prerequisites: [{ id: 'good', requires: 'burden' }] }, [], { candidates });
    expect(allocation.shares).toEqual({ good: 1, burden: 0.000001 });
    expect(allocation.objective_value).toBe(19.999999);
  });

  it('conflicts are named; a floor out of reach comes with the one in reach', () => {
    expect(solve({ required: ['TitlesAI'], excluded: ['TitlesAI'] })).toMatchObject({
      status: 'infeasible',
      selected_initiatives: [],
      objective_value: null,
    });
    const allocation = divisibleAllocation({ ...worked(everyId), budget: 3, min_portfolio_worst_return: 100 }, regret, limits);
    // PriceOptimizer whole (2), then half a TitlesAI or ImageEnhancer per unit of cost (0.5).
    expect(allocation).toMatchObject({ status: 'infeasible', attainable_worst_return: 2.5, objective_value: null });
    expect(allocation.reason).toContain('2.5');
  });
});

describe('ties', () => {
  const twins = (extra: Partial<Candidate> = {}): AllocationProblem => ({
    ...worked(),
    candidates: ['b', 'a'].map((id) => ({ id, cost: 10, R_best: 6, R_med: 4, R_worst: 2, confidence: 1, divisible: true, ...extra })),
    budget: 10,
    min_portfolio_worst_return: null,
  });

  it('go to the first by id, and are said to be more than are listed', () => {
    const allocation = divisibleAllocation(twins(), regret, limits);
    expect(allocation.selected_initiatives).toEqual(['a']);
    expect(allocation.ties).toContainEqual(['b']);
    expect(allocation.ties_capped).toBe(true);
  });

  it('go to the cheapest first', () => {
    const problem = twins();
    const idle = { id: '0', cost: 1, R_best: 0, R_med: 0, R_worst: 0, confidence: 1, divisible: true };
    const allocation = divisibleAllocation({ ...problem, candidates: [idle, ...problem.candidates], budget: 30 }, regret, limits);
    expect(allocation.selected_initiatives).toEqual(['b', 'a']);
    expect(allocation.total_cost).toBe(20);
    expect(allocation.ties).toEqual([['0', 'b', 'a']]);
  });

  it('of thousands do not keep the search from its proof', () => {
    const many = (returns: (i: number) => Pick<Candidate, 'cost' | 'R_best' | 'R_med' | 'R_worst'>) =>
      Array.from({ length: 20 }, (_, i): Candidate => ({ id: `i${i}`, confidence: 1, divisible: i === 7, ...returns(i) }));
    const alike = many(() => ({ cost: 4, R_best: 9, R_med: 5, R_worst: 1 }));
    const subsetSum = many((i) => {
      const cost = 100 + ((i * 37) % 89);
      return { cost, R_best: cost, R_med: cost, R_worst: cost };
    });
    for (const [candidates, budget] of [
      [alike, 33],
      [subsetSum, 1007],
    ] as const) {
      const allocation = divisibleAllocation({ ...worked(), candidates, budget, min_portfolio_worst_return: null }, regret, limits);
      expect(allocation).toMatchObject({
        status: 'optimal',
        objective_value: 0,
        total_cost: budget,
        ties_capped: true,
        proof: { bound: 0, gap: 0 },
      });
    }
  });

  it('are not claimed where there are none', () => {
    const allocation = divisibleAllocation(worked(['ImageEnhancer', 'BundleEngine']), regret, limits);
    expect(allocation.ties).toEqual([]);
    expect(allocation.ties_capped).toBe(false);
  });
});

it('the node limit is kept, with a bound that holds', () => {
  const candidates = Array.from({ length: 16 }, (_, i): Candidate => {
    const worst = ((i * 37) % 11) - 3;
    return {
      id: `i${i}`,
      cost: 5 + ((i * 29) % 13),
      R_best: worst + 9 + ((i * 53) % 17),
      R_med: worst + ((i * 31) % 9),
      R_worst: worst,
      confidence: 1,
      divisible: i % 5 === 0,
    };
  });
  const problem = { ...worked(), candidates, budget: 60, min_portfolio_worst_return: 4 };
  const full = divisibleAllocation(problem, regret, limits);
  expect(full.status).toBe('optimal');
  const reached: string[] = [];
  for (const max_nodes of [1, 5_000, 20_000, 60_000, 200_000]) {
    const cut = divisibleAllocation(problem, regret, { max_nodes });
    reached.push(cut.status);
    if (cut.proof === null || cut.objective_value === null) continue;
    expect(cut.proof.bound).toBeLessThanOrEqual(full.objective_value ?? 0);
    if (cut.status === 'node_limit') expect(cut.reason).toContain('node limit');
  }
  expect(reached[0]).toBe('node_limit');
});

type Drawn = { readonly problem: AllocationProblem; readonly aim: Aim };
const cents = (min: number, max: number) => fc.integer({ min: min * 4, max: max * 4 }).map((value) => value / 4);
const drawn = (most: number, options: { readonly share: number; readonly sides: boolean }): fc.Arbitrary<Drawn> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          cost: cents(1, 8),
          worst: cents(-3, 4),
          up: cents(0, 5),
          more: cents(0, 5),
          confidence: fc.constantFrom(1, 0.9, 0.5, 0.2),
          divisible: fc.integer({ min: 1, max: 100 }).map((k) => k <= options.share * 100),
          category: fc.constantFrom('', 'x', 'y'),
        }),
        { minLength: 1, maxLength: most },
      ),
      fc.record({
        part: fc.integer({ min: 1, max: 9 }),
        floor: fc.oneof(fc.constant(null), cents(-1, 3)),
        benchmark: fc.constantFrom('budget-only' as const, 'same-feasible-set' as const),
        aim: fc.constantFrom(regret, regret, mean, byWorst),
        pick: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        kinds: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      }),
    )
    .map(([rows, { part, floor, benchmark, aim, pick, kinds }]) => {
      const candidates = rows.map(({ worst, up, more, ...row }, i): Candidate => ({
        ...row,
        id: `i${i}`,
        R_worst: worst,
        R_med: worst + up,
        R_best: worst + up + more,
      }));
      const id = (k: number) => `i${(pick[k] as number) % candidates.length}`;
      const on = (k: number) => options.sides && kinds[k] === true;
      const constraints: Partial<SideConstraints> = {
        ...(on(0) ? { exclusive: [[...new Set([id(0), id(1), id(2)])]] } : {}),
        ...(on(1) && id(3) !== id(4) ? { prerequisites: [{ id: id(3), requires: id(4) }] } : {}),
        ...(on(2) ? { at_most: (pick[5] as number) % 4 } : {}),
        ...(on(3) ? { category_caps: [{ category: 'x', max_initiatives: on(4) ? 1 : null, max_cost: 5.5 }] } : {}),
        ...(on(5) ? { excluded: [id(5)] } : {}),
      };
      const total = candidates.reduce((sum, { cost }) => sum + cost, 0);
      const budget = Math.round((total * part) / 10) + 0.5;
      return {
        problem: {
          ...worked(),
          candidates,
          budget,
          min_confidence_threshold: 0.3,
          min_portfolio_worst_return: floor,
          benchmark,
          constraints,
        },
        aim,
      };
    });

/** All from the definitions: every pattern of what is chosen, a linear program for each. */
function byPatterns({ problem, aim }: Drawn) {
  const { budget, min_portfolio_worst_return: floor, constraints = {} } = problem;
  const rows = problem.candidates.filter(({ confidence }) => confidence >= problem.min_confidence_threshold);
  const n = rows.length;
  const exact = ({ digits, exponent }: Decimal) => fractionOfDecimal({ digits, exponent });
  const effective = rows.map((row) => effectiveReturns(row, confidencePenalty(undefined)));
  const returns = (['best', 'med', 'worst'] as const).map((state) => effective.map((row) => exact(row[state])));
  const worth = aim.kind === 'regret' ? null : effective.map((row) => times(exact(aim.worth(row)), fraction(1n, BigInt(aim.divisor ?? 1))));
  const costs = rows.map(({ cost }) => fractionOf(cost));
  const index = (id: string) => rows.findIndex((row) => row.id === id);
  const isCounted = (i: number) => {
    const { id, category } = rows[i] as Candidate;
    const { exclusive = [], prerequisites = [], at_most = null, category_caps = [] } = constraints;
    return (
      at_most !== null ||
      exclusive.some((group) => group.includes(id)) ||
      prerequisites.some((need) => need.id === id || need.requires === id) ||
      category_caps.some((cap) => cap.category === category && cap.max_initiatives !== null)
    );
  };
  const keeps = (on: readonly boolean[]) => {
    const { exclusive = [], prerequisites = [], at_most = null, category_caps = [], excluded = [] } = constraints;
    const isOn = (id: string) => on[index(id)] === true;
    return (
      exclusive.every((group) => group.filter(isOn).length <= 1) &&
      prerequisites.every(({ id, requires }) => !isOn(id) || isOn(requires)) &&
      (at_most === null || on.filter(Boolean).length <= at_most) &&
      excluded.every((id) => !isOn(id)) &&
      category_caps.every(
        ({ category, max_initiatives: most }) =>
          most === null || rows.filter((row, i) => on[i] && row.category === category).length <= most,
      )
    );
  };
  const spending: LinearRow = { coefficients: costs, relation: '<=', bound: fractionOf(budget) };
  const caps = (constraints.category_caps ?? []).flatMap(({ category, max_cost: most }): LinearRow[] =>
    most === null
      ? []
      : [
          {
            coefficients: rows.map((row, i) => (row.category === category ? (costs[i] as Fraction) : zeroFraction)),
            relation: '<=',
            bound: fractionOf(most),
          },
        ],
  );
  const reaching: LinearRow[] =
    floor === null ? [] : [{ coefficients: rows.map(({ R_worst }) => fractionOf(R_worst)), relation: '>=', bound: fractionOf(floor) }];
  const budgetOnly = { rows: [spending], isFree: true };
  const allowed = { rows: [spending, ...caps, ...reaching], isFree: false };

  /** Least t with t >= target_j - row_j . x, over all patterns; null where nothing is allowed. */
  const least = (
    feasible: typeof allowed,
    goals: readonly { readonly target: Fraction; readonly row: readonly Fraction[] }[],
    lower?: readonly Fraction[],
    upper?: readonly Fraction[],
  ): Fraction | null => {
    let found: Fraction | null = null;
    for (let mask = 0; mask < 1 << n; mask += 1) {
      const on = rows.map((_, i) => ((mask >> i) & 1) === 1);
      if (!feasible.isFree && !keeps(on)) continue;
      const from = rows.map(({ divisible }, i) => {
        if (!on[i]) return zeroFraction;
        if (!divisible) return oneFraction;
        return !feasible.isFree && isCounted(i) ? fractionOf(0.000001) : zeroFraction;
      });
      const to = rows.map((_, i) => (on[i] ? oneFraction : zeroFraction));
      const larger = (a: Fraction, b: Fraction) => (compareFractions(a, b) > 0 ? a : b);
      const solution = solveLinearProgram({
        objective: [...costs.map(() => zeroFraction), negative(oneFraction)],
        rows: [
          ...feasible.rows.map((row) => ({ ...row, coefficients: [...row.coefficients, zeroFraction] })),
          ...goals.map(({ target, row }): LinearRow => ({ coefficients: [...row, oneFraction], relation: '>=', bound: target })),
        ],
        lower: [...from.map((value, i) => larger(value, lower?.[i] ?? value)), null],
        upper: [...to.map((value, i) => negative(larger(negative(value), negative(upper?.[i] ?? value)))), null],
      });
      if (solution.status !== 'optimal') continue;
      const value = negative(solution.objective);
      if (found === null || compareFractions(value, found) < 0) found = value;
    }
    return found;
  };
  const benchmark = (feasible: typeof allowed) => returns.map((row) => least(feasible, [{ target: zeroFraction, row }]));
  const alike = problem.benchmark === 'same-feasible-set' ? benchmark(allowed) : [null];
  const replies = alike.includes(null) ? budgetOnly : allowed;
  const vStar = (alike.includes(null) ? benchmark(budgetOnly) : alike).map((value) => negative(value as Fraction));
  const goals = worth === null ? returns.map((row, j) => ({ target: vStar[j] as Fraction, row })) : [{ target: zeroFraction, row: worth }];
  const value = least(allowed, goals);
  const optimal = goals.map(({ target, row }): LinearRow => ({ coefficients: row, relation: '>=', bound: minus(target, value ?? target) }));
  const cheapest = least({ ...allowed, rows: [...allowed.rows, ...optimal] }, [{ target: zeroFraction, row: costs.map(negative) }]);
  /** Over every way for the reply to hold more or less of each initiative than x. */
  const independent = (x: readonly Fraction[]) => {
    let worst = zeroFraction;
    for (let mask = 0; mask < 1 << n; mask += 1) {
      const isAbove = (i: number) => ((mask >> i) & 1) === 1;
      const row = rows.map((_, i) => (returns[isAbove(i) ? 0 : 2] as Fraction[])[i] as Fraction);
      const lower = x.map((share, i) => (isAbove(i) ? share : zeroFraction));
      const upper = x.map((share, i) => (isAbove(i) ? oneFraction : share));
      const reply = least(replies, [{ target: dotFractions(row, x), row }], lower, upper);
      if (reply !== null && compareFractions(negative(reply), worst) > 0) worst = negative(reply);
    }
    return worst;
  };
  return {
    ids: rows.map(({ id }) => id),
    vStar,
    value: value === null ? null : worth === null ? value : negative(value),
    cheapest,
    independent,
  };
}

describe('against every pattern of what is chosen', () => {
  it('V*, the objective and the least cost of it are exact', () => {
    let [optimal, infeasible, parts] = [0, 0, 0];
    fc.assert(
      fc.property(drawn(5, { share: 0.5, sides: true }), (question) => {
        const allocation = divisibleAllocation(question.problem, question.aim, limits);
        const { vStar, value, cheapest } = byPatterns(question);
        expect(Object.values(allocation.v_star)).toEqual(vStar.map(fractionToNumber));
        expect(allocation.objective_value).toBe(value === null ? null : fractionToNumber(value));
        expect(allocation.status).toBe(value === null ? 'infeasible' : 'optimal');
        if (value !== null) expect(allocation.total_cost).toBe(fractionToNumber(cheapest as Fraction));
        if (value === null) infeasible += 1;
        else optimal += 1;
        if (allocation.shares !== undefined) parts += 1;
        expect(allocation.proof?.gap ?? 0).toBe(0);
        const cost = spent(question.problem, allocation);
        expect(compareFractions(cost, fractionOf(question.problem.budget))).not.toBe(1);
      }),
      { numRuns: 110, seed: 11 },
    );
    expect(Math.min(optimal, infeasible, parts)).toBeGreaterThan(10);
  });

  it('the regret of independent intervals is exact', () => {
    let fractional = 0;
    fc.assert(
      fc.property(drawn(4, { share: 0.6, sides: true }), (question) => {
        const allocation = divisibleAllocation(question.problem, question.aim, limits);
        if (allocation.objective_value === null) return;
        const { ids, independent } = byPatterns(question);
        // Shares in these problems have small denominators: the exact ones are found again from the doubles.
        const x = ids.map((id) => (allocation.selected_initiatives.includes(id) ? asFraction(allocation.shares?.[id] ?? 1) : zeroFraction));
        if (x.some(({ denominator }) => denominator !== 1n)) fractional += 1;
        expect(allocation.independent_regret?.value).toBeCloseTo(fractionToNumber(independent(x)), 9);
      }),
      { numRuns: 80, seed: 12 },
    );
    expect(fractional).toBeGreaterThan(8);
  });
});

/** The simplest fraction within a rounding of the double: continued fractions. */
function asFraction(value: number): Fraction {
  const exact = fractionOf(value);
  let [a, b, c, d] = [0n, 1n, 1n, 0n];
  let rest = exact;
  for (let k = 0; k < 40; k += 1) {
    const whole = rest.numerator / rest.denominator;
    [a, b, c, d] = [c, d, whole * c + a, whole * d + b];
    const candidate = fraction(c, d);
    if (Math.abs(fractionToNumber(minus(candidate, exact))) < 1e-14) return candidate;
    rest = minus(rest, fraction(whole));
    if (rest.numerator === 0n) return candidate;
    rest = fraction(rest.denominator, rest.numerator);
  }
  return exact;
}

describe('where nothing is divisible', () => {
  it('the answer is that of whole initiatives', () => {
    fc.assert(
      fc.property(drawn(9, { share: 0, sides: true }), ({ problem, aim }) => {
        const ours = divisibleAllocation(problem, aim, limits);
        const whole = finiteStateAllocation(problem, aim, limits, null);
        for (const field of [
          'status',
          'selected_initiatives',
          'total_cost',
          'objective_value',
          'v_star',
          'regrets',
          'total_actual_returns',
          'binding_states',
          'attainable_worst_return',
        ] as const)
          expect(ours[field], field).toEqual(whole[field]);
        expect(ours.independent_regret?.value).toBe(whole.independent_regret?.value);
        expect(ours.ties_capped).toBe(whole.ties.length > 0);
      }),
      { numRuns: 120, seed: 13 },
    );
  });
});

describe('what must hold for any problem', () => {
  it('the order of the candidates changes nothing but the order of the ids', () => {
    fc.assert(
      fc.property(drawn(7, { share: 0.5, sides: true }), ({ problem, aim }) => {
        const one = divisibleAllocation(problem, aim, limits);
        const other = divisibleAllocation({ ...problem, candidates: [...problem.candidates].reverse() }, aim, limits);
        expect([...other.selected_initiatives].sort()).toEqual([...one.selected_initiatives].sort());
        expect(other.shares).toEqual(one.shares);
        expect(other.objective_value).toBe(one.objective_value);
      }),
      { numRuns: 80, seed: 14 },
    );
  });

  it('to divide more never lowers V*, nor what a rule that makes a return large attains', () => {
    fc.assert(
      fc.property(drawn(7, { share: 0.4, sides: false }), ({ problem }) => {
        const [some, all] = [problem, { ...problem, candidates: problem.candidates.map((row) => ({ ...row, divisible: true })) }].map(
          (each) => divisibleAllocation({ ...each, benchmark: 'budget-only' }, mean, limits),
        ) as [Allocation, Allocation];
        for (const state of ['best', 'med', 'worst'] as const) expect(all.v_star[state]).toBeGreaterThanOrEqual(some.v_star[state]);
        if (some.objective_value !== null) expect(all.objective_value).toBeGreaterThanOrEqual(some.objective_value);
      }),
      { numRuns: 80, seed: 15 },
    );
  });

  it('all divisible and one sum to make large: funded in order of worth per cost until the money is spent', () => {
    fc.assert(
      fc.property(drawn(8, { share: 1, sides: false }), ({ problem }) => {
        const allocation = divisibleAllocation({ ...problem, min_portfolio_worst_return: null }, byWorst, limits);
        const rows = problem.candidates.filter(({ confidence, R_worst }) => confidence >= 0.3 && R_worst > 0);
        let [room, total] = [fractionOf(problem.budget), zeroFraction];
        for (const { cost, R_worst } of [...rows].sort((a, b) => b.R_worst / b.cost - a.R_worst / a.cost)) {
          const share = compareFractions(room, fractionOf(cost)) >= 0 ? oneFraction : times(room, fraction(1000n, BigInt(cost * 1000)));
          room = minus(room, times(share, fractionOf(cost)));
          total = plus(total, times(share, fractionOf(R_worst)));
        }
        expect(allocation.objective_value).toBe(fractionToNumber(total));
        expect(Object.values(allocation.shares ?? {}).filter((share) => share < 1).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 120, seed: 16 },
    );
  });
});

describe('beside HiGHS', () => {
  let highs: Solver;
  beforeAll(async () => {
    highs = await loadHighsSolver();
  });

  it('agrees on larger problems', () => {
    fc.assert(
      fc.property(drawn(14, { share: 0.4, sides: false }), ({ problem }) => {
        const allocation = divisibleAllocation(problem, regret, limits);
        if (allocation.objective_value === null) return;
        const rows = problem.candidates.filter(
          ({ confidence, cost, divisible }) => confidence >= 0.3 && (divisible || cost <= problem.budget),
        );
        const n = rows.length;
        const columns = [...Array(n).keys()];
        const discounted = (state: 'best' | 'med' | 'worst') =>
          rows.map((row) => {
            const { digits, exponent } = effectiveReturns(row, (confidence) =>
              subtract(decimal(1), multiply(decimal(1), decimal(confidence))),
            )[state];
            return Number(`${digits}e${exponent}`);
          });
        const theirs = highs.solve({
          sense: 'minimise',
          objective: Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? 1 : 0)),
          lower: new Float64Array(n + 1),
          upper: Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? Infinity : 1)),
          integer: Uint8Array.from({ length: n + 1 }, (_, i) => (i === n || rows[i]?.divisible ? 0 : 1)),
          maxNodes: 100_000,
          rows: [
            { columns, values: rows.map(({ cost }) => cost), lower: -Infinity, upper: problem.budget },
            ...(['best', 'med', 'worst'] as const).map((state) => ({
              columns: [...columns, n],
              values: [...discounted(state), 1],
              lower: allocation.v_star[state],
              upper: Infinity,
            })),
            ...(problem.min_portfolio_worst_return === null
              ? []
              : [{ columns, values: rows.map(({ R_worst }) => R_worst), lower: problem.min_portfolio_worst_return, upper: Infinity }]),
          ],
        });
        expect(theirs.status).toBe('optimal');
        if (theirs.status === 'optimal') expect(Math.abs(theirs.objective - allocation.objective_value)).toBeLessThan(1e-5);
      }),
      { numRuns: 50, seed: 17 },
    );
  });
});
