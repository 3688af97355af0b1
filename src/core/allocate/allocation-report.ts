import { states } from '../contracts/shared-types.ts';
import type { Objective } from './objective.ts';
import type { Allocation, AllocationProblem, Portfolio, Proof } from './decision-rule.ts';
import { toNumber } from './exact/exact-decimal.ts';
import { benchmarksOf, type Benchmarks, type FiniteAnswer } from './search/finite-state-answer.ts';
import { independentRegret, type Replies } from './independent-regret.ts';
import { judgedRow, portfolioTable } from './portfolio-table.ts';
import type { RowConstraints } from './side-constraints.ts';
import type { SolverAnswer } from './search/solver-answer.ts';
import { idsOf, perState, type Stakes } from './stakes.ts';
import { whatHoldsItDown } from './search/what-holds-it-down.ts';

export const tiesListed = 200;
export const rowsListed = 12;

/** What the solver answered on the free rows. */
export type SecondOpinion = {
  readonly solver: string;
  readonly nodes: number;
  readonly answer: SolverAnswer;
  readonly whole: (x: Uint8Array) => Uint8Array;
};

export type Found = {
  readonly stakes: Stakes;
  readonly constraints: RowConstraints | null;
  readonly objective: Objective;
  readonly answer: FiniteAnswer;
  readonly opinion: SecondOpinion | null;
  readonly maxNodes: number;
};

/** The answer as the contract has it. */
export function allocationOf(problem: AllocationProblem, found: Found): Allocation {
  const { stakes, constraints, objective, answer, maxNodes } = found;
  const { vStar, ranked } = answer;
  const shared = sharedFields(problem, stakes, answer);
  const choice = ranked[0];
  if (choice === undefined) return { ...shared, ...belowFloor(problem, found) };
  const row = judgedRow(stakes, objective, vStar, choice.x);
  const ties = ranked.slice(1).filter((other) => other.objective === choice.objective);
  const proof = proofOf(found);
  return {
    ...shared,
    ...choiceFields(row),
    status: proof.gap === 0 ? 'optimal' : 'node_limit',
    reason: reasonOf(problem, found, row, proof),
    ties: ties.slice(0, tiesListed).map(({ x }) => idsOf(stakes, (i) => x[i] === 1)),
    ties_capped: ties.length > tiesListed || !answer.tiesComplete,
    proof,
    portfolios: portfolioTable(stakes, objective, answer, rowsListed),
    attainable_worst_return: null,
    independent_regret: independentRegret(stakes, choice.x, repliesFrom(constraints, answer, maxNodes)),
  };
}

/** The best reply to a scenario comes from where V* does. */
export function repliesFrom(constraints: RowConstraints | null, { vStarPortfolios, isConstrained }: Benchmarks, maxNodes: number): Replies {
  return { allowed: isConstrained ? { constraints, start: vStarPortfolios[0] as Uint8Array } : null, maxNodes };
}

/** No portfolio respects the side constraints, whatever the floor; benchmarks are then those of the budget. */
export function conflicted(problem: AllocationProblem, stakes: Stakes, conflicts: readonly string[]): Allocation {
  const anything = { stakes: { ...stakes, floor: null }, constraints: null, benchmark: 'budget-only', worth: null } as const;
  const shared = sharedFields(problem, stakes, benchmarksOf(anything, 0));
  return { ...shared, ...noChoice, status: 'infeasible', reason: conflicts.join(' '), regrets: shared.v_star };
}

export function sharedFields(problem: AllocationProblem, stakes: Stakes, { vStar, vStarPortfolios }: Pick<Benchmarks, 'vStar' | 'vStarPortfolios'>) {
  return {
    rule: problem.rule,
    v_star: perState((j) => toNumber(vStar[j] as number, stakes.returnExponent)),
    v_star_portfolios: perState((j) => idsOf(stakes, (i) => vStarPortfolios[j]?.[i] === 1)),
    effective_returns: stakes.effective,
    ineligible: stakes.ineligible,
  };
}

/** What an allocation says of its choice, from the choice's row. */
export function choiceFields(row: Portfolio) {
  return {
    selected_initiatives: row.ids,
    total_cost: row.cost,
    objective_value: row.objective_value,
    total_actual_returns: row.returns,
    regrets: row.regrets,
    binding_states: states.filter((state) => row.regrets[state] === row.max_regret),
  };
}

