import { objectiveOf } from '../objective.ts';
import { portfoliosWithin } from '../search/branch-and-bound.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { benchmarksOf, programOf, type FiniteQuestion } from '../search/finite-state-answer.ts';
import { freeRows } from '../search/free-rows.ts';
import { shortfall, type MinimaxProgram } from '../search/minimax-program.ts';
import { bestPrices, neighbouringPrices } from '../search/relaxation.ts';
import { rowConstraints } from '../side-constraints.ts';
import { stakesOf } from '../stakes.ts';
import type { Holding } from './explanations.ts';
import { withForced } from './forced-choices.ts';
import { optimisedAim } from './optimised-aim.ts';

export type SearchedHoldings = {
  readonly limit: number;
  readonly count: number;
  readonly capped: boolean;
  readonly of: (id: string) => { readonly count: number; readonly standing: Holding['standing'] };
};

/**
 * The portfolios whose loss is within the limit, by depth-first search; where there are more than `mostListed` (or the search
 * runs out of nodes) they are a part of them, the cheapest found. Which initiatives all hold and which none does is then settled
 * by looking for one portfolio that does otherwise: those for which none was found, and not ruled out, count as borderline.
 *
 * `chosen` is the best portfolio, `limitFrom` gives the largest loss that counts from the least one.
 */
export function searchedHoldings(
  problem: AllocationProblem,
  chosen: readonly string[],
  limitFrom: (least: number, objective: (loss: number) => number) => number,
): SearchedHoldings | null {
  const aim = optimisedAim(problem);
  if (aim === null) return null;
  const stakes = stakesOf(problem);
  const { worth, money } = objectiveOf(aim, stakes);
  const objective = (loss: number) => money(worth === null ? loss : 0 - loss);
  const constraints = rowConstraints(problem, stakes.ids);
  const question: FiniteQuestion = { stakes, constraints, benchmark: problem.benchmark ?? 'budget-only', worth };
  const free = freeRows(stakes, constraints);
  const { vStar } = benchmarksOf(question, benchmarkNodes);
  const program = programOf(question, free, vStar);
  const names = new Set(chosen);
  const least = shortfall(program, free.part(Uint8Array.from(stakes.ids, (id) => (names.has(id) ? 1 : 0))));
  const limit = limitFrom(least, objective);
  const { list, complete } = within(program, least, limit, mostListed, nodesForAll);
  const portfolios = list.map(({ x }) => free.whole(x));
  const capped = !complete || list.length === mostListed;
  const isRuledOut = (id: string, isIn: boolean) => {
    const asked = withForced(problem, id, isIn);
    const forced = rowConstraints(asked, stakes.ids);
    if (forced !== null && forced.conflicts.length > 0) return true;
    const found = within(programOf(question, freeRows(stakes, forced), vStar), least, limit, 1, nodesForOne);
    return found.complete && found.list.length === 0;
  };
  const rows = new Map(stakes.ids.map((id, i) => [id, i]));
  const of = (id: string) => {
    const row = rows.get(id);
    if (row === undefined) return { count: 0, standing: 'exterior' as const };
    const count = portfolios.filter((x) => x[row] === 1).length;
    const isUnanimous = count === 0 || count === portfolios.length;
    if (!isUnanimous || (capped && !isRuledOut(id, count === 0))) return { count, standing: 'borderline' as const };
    return { count, standing: count === 0 ? ('exterior' as const) : ('core' as const) };
  };
  return { limit: objective(limit), count: portfolios.length, capped, of };
}

const mostListed = 2_000;
const nodesForAll = 400_000;
const nodesForOne = 100_000;
const benchmarkNodes = 20_000_000;

function within(program: MinimaxProgram, attained: number, limit: number, capacity: number, maxNodes: number) {
  const root = bestPrices(program, attained, () => attained);
  return portfoliosWithin(program, [root, ...neighbouringPrices(program, root)], limit, capacity, maxNodes);
}
