import { compareFractions, dotFractions, fractionToNumber, minus, oneFraction, over, times, zeroFraction, type Fraction } from '../../numeric/exact-fraction.ts';
import type { Aim } from '../aim.ts';
import { choiceFields } from '../allocation-report.ts';
import type { Allocation, AllocationProblem, Portfolio } from '../decision-rule.ts';
import { divisibleAllocation, portfolioOf } from './divisible-allocation.ts';
import { divisibleBenchmarks, type Shares } from './divisible-answer.ts';
import { divisibleIndependentRegret } from './divisible-independent-regret.ts';
import { leastShare, touchedBy } from './divisible-program.ts';
import { divisibleStakes, type DivisibleStakes } from './divisible-stakes.ts';
import { perState, stakesOf } from '../stakes.ts';

/**
 * The rule of thumb where shares may be funded: of a divisible initiative that does not fit as a whole it takes the share that
 * does. Where what is required leaves no room for what it needs in turn, the exact answer stands in.
 */
export function greedyShares(problem: AllocationProblem, aim: Aim, maxNodes: number, reasonFor: (choice: Portfolio) => string): Allocation {
  const stakes = divisibleStakes(problem, aim);
  const x = stakes.conflicts.length > 0 ? null : filled(stakes);
  if (x === null) {
    const exact = divisibleAllocation(problem, aim, { max_nodes: maxNodes });
    return exact.status === 'infeasible' ? exact : { ...exact, status: 'heuristic', proof: null };
  }
  const benchmarks = divisibleBenchmarks(stakes, problem.benchmark ?? 'budget-only', maxNodes);
  const row = portfolioOf(stakes, benchmarks);
  const [choice, ...attaining] = [x, ...benchmarks.shares].map(row) as [Portfolio, ...Portfolio[]];
  const independent = divisibleIndependentRegret(stakes, benchmarks, x, maxNodes);
  const { effective, ineligible } = stakesOf(problem);
  return {
    ...choiceFields(choice),
    ...(choice.shares === undefined ? {} : { shares: choice.shares }),
    rule: problem.rule,
    status: 'heuristic',
    reason: reasonFor(choice),
    v_star: perState((j) => fractionToNumber(benchmarks.vStar[j] as Fraction)),
    v_star_portfolios: perState((j) => attaining[j]?.ids ?? []),
    effective_returns: effective,
    ineligible,
    ties: [],
    ties_capped: false,
    proof: null,
    portfolios: [...new Map([choice, ...attaining].map((each) => [JSON.stringify([each.ids, each.shares ?? null]), each])).values()],
    attainable_worst_return: null,
    independent_regret: independent === null ? null : { value: fractionToNumber(independent.value), best_reply: row(independent.reply).ids },
  };
}

/** Required ones and what they need first, then by value per cost; null where what is needed does not fit. */
function filled(stakes: DivisibleStakes): Shares | null {
  const { withoutFloor, costs } = stakes;
  const { counts, lower } = withoutFloor;
  const x = [...lower];
  const isBroken = () => counts.find(({ values, most }) => values.reduce((sum, value, i) => sum + (isChosen(x, i) ? value : 0), 0) > most);
  for (let broken = isBroken(); broken !== undefined; broken = isBroken()) {
    const needed = broken.values.findIndex((value, i) => value < 0 && !isChosen(x, i));
    if (needed < 0) return null;
    x[needed] = shareThatFits(stakes, x, needed);
    if (!isChosen(x, needed)) return null;
  }
  const order = byRatio(stakes.worth as Shares, costs);
  const takesNext = () =>
    order.some((i) => {
      if (isChosen(x, i)) return false;
      x[i] = shareThatFits(stakes, x, i);
      if (isChosen(x, i) && isBroken() === undefined) return true;
      x[i] = zeroFraction;
      return false;
    });
  // From the top again each time: what has just been taken may be what an earlier one needed.
  while (takesNext());
  return x;
}

/** The largest share that budget and caps leave room for: 0 or 1 where the initiative is not divisible. */
function shareThatFits({ withoutFloor, isDivisible }: DivisibleStakes, x: Shares, i: number): Fraction {
  const rooms = withoutFloor.rows
    .filter(({ row }) => (row[i] as Fraction).numerator > 0n)
    .map(({ row, bound }) => over(minus(bound, dotFractions(row, x)), row[i] as Fraction));
  const room = [...rooms, withoutFloor.upper[i] as Fraction].reduce((a, b) => (compareFractions(a, b) <= 0 ? a : b));
  const least = isDivisible[i] ? (touchedBy({ ...withoutFloor, goals: [] })[i] ? leastShare : zeroFraction) : oneFraction;
  return room.numerator <= 0n || compareFractions(room, least) < 0 ? zeroFraction : room;
}

function byRatio(worth: Shares, costs: Shares): number[] {
  const rows = [...worth.keys()].filter((i) => (worth[i] as Fraction).numerator > 0n);
  const across = (a: number, b: number) => times(worth[a] as Fraction, costs[b] as Fraction);
  return rows.sort((a, b) => compareFractions(across(b, a), across(a, b)) || compareFractions(costs[a] as Fraction, costs[b] as Fraction) || a - b);
}

function isChosen(x: Shares, i: number): boolean {
  return (x[i] as Fraction).numerator > 0n;
}
