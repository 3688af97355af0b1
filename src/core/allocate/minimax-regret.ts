import { defineParameters } from '../contracts/parameter.ts';
import { states, type PerState } from '../contracts/shared-types.ts';
import { minimaxPortfolio, portfoliosWithin } from './branch-and-bound.ts';
import { defineDecisionRule, type Allocation, type Portfolio, type Proof } from './decision-rule.ts';
import { enumerate } from './enumerate.ts';
import { toNumber } from './exact-decimal.ts';
import { independentRegret } from './independent-regret.ts';
import { knapsack } from './knapsack.ts';
import { isFeasible, type MinimaxProgram } from './minimax-program.ts';
import type { Solver } from './solver.ts';
import { solverAnswer } from './solver-answer.ts';
import { idsOf, perState, portfolioRow, stakesOf, type Stakes } from './stakes.ts';

const parameters = defineParameters({
  max_nodes: {
    kind: 'integer',
    label: 'Search nodes',
    help: 'Above 20 initiatives: decisions after which the search stops with the best portfolio and the bound it has.',
    min: 1,
    max: 100_000_000,
    default: 2_000_000,
  },
});

/**
 * Savage's rule on the states best, med and worst: min over portfolios x of max_j (V*_j - sum_i Rt_ij x_i), where Rt is the
 * effective return and V*_j the most that the budget could have returned in state j; the budget and the floor on worst
 * returns hold. Savage 1951, JASA 46; Eisenhauer 2025.
 */
export const minimaxRegret = defineDecisionRule({
  id: 'minimax_regret',
  label: 'Minimax regret',
  summary: 'Funds the affordable portfolio whose largest regret over the states is smallest.',
  parameters,
  reference: 'Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46, 55-67.',
  allocate(problem, { max_nodes: maxNodes }, solver): Allocation {
    const stakes = stakesOf(problem);
    const answer = stakes.ids.length <= enumerationLimit ? byEnumeration(stakes) : bySearch(stakes, maxNodes);
    return allocationOf(stakes, answer, solver, maxNodes);
  },
});

const enumerationLimit = 20;
const tiesListed = 200;
const rowsListed = 12;

/** All in units of the stakes' returns. */
type Answer = {
  readonly vStar: readonly number[];
  readonly vStarPortfolios: readonly Uint8Array[];
  /** By objective, cost and ids; none where the floor cannot be met. */
  readonly ranked: readonly { readonly x: Uint8Array; readonly objective: number }[];
  readonly bound: number;
  readonly proved: boolean;
  readonly tiesComplete: boolean;
  readonly enumerated: number | null;
  readonly attainableWorst: number;
};

function byEnumeration(stakes: Stakes): Answer {
  const regret = (vStar: readonly number[]) => (best: number, med: number, worst: number) =>
    Math.max(0, (vStar[0] as number) - best, (vStar[1] as number) - med, (vStar[2] as number) - worst);
  const found = enumerate(stakes, regret, tiesListed + 1 + rowsListed);
  return {
    vStar: found.vStar.map(({ objective }) => -objective || 0),
    vStarPortfolios: found.vStar.map(({ x }) => x),
    ranked: found.ranked,
    bound: found.ranked[0]?.objective ?? 0,
    proved: true,
    tiesComplete: true,
    enumerated: found.affordable,
    attainableWorst: found.attainableWorst,
  };
}

function bySearch(stakes: Stakes, maxNodes: number): Answer {
  const benchmarks = stakes.returns.map((column) => knapsack(column, stakes.costs));
  const richest = knapsack(stakes.worst, stakes.costs);
  const vStar = benchmarks.map(({ value }) => value);
  const vStarPortfolios = benchmarks.map(({ x }) => x);
  const shared = { vStar, vStarPortfolios, enumerated: null, attainableWorst: richest.value };
  if (stakes.floor !== null && richest.value < stakes.floor) return { ...shared, ranked: [], bound: 0, proved: richest.bound < stakes.floor, tiesComplete: true };
  const program = programOf(stakes, vStar);
  const start = [new Uint8Array(stakes.ids.length), ...vStarPortfolios].find((x) => isFeasible(program, x)) ?? richest.x;
  const found = minimaxPortfolio(program, start, maxNodes);
  const benchmarksProved = benchmarks.every(({ value, bound }) => value === bound);
  const ties = found.proved ? portfoliosWithin(program, found.relaxations, found.objective, tiesListed + 1, maxNodes) : { list: [], complete: false };
  const ranked = ties.list.length > 0 ? ties.list : [{ x: found.x, objective: found.objective }];
  return { ...shared, ranked, bound: Math.max(0, found.bound), proved: found.proved && benchmarksProved, tiesComplete: ties.complete };
}

