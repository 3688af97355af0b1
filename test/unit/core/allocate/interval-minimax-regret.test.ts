import { describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { bruteForce, thousandths } from './interval-brute-force.ts';
import { asProblem, drawer, instanceClasses, intervalInstance, problemWithTwins, smallProblem } from './interval-instances.ts';

const interval = (problem: AllocationProblem) => allocate({ ...problem, rule: 'interval_minimax_regret' }, null);
const ordered = (lists: readonly (readonly string[])[]) => lists.map((ids) => [...ids].sort());
const row = (id: string, cost: number, R_best: number, R_med: number, R_worst: number, confidence = 1): Candidate => ({ id, cost, R_best, R_med, R_worst, confidence });

const worked: AllocationProblem = {
  ...asProblem(
    [row('TitlesAI', 4, 15, 10, 2, 0.9), row('ImageEnhancer', 2, 12, 8, 1, 0.6), row('PriceOptimizer', 2, 9, 6, 2, 0.8), row('SearchRanker', 2, 7, 5, 3, 0.4), row('BundleEngine', 4, 18, 9, 0, 0.5)],
    10,
  ),
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: 3,
};

describe('interval minimax regret against all portfolios and all replies', () => {
  it('finds the least regret, the canonical portfolio, every tie and a certificate, on 600 small problems', { timeout: 60_000 }, () => {
    const seen = { infeasible: 0, tied: 0, sameFeasible: 0, positive: 0 };
    for (let replication = 0; replication < 600; replication += 1) {
      const problem = smallProblem(replication);
      const truth = bruteForce(problem);
      const found = interval(problem);
      const context = `replication ${replication}`;
      if (truth.ties.length === 0) {
        seen.infeasible += 1;
        expect(found.status, context).toBe('infeasible');
        continue;
      }
      expect(found.status, context).toBe('optimal');
      expect(found.objective_value, context).toBe(truth.least);
      expect(ordered([found.selected_initiatives, ...found.ties]), context).toEqual(truth.ties);
      expect(found.ties_capped, context).toBe(false);
      expect(found.proof, context).toMatchObject({ method: 'adversary_cuts', bound: truth.least, gap: 0 });
      const { value, best_reply: reply } = found.independent_regret ?? { value: NaN, best_reply: [] };
      expect(value, context).toBe(truth.least);
      expect(truth.isReply(reply), context).toBe(true);
      expect(thousandths(truth.worth(reply, found.selected_initiatives)) - thousandths(truth.ours(found.selected_initiatives)), context).toBe(thousandths(truth.least));
      for (const portfolio of found.portfolios) expect(portfolio.objective_value, context).toBe(truth.regretOf(portfolio.ids));
      if (truth.ties.length > 1) seen.tied += 1;
      if (problem.benchmark === 'same-feasible-set') seen.sameFeasible += 1;
      if (truth.least > 0) seen.positive += 1;
    }
    expect(Object.values(seen).every((count) => count > 30), JSON.stringify(seen)).toBe(true);
  });

  it('agrees on every class of instances with 10 initiatives', { timeout: 60_000 }, () => {
    for (const kind of instanceClasses) {
      for (let replication = 0; replication < 4; replication += 1) {
        const problem = intervalInstance(kind, 10, replication, { range: 100, spread: 0.3, tightness: 0.5 });
        const truth = bruteForce(problem);
        const found = interval(problem);
        expect(found.objective_value, `${kind} ${replication}`).toBe(truth.least);
        expect(ordered([found.selected_initiatives, ...found.ties]), `${kind} ${replication}`).toEqual(truth.ties);
      }
    }
  });

  it('agrees with a table of knapsacks for every portfolio of 15 initiatives', { timeout: 60_000 }, () => {
    for (const kind of ['weakly', 'strongly', 'inverse', 'wide'] as const) {
      for (let replication = 0; replication < 2; replication += 1) {
        const problem = intervalInstance(kind, 15, replication, { range: 30, spread: 0.3, tightness: 0.45 });
        expect(interval(problem).objective_value, `${kind} ${replication}`).toBe(leastRegretByTables(problem));
      }
    }
  });

  it('compares costs too long for doubles as the decimals they are', { timeout: 60_000 }, () => {
    for (let replication = 0; replication < 8; replication += 1) {
      const { between } = drawer('long costs', replication);
      const tiny = Array.from({ length: 10 }, () => between(1, 3));
      const candidates = tiny.map((extra, i) => {
        const [R_worst = 0, R_med = 0, R_best = 0] = [between(0, 9), between(0, 9), between(0, 9)].sort((a, b) => a - b);
        return row(`i${i}`, Number(`1.${'0'.repeat(14)}${extra}`), R_best, R_med, R_worst);
      });
      // Three fit only if their last digits add up to at most 5; no sum of doubles can tell.
      const found = interval(asProblem(candidates, 3.000000000000005));
      const rounded = bruteForce(asProblem(candidates.map((c, i) => ({ ...c, cost: 1 + (tiny[i] as number) / 1000 })), 3.005));
      expect(found.objective_value).toBe(rounded.least);
      expect(ordered([found.selected_initiatives, ...found.ties])).toEqual(rounded.ties);
    }
  });
});

describe('interval minimax regret on the worked example (Eisenhauer 2025, Table 1)', () => {
  it('is 7.6, which two portfolios share; the first by ids is chosen', () => {
    const found = interval(worked);
    expect(found).toMatchObject({
      status: 'optimal',
      objective_value: 7.6,
      selected_initiatives: ['TitlesAI', 'ImageEnhancer', 'BundleEngine'],
      ties: [['TitlesAI', 'PriceOptimizer', 'BundleEngine']],
      total_cost: 10,
      v_star: { best: 30.3, med: 19.6, worst: 5 },
      regrets: { best: 0, med: 0.7, worst: 2 },
      independent_regret: { value: 7.6, best_reply: ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer'] },
    });
    expect(bruteForce(worked).least).toBe(7.6);
  });
});

describe('what must not change the answer', () => {
  const instances = instanceClasses.map((kind) => intervalInstance(kind, 14, 1, { range: 100, spread: 0.3, tightness: 0.5 }));

  it('the order of the initiatives', () => {
    for (const problem of instances) {
      const [there, back] = [interval(problem), interval({ ...problem, candidates: [...problem.candidates].reverse() })];
      expect(back.objective_value).toBe(there.objective_value);
      expect(ordered([back.selected_initiatives])).toEqual(ordered([there.selected_initiatives]));
      expect(ordered(back.ties)).toEqual(ordered(there.ties));
    }
  });

  it('the unit of returns and of costs', () => {
    for (const problem of instances) {
      const scaled = problem.candidates.map((c) => ({ ...c, R_best: 100 * c.R_best, R_med: 100 * c.R_med, R_worst: 100 * c.R_worst, cost: 7 * c.cost }));
      const [once, other] = [interval(problem), interval({ ...problem, candidates: scaled, budget: 7 * problem.budget })];
      expect(other.objective_value).toBe(100 * (once.objective_value ?? NaN));
      expect(other.selected_initiatives).toEqual(once.selected_initiatives);
      expect(other.ties).toEqual(once.ties);
    }
  });

  it('an initiative beyond the budget', () => {
    for (const problem of instances) {
      const more = [...problem.candidates, row('z', problem.budget + 1, 1000, 500, 100)];
      expect(interval({ ...problem, candidates: more }).selected_initiatives).toEqual(interval(problem).selected_initiatives);
    }
  });

  it('a point in place of an interval makes it the usual knapsack, without regret', () => {
    for (const problem of instances) {
      const points = problem.candidates.map((c) => ({ ...c, R_best: c.R_med, R_worst: c.R_med }));
      const found = interval({ ...problem, candidates: points });
      expect(found.objective_value).toBe(0);
      expect(found.total_actual_returns).toEqual(found.v_star);
    }
  });
});

describe('initiatives that are alike', () => {
  it('has the same answer as looking at everything, ties in order, under any constraints, on 250 small problems', { timeout: 60_000 }, () => {
    const seen = { tied: 0, constrained: 0, capped: 0, infeasible: 0 };
    for (let replication = 0; replication < 250; replication += 1) {
      const problem = problemWithTwins(replication);
      const truth = bruteForce(problem);
      const found = interval(problem);
      const context = `replication ${replication}`;
      if (truth.ties.length === 0) {
        seen.infeasible += 1;
        expect(found.status, context).toBe('infeasible');
        continue;
      }
      expect(found.status, context).toBe('optimal');
      expect(found.objective_value, context).toBe(truth.least);
      const listed = ordered([found.selected_initiatives, ...found.ties]);
      expect(listed, context).toEqual(truth.ties.slice(0, listed.length));
      expect(found.ties_capped, context).toBe(listed.length < truth.ties.length);
      for (const portfolio of found.portfolios) expect(portfolio.objective_value, context).toBe(truth.regretOf(portfolio.ids));
      expect(new Set(found.portfolios.map(({ ids }) => ids.join(' '))).size, context).toBe(found.portfolios.length);
      if (truth.ties.length > 2) seen.tied += 1;
      if (Object.keys(problem.constraints ?? {}).length > 1) seen.constrained += 1;
      if (problem.benchmark === 'same-feasible-set') seen.capped += 1;
    }
    expect(Object.values(seen).every((count) => count > 15), JSON.stringify(seen)).toBe(true);
  });

  it('proves the closed form for 12 to 60 of one kind, and lists the first ties by ids', { timeout: 60_000 }, () => {
    for (const [n, held, spare] of [[12, 6, 0], [16, 8, 0], [20, 10, 5], [60, 30, 5]] as const) {
      const same = Array.from({ length: n }, (_, i) => row(`i${String(i).padStart(2, '0')}`, 10, 30, 20, 10, 0.9));
      const found = interval(asProblem(same, 10 * held + spare));
      // Half are held at 10 each while the other half, which a reply can afford, bring 10 + 0.9 * 20.
      expect(found, `${n}`).toMatchObject({ status: 'optimal', objective_value: 18 * held, total_cost: 10 * held, ties_capped: true });
      expect([found.selected_initiatives, ...found.ties], `${n}`).toEqual(firstOf(same.map(({ id }) => id), held, 201));
    }
  });

  it('proves 15 pairs that the search without exchanges would have to tell apart', { timeout: 60_000 }, () => {
    const { candidates } = intervalInstance('weakly', 15, 3, { range: 100, spread: 0.3, tightness: 0.5 });
    const pairs = candidates.flatMap((candidate) => [candidate, { ...candidate, id: `${candidate.id} too` }]);
    const found = interval(asProblem(pairs, Math.floor(candidates.reduce((sum, { cost }) => sum + cost, 0))));
    expect(found.status).toBe('optimal');
    for (const { id } of candidates) if (found.selected_initiatives.includes(`${id} too`)) expect(found.selected_initiatives).toContain(id);
  });
});

/** The first `count` sets of `size` of the ids, in the order of their lists. */
function firstOf(ids: readonly string[], size: number, count: number): string[][] {
  const sets: string[][] = [];
  const extend = (held: string[], from: number): void => {
    if (held.length === size) sets.push(held);
    for (let i = from; i <= ids.length - (size - held.length) && held.length < size && sets.length < count; i += 1) extend([...held, ids[i] as string], i + 1);
  };
  extend([], 0);
  return sets;
}

describe('the search', () => {
  it('stops at its node limit with a portfolio, a bound below its regret and the gap between', () => {
    const problem = intervalInstance('strongly', 24, 2, { range: 100, spread: 0.3, tightness: 0.5 });
    const whole = interval(problem);
    const cut = interval({ ...problem, rule_parameters: { max_nodes: 3 } });
    expect(whole.status).toBe('optimal');
    expect(cut.status).toBe('node_limit');
    expect(cut.reason).toContain('node limit');
    const { bound, gap } = cut.proof ?? { bound: NaN, gap: NaN };
    expect(gap).toBeGreaterThan(0);
    expect(bound).toBeGreaterThan(0);
    expect(bound + gap).toBe(cut.objective_value);
    expect(bound).toBeLessThanOrEqual(whole.objective_value ?? NaN);
    expect(cut.objective_value).toBeGreaterThanOrEqual(whole.objective_value ?? NaN);
    expect(cut.independent_regret?.value).toBe(cut.objective_value);
  });

  it('answers the same twice', () => {
    const problem = intervalInstance('weakly', 22, 5, { range: 1000, spread: 0.2, tightness: 0.45 });
    expect(interval(problem)).toEqual(interval(problem));
  });

  it('lists 200 of more ties, and still chooses the cheapest and first by ids', () => {
    const same = Array.from({ length: 12 }, (_, i) => row(`i${String(i).padStart(2, '0')}`, i < 6 ? 2 : 1, 5, 4, 3));
    const found = interval(asProblem(same, 6));
    expect(found.selected_initiatives).toEqual(['i06', 'i07', 'i08', 'i09', 'i10', 'i11']);
    const worthless = Array.from({ length: 11 }, (_, i) => row(`i${String(i).padStart(2, '0')}`, 1, 0, 0, 0));
    const nothing = interval(asProblem(worthless, 11));
    expect(nothing).toMatchObject({ status: 'optimal', objective_value: 0, selected_initiatives: [], ties_capped: true });
    expect(nothing.ties).toHaveLength(200);
    expect(nothing.ties.slice(0, 11)).toEqual(worthless.map(({ id }) => [id]));
  });
});

describe('what it cannot answer', () => {
  it('says which initiative is funded in shares, and what to do', () => {
    const problem = { ...worked, candidates: worked.candidates.map((c) => ({ ...c, divisible: c.id === 'TitlesAI' })) };
    expect(() => interval(problem)).toThrow(InputError);
    expect(() => interval(problem)).toThrow(/TitlesAI.*indivisible/);
  });

  it('says how far a floor that cannot be met is out of reach', () => {
    const found = interval({ ...worked, min_portfolio_worst_return: 6 });
    expect(found).toMatchObject({ status: 'infeasible', objective_value: null, selected_initiatives: [], attainable_worst_return: 5, independent_regret: null });
    expect(found.reason).toContain('5');
  });

  it('funds nothing where there is nothing, and says why', () => {
    expect(interval(asProblem([], 10))).toMatchObject({ status: 'optimal', objective_value: 0, selected_initiatives: [] });
    expect(interval(asProblem([row('a', 3, -1, -2, -3)], 5))).toMatchObject({ objective_value: 0, selected_initiatives: [], total_cost: 0 });
    expect(interval(asProblem([row('a', 9, 1, 1, 1)], 5)).reason).toContain('budget');
  });
});

/** Every portfolio, judged by a knapsack by dynamic programming over budgets; whole costs and returns, all confidences 1. */
function leastRegretByTables({ candidates, budget }: AllocationProblem): number {
  let least = Infinity;
  const table = new Float64Array(budget + 1);
  for (let mask = 0; mask < 2 ** candidates.length; mask += 1) {
    const isChosen = (i: number) => ((mask >> i) & 1) === 1;
    const [cost, own] = candidates.reduce(([c, w], candidate, i) => (isChosen(i) ? [c + candidate.cost, w + candidate.R_worst] : [c, w]), [0, 0]);
    if (cost > budget) continue;
    table.fill(0);
    candidates.forEach((candidate, i) => {
      const worth = isChosen(i) ? candidate.R_worst : candidate.R_best;
      for (let b = budget; b >= candidate.cost; b -= 1) table[b] = Math.max(table[b] as number, (table[b - candidate.cost] as number) + worth);
    });
    least = Math.min(least, (table[budget] as number) - own);
  }
  return least;
}
