import { inputError } from '../contracts/input-error.ts';
import { breachesOf } from './breaches.ts';
import type { Allocation, AllocationProblem, Portfolio } from './decision-rule.ts';
import { decimal, subtract, toNumber } from './exact/exact-decimal.ts';
import { independentRegret } from './independent-regret.ts';
import { allocate, ruleOf } from './index.ts';
import { dot } from './search/minimax-program.ts';
import { portfolioFigures, type Shares } from './portfolio-figures.ts';
import { rowConstraints } from './side-constraints.ts';
import { stakesOf } from './stakes.ts';

export type JudgedPortfolio = {
  readonly portfolio: Portfolio;
  readonly feasible: boolean;
  /** What stands against it, in plain sentences. */
  readonly breaches: readonly string[];
};

/** Any portfolio a person puts together, against the benchmarks of the problem; use `judgePortfolio` where those are known. */
export function portfolioOf(problem: AllocationProblem, ids: readonly string[], shares: Shares = {}): JudgedPortfolio {
  return judgePortfolio(problem, ids, allocate(problem, null), shares);
}

/**
 * What a portfolio costs, returns and is regretted by, and what it breaks; ineligible and unaffordable initiatives may be in it.
 * `allocation` is the problem's answer, whose V* the regrets are taken against; `shares` gives the funded share of an
 * initiative, 1 where it is absent.
 * @throws InputError for an unknown id or a share outside (0, 1].
 */
export function judgePortfolio(problem: AllocationProblem, ids: readonly string[], allocation: Allocation, shares: Shares = {}): JudgedPortfolio {
  checkChosen(problem, ids, shares);
  const chosen = new Set(ids);
  const { rule, parameters } = ruleOf(problem);
  const aim = rule.aim?.(parameters) ?? null;
  const { portfolio, cost, worst } = portfolioFigures(problem, [...chosen], shares, allocation.v_star, aim);
  const breaches = breachesOf(problem, { chosen, share: (id) => shares[id] ?? 1, cost, worst });
  const judged = aim === null ? { ...portfolio, objective_value: regretOfIntervals(problem, chosen, allocation) } : portfolio;
  return { portfolio: judged, feasible: breaches.length === 0, breaches };
}

function checkChosen({ candidates }: AllocationProblem, ids: readonly string[], shares: Shares): void {
  const known = new Set(candidates.map(({ id }) => id));
  ids.forEach((id, i) => {
    if (!known.has(id)) throw inputError(`ids.${i}`, `'${id}' is not the id of an initiative`, id);
    const share = shares[id] ?? 1;
    if (!(share > 0 && share <= 1)) throw inputError(`shares.${id}`, `must be more than 0 and at most 1 (found ${share})`, share);
  });
}

/** As of a choice, all funded whole; what is chosen from outside the play is at its worst, and no part of a reply. */
function regretOfIntervals(problem: AllocationProblem, chosen: ReadonlySet<string>, { v_star_portfolios: attaining }: Allocation): number {
  const stakes = stakesOf(problem);
  const rowsOf = (ids: ReadonlySet<string>) => Uint8Array.from(stakes.ids, (id) => (ids.has(id) ? 1 : 0));
  const constraints = rowConstraints(problem, stakes.ids);
  const start = rowsOf(new Set(attaining.best));
  const isAllowed = (constraints === null || constraints.allows(start)) && (stakes.floor === null || dot(stakes.worst, start) >= stakes.floor);
  const allowed = problem.benchmark === 'same-feasible-set' && isAllowed ? { constraints, start } : null;
  const inside = independentRegret(stakes, rowsOf(chosen), { allowed, maxNodes: replyNodes });
  const outside = problem.candidates.filter(({ id }) => chosen.has(id) && !stakes.ids.includes(id));
  const { digits, exponent } = outside.reduce((regret, { R_worst }) => subtract(regret, decimal(R_worst)), decimal(inside.value));
  return toNumber(digits, exponent);
}

const replyNodes = 20_000_000;
