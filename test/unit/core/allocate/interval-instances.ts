import type { AllocationProblem, Candidate, SideConstraints } from '../../../../src/core/allocate/decision-rule.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';

/**
 * The classes that interval knapsacks are tried on (Furini, Iori, Martello and Yagiura 2015, after Martello, Pisinger and Toth
 * 1999): how the nominal profit depends on the cost; the interval then reaches a share of it up and down. `wide` has intervals of
 * any width, and negative returns.
 */
export const instanceClasses = ['uncorrelated', 'weakly', 'strongly', 'inverse', 'almost', 'subset_sum', 'similar', 'wide'] as const;
export type InstanceClass = (typeof instanceClasses)[number];

export type InstanceShape = { readonly range: number; readonly spread: number; readonly tightness: number };

export function drawer(...names: readonly (string | number)[]) {
  const { uniform } = namedStream({ seed: 'interval', initiative: 'instances', stage: 'pilot', replication: 0, purpose: names.join(' ') });
  const between = (low: number, high: number) => low + Math.floor((high - low + 1) * uniform());
  return { between, chance: (probability: number) => uniform() < probability };
}

/** An instance with a budget of `tightness` times the total cost. */
export function intervalInstance(kind: InstanceClass, n: number, replication: number, { range, spread, tightness }: InstanceShape): AllocationProblem {
  const { between } = drawer(kind, n, replication, range, spread, tightness);
  const tenth = Math.ceil(range / 10);
  const candidates = Array.from({ length: n }, (_, i): Candidate => {
    const weight = kind === 'similar' ? between(10 * range, 10 * range + tenth) : between(1, range);
    const profit = {
      uncorrelated: () => between(1, range),
      similar: () => between(1, range),
      weakly: () => Math.max(1, between(weight - tenth, weight + tenth)),
      strongly: () => weight + tenth,
      inverse: () => weight,
      almost: () => weight + tenth + between(-Math.ceil(range / 500), Math.ceil(range / 500)),
      subset_sum: () => weight,
      wide: () => between(-tenth * 5, tenth * 5),
    }[kind]();
    const [low, high] = kind === 'wide' ? [profit, profit + between(0, range)] : [between(Math.round((1 - spread) * profit), profit), between(profit, Math.round((1 + spread) * profit))];
    return { id: `i${String(i).padStart(3, '0')}`, cost: kind === 'inverse' ? weight + tenth : weight, R_best: high, R_med: profit, R_worst: low, confidence: 1 };
  });
  return asProblem(candidates, Math.floor(tightness * candidates.reduce((sum, { cost }) => sum + cost, 0)));
}

/** Few figures, so that ties abound; costs and returns in tenths; half of the time with a floor, half with side constraints. */
export function smallProblem(replication: number): AllocationProblem {
  const { between, chance } = drawer('small', replication);
  const n = between(1, 8);
  const few = chance(0.6);
  const amount = (low: number, high: number) => (few ? between(low, high) : between(low * 10, high * 10) / 10);
  const ids = 'cahgbfed'.slice(0, n).split('');
  const candidates = ids.map((id): Candidate => {
    const [R_worst = 0, R_med = 0, R_best = 0] = (few ? [between(-1, 3), between(-1, 3), between(-1, 3)] : [amount(-5, 8), amount(-5, 8), amount(-5, 8)]).sort((a, b) => a - b);
    return { id, cost: amount(1, few ? 3 : 6), R_best, R_med, R_worst, confidence: few ? 1 : between(0, 4) / 4, category: id === ids[0] || chance(0.4) ? 'x' : 'y' };
  });
  const total = candidates.reduce((sum, { cost }) => sum + cost, 0);
  const pick = () => ids[between(0, n - 1)] as string;
  const constraints: Partial<SideConstraints> = {
    ...(chance(0.2) ? { required: [ids[between(0, Math.max(0, n - 2))] as string] } : {}),
    ...(chance(0.2) && n > 1 ? { excluded: [ids[n - 1] as string] } : {}),
    ...(chance(0.3) ? { exclusive: [[...new Set([pick(), pick(), pick()])]] } : {}),
    ...(chance(0.3) && n > 1 ? { prerequisites: [{ id: ids[0] as string, requires: ids[between(1, n - 1)] as string }] } : {}),
    ...(chance(0.3) ? { at_most: between(1, n) } : {}),
    ...(chance(0.3) ? { category_caps: [{ category: 'x', max_initiatives: chance(0.5) ? between(0, 2) : null, max_cost: chance(0.5) ? amount(1, 6) : null }] } : {}),
  };
  return {
    ...asProblem(candidates, chance(0.1) ? 0 : (total * between(2, 10)) / 10),
    min_confidence_threshold: chance(0.3) ? 0.25 : 0,
    min_portfolio_worst_return: chance(0.5) ? amount(-8, 4) : null,
    benchmark: chance(0.5) ? 'same-feasible-set' : 'budget-only',
    ...(chance(0.5) ? { constraints } : {}),
  };
}

/** A small problem with few initiatives and copies of some, which share their category and, at times, more of what binds them. */
export function problemWithTwins(replication: number): AllocationProblem {
  const { between, chance } = drawer('twins', replication);
  const problem = smallProblem(replication * 3 + 1);
  const originals = problem.candidates.slice(0, between(1, 3));
  const spare = 'zyxwvutsrqponmlkji'.split('');
  const copies = originals.flatMap((original) =>
    Array.from({ length: between(1, 3) }, (): Candidate => {
      // Ids on both sides of the original's.
      const id = `${chance(0.5) ? 'A' : ''}${spare.pop() as string}`;
      // A return that the rule does not read, and one that only the floor reads.
      return { ...original, id, R_med: chance(0.5) ? original.R_med : original.R_worst, confidence: chance(0.1) ? 1 : original.confidence };
    }),
  );
  const kept = new Set(originals.map(({ id }) => id));
  const candidates = [...originals, ...copies].slice(0, 8);
  const ids = candidates.map(({ id }) => id);
  const pick = () => ids[between(0, ids.length - 1)] as string;
  const [one, other] = [pick(), pick()];
  const constraints: Partial<SideConstraints> = {
    ...(chance(0.2) ? { required: [one] } : {}),
    ...(chance(0.2) && one !== other ? { excluded: [other] } : {}),
    ...(chance(0.4) ? { exclusive: [[...new Set([pick(), pick(), pick()])]] } : {}),
    ...(chance(0.4) && one !== other ? { prerequisites: [{ id: one, requires: other }] } : {}),
    ...(chance(0.3) ? { at_most: between(1, ids.length) } : {}),
    ...(chance(0.4) ? { category_caps: [{ category: 'x', max_initiatives: chance(0.5) ? between(0, 3) : null, max_cost: chance(0.5) ? between(1, 6) : null }] } : {}),
  };
  const total = candidates.reduce((sum, { cost }) => sum + cost, 0);
  return {
    ...problem,
    candidates: candidates.map((candidate) => (kept.size > 1 && chance(0.05) ? { ...candidate, cost: candidate.cost + 1 } : candidate)),
    budget: (total * between(3, 8)) / 10,
    constraints: chance(0.7) ? constraints : {},
  };
}

export function asProblem(candidates: readonly Candidate[], budget: number): AllocationProblem {
  return { candidates, budget, min_confidence_threshold: 0, min_portfolio_worst_return: null, rule: 'interval_minimax_regret', rule_parameters: {} };
}
