import { beforeAll, describe, expect, it } from 'vitest';
import type { Allocation } from '../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../src/core/allocate/index.ts';
import type { Solver } from '../../src/core/allocate/solver.ts';
import { states } from '../../src/core/contracts/shared-types.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { problemOf, randomInstance, ruleIds, type RuleId } from './allocation-instances.ts';
import { disagreements } from './compare-allocations.ts';
import { naiveAllocation, type NaiveInstance } from './naive-allocation.ts';

const small = { least: 0, most: 9 };
// Every rule by the same numbers, so that a failure is looked up by rule and number. `npm run verify:allocation` runs thousands.
const numbers = (count: number) => Array.from({ length: count }, (_, k) => k);

function each(rule: RuleId, count: number, check: (instance: NaiveInstance) => readonly string[]): readonly string[] {
  return numbers(count).flatMap((number) => check(randomInstance(number, { rule, size: small })).map((line) => `${rule} ${number}: ${line}`));
}

describe.each(ruleIds)('%s on any instance in cents', (rule) => {
  it('is what a naive search finds: benchmarks, choice, ties and regrets, to the last digit', () => {
    expect(each(rule, 150, (instance) => disagreements(allocate(problemOf(instance), null), naiveAllocation(instance)))).toEqual([]);
  });

  it('does not depend on the order of the initiatives', () => {
    const turned = (instance: NaiveInstance) => ({ ...instance, rows: [...instance.rows.slice(2), ...instance.rows.slice(0, 2)].reverse() });
    expect(each(rule, 40, (instance) => differences(answer(instance), answer(turned(instance))))).toEqual([]);
  });

  it('chooses the same in a hundredfold currency', () => {
    const check = (instance: NaiveInstance) => {
      const [one, scaled] = [allocate(problemOf(instance), null), allocate(problemOf(instance, 'whole'), null)];
      const hundredfold = one.objective_value === null ? null : Number(`${one.objective_value}e2`);
      // A mean of thirds has no last digit to agree in.
      const isClose = hundredfold === null ? scaled.objective_value === null : Math.abs((scaled.objective_value ?? NaN) - hundredfold) <= 1e-12 * Math.abs(hundredfold);
      const sameChoice = JSON.stringify([one.selected_initiatives, one.ties]) === JSON.stringify([scaled.selected_initiatives, scaled.ties]);
      return isClose && sameChoice ? [] : [`${one.selected_initiatives.join()} at ${one.objective_value ?? 'none'}, ${scaled.selected_initiatives.join()} at ${scaled.objective_value ?? 'none'}`];
    };
    expect(each(rule, 40, check)).toEqual([]);
  });

  it('asks names only to choose between portfolios of equal merit and cost', () => {
    const check = (instance: NaiveInstance) => {
      const names = instance.rows.map(({ id }) => id);
      const renamed = new Map(names.map((id, i) => [id, `n${String(names.length - i).padStart(2, '0')}`]));
      const [one, other] = [allocate(problemOf(instance), null), allocate(problemOf(withNames(instance, renamed)), null)];
      const figures = ({ status, objective_value, total_cost, ties }: Allocation) => JSON.stringify([status, objective_value, total_cost, ties.length]);
      return rule === 'greedy_roi' || figures(one) === figures(other) ? [] : [`${figures(one)} became ${figures(other)}`];
    };
    expect(each(rule, 40, check)).toEqual([]);
  });
});

describe('every answer', () => {
  it('is regretted at least as much by independent intervals as by common states', () => {
    const check = (instance: NaiveInstance) => {
      const { regrets, independent_regret: independent } = allocate(problemOf(instance), null);
      return independent === null || states.every((state) => independent.value >= regrets[state]) ? [] : [`${independent.value} below ${JSON.stringify(regrets)}`];
    };
    for (const rule of ruleIds) expect(each(rule, 60, check)).toEqual([]);
  });

  it('is no better by the aim of a rule than that rule finds', () => {
    const check = (instance: NaiveInstance) => {
      const ask = (rule: NaiveInstance['rule']) => allocate(problemOf({ ...instance, rule }), null);
      const [regret, interval, maximin, maximax] = [{ id: 'minimax_regret' }, { id: 'interval_minimax_regret' }, { id: 'maximin' }, { id: 'maximax' }].map((rule) => ask(rule as NaiveInstance['rule'])) as [Allocation, Allocation, Allocation, Allocation];
      if (regret.objective_value === null) return [];
      const largest = ({ regrets }: Allocation) => Math.max(...states.map((state) => regrets[state]));
      const others = [regret, interval, maximin, maximax];
      return others.every(
        (other) =>
          largest(other) >= (regret.objective_value ?? NaN) &&
          (other.independent_regret?.value ?? NaN) >= (interval.objective_value ?? NaN) &&
          other.total_actual_returns.worst <= (maximin.objective_value ?? NaN) &&
          other.total_actual_returns.best <= (maximax.objective_value ?? NaN),
      )
        ? []
        : ['a rule is beaten at its own aim'];
    };
    expect(each('minimax_regret', 80, check)).toEqual([]);
  });
});

describe('the solver as a second opinion', () => {
  let solver: Solver;
  beforeAll(async () => {
    solver = await loadHighsSolver();
  });

  it.each(['minimax_regret', 'bayesian', 'maximin', 'maximax', 'hurwicz'] as const)('agrees with the exhaustive search for %s', (rule) => {
    let asked = 0;
    const lines = each(rule, 40, (instance) => {
      const { proof, objective_value } = allocate(problemOf(instance), solver);
      if (proof?.solver == null) return proof?.solver_note === undefined ? [] : [proof.solver_note];
      asked += 1;
      return proof.solver.agrees ? [] : [`${proof.solver.objective_value} instead of ${objective_value ?? 'none'}`];
    });
    expect(lines).toEqual([]);
    expect(asked).toBeGreaterThan(5);
  });
});

function answer(instance: NaiveInstance): Allocation {
  return allocate(problemOf(instance), null);
}

/** Where two answers to the same question differ, but for the order of names. */
function differences(one: Allocation, other: Allocation): readonly string[] {
  const told = (allocation: Allocation) => {
    const lists = [allocation.selected_initiatives, ...allocation.ties].map((ids) => [...ids].sort());
    return JSON.stringify([allocation.status, allocation.objective_value, allocation.total_cost, allocation.v_star, allocation.regrets, lists]);
  };
  const [first, second] = [told(one), told(other)];
  return first === second ? [] : [`${first} became ${second}`];
}

function withNames(instance: NaiveInstance, names: ReadonlyMap<string, string>): NaiveInstance {
  const name = (id: string) => names.get(id) ?? id;
  const { constraints } = instance;
  return {
    ...instance,
    rows: instance.rows.map((row) => ({ ...row, id: name(row.id) })),
    constraints: {
      ...constraints,
      required: constraints.required.map(name),
      excluded: constraints.excluded.map(name),
      exclusive: constraints.exclusive.map((group) => group.map(name)),
      prerequisites: constraints.prerequisites.map(({ id, requires }) => ({ id: name(id), requires: name(requires) })),
    },
  };
}
