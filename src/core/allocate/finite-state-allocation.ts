import { defineParameters } from '../contracts/parameter.ts';
import type { Aim } from './aim.ts';
import { allocationOf, conflicted, rowsListed, tiesListed, type SecondOpinion } from './allocation-report.ts';
import type { Allocation, AllocationProblem } from './decision-rule.ts';
import { divisibleAllocation } from './divisible/divisible-allocation.ts';
import { enumerationLimit } from './search/enumerate.ts';
import { byEnumeration, bySearch, programOf, type FiniteQuestion } from './search/finite-state-answer.ts';
import { freeRows, type FreeRows } from './search/free-rows.ts';
import type { MinimaxProgram } from './search/minimax-program.ts';
import { objectiveOf } from './objective.ts';
import { rowConstraints } from './side-constraints.ts';
import { solverAnswer } from './search/solver-answer.ts';
import type { Solver } from './solver.ts';
import { stakesOf } from './stakes.ts';

export const searchParameters = defineParameters({
  max_nodes: {
    kind: 'integer',
    label: 'Search nodes',
    help: 'Above 20 initiatives: decisions after which the search stops with the best portfolio and the bound it has.',
    min: 1,
    max: 1_000_000_000,
    default: 20_000_000,
  },
});

/**
 * The exact answer of a rule on the states best, med and worst, within the budget, the floor on worst returns and the side
 * constraints; with shares where an eligible initiative is divisible.
 *
 * Up to 20 eligible and affordable initiatives every portfolio is looked at; above, branch and bound proves the answer. The
 * solver, where one is given, is asked as well and its answer reported; it decides only where the search ran out of nodes.
 */
export function finiteStateAllocation(problem: AllocationProblem, aim: Aim, { max_nodes: maxNodes }: { readonly max_nodes: number }, solver: Solver | null): Allocation {
  if (mayDivide(problem)) return divisibleAllocation(problem, aim, { max_nodes: maxNodes });
  const stakes = stakesOf(problem);
  const constraints = rowConstraints(problem, stakes.ids);
  const objective = objectiveOf(aim, stakes);
  if (constraints !== null && constraints.conflicts.length > 0) return conflicted(problem, stakes, constraints.conflicts);
  const question: FiniteQuestion = { stakes, constraints, benchmark: problem.benchmark ?? 'budget-only', worth: objective.worth };
  let opinion: SecondOpinion | null = null;
  const askSolver = (program: MinimaxProgram, free: FreeRows) => {
    const n = program.costs.values.length;
    if (solver === null || n === 0) return null;
    const nodes = solverNodes(n);
    const answer = solverAnswer(program, solver, nodes);
    opinion = { solver: solver.name, nodes, answer, whole: free.whole };
    return answer;
  };
  const enumerates = stakes.ids.length <= enumerationLimit;
  const answer = enumerates
    ? byEnumeration(question, tiesListed + 1 + rowsListed)
    : bySearch(question, { ties: tiesListed + 1, rows: rowsListed, maxNodes, askSolver });
  if (enumerates && answer.ranked.length > 0) {
    const free = freeRows(stakes, constraints);
    askSolver(programOf(question, free, answer.vStar), free);
  }
  return allocationOf(problem, { stakes, constraints, objective, answer, opinion, maxNodes });
}

/** Whether shares are in play. */
export function mayDivide({ candidates, min_confidence_threshold: threshold }: AllocationProblem): boolean {
  return candidates.some(({ divisible, confidence }) => divisible === true && confidence >= threshold);
}

/** HiGHS rarely needs a hundred for 200 initiatives; beyond, each takes it longer. */
function solverNodes(n: number): number {
  return Math.min(2_000, Math.max(1, Math.floor(80_000_000 / (n * n))));
}