/** The fields of an allocation without a choice. */
export const noChoice = {
  selected_initiatives: [],
  total_cost: 0,
  objective_value: null,
  total_actual_returns: perState(() => 0),
  binding_states: [],
  ties: [],
  ties_capped: false,
  proof: null,
  portfolios: [],
  attainable_worst_return: null,
  independent_regret: null,
} as const;

/** Nothing meets the floor; funding nothing is then not a choice either. */
function belowFloor(problem: AllocationProblem, { stakes, constraints, answer, maxNodes }: Found) {
  const attainable = toNumber(answer.attainableWorst, stakes.worstExponent);
  const isProved = stakes.floor === null || answer.attainableBound < stakes.floor;
  const floor = `the floor of ${problem.min_portfolio_worst_return ?? 0} on worst returns`;
  const which = constraints === null ? 'affordable portfolio' : 'affordable portfolio that the side constraints allow';
  return {
    ...noChoice,
    status: isProved ? ('infeasible' as const) : ('node_limit' as const),
    reason: isProved
      ? `No ${which} reaches ${floor}; the largest that one can have is ${attainable}.${constraints === null ? '' : whatHoldsItDown(problem, stakes, maxNodes)}`
      : `The search stopped before it found a portfolio that reaches ${floor}; the largest it saw is ${attainable}.`,
    regrets: perState((j) => toNumber(answer.vStar[j] as number, stakes.returnExponent)),
    attainable_worst_return: attainable,
  };
}

function reasonOf(problem: AllocationProblem, found: Found, row: Portfolio, proof: Proof): string | null {
  const { stakes, constraints, objective, answer } = found;
  if (proof.gap > 0) return 'The search stopped at its node limit: the proof gives the bound and the gap.';
  if (!answer.isCanonical)
    return `The ${objective.worth === null ? 'largest regret is proved smallest' : 'objective is proved best'}, but the search stopped before it had compared all portfolios that share it.`;
  if (answer.vStarDoubt > 0)
    return `The choice is proved, but not the benchmark: regrets may be larger by up to ${toNumber(answer.vStarDoubt, stakes.returnExponent)}.`;
  if (row.ids.length > 0) return null;
  if (stakes.eligible === 0)
    return stakes.ineligible.length > 0 ? 'No initiative reaches the confidence threshold.' : 'There are no initiatives to choose from.';
  if (stakes.ids.length === 0) return 'Every eligible initiative costs more than the budget.';
  const leftOver = answer.enumerated !== null && answer.ranked.length === 1;
  if (leftOver && constraints !== null) return 'Funding nothing is the only portfolio that the budget, the floor and the side constraints leave.';
  if (objective.worth !== null) return 'Funding nothing does best by this rule: every other portfolio it may choose is worth no more.';
  if (row.max_regret === 0) {
    return problem.benchmark === 'same-feasible-set'
      ? 'Funding nothing has no regret: no portfolio that may be chosen returns more than nothing in any state.'
      : 'Funding nothing has no regret: no affordable portfolio returns more than nothing in any state.';
  }
  if (leftOver)
    return `Funding nothing is the only affordable portfolio that meets the floor of ${problem.min_portfolio_worst_return ?? 0} on worst returns.`;
  return 'Funding nothing has the smallest regret: what could be lost outweighs what could be gained.';
}

function proofOf({ stakes, objective, answer, opinion }: Found): Proof {
  const isRegret = objective.worth === null;
  // The search makes worth large by making its negative small.
  const value = (units: number) => objective.money(isRegret ? units : -units || 0);
  const reached = answer.ranked[0]?.objective ?? 0;
  const proof: Proof = {
    method: answer.enumerated === null ? 'branch_and_bound' : 'enumeration',
    portfolios_enumerated: answer.enumerated,
    bound: value(answer.bound),
    gap: objective.money(reached + (isRegret ? answer.vStarDoubt : 0) - answer.bound),
    solver: null,
  };
  if (opinion === null) return proof;
  const { solver, nodes, answer: said, whole } = opinion;
  if (said.status === 'failed') return { ...proof, solver_note: `${solver} gave no answer: ${said.reason}.` };
  const x = whole(said.x);
  return {
    ...proof,
    solver: {
      name: solver,
      selected_initiatives: idsOf(stakes, (i) => x[i] === 1),
      objective_value: value(said.objective),
      agrees: said.objective - reached <= said.tolerance,
    },
    ...(said.status === 'node_limit' ? { solver_note: `${solver} stopped at its limit of ${nodes} nodes.` } : {}),
  };
}
