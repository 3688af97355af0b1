import { describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate, SideConstraints } from '../../../../src/core/allocate/decision-rule.ts';
import { byEnumeration, bySearch, type FiniteQuestion } from '../../../../src/core/allocate/search/finite-state-answer.ts';
import { objectiveOf } from '../../../../src/core/allocate/objective.ts';
import { rowConstraints } from '../../../../src/core/allocate/side-constraints.ts';
import { stakesOf } from '../../../../src/core/allocate/stakes.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';

const drawing = (purpose: string) => {
  const { uniform } = namedStream({ seed: 'finite states', initiative: '', stage: 'pilot', replication: 0, purpose });
  return (low: number, high: number) => low + Math.floor((high - low + 1) * uniform());
};
type Draw = ReturnType<typeof drawing>;

function randomQuestion(draw: Draw, n: number, turn: number): FiniteQuestion | null {
  const span = turn % 3 === 0 ? 2 : 100_000;
  // Thirds have no common unit: what they cost together is settled exactly.
  const cost = () => (turn % 7 === 0 ? draw(1, span) / 3 : draw(1, span));
  const candidates = Array.from({ length: n }, (_, i): Candidate => {
    const [R_worst, R_med, R_best] = [draw(-span, 2 * span), draw(-span, 2 * span), draw(-span, 2 * span)].sort((x, y) => x - y) as [number, number, number];
    return { id: `i${i}`, cost: cost(), R_best, R_med, R_worst, confidence: turn % 3 === 0 ? draw(0, 2) / 2 : draw(0, 100) / 100, category: 'xyz'[draw(0, 2)] as string };
  });
  const some = () => `i${draw(0, n - 1)}`;
  const constraints: Partial<SideConstraints> =
    turn % 5 === 0
      ? {}
      : {
          required: draw(0, 3) === 0 ? [some()] : [],
          exclusive: draw(0, 1) === 0 ? [[some(), some(), some()]] : [],
          prerequisites: draw(0, 1) === 0 ? [{ id: 'i0', requires: 'i1' }, { id: 'i2', requires: 'i0' }] : [],
          at_most: draw(0, 1) === 0 ? draw(1, n) : null,
          category_caps: draw(0, 1) === 0 ? [{ category: 'x', max_initiatives: draw(0, 3), max_cost: turn % 7 === 0 ? draw(1, 2 * span) / 3 : draw(1, 2 * span) }] : [],
        };
  const problem: AllocationProblem = {
    candidates,
    budget: turn % 7 === 0 ? candidates.slice(0, 3).reduce((sum, candidate) => sum + candidate.cost, 0) : draw(1, n * span) / 3,
    min_confidence_threshold: 0,
    min_portfolio_worst_return: draw(0, 2) === 0 ? draw(-span, 2 * span) : null,
    rule: '',
    rule_parameters: {},
    constraints,
  };
  const stakes = stakesOf(problem);
  const resolved = rowConstraints(problem, stakes.ids);
  if (resolved !== null && resolved.conflicts.length > 0) return null;
  const { worth } = objectiveOf(turn % 2 === 0 ? { kind: 'regret' } : { kind: 'return', worth: ({ med }) => med }, stakes);
  return { stakes, constraints: resolved, benchmark: turn % 4 < 2 ? 'budget-only' : 'same-feasible-set', worth };
}

describe('the search', () => {
  it('finds what enumeration finds, under any constraints, benchmark and aim', () => {
    const draw = drawing('agreement');
    let [compared, refused, tied] = [0, 0, 0];
    for (let turn = 0; turn < 700; turn += 1) {
      const question = randomQuestion(draw, 3 + (turn % 9), turn);
      if (question === null) continue;
      const all = byEnumeration(question, 400);
      const found = bySearch(question, { ties: 300, rows: 5, maxNodes: 10_000_000, askSolver: () => null });
      const { vStar, vStarDoubt, attainableWorst, attainableBound } = all;
      expect(found).toMatchObject({ vStar, vStarDoubt, attainableWorst, attainableBound, isCanonical: true, tiesComplete: true });
      expect(found.isConstrained).toBe(all.isConstrained);
      const best = all.ranked[0]?.objective;
      const optimal = (ranked: typeof all.ranked) => ranked.filter(({ objective }) => objective === best).map(({ x }) => x.join(''));
      expect(optimal(found.ranked)).toEqual(optimal(all.ranked));
      if (best !== undefined) expect(found.bound).toBe(best);
      compared += 1;
      refused += best === undefined ? 1 : 0;
      tied += optimal(all.ranked).length > 1 ? 1 : 0;
    }
    expect(compared).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(20);
    expect(tied).toBeGreaterThan(20);
  });

  it('has bounds that hold wherever it stops, for the choice and for V*', () => {
    const draw = drawing('stopping');
    for (let turn = 0; turn < 16; turn += 1) {
      const question = randomQuestion(draw, 16, 2 * turn + 1 + (turn % 2));
      if (question === null) continue;
      const all = byEnumeration(question, 1);
      const [best] = all.ranked;
      for (const maxNodes of [1, 20, 400]) {
        const found = bySearch(question, { ties: 10, rows: 2, maxNodes, askSolver: () => null });
        const [choice] = found.ranked;
        found.vStar.forEach((value, j) => {
          expect(value).toBeLessThanOrEqual(all.vStar[j] as number);
          if (found.isConstrained === all.isConstrained) expect(value + found.vStarDoubt).toBeGreaterThanOrEqual(all.vStar[j] as number);
        });
        if (choice === undefined) {
          if (found.attainableBound < (question.stakes.floor ?? -Infinity)) expect(best).toBeUndefined();
        } else if (best === undefined) throw new Error('a choice where there is none');
        else if (question.worth !== null) {
          expect(found.bound).toBeLessThanOrEqual(best.objective);
          expect(choice.objective).toBeGreaterThanOrEqual(best.objective);
        } else expect(found.bound).toBeLessThanOrEqual(best.objective);
      }
    }
  });
});
