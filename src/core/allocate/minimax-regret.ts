import { defineParameters } from '../contracts/parameter.ts';
import { states } from '../contracts/shared-types.ts';
import {
  defineDecisionRule,
  describeDecisionRule,
  type Allocation,
  type AllocationProblem,
  type Portfolio,
  type Proof,
} from './decision-rule.ts';
import { toNumber } from './exact-decimal.ts';
import { independentRegret } from './independent-regret.ts';
import { byEnumeration, bySearch, programOf, type RegretAnswer } from './regret-answer.ts';
import { regretTable } from './regret-table.ts';
import { solverAnswer, type SolverAnswer } from './solver-answer.ts';
import type { Solver } from './solver.ts';
import { idsOf, perState, portfolioRow, stakesOf, type Stakes } from './stakes.ts';

const parameters = defineParameters({
  max_nodes: {
    kind: 'integer',
    label: 'Search nodes',
    help: 'Above 20 initiatives: decisions after which the search stops with the best portfolio and the bound it has.',
    min: 1,
    max: 1_000_000_000,
    default: 20_000_000,
  },
});

export const minimaxRegretDescription = describeDecisionRule({
  id: 'minimax_regret',
  label: 'Minimax regret',
  summary: 'Funds the affordable portfolio whose largest regret over the states is smallest.',
  parameters,
  objective: { label: 'largest regret', sense: 'minimise' },
  reference: 'Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46, 55-67.',
});

/**
 * Savage's rule on the states best, med and worst: min over portfolios x of max_j (V*_j - sum_i Rt_ij x_i), where Rt is the
 * effective return and V*_j the most that the budget could have returned in state j; the budget and the floor on worst
 * returns hold. Savage 1951, JASA 46; Eisenhauer 2025.
 *
 * Up to 20 eligible and affordable initiatives every portfolio is looked at; above, branch and bound proves the answer. The
 * solver, where one is given, is asked as well and its answer reported; it decides only where the search ran out of nodes.
 */
export const minimaxRegret = defineDecisionRule(minimaxRegretDescription, (problem, { max_nodes: maxNodes }, solver): Allocation => {
  const stakes = stakesOf(problem);
  const n = stakes.ids.length;
  let asked: SolverAnswer | null = null;
  const ask = (program: ReturnType<typeof programOf>) =>
    (asked = solver === null || n === 0 ? null : solverAnswer(program, solver, solverNodes(n)));
  if (n > enumerationLimit) {
    const answer = bySearch(stakes, { ties: tiesListed + 1, rows: rowsListed }, maxNodes, ask);
    return allocationOf(problem, stakes, answer, proofOf(stakes, answer, solver, asked));
  }
  const answer = byEnumeration(stakes, tiesListed + 1 + rowsListed);
  if (answer.ranked.length > 0) asked = ask(programOf(stakes, answer.vStar));
  return allocationOf(problem, stakes, answer, proofOf(stakes, answer, solver, asked));
});

const enumerationLimit = 20;
const tiesListed = 200;
const rowsListed = 12;
/** HiGHS rarely needs a hundred for 200 initiatives; beyond, each takes it longer. */
function solverNodes(n: number): number {
  return Math.min(2_000, Math.max(1, Math.floor(80_000_000 / (n * n))));
}

