import { describe, expect, it } from 'vitest';
import type { AllocationProblem } from '../../src/core/allocate/decision-rule.ts';
import { askedSwitch } from '../../src/core/allocate/explain/asked-switch.ts';
import { confidenceSwitches } from '../../src/core/allocate/explain/confidence-switches.ts';
import { forcedChoices } from '../../src/core/allocate/explain/forced-choices.ts';
import { frontier } from '../../src/core/allocate/explain/frontier.ts';
import { menuExample } from '../../src/core/allocate/explain/menu-example.ts';
import { searchedHoldings } from '../../src/core/allocate/explain/near-optimal-search.ts';
import { nearOptimal } from '../../src/core/allocate/explain/near-optimal.ts';
import { allocate } from '../../src/core/allocate/index.ts';
import { problemOf, randomInstance, ruleIds, type RuleId } from './allocation-instances.ts';
import { naiveAllocation, type NaiveInstance } from './naive-allocation.ts';

const summed = ['minimax_regret', 'bayesian', 'maximin', 'maximax', 'hurwicz'] as const satisfies readonly RuleId[];

function instances(rule: RuleId, count: number, most = 7): readonly { readonly number: number; readonly instance: NaiveInstance; readonly problem: AllocationProblem }[] {
  return Array.from({ length: count }, (_, number) => {
    const instance = randomInstance(number, { rule, size: { least: 1, most } });
    return { number, instance, problem: problemOf(instance) };
  });
}

describe.each(ruleIds)('an initiative forced in or out under %s', (rule) => {
  it('leaves the best of the portfolios with it or without it, by a naive search', () => {
    for (const { number, instance, problem } of instances(rule, 12, 6)) {
      // The benchmark stays that of the problem as it is: the naive search knows no such thing for the other one.
      const question = { ...instance, benchmark: 'budget-only' } as const;
      for (const choice of forcedChoices({ ...problem, benchmark: 'budget-only' })) {
        const { constraints } = question;
        const within = naiveAllocation({ ...question, constraints: { ...constraints, required: [...constraints.required, choice.id] } });
        const without = naiveAllocation({ ...question, constraints: { ...constraints, excluded: [...constraints.excluded, choice.id] } });
        const money = (answer: typeof within) => (answer.isFeasible ? Number(`${answer.objective}e${answer.objectiveExponent - 2}`) : null);
        const sorted = (ids: readonly string[] | null) => (ids === null ? undefined : [...ids].sort());
        expect([number, choice.regret_in, choice.regret_out, sorted(choice.portfolio_in), sorted(choice.portfolio_out)]).toEqual([number, money(within), money(without), within.optimal[0], without.optimal[0]]);
        expect([choice.reason_in === null, choice.reason_out === null]).toEqual([within.isFeasible, without.isFeasible]);
      }
    }
  });
});

describe('the benchmark of a forced choice', () => {
  it('stays that of the problem as it is where it respects the constraints', () => {
    for (const { instance, problem } of instances('minimax_regret', 20)) {
      const asked = { ...problem, benchmark: 'same-feasible-set' } as const;
      const now = allocate(asked, null);
      if (now.objective_value === null) continue;
      const { vStar, returnsOf } = naiveAllocation({ ...instance, benchmark: 'same-feasible-set' });
      for (const { held, regret_in, regret_out, portfolio_in } of forcedChoices(asked)) {
        expect(held ? regret_in : regret_out).toBe(now.objective_value);
        const returns = portfolio_in === null ? null : returnsOf(portfolio_in);
        if (returns !== null) expect(regret_in).toBe(Number(`${Math.max(...vStar.map((value, j) => value - (returns[j] as number)))}e-8`));
      }
    }
  });
});

