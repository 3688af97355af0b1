import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate } from '../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../src/core/allocate/index.ts';
import type { Solver } from '../../src/core/allocate/solver.ts';
import { states } from '../../src/core/contracts/shared-types.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';

/** Money in whole cents and confidence in whole percent, so that the naive search below is exact in plain integers. */
type Initiative = { readonly id: string; readonly cost: number; readonly best: number; readonly med: number; readonly worst: number; readonly confidence: number };
type Instance = { readonly initiatives: readonly Initiative[]; readonly budget: number; readonly floor: number | null };

const ids = ['a', 'b', 'c-1', 'c_1', 'D', 'e', 'f', 'g9', 'g10', 'H'] as const;
const initiative = (span: number) =>
  fc.record({ cost: fc.integer({ min: 1, max: span }), returns: fc.tuple(...([0, 1, 2].map(() => fc.integer({ min: -span, max: 2 * span })) as [fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>])), confidence: fc.integer({ min: 0, max: 100 }) });
// A small span makes ties and exact fits common, a large one makes them rare.
const anyInstance: fc.Arbitrary<Instance> = fc.constantFrom(4, 50, 300_000).chain((span) =>
  fc.record({
    initiatives: fc.array(initiative(span), { maxLength: ids.length }).map((list) =>
      list.map(({ cost, returns, confidence }, i) => {
        const [worst, med, best] = [...returns].sort((x, y) => x - y) as [number, number, number];
        return { id: ids[i] as string, cost, best, med, worst, confidence };
      }),
    ),
    budget: fc.integer({ min: 0, max: 5 * span }),
    floor: fc.option(fc.integer({ min: -span, max: 3 * span })),
  }),
);

