import type { AllocationProblem, Candidate } from '../../src/core/allocate/decision-rule.ts';
import { namedStream } from '../../src/core/random/stream.ts';
import { uniformInteger } from '../../src/core/random/variates.ts';
import type { NaiveConstraints, NaiveInstance, NaivePenalty, NaiveRow, NaiveRule } from './naive-allocation.ts';

export const ruleIds = ['minimax_regret', 'bayesian', 'maximin', 'maximax', 'hurwicz', 'interval_minimax_regret', 'greedy_roi'] as const;
export type RuleId = (typeof ruleIds)[number];

export type InstanceKind = {
  readonly rule: RuleId;
  /** Number of initiatives, or the most there may be. */
  readonly size: { readonly least: number; readonly most: number };
  /** All are eligible and affordable, so that as many are in play. */
  readonly allInPlay?: boolean;
};

/** Small spans make ties and exact fits common, large ones in cents make them rare. */
const spans = [3, 6, 50, 2_000, 300_000] as const;
const names = ['a', 'b', 'c-1', 'c_1', 'D', 'e', 'f', 'g9', 'g10', 'H', 'Z', 'k', 'kk', '_', '-', '0', '1', '10', '2', 'm', 'n', 'o', 'p', 'q'];

/** The instance of that number, the same on every machine. */
export function randomInstance(number: number, { rule, size, allInPlay = false }: InstanceKind): NaiveInstance {
  const stream = namedStream({ seed: 'allocation', initiative: rule, stage: 'pilot', replication: number, purpose: 'instance' });
  const below = (count: number) => uniformInteger(stream, count);
  const between = (low: number, high: number) => low + below(high - low + 1);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const n = between(size.least, size.most);
  const span = oneOf(spans);
  const confidences = oneOf([[0, 50, 100], [20, 35, 60, 61, 90], null]);
  const shift = oneOf([-1, 0, 0, 0, 1]);
  const randomRow = (id: string): NaiveRow => {
    const returns = [0, 1, 2].map(() => between(-span, 2 * span) + shift * span).sort((x, y) => x - y) as [number, number, number];
    const [worst, med, best] = below(8) === 0 ? [returns[1], returns[1], returns[1]] : returns;
    return { id, cost: between(1, span), best, med, worst, confidence: confidences === null ? between(0, 100) : oneOf(confidences), category: oneOf(['', 'x', 'y']) };
  };
  const rows: NaiveRow[] = [];
  for (const id of names.slice(0, n)) {
    // Now and then the same initiative once more, under another name: such portfolios tie.
    const twin = rows.length > 0 && below(8) === 0 ? rows[below(rows.length)] : undefined;
    rows.push(twin === undefined ? randomRow(id) : { ...twin, id });
  }
  const total = rows.reduce((sum, { cost }) => sum + cost, 0);
  const budget = !allInPlay && below(10) === 0 ? between(0, span) : between(Math.floor(total / 5), Math.floor(0.9 * total) + 1);
  const floor = below(5) < 2 ? between(-span, Math.max(1, Math.floor((n * span) / 4))) : null;
  return {
    rows,
    budget,
    floor,
    threshold: allInPlay ? 0 : oneOf([0, 0, 20, 50, 61]),
    penalty: oneOf<NaivePenalty>([
      { id: 'one_minus_confidence' },
      { id: 'one_minus_confidence' },
      { id: 'one_minus_confidence' },
      { id: 'strict' },
      { id: 'none' },
      { id: 'power', exponent: oneOf([1, 2, 3]) },
      { id: 'cut_off', trustedFrom: oneOf([0, 50, 60, 100]) },
    ]),
    benchmark: oneOf(['budget-only', 'budget-only', 'same-feasible-set']),
    constraints: n === 0 || below(2) === 0 ? noConstraints : randomConstraints(rows, span, below),
    rule: randomRule(rule, below),
  };
}

const noConstraints: NaiveConstraints = { required: [], excluded: [], exclusive: [], prerequisites: [], at_most: null, category_caps: [] };

function randomConstraints(rows: readonly NaiveRow[], span: number, below: (count: number) => number): NaiveConstraints {
  const anyId = () => rows[below(rows.length)]?.id ?? '';
  const some = (most: number, chance: number) => (below(100) < chance ? [...new Set(Array.from({ length: 1 + below(most) }, anyId))] : []);
  const required = some(2, 30);
  const pairs = below(100) < 40 ? Array.from({ length: 1 + below(3) }, () => ({ id: anyId(), requires: anyId() })).filter(({ id, requires }) => id !== requires) : [];
  return {
    required,
    excluded: some(2, 30).filter((id) => !required.includes(id)),
    exclusive: below(100) < 40 ? Array.from({ length: 1 + below(2) }, () => [...new Set([anyId(), anyId(), anyId()])]).filter((group) => group.length > 1 && group.filter((id) => required.includes(id)).length < 2) : [],
    prerequisites: pairs,
    at_most: below(100) < 30 ? below(rows.length + 1) : null,
    category_caps: ['x', 'y']
      .filter((category) => below(100) < 25 && rows.some((row) => row.category === category))
      .map((category) => {
        const kind = below(3);
        return { category, max_initiatives: kind === 0 ? null : below(3), max_cost: kind === 1 ? null : below(3 * span) };
      }),
  };
}

function randomRule(id: RuleId, below: (count: number) => number): NaiveRule {
  if (id === 'hurwicz') return { id, alpha: [0, 100, 50, below(101)][below(4)] as number };
  if (id !== 'bayesian') return { id };
  const best = below(101);
  const med = below(101 - best);
  return { id, weights: [best, med, 100 - best - med] };
}

/** The instance as the core is asked it; a unit of money is a cent, or a hundred cents. */
export function problemOf({ rows, budget, floor, threshold, penalty, benchmark, constraints, rule }: NaiveInstance, unit: 'cents' | 'whole' = 'cents'): AllocationProblem {
  const money = (value: number) => (unit === 'whole' ? value : Number(`${value}e-2`));
  const percent = (value: number) => value / 100;
  return {
    candidates: rows.map(
      ({ id, cost, best, med, worst, confidence, category }): Candidate => ({
        id,
        cost: money(cost),
        R_best: money(best),
        R_med: money(med),
        R_worst: money(worst),
        confidence: percent(confidence),
        category,
      }),
    ),
    budget: money(budget),
    min_confidence_threshold: percent(threshold),
    min_portfolio_worst_return: floor === null ? null : money(floor),
    rule: rule.id,
    rule_parameters:
      rule.id === 'hurwicz'
        ? { alpha: percent(rule.alpha) }
        : rule.id === 'bayesian'
          ? { weights: { best: percent(rule.weights[0]), med: percent(rule.weights[1]), worst: percent(rule.weights[2]) } }
          : {},
    benchmark,
    penalty: { id: penalty.id, parameters: penaltyParameters(penalty) },
    constraints: { ...constraints, category_caps: constraints.category_caps.map((cap) => ({ ...cap, max_cost: cap.max_cost === null ? null : money(cap.max_cost) })) },
  };
}

function penaltyParameters(penalty: NaivePenalty): Record<string, unknown> {
  if (penalty.id === 'power') return { exponent: penalty.exponent };
  return penalty.id === 'cut_off' ? { trusted_from: penalty.trustedFrom / 100 } : {};
}