describe.each(summed)('the confidence at which an initiative enters under %s', (rule) => {
  it('is where the answer takes it in: in some best portfolio from there on, in all of them from where it is sure', () => {
    let switches = 0;
    for (const { number, problem } of instances(rule, 9, 6)) {
      for (const found of confidenceSwitches(problem)) {
        const { id, enters_at: enters, sure_from: sure } = found;
        expect(found.standing).not.toBe('unavailable');
        if (found.standing === 'switches') switches += 1;
        const near = [enters, sure].flatMap((at) => (at === null ? [] : [at - 2e-6, at + 2e-6]));
        for (const confidence of [0, 0.2, 0.45, 0.61, 0.83, 1, ...near]) {
          if (confidence < 0 || confidence > 1 || [enters, sure].some((at) => at !== null && Math.abs(confidence - at) < 1.5e-6)) continue;
          const { objective_value, selected_initiatives, ties } = allocate({ ...problem, candidates: problem.candidates.map((candidate) => (candidate.id === id ? { ...candidate, confidence } : candidate)) }, null);
          const best = objective_value === null ? [] : [selected_initiatives, ...ties];
          const holds = [best.some((ids) => ids.includes(id)), best.length > 0 && best.every((ids) => ids.includes(id))];
          expect([number, id, confidence, ...holds]).toEqual([number, id, confidence, enters !== null && confidence > enters, sure !== null && confidence > sure]);
        }
      }
    }
    expect(switches).toBeGreaterThan(0);
  });
});

describe.each(summed)('the frontier under %s', (rule) => {
  it('gives at every breakpoint, just below it and between two what the rule answers there', () => {
    for (const { number, problem } of instances(rule, 8, 5)) {
      const { steps, exact } = frontier(problem);
      expect(exact).toBe(true);
      steps.forEach((step, k) => {
        const before = steps[k - 1];
        const cases = [[step.from, step] as const, [step.to === null ? step.from + 1 : (step.from + step.to) / 2, step] as const, ...(before === undefined ? [] : [[step.from - 0.001, before] as const])];
        for (const [budget, expected] of cases) {
          if (budget < 0) continue;
          const answer = allocate({ ...problem, budget }, null);
          const isChoice = answer.objective_value !== null;
          expect([number, budget, answer.objective_value, isChoice ? answer.selected_initiatives : null]).toEqual([number, budget, expected.objective_value, expected.selected_initiatives]);
          if (isChoice) expect([answer.v_star, answer.total_actual_returns]).toEqual([expected.v_star, expected.returns]);
        }
        if (before !== undefined) expect(JSON.stringify({ ...step, from: 0, to: 0 })).not.toBe(JSON.stringify({ ...before, from: 0, to: 0 }));
      });
    }
  });
});

describe.each(summed)('near-optimal portfolios under %s', (rule) => {
  it('are all within the tolerance, and hold each initiative as often as said', () => {
    for (const { number, instance, problem } of instances(rule, 8, 5)) {
      const near = nearOptimal(problem, 0.1);
      const naive = naiveAllocation(instance);
      expect(near.count > 0).toBe(naive.isFeasible);
      if (!naive.isFeasible) continue;
      const sign = rule === 'minimax_regret' ? 1 : -1;
      const unit = naive.objectiveExponent - 2;
      const room = 0.1 * Math.max(0, ...naive.vStar) * (unit === -10 ? 100 : 1);
      const close = naive.judged.filter(({ objective }) => sign * (objective - naive.objective) <= room + 1e-6);
      expect([number, near.count]).toEqual([number, close.length]);
      for (const { id, count, standing } of near.holdings) {
        const holding = close.filter(({ ids }) => ids.includes(id)).length;
        expect([id, count, standing]).toEqual([id, holding, holding === close.length ? 'core' : holding === 0 ? 'exterior' : 'borderline']);
      }
    }
  });
});

