import type { PerState } from '../contracts/shared-types.ts';
import type { Aim } from './aim.ts';
import type { AllocationProblem, Portfolio } from './decision-rule.ts';
import { add, decimal, multiply, subtract, toNumber, zero, type Decimal } from './exact/exact-decimal.ts';
import { objectiveOf, returnValue } from './objective.ts';
import { idsOf, perState, stakesOf } from './stakes.ts';

/** Funded share by id; 1 where absent. */
export type Shares = Readonly<Record<string, number>>;

export type PortfolioFigures = {
  /** `objective_value` is the largest regret where `aim` is null. */
  readonly portfolio: Portfolio;
  readonly cost: Decimal;
  /** Sum of raw R_worst. */
  readonly worst: Decimal;
};

/** The row in the payoff and regret tables of any initiatives, in whole or in part, whether or not they may be chosen. */
export function portfolioFigures(problem: AllocationProblem, ids: readonly string[], shares: Shares, vStar: PerState<number>, aim: Aim | null): PortfolioFigures {
  const chosen = new Set(ids);
  const stakes = stakesOf(problem, chosen);
  const isChosen = (i: number) => chosen.has(stakes.ids[i] as string);
  const sum = (amount: (i: number) => Decimal) =>
    stakes.ids.reduce((total, id, i) => (chosen.has(id) ? add(total, multiply(decimal(shares[id] ?? 1), amount(i))) : total), zero);
  const column = (units: Float64Array, exponent: number) => sum((i) => ({ digits: BigInt(units[i] as number), exponent }));
  const returns = perState((j) => column(stakes.returns[j] as Float64Array, stakes.returnExponent));
  const regrets = {
    best: money(subtract(decimal(vStar.best), returns.best)),
    med: money(subtract(decimal(vStar.med), returns.med)),
    worst: money(subtract(decimal(vStar.worst), returns.worst)),
  };
  const cost = sum((i) => decimal(problem.candidates[stakes.positions[i] as number]?.cost ?? 0));
  const worst = column(stakes.worst, stakes.worstExponent);
  const maxRegret = Math.max(0, regrets.best, regrets.med, regrets.worst);
  const isPartial = ids.some((id) => (shares[id] ?? 1) < 1);
  const written = idsOf(stakes, isChosen);
  const objectiveValue = () => {
    if (aim === null || aim.kind === 'regret') return maxRegret;
    return isPartial ? returnValue(aim, returns) : objectiveOf(aim, stakes).valueOf(isChosen, maxRegret);
  };
  const portfolio = {
    ids: written,
    cost: money(cost),
    returns: { best: money(returns.best), med: money(returns.med), worst: money(returns.worst) },
    regrets,
    max_regret: maxRegret,
    worst_return: money(worst),
    objective_value: objectiveValue(),
    ...(isPartial ? { shares: Object.fromEntries(written.map((id) => [id, shares[id] ?? 1])) } : {}),
  };
  return { portfolio, cost, worst };
}

function money({ digits, exponent }: Decimal): number {
  return toNumber(digits, exponent);
}
