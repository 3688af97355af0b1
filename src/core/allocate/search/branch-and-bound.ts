import { bestPortfolios, type Ranked } from './best-portfolios.ts';
import { limitLedger } from './limit-ledger.ts';
import { improve, repairer } from './local-search.ts';
import { shortfall, type MinimaxProgram } from './minimax-program.ts';
import { bestPrices, neighbouringPrices, type Relaxation } from './relaxation.ts';

export type MinimaxAnswer = {
  readonly x: Uint8Array;
  readonly objective: number;
  /** No portfolio has a smaller objective; equal to `objective` where `proved`. */
  readonly bound: number;
  readonly proved: boolean;
  /** All portfolios with that objective by cost and ids; null where there are more than were to be kept, or not proved. */
  readonly all: readonly Ranked[] | null;
  readonly relaxations: readonly Relaxation[];
};

/**
 * The portfolio with the smallest largest shortfall, by depth-first search under Lagrangian bounds. Rows are decided in
 * order of how much the bound rises if they are decided against it; the search is repeated with rising cutoffs, so that
 * a poor first portfolio costs little, until a round finds something. All portfolios are judged by exact sums.
 *
 * `start` must be feasible; `knownBound` is a bound that is already proved. Stops after `maxNodes` decisions with the best
 * portfolio and the bound it has.
 * Source: Yu 1996, On the max-min 0-1 knapsack problem with robust optimization applications, Operations Research 44(2).
 */
export function minimaxPortfolio(program: MinimaxProgram, start: Uint8Array, keep: number, maxNodes: number, knownBound = -Infinity): MinimaxAnswer {
  const { costs } = program;
  let best = improve(program, start);
  let objective = shortfall(program, best);
  const repair = repairer(program);
  const take = (x: Uint8Array) => {
    const value = shortfall(program, x);
    if (value < objective) [best, objective] = [x, value];
  };
  const root = bestPrices(program, objective, (taken) => {
    const x = repair(taken);
    if (x !== null) take(x);
    return objective;
  });
  take(improve(program, best));
  const relaxations = [root, ...neighbouringPrices(program, root)];
  const first = Math.ceil(Math.max(knownBound, ...relaxations.map(({ bound }) => bound)));
  let bound = Math.min(objective, first);
  const nodes = { left: maxNodes };
  for (let reach = Math.max(1, (objective - first) * firstReach); ; reach *= reachGrowth) {
    const cutoff = Math.min(objective, Math.ceil(first + reach));
    let all = bestPortfolios(costs, keep + 1);
    const complete = search(program, relaxations, { cutoff, costCap: costs.budget, nodes }, (x, value, cost) => {
      if (value < objective) [best, objective, all] = [x.slice(), value, bestPortfolios(costs, keep + 1)];
      all.offer(x, value, cost);
      // With more than are to be kept, only better ones are looked for.
      return { cutoff: all.list().length > keep ? value - 1 : value, costCap: costs.budget };
    });
    if (!complete) return { x: best, objective, bound, proved: bound >= objective, all: null, relaxations };
    if (objective <= cutoff) return { x: best, objective, bound: objective, proved: true, all: all.list().length > keep ? null : all.list(), relaxations };
    bound = cutoff + 1;
  }
}

const firstReach = 0.02;
const reachGrowth = 1.5;

/**
 * The first `capacity` portfolios by cost, then ids, among those whose largest shortfall is at most `objective`.
 * `complete` says that none was missed.
 */
export function portfoliosWithin(
  program: MinimaxProgram,
  relaxations: readonly Relaxation[],
  objective: number,
  capacity: number,
  maxNodes: number,
): { readonly list: readonly Ranked[]; readonly complete: boolean } {
  const { costs } = program;
  const found = bestPortfolios(costs, capacity);
  const nodes = { left: maxNodes };
  let costCap = costs.budget;
  const complete = search(program, relaxations, { cutoff: objective, costCap, nodes }, (x, _, cost) => {
    found.offer(x, objective, cost);
    const last = found.list()[capacity - 1];
    if (last !== undefined) costCap = Math.min(costCap, last.cost + costs.slack);
    return { cutoff: objective, costCap };
  });
  return { list: found.list(), complete };
}

