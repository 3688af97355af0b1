import { inputError } from '../contracts/input-error.ts';
import { states, type PerState } from '../contracts/shared-types.ts';
import { objectiveOf, returnValue } from './aim.ts';
import { breachesOf } from './breaches.ts';
import type { Allocation, AllocationProblem, Portfolio } from './decision-rule.ts';
import { add, decimal, multiply, subtract, toNumber, zero, type Decimal } from './exact-decimal.ts';
import { independentRegret } from './independent-regret.ts';
import { allocate, ruleOf } from './index.ts';
import { dot } from './minimax-program.ts';
import { rowConstraints } from './side-constraints.ts';
import { idsOf, perState, stakesOf, type Stakes } from './stakes.ts';

export type JudgedPortfolio = {
  readonly portfolio: Portfolio;
  readonly feasible: boolean;
  /** What stands against it, in plain sentences. */
  readonly breaches: readonly string[];
};

type Shares = Readonly<Record<string, number>>;

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
  const chosen = new Set(ids);
  checkChosen(problem, ids, shares);
  const stakes = stakesOf(problem, chosen);
  const share = (id: string) => (chosen.has(id) ? decimal(shares[id] ?? 1) : zero);
  const sum = (amounts: (i: number) => Decimal) => stakes.ids.reduce((total, id, i) => add(total, multiply(share(id), amounts(i))), zero);
  const column = (units: Float64Array, exponent: number) => sum((i) => ({ digits: BigInt(units[i] as number), exponent }));
  const costOf = costsOf(problem);
  const returns = perState((j) => column(stakes.returns[j] as Float64Array, stakes.returnExponent));
  const regrets = perState((j) => subtract(decimal(allocation.v_star[states[j] as (typeof states)[number]]), returns[states[j] as (typeof states)[number]]));
  const cost = sum((i) => costOf(stakes.ids[i] as string));
  const worst = column(stakes.worst, stakes.worstExponent);
  const inMoney = (values: PerState<Decimal>) => perState((j) => money(values[states[j] as (typeof states)[number]]));
  const maxRegret = Math.max(0, ...Object.values(inMoney(regrets)));
  const isPartial = [...chosen].some((id) => (shares[id] ?? 1) < 1);
  const portfolio: Portfolio = {
    ids: idsOf(stakes, (i) => chosen.has(stakes.ids[i] as string)),
    cost: money(cost),
    returns: inMoney(returns),
    regrets: inMoney(regrets),
    max_regret: maxRegret,
    worst_return: money(worst),
    objective_value: objectiveValue(problem, { stakes, chosen, allocation, returns, maxRegret, isPartial }),
    ...(isPartial ? { shares: Object.fromEntries([...chosen].map((id) => [id, shares[id] ?? 1])) } : {}),
  };
  const breaches = breachesOf(problem, { chosen, share: (id) => shares[id] ?? 1, cost, worst });
  return { portfolio, feasible: breaches.length === 0, breaches };
}

function checkChosen({ candidates }: AllocationProblem, ids: readonly string[], shares: Shares): void {
  const known = new Set(candidates.map(({ id }) => id));
  ids.forEach((id, i) => {
    if (!known.has(id)) throw inputError(`ids.${i}`, `'${id}' is not the id of an initiative`, id);
    const share = shares[id] ?? 1;
    if (!(share > 0 && share <= 1)) throw inputError(`shares.${id}`, `must be more than 0 and at most 1 (found ${share})`, share);
  });
}

type Judged = {
  readonly stakes: Stakes;
  readonly chosen: ReadonlySet<string>;
  readonly allocation: Allocation;
  readonly returns: PerState<Decimal>;
  readonly maxRegret: number;
  readonly isPartial: boolean;
};

function objectiveValue(problem: AllocationProblem, { stakes, chosen, allocation, returns, maxRegret, isPartial }: Judged): number {
  const { rule, parameters } = ruleOf(problem);
  const aim = rule.aim?.(parameters) ?? null;
  if (aim === null) return isPartial ? maxRegret : regretOfIntervals(problem, chosen, allocation);
  if (aim.kind === 'regret') return maxRegret;
  if (isPartial) return returnValue(aim, returns);
  return objectiveOf(aim, stakes).valueOf((i) => chosen.has(stakes.ids[i] as string), maxRegret);
}

/** As of a choice; what is chosen from outside the play is at its worst, and no part of a reply. */
function regretOfIntervals(problem: AllocationProblem, chosen: ReadonlySet<string>, { v_star_portfolios: attaining }: Allocation): number {
  const stakes = stakesOf(problem);
  const rowsOf = (ids: ReadonlySet<string>) => Uint8Array.from(stakes.ids, (id) => (ids.has(id) ? 1 : 0));
  const constraints = rowConstraints(problem, stakes.ids);
  const start = rowsOf(new Set(attaining.best));
  const isAllowed = (constraints === null || constraints.allows(start)) && (stakes.floor === null || dot(stakes.worst, start) >= stakes.floor);
  const allowed = problem.benchmark === 'same-feasible-set' && isAllowed ? { constraints, start } : null;
  const inside = independentRegret(stakes, rowsOf(chosen), { allowed, maxNodes: replyNodes });
  const outside = problem.candidates.filter(({ id }) => chosen.has(id) && !stakes.ids.includes(id));
  return money(outside.reduce((regret, { R_worst }) => subtract(regret, decimal(R_worst)), decimal(inside.value)));
}

const replyNodes = 20_000_000;

function costsOf({ candidates }: AllocationProblem): (id: string) => Decimal {
  const costs = new Map(candidates.map(({ id, cost }) => [id, decimal(cost)]));
  return (id) => costs.get(id) ?? zero;
}

function money({ digits, exponent }: Decimal): number {
  return toNumber(digits, exponent);
}
