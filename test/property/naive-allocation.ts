/**
 * Allocation by looking at every subset, written for clarity and from the definitions alone. It shares no code with the core, so
 * that the two can be held against each other. Money is in whole cents, confidence, weights and alpha are in whole percent, and
 * all sums are of whole numbers: every comparison is exact.
 */
export type NaiveRow = {
  readonly id: string;
  readonly cost: number;
  readonly best: number;
  readonly med: number;
  readonly worst: number;
  readonly confidence: number;
  readonly category: string;
};

export type NaiveConstraints = {
  readonly required: readonly string[];
  readonly excluded: readonly string[];
  readonly exclusive: readonly (readonly string[])[];
  readonly prerequisites: readonly { readonly id: string; readonly requires: string }[];
  readonly at_most: number | null;
  readonly category_caps: readonly { readonly category: string; readonly max_initiatives: number | null; readonly max_cost: number | null }[];
};

export type NaivePenalty =
  | { readonly id: 'one_minus_confidence' | 'strict' | 'none' }
  | { readonly id: 'power'; readonly exponent: 1 | 2 | 3 }
  | { readonly id: 'cut_off'; readonly trustedFrom: number };

export type NaiveRule =
  | { readonly id: 'minimax_regret' | 'maximin' | 'maximax' | 'interval_minimax_regret' | 'greedy_roi' }
  | { readonly id: 'bayesian'; readonly weights: readonly [best: number, med: number, worst: number] }
  | { readonly id: 'hurwicz'; readonly alpha: number };

export type NaiveInstance = {
  readonly rows: readonly NaiveRow[];
  readonly budget: number;
  readonly floor: number | null;
  readonly threshold: number;
  readonly penalty: NaivePenalty;
  readonly benchmark: 'budget-only' | 'same-feasible-set';
  readonly constraints: NaiveConstraints;
  readonly rule: NaiveRule;
};

/** Returns are in units of a cent over `scale`, objectives of rules with weights in a hundredth of that. */
export type NaiveAnswer = {
  readonly isFeasible: boolean;
  readonly vStar: readonly number[];
  /** First by cost and ids among the portfolios that attain each V*; ids in order of the alphabet. */
  readonly vStarPortfolios: readonly (readonly string[])[];
  readonly objective: number;
  /** What one unit of `objective` is, in cents, as a power of ten. */
  readonly objectiveExponent: number;
  /** All optimal portfolios, by cost and ids. */
  readonly optimal: readonly (readonly string[])[];
  readonly regrets: readonly number[];
  readonly independentRegret: number;
  /** Largest sum of raw worst returns among the portfolios that only the floor may forbid; null where there is none. */
  readonly attainableWorst: number | null;
  /** Every portfolio that is allowed. */
  readonly judged: readonly { readonly ids: readonly string[]; readonly objective: number }[];
  /** Effective returns in each state of any portfolio that may set the benchmarks; null for one that may not. */
  readonly returnsOf: (ids: readonly string[]) => readonly number[] | null;
};

/** 100^3, so that cubes of percentages are whole. */
export const scale = 1_000_000;
const scaleExponent = -6;

type Row = NaiveRow & { readonly returns: readonly [best: number, med: number, worst: number] };
/** A portfolio is a mask: bit i says whether row i is in. */
type Totals = Float64Array;