function allocationOf(stakes: Stakes, answer: Answer, solver: Solver, maxNodes: number): Allocation {
  const { vStar, ranked } = answer;
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  const chosen = ranked[0];
  const shared = {
    rule: 'minimax_regret',
    v_star: perState((j) => money(vStar[j] as number)),
    v_star_portfolios: perState((j) => idsOf(stakes, (i) => answer.vStarPortfolios[j]?.[i] === 1)),
    effective_returns: stakes.effective,
    ineligible: stakes.ineligible,
  };
  if (chosen === undefined) return { ...shared, ...infeasible(stakes, answer, shared.v_star) };
  const row = portfolioRow(stakes, vStar, (i) => chosen.x[i] === 1);
  const ties = ranked.slice(1).filter(({ objective }) => objective === chosen.objective);
  return {
    ...shared,
    status: answer.proved ? 'optimal' : 'node_limit',
    reason: reasonOf(stakes, row, answer.proved),
    selected_initiatives: row.ids,
    total_cost: row.cost,
    objective_value: row.max_regret,
    total_actual_returns: row.returns,
    regrets: row.regrets,
    binding_states: states.filter((state) => row.regrets[state] === row.max_regret),
    ties: ties.slice(0, tiesListed).map(({ x }) => idsOf(stakes, (i) => x[i] === 1)),
    ties_capped: ties.length > tiesListed || !answer.tiesComplete,
    proof: proofOf(stakes, answer, chosen.objective, solver, maxNodes),
    portfolios: listedRows(stakes, answer),
    attainable_worst_return: null,
    independent_regret: independentRegret(stakes, chosen.x),
  };
}

function infeasible(stakes: Stakes, answer: Answer, vStar: PerState<number>) {
  const attainable = toNumber(answer.attainableWorst, stakes.worstExponent);
  return {
    status: 'infeasible' as const,
    reason: `No affordable portfolio reaches the floor on worst returns; the largest that one can have is ${attainable}.`,
    selected_initiatives: [],
    total_cost: 0,
    objective_value: null,
    total_actual_returns: perState(() => 0),
    regrets: vStar,
    binding_states: [],
    ties: [],
    ties_capped: false,
    proof: null,
    portfolios: [],
    attainable_worst_return: attainable,
    independent_regret: null,
  };
}

function reasonOf(stakes: Stakes, row: Portfolio, proved: boolean): string | null {
  if (!proved) return 'The search stopped at its node limit: the proof gives the bound and the gap.';
  if (row.ids.length > 0) return null;
  if (stakes.eligible === 0) return stakes.ineligible.length > 0 ? 'No initiative reaches the confidence threshold.' : 'There are no initiatives to choose from.';
  if (stakes.ids.length === 0) return 'Every eligible initiative costs more than the budget.';
  return 'Funding nothing has the smallest regret: what could be lost outweighs what could be gained.';
}

function proofOf(stakes: Stakes, answer: Answer, objective: number, solver: Solver, maxNodes: number): Proof {
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  const program = programOf(stakes, answer.vStar);
  const solved = stakes.ids.length === 0 ? null : solverAnswer(program, solver, maxNodes);
  return {
    method: answer.enumerated === null ? 'branch_and_bound' : 'enumeration',
    portfolios_enumerated: answer.enumerated,
    bound: money(answer.bound),
    gap: money(Math.max(0, objective - answer.bound)),
    solver:
      solved === null || solved.x === null || solved.objective === null
        ? null
        : {
            name: solver.name,
            selected_initiatives: idsOf(stakes, (i) => solved.x?.[i] === 1),
            objective_value: money(Math.max(0, solved.objective)),
            agrees: Math.max(0, solved.objective) - objective <= solved.tolerance,
          },
  };
}

/** The choice and its ties, the portfolios that attain V*, and the next best. */
function listedRows(stakes: Stakes, answer: Answer): Portfolio[] {
  const optimum = answer.ranked[0]?.objective;
  const tied = answer.ranked.filter(({ objective }) => objective === optimum);
  const others = answer.ranked.filter(({ objective }) => objective !== optimum);
  const rows = [...tied.map(({ x }) => x), ...answer.vStarPortfolios, ...others.map(({ x }) => x)];
  const seen = new Set<string>();
  const distinct = rows.filter((x) => {
    const key = x.join('');
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  return distinct.slice(0, rowsListed).map((x) => portfolioRow(stakes, answer.vStar, (i) => x[i] === 1));
}

function programOf(stakes: Stakes, vStar: readonly number[]): MinimaxProgram {
  return { targets: vStar, returns: stakes.returns, costs: stakes.costs, worst: stakes.worst, floor: stakes.floor };
}