function allocationOf(problem: AllocationProblem, stakes: Stakes, answer: RegretAnswer, proof: Proof): Allocation {
  const { vStar, ranked } = answer;
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  const shared = {
    rule: 'minimax_regret',
    v_star: perState((j) => money(vStar[j] as number)),
    v_star_portfolios: perState((j) => idsOf(stakes, (i) => answer.vStarPortfolios[j]?.[i] === 1)),
    effective_returns: stakes.effective,
    ineligible: stakes.ineligible,
  };
  const choice = ranked[0];
  if (choice === undefined) return { ...shared, ...noPortfolio(stakes, answer), regrets: shared.v_star };
  const row = portfolioRow(stakes, vStar, (i) => choice.x[i] === 1);
  const ties = ranked.slice(1).filter(({ objective }) => objective === choice.objective);
  return {
    ...shared,
    status: proof.gap === 0 ? 'optimal' : 'node_limit',
    reason: reasonOf(problem, stakes, answer, row, proof),
    selected_initiatives: row.ids,
    total_cost: row.cost,
    objective_value: row.max_regret,
    total_actual_returns: row.returns,
    regrets: row.regrets,
    binding_states: states.filter((state) => row.regrets[state] === row.max_regret),
    ties: ties.slice(0, tiesListed).map(({ x }) => idsOf(stakes, (i) => x[i] === 1)),
    ties_capped: ties.length > tiesListed || !answer.tiesComplete,
    proof,
    portfolios: regretTable(stakes, answer, rowsListed),
    attainable_worst_return: null,
    independent_regret: independentRegret(stakes, choice.x),
  };
}

/** No affordable portfolio meets the floor; funding nothing is then not a choice either. */
function noPortfolio(stakes: Stakes, { attainableWorst, attainableBound }: RegretAnswer) {
  const attainable = toNumber(attainableWorst, stakes.worstExponent);
  const isProved = stakes.floor === null || attainableBound < stakes.floor;
  return {
    status: isProved ? ('infeasible' as const) : ('node_limit' as const),
    reason: isProved
      ? `No affordable portfolio reaches the floor on worst returns; the largest that one can have is ${attainable}.`
      : `The search stopped before it found a portfolio that reaches the floor on worst returns; the largest it saw is ${attainable}.`,
    selected_initiatives: [],
    total_cost: 0,
    objective_value: null,
    total_actual_returns: perState(() => 0),
    binding_states: [],
    ties: [],
    ties_capped: false,
    proof: null,
    portfolios: [],
    attainable_worst_return: attainable,
    independent_regret: null,
  };
}

function reasonOf(problem: AllocationProblem, stakes: Stakes, answer: RegretAnswer, row: Portfolio, proof: Proof): string | null {
  if (proof.gap > 0) return 'The search stopped at its node limit: the proof gives the bound and the gap.';
  if (!answer.isCanonical)
    return 'The largest regret is proved smallest, but the search stopped before it had compared all portfolios that share it.';
  if (row.ids.length > 0) return null;
  if (stakes.eligible === 0)
    return stakes.ineligible.length > 0 ? 'No initiative reaches the confidence threshold.' : 'There are no initiatives to choose from.';
  if (stakes.ids.length === 0) return 'Every eligible initiative costs more than the budget.';
  if (row.max_regret === 0) return 'Funding nothing has no regret: no affordable portfolio returns more than nothing in any state.';
  if (answer.enumerated !== null && answer.ranked.length === 1)
    return `Funding nothing is the only affordable portfolio that meets the floor of ${problem.min_portfolio_worst_return ?? 0} on worst returns.`;
  return 'Funding nothing has the smallest regret: what could be lost outweighs what could be gained.';
}

function proofOf(stakes: Stakes, answer: RegretAnswer, solver: Solver | null, asked: SolverAnswer | null): Proof {
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  const objective = answer.ranked[0]?.objective ?? 0;
  const proof: Proof = {
    method: answer.enumerated === null ? 'branch_and_bound' : 'enumeration',
    portfolios_enumerated: answer.enumerated,
    bound: money(answer.bound),
    gap: money(objective + answer.vStarDoubt - answer.bound),
    solver: null,
  };
  if (solver === null || asked === null) return proof;
  if (asked.status === 'failed') return { ...proof, solver_note: `${solver.name} gave no answer: ${asked.reason}.` };
  return {
    ...proof,
    solver: {
      name: solver.name,
      selected_initiatives: idsOf(stakes, (i) => asked.x[i] === 1),
      objective_value: money(asked.objective),
      agrees: asked.objective - objective <= asked.tolerance,
    },
    ...(asked.status === 'node_limit'
      ? { solver_note: `${solver.name} stopped at its limit of ${solverNodes(stakes.ids.length)} nodes.` }
      : {}),
  };
}