describe('minimax regret on any instance in cents', () => {
  it('is what a naive exhaustive search finds: benchmarks, choice, ties and regrets, to the cent of a percent', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const result = allocate(problem(instance), null);
        const expected = naive(instance);
        states.forEach((state, j) => {
          expect(result.v_star[state]).toBe(money(expected.vStar[j] as number));
          expect([...result.v_star_portfolios[state]].sort()).toEqual(expected.vStarPortfolios[j]);
        });
        if (expected.optimal.length === 0) {
          expect(result).toMatchObject({ status: 'infeasible', selected_initiatives: [], objective_value: null, attainable_worst_return: expected.attainable / 100 });
          return;
        }
        expect(result.status).toBe('optimal');
        expect(result.objective_value).toBe(money(expected.objective));
        const listed = [result.selected_initiatives, ...result.ties].map((list) => [...list].sort());
        expect(listed).toEqual(expected.optimal.slice(0, 201));
        expect(result.ties_capped).toBe(expected.optimal.length > 201);
        expect(result.independent_regret?.value).toBe(money(expected.independent));
      }),
      { numRuns: 600 },
    );
  });

  it('does not depend on the order of the initiatives', () => {
    fc.assert(
      fc.property(anyInstance, fc.integer(), (instance, turn) => {
        const { initiatives } = instance;
        const start = initiatives.length === 0 ? 0 : Math.abs(turn) % initiatives.length;
        const turned = { ...instance, initiatives: [...initiatives.slice(start), ...initiatives.slice(0, start)].reverse() };
        const [one, other] = [allocate(problem(instance), null), allocate(problem(turned), null)];
        expect([...other.selected_initiatives].sort()).toEqual([...one.selected_initiatives].sort());
        expect(other.ties.map((tie) => [...tie].sort())).toEqual(one.ties.map((tie) => [...tie].sort()));
        expect(other.objective_value).toBe(one.objective_value);
      }),
      { numRuns: 200 },
    );
  });

  it('asks names only to choose between portfolios of equal regret and cost', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const renamed = { ...instance, initiatives: instance.initiatives.map((entry, i) => ({ ...entry, id: ids[ids.length - 1 - i] as string })) };
        const [one, other] = [allocate(problem(instance), null), allocate(problem(renamed), null)];
        expect(other.status).toBe(one.status);
        expect(other.objective_value).toBe(one.objective_value);
        expect(other.total_cost).toBe(one.total_cost);
        expect(other.ties.length).toBe(one.ties.length);
      }),
      { numRuns: 200 },
    );
  });

  it('chooses the same in a hundredfold currency', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const one = allocate(problem(instance), null);
        const scaled = allocate(problem(instance, 1), null);
        expect(scaled.selected_initiatives).toEqual(one.selected_initiatives);
        expect(scaled.ties).toEqual(one.ties);
        if (one.objective_value !== null) expect(scaled.objective_value).toBe(Number(`${one.objective_value}e2`));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the solver as a second opinion', () => {
  let solver: Solver;
  beforeAll(async () => {
    solver = await loadHighsSolver();
  });

  it('agrees with the exhaustive search', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const { proof } = allocate(problem(instance), solver);
        if (proof === null) return;
        expect(proof.solver_note).toBeUndefined();
        if (proof.portfolios_enumerated !== 1) expect(proof.solver?.agrees).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

function problem({ initiatives, budget, floor }: Instance, unit = 0.01): AllocationProblem {
  const inUnit = (value: number) => (unit === 1 ? value : Number(`${value}e-2`));
  const candidates = initiatives.map(
    ({ id, cost, best, med, worst, confidence }): Candidate => ({ id, cost: inUnit(cost), R_best: inUnit(best), R_med: inUnit(med), R_worst: inUnit(worst), confidence: confidence / 100 }),
  );
  return {
    candidates,
    budget: inUnit(budget),
    min_confidence_threshold: 0,
    min_portfolio_worst_return: floor === null ? null : inUnit(floor),
    rule: 'minimax_regret',
    rule_parameters: {},
  };
}

/** From hundredths of a cent (cents times percent) to money. */
function money(value: number): number {
  return Number(`${value}e-4`);
}

function naive({ initiatives, budget, floor }: Instance) {
  const portfolios = initiatives.reduce<Initiative[][]>((all, entry) => [...all, ...all.map((some) => [...some, entry])], [[]]);
  const total = (list: readonly Initiative[], figure: (entry: Initiative) => number) => list.reduce((sum, entry) => sum + figure(entry), 0);
  const cost = (list: readonly Initiative[]) => total(list, (entry) => entry.cost);
  const effective = (state: 'best' | 'med' | 'worst') => (entry: Initiative) => entry.confidence * entry[state] + (100 - entry.confidence) * entry.worst;
  const affordable = portfolios.filter((list) => cost(list) <= budget);
  const vStar = states.map((state) => Math.max(...affordable.map((list) => total(list, effective(state)))));
  const regret = (list: readonly Initiative[]) => Math.max(...states.map((state, j) => (vStar[j] as number) - total(list, effective(state))));
  const names = (list: readonly Initiative[]) => list.map(({ id }) => id).sort();
  const allowed = affordable.filter((list) => floor === null || total(list, (entry) => entry.worst) >= floor);
  const objective = Math.min(...allowed.map(regret));
  const inOrder = (lists: readonly Initiative[][]) => [...lists].sort((x, y) => cost(x) - cost(y) || compareLists(names(x), names(y))).map(names);
  const optimal = inOrder(allowed.filter((list) => regret(list) === objective));
  const vStarPortfolios = states.map((state, j) => inOrder(affordable.filter((list) => total(list, effective(state)) === vStar[j]))[0]);
  const choice = new Set(optimal[0]);
  const turnsOut = (entry: Initiative) => effective(choice.has(entry.id) ? 'worst' : 'best')(entry);
  const independent = Math.max(...affordable.map((list) => total(list, turnsOut))) - total(initiatives.filter(({ id }) => choice.has(id)), effective('worst'));
  return { vStar, vStarPortfolios, objective, optimal, independent, attainable: Math.max(...affordable.map((list) => total(list, (entry) => entry.worst))) };
}

function compareLists(x: readonly string[], y: readonly string[]): number {
  const differs = x.findIndex((value, i) => value !== y[i]);
  if (differs < 0) return x.length - y.length;
  const other = y[differs];
  return other === undefined || (x[differs] as string) > other ? 1 : -1;
}