export function naiveAllocation(instance: NaiveInstance): NaiveAnswer {
  const rows = eligibleRows(instance);
  const cost = totals(rows, (row) => row.cost);
  const raw = totals(rows, (row) => row.worst);
  const returns = [0, 1, 2].map((j) => totals(rows, (row) => row.returns[j] as number));
  const isPermitted = sideConstraints(instance.constraints, rows, cost);
  const masks = Array.from({ length: cost.length }, (_, mask) => mask);
  const affordable = masks.filter((mask) => (cost[mask] as number) <= instance.budget);
  const permitted = affordable.filter(isPermitted);
  const allowed = permitted.filter((mask) => instance.floor === null || (raw[mask] as number) >= instance.floor);
  // Where nothing is allowed there is nothing to compare with but what the budget allows.
  const open = instance.benchmark === 'budget-only' || allowed.length === 0 ? affordable : allowed;
  const names = (mask: number) => rows.filter((_, i) => has(mask, i)).map(({ id }) => id).sort();
  const before = (a: number, b: number) => (cost[a] as number) - (cost[b] as number) || compareLists(names(a), names(b));

  const vStar = returns.map((column) => most(open, (mask) => column[mask] as number));
  const vStarPortfolios = returns.map((column, j) => names(open.filter((mask) => column[mask] === vStar[j]).sort(before)[0] ?? 0));
  const regretsOf = (mask: number) => returns.map((column, j) => (vStar[j] as number) - (column[mask] as number));
  const independentRegretOf = independentRegret(rows, open);
  const { rule } = instance;
  const [best, med, worst] = returns as [Totals, Totals, Totals];
  const loss = (mask: number): number => {
    const [b, m, w] = [best[mask] as number, med[mask] as number, worst[mask] as number];
    switch (rule.id) {
      case 'minimax_regret':
        return Math.max((vStar[0] as number) - b, (vStar[1] as number) - m, (vStar[2] as number) - w);
      case 'interval_minimax_regret':
        return independentRegretOf(mask);
      case 'maximin':
        return -Math.min(b, m, w);
      case 'maximax':
        return -Math.max(b, m, w);
      case 'hurwicz':
        return -(rule.alpha * Math.max(b, m, w) + (100 - rule.alpha) * Math.min(b, m, w));
      case 'bayesian':
        return -(rule.weights[0] * b + rule.weights[1] * m + rule.weights[2] * w);
      case 'greedy_roi':
        return -m;
      default:
        return rule satisfies never;
    }
  };
  const candidates = rule.id === 'greedy_roi' ? greedy(instance, rows, permitted) : allowed;
  const losses = candidates.map(loss);
  const least = losses.reduce((smallest, value) => Math.min(smallest, value), Infinity);
  const optimal = candidates.filter((_, k) => losses[k] === least).sort(before);
  const choice = optimal[0];
  const asObjective = (value: number) => (rule.id === 'minimax_regret' || rule.id === 'interval_minimax_regret' ? value : -value || 0);
  return {
    isFeasible: choice !== undefined,
    vStar,
    vStarPortfolios,
    objective: asObjective(least),
    objectiveExponent: scaleExponent - (rule.id === 'hurwicz' || rule.id === 'bayesian' ? 2 : 0),
    optimal: optimal.map(names),
    regrets: choice === undefined ? [] : regretsOf(choice),
    independentRegret: choice === undefined ? NaN : independentRegretOf(choice),
    attainableWorst: permitted.length === 0 ? null : most(permitted, (mask) => raw[mask] as number),
    get judged() {
      return candidates.map((mask, k) => ({ ids: names(mask), objective: asObjective(losses[k] as number) }));
    },
    returnsOf: (ids) => {
      const mask = rows.reduce((found, { id }, i) => (ids.includes(id) ? found | (1 << i) : found), 0);
      return ids.length === countOf(mask) && open.includes(mask) ? returns.map((column) => column[mask] as number) : null;
    },
  };
}

/** (1 - gamma) R_j + gamma R_worst, times `scale`. */
function eligibleRows({ rows, threshold, penalty }: NaiveInstance): Row[] {
  return rows
    .filter(({ confidence }) => confidence >= threshold)
    .map((row) => {
      const kept = keptShare(penalty, row.confidence);
      const inState = (value: number) => kept * value + (scale - kept) * row.worst;
      return { ...row, returns: [inState(row.best), inState(row.med), inState(row.worst)] };
    });
}

/** 1 - gamma, times `scale`, at a confidence of `percent`. */
function keptShare(penalty: NaivePenalty, percent: number): number {
  const doubt = 100 - percent;
  switch (penalty.id) {
    case 'none':
      return scale;
    case 'one_minus_confidence':
      return percent * 10_000;
    case 'strict':
      return percent * percent * 100;
    case 'cut_off':
      return percent >= penalty.trustedFrom ? scale : 0;
    case 'power':
      if (penalty.exponent === 1) return scale - doubt * 10_000;
      return penalty.exponent === 2 ? scale - doubt * doubt * 100 : scale - doubt * doubt * doubt;
    default:
      return penalty satisfies never;
  }
}

