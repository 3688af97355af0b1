import type { Aim } from './aim.ts';
import { choiceFields, conflicted, repliesFrom, sharedFields } from './allocation-report.ts';
import { defineDecisionRule, describeDecisionRule, type Allocation, type AllocationProblem, type Portfolio } from './decision-rule.ts';
import { decimal, multiply, subtract, toNumber } from './exact/exact-decimal.ts';
import { mayDivide } from './finite-state-allocation.ts';
import { benchmarksOf } from './search/finite-state-answer.ts';
import { greedyShares } from './divisible/greedy-shares.ts';
import { independentRegret } from './independent-regret.ts';
import { dot } from './search/minimax-program.ts';
import { objectiveOf } from './objective.ts';
import { judgedRow } from './portfolio-table.ts';
import { rowConstraints, type RowConstraints } from './side-constraints.ts';
import { stakesOf, type Stakes } from './stakes.ts';

export const greedyRoiDescription = describeDecisionRule({
  id: 'greedy_roi',
  label: 'Greedy by return on cost',
  summary: 'Funds the initiative with the largest median return per cost, then the next that still fits, until nothing does.',
  parameters: {},
  objective: { label: 'median return', sense: 'maximise' },
  reference: 'Dantzig, G. B. (1957). Discrete-variable extremum problems. Operations Research 5, 266-277.',
});

/**
 * The rule of thumb people use: by effective median return per cost, whatever fits beside what is already chosen and keeps the
 * side constraints, positive returns only; what is required comes first. Ties in the ratio go to the cheaper one, then to the
 * first by id. It proves nothing, and looks at the floor only to say whether it is met. Dantzig 1957 gives the order, which is
 * optimal where shares may be funded.
 */
export const greedyRoi = defineDecisionRule(
  greedyRoiDescription,
  (problem): Allocation => {
    if (mayDivide(problem)) return greedyShares(problem, medianReturn, benchmarkNodes, (choice) => reasonOf(problem, choice, true));
    const stakes = stakesOf(problem);
    const constraints = rowConstraints(problem, stakes.ids);
    if (constraints !== null && constraints.conflicts.length > 0) return conflicted(problem, stakes, constraints.conflicts);
    const objective = objectiveOf(medianReturn, stakes);
    const question = { stakes, constraints, benchmark: problem.benchmark ?? 'budget-only', worth: objective.worth } as const;
    const benchmarks = benchmarksOf(question, benchmarkNodes);
    const x = filled(problem, stakes, constraints);
    const rows = [x, ...benchmarks.vStarPortfolios].map((portfolio) => judgedRow(stakes, objective, benchmarks.vStar, portfolio));
    const choice = rows[0] as Portfolio;
    return {
      ...sharedFields(problem, stakes, benchmarks),
      ...choiceFields(choice),
      status: 'heuristic',
      reason: reasonOf(problem, choice, stakes.floor !== null && dot(stakes.worst, x) < stakes.floor),
      ties: [],
      ties_capped: false,
      proof: null,
      portfolios: [...new Map(rows.map((row) => [row.ids.join('\n'), row])).values()],
      attainable_worst_return: null,
      independent_regret: independentRegret(stakes, x, repliesFrom(constraints, benchmarks, benchmarkNodes)),
    };
  },
  () => medianReturn,
);

const medianReturn: Aim = { kind: 'return', worth: ({ med }) => med };
const benchmarkNodes = 20_000_000;

function filled(problem: AllocationProblem, stakes: Stakes, constraints: RowConstraints | null): Uint8Array {
  const { costs } = stakes;
  const x = constraints?.forced.slice() ?? new Uint8Array(stakes.ids.length);
  const order = byRatio(problem, stakes);
  const takesNext = () =>
    order.some((i) => {
      if (x[i] === 1) return false;
      x[i] = 1;
      const stays = costs.fits(dot(costs.values, x), (k) => x[k] === 1) && (constraints === null || constraints.allows(x));
      if (!stays) x[i] = 0;
      return stays;
    });
  // From the top again each time: what has just been taken may be what an earlier one needed.
  while (takesNext());
  return x;
}

/** Rows with a positive median return, the largest per cost first; ratios are compared by multiplying across. */
function byRatio({ candidates }: AllocationProblem, { ids, returns, returnExponent, positions }: Stakes): number[] {
  const median = returns[1] as Float64Array;
  const rows = ids.map((id, i) => ({
    i,
    id,
    cost: decimal(candidates[positions[i] as number]?.cost ?? 0),
    value: { digits: BigInt(median[i] as number), exponent: returnExponent },
  }));
  const compare = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    sign(subtract(multiply(b.value, a.cost), multiply(a.value, b.cost)).digits) || sign(subtract(a.cost, b.cost).digits) || (a.id < b.id ? -1 : 1);
  return rows
    .filter(({ value }) => value.digits > 0n)
    .sort(compare)
    .map(({ i }) => i);
}

function sign(digits: bigint): number {
  return digits > 0n ? 1 : digits < 0n ? -1 : 0;
}

function reasonOf({ min_portfolio_worst_return: floor }: AllocationProblem, choice: Portfolio, mayMissFloor: boolean): string {
  const standing = choice.ids.length === 0 ? 'No initiative that fits has a positive median return.' : 'A rule of thumb: nothing is proved about this choice.';
  if (!mayMissFloor || floor === null || choice.worst_return >= floor) return standing;
  const { digits, exponent } = subtract(decimal(floor), decimal(choice.worst_return));
  return `${standing} Its worst returns add up to ${choice.worst_return}, ${toNumber(digits, exponent)} below the floor of ${floor}, which this rule does not look at.`;
}