describe('an option nobody picks', () => {
  it('changes the winner, is in neither choice, and leaves the old winner strictly worse', () => {
    let found = 0;
    for (const { problem } of instances('minimax_regret', 40)) {
      const example = menuExample(problem);
      if (example === null) continue;
      found += 1;
      const { option, before, after } = example;
      const largest = (regrets: Readonly<Record<string, number>>) => Math.max(...Object.values(regrets));
      expect(before.selected_initiatives).toEqual(allocate(problem, null).selected_initiatives);
      expect([...before.selected_initiatives, ...after.selected_initiatives]).not.toContain(option.id);
      expect(largest(before.regrets_of_after)).toBeGreaterThan(before.max_regret);
      expect(largest(after.regrets_of_before)).toBeGreaterThan(after.max_regret);
      if (example.source !== 'constructed') continue;
      const widened = allocate({ ...problem, candidates: [...problem.candidates, option] }, null);
      expect([widened.selected_initiatives, widened.objective_value]).toEqual([after.selected_initiatives, after.max_regret]);
    }
    expect(found).toBeGreaterThan(4);
  });
});

describe('the ways for many initiatives', () => {
  it('list the same near-optimal portfolios by search as by looking at all', () => {
    for (const rule of summed) {
      for (const { number, problem } of instances(rule, 12, 8)) {
        const near = nearOptimal(problem, 0.1);
        if (near.count === 0) continue;
        const { selected_initiatives: chosen } = allocate(problem, null);
        const span = Math.abs(near.limit - near.best);
        const limitFrom = (least: number, objective: (loss: number) => number) => lastLoss(least, (loss) => Math.abs(objective(loss) - objective(least)) <= span + 1e-12);
        const searched = searchedHoldings(problem, chosen, limitFrom);
        expect([rule, number, searched?.count, searched?.capped]).toEqual([rule, number, near.count, false]);
        for (const { id, count, standing } of near.holdings) expect([id, searched?.of(id)]).toEqual([id, { count, standing }]);
      }
    }
  });

  it('find the same confidence by asking, to a thousandth', () => {
    for (const { number, problem } of instances('minimax_regret', 10, 5)) {
      for (const { id, enters_at: enters, sure_from: sure } of confidenceSwitches(problem)) {
        const candidate = problem.candidates.find((other) => other.id === id);
        if (candidate === undefined || candidate.cost > problem.budget) continue;
        const asked = askedSwitch(problem, candidate);
        const isNear = (exact: number | null, found: number | null) => (exact === null || found === null ? (exact ?? found ?? 1) > 0.999 : found >= exact - 1e-12 && found <= exact + 0.001);
        expect([number, id, isNear(enters, asked.enters_at), isNear(sure, asked.sure_from)]).toEqual([number, id, true, true]);
      }
    }
  });

  it('explain 24 initiatives too, and say where they were only asked', () => {
    const problem = problemOf(randomInstance(3, { rule: 'minimax_regret', size: { least: 24, most: 24 }, allInPlay: true }));
    const { objective_value: objective, selected_initiatives: chosen } = allocate(problem, null);
    if (objective === null) throw new Error('the instance is to have an answer');
    for (const { id, held, regret_in, regret_out } of forcedChoices(problem)) {
      expect([id, held ? regret_in : regret_out]).toEqual([id, objective]);
      expect([id, held]).toEqual([id, chosen.includes(id)]);
    }
    const near = nearOptimal(problem, 0.01);
    expect(near.best).toBe(objective);
    for (const { id, standing } of near.holdings) expect(chosen.includes(id) ? 'exterior' : 'core').not.toBe(standing);
    const { exact, reason, steps } = frontier(problem);
    expect([exact, reason]).toEqual([false, expect.stringContaining('between them the answer may differ')]);
    expect(steps.find(({ from }) => from === problem.budget)?.objective_value).toBe(objective);
  });
});

/** The largest whole loss from the least one on that is within. */
function lastLoss(least: number, isWithin: (loss: number) => boolean): number {
  let [low, high] = [0, 2 ** 52];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isWithin(least + middle)) low = middle;
    else high = middle;
  }
  return least + low;
}