function totals(rows: readonly Row[], figure: (row: Row) => number): Totals {
  const sums = new Float64Array(2 ** rows.length);
  for (let mask = 1; mask < sums.length; mask += 1) {
    const first = rows.findIndex((_, i) => has(mask, i));
    sums[mask] = (sums[mask - (1 << first)] as number) + figure(rows[first] as Row);
  }
  return sums;
}

function sideConstraints(constraints: NaiveConstraints, rows: readonly Row[], cost: Totals): (mask: number) => boolean {
  const bit = (id: string) => rows.reduce((found, row, i) => (row.id === id ? 1 << i : found), 0);
  const holds = (mask: number, id: string) => (mask & bit(id)) !== 0;
  const inCategory = (category: string) => rows.reduce((found, row, i) => (row.category === category ? found | (1 << i) : found), 0);
  const groups = constraints.exclusive.map((group) => group.reduce((found, id) => found | bit(id), 0));
  const caps = constraints.category_caps.map((cap) => ({ ...cap, members: inCategory(cap.category) }));
  return (mask) =>
    constraints.required.every((id) => holds(mask, id)) &&
    !constraints.excluded.some((id) => holds(mask, id)) &&
    groups.every((group) => countOf(mask & group) <= 1) &&
    constraints.prerequisites.every(({ id, requires }) => !holds(mask, id) || holds(mask, requires)) &&
    (constraints.at_most === null || countOf(mask) <= constraints.at_most) &&
    caps.every(({ members, max_initiatives, max_cost }) => {
      const within = mask & members;
      return (max_initiatives === null || countOf(within) <= max_initiatives) && (max_cost === null || (cost[within] as number) <= max_cost);
    });
}

/**
 * max over replies y and over scenarios of y's return minus x's: what y alone holds is at its best and what x alone holds at its
 * worst, and what both hold cancels.
 */
function independentRegret(rows: readonly Row[], open: readonly number[]): (x: number) => number {
  const best = totals(rows, (row) => row.returns[0]);
  const worst = totals(rows, (row) => row.returns[2]);
  return (x) => most(open, (y) => (best[y & ~x] as number) - (worst[x & ~y] as number));
}

/**
 * The rule of thumb: what is required and what that needs first, then again and again the row with the largest positive median
 * return per cost that still fits and keeps the side constraints; equal ones the cheaper first, then by id. The floor is ignored.
 */
function greedy({ constraints }: NaiveInstance, rows: readonly Row[], permitted: readonly number[]): readonly number[] {
  const isPermitted = new Set(permitted);
  let chosen = rows.reduce((mask, { id }, i) => (constraints.required.includes(id) ? mask | (1 << i) : mask), 0);
  for (const _ of rows) {
    for (const { id, requires } of constraints.prerequisites) {
      if (rows.some((row, i) => row.id === id && has(chosen, i))) chosen = rows.reduce((mask, row, i) => (row.id === requires ? mask | (1 << i) : mask), chosen);
    }
  }
  if (!isPermitted.has(chosen)) return [];
  const perCost = (a: Row, b: Row) => Number(BigInt(b.returns[1]) * BigInt(a.cost) - BigInt(a.returns[1]) * BigInt(b.cost));
  const order = rows.filter(({ returns }) => returns[1] > 0).sort((a, b) => perCost(a, b) || a.cost - b.cost || (a.id < b.id ? -1 : 1));
  for (;;) {
    const next = order.map((row) => chosen | (1 << rows.indexOf(row))).find((mask) => mask !== chosen && isPermitted.has(mask));
    if (next === undefined) return [chosen];
    chosen = next;
  }
}

function most(masks: readonly number[], figure: (mask: number) => number): number {
  let largest = -Infinity;
  for (const mask of masks) largest = Math.max(largest, figure(mask));
  return largest;
}

function has(mask: number, i: number): boolean {
  return (mask & (1 << i)) !== 0;
}

function countOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** The order of two lists of ids; a list that the other one continues comes first. */
function compareLists(x: readonly string[], y: readonly string[]): number {
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    if (x[i] !== y[i]) return (x[i] as string) < (y[i] as string) ? -1 : 1;
  }
  return x.length - y.length;
}