type Limits = { readonly cutoff: number; readonly costCap: number };
type Found = (x: Uint8Array, objective: number, cost: number) => Limits;

/** Visits every feasible portfolio with objective <= cutoff and cost <= costCap; false where the nodes ran out. */
function search(program: MinimaxProgram, relaxations: readonly Relaxation[], start: Limits & { readonly nodes: { left: number } }, found: Found): boolean {
  const { costs, worst, floor, limits } = program;
  const n = costs.values.length;
  const K = relaxations.length;
  const root = relaxations[0] as Relaxation;
  const order = Int32Array.from(Array.from(root.reduced.keys()).sort((a, b) => Math.abs(root.reduced[b] as number) - Math.abs(root.reduced[a] as number)));
  const reduced = relaxations.map((relaxation) => relaxation.reduced);
  const gain = floor === null ? null : stillToGain(worst, order);
  const least = floor ?? 0;
  const bounds = Array.from({ length: n + 1 }, () => new Float64Array(K));
  relaxations.forEach(({ bound }, k) => { (bounds[0] as Float64Array)[k] = bound; });
  const saved = new Float64Array(K);
  const x = new Uint8Array(n);
  const ledger = limits.length === 0 ? null : limitLedger(limits, n);
  const { nodes } = start;
  let { cutoff, costCap } = start;
  const applyLimits = (limits: Limits) => {
    ({ cutoff, costCap } = limits);
    for (let k = 0; k < K; k += 1) saved[k] = (relaxations[k] as Relaxation).prices.cost * (costs.budget - costCap);
  };

  // A node costs a few operations, a portfolio's sums many, and comparing costs of any length very many.
  const leafCharge = costs.slack > 0 ? n * 16 : n / 8;
  const leaf = (cost: number) => {
    nodes.left -= leafCharge;
    const objective = shortfall(program, x);
    if (objective <= cutoff && costs.fits(cost, (i) => x[i] === 1) && (ledger === null || ledger.keeps(x))) applyLimits(found(x, objective, cost));
  };
  const visit = (depth: number, cost: number, gained: number): void => {
    if (nodes.left <= 0) return;
    nodes.left -= 1;
    const here = bounds[depth] as Float64Array;
    let preferred = 0;
    for (let k = 0; k < K; k += 1) {
      if ((here[k] as number) + (saved[k] as number) > cutoff) return;
      if ((here[k] as number) > (here[preferred] as number)) preferred = k;
    }
    if (gain !== null && gained + (gain[depth] as number) < least) return;
    if (depth === n) return leaf(cost);
    const i = order[depth] as number;
    const next = bounds[depth + 1] as Float64Array;
    const likely = ((reduced[preferred] as Float64Array)[i] as number) > 0;
    for (let turn = 0; turn < 2; turn += 1) {
      const takes = turn === 0 ? likely : !likely;
      const dearer = takes ? cost + (costs.values[i] as number) : cost;
      if (dearer > costCap || (ledger !== null && !ledger.allows(i, takes))) continue;
      for (let k = 0; k < K; k += 1) {
        const value = (reduced[k] as Float64Array)[i] as number;
        next[k] = (here[k] as number) + (takes === value > 0 ? 0 : Math.abs(value));
      }
      x[i] = takes ? 1 : 0;
      ledger?.decide(i, takes, 1);
      visit(depth + 1, dearer, takes ? gained + (worst[i] as number) : gained);
      ledger?.decide(i, takes, -1);
    }
    x[i] = 0;
  };
  visit(0, 0, 0);
  return nodes.left > 0;
}

/** At each depth the most that the rows still to be decided can add to the sum the floor is about. */
function stillToGain(worst: Float64Array, order: Int32Array): Float64Array {
  const gain = new Float64Array(order.length + 1);
  for (let depth = order.length - 1; depth >= 0; depth -= 1) {
    gain[depth] = (gain[depth + 1] as number) + Math.max(0, worst[order[depth] as number] as number);
  }
  return gain;
}
