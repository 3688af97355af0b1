import type { Ranked } from '../search/best-portfolios.ts';
import { bounder, type Part } from './interval-bound.ts';
import { intervalClasses, wholeOrbits } from './interval-classes.ts';
import { cutPool } from './interval-cuts.ts';
import { smallestFirst } from './interval-heap.ts';
import { intervalJudge } from './interval-judge.ts';
import type { IntervalProgram } from './interval-program.ts';
import { propagator } from './interval-propagation.ts';
import type { Work } from './interval-work.ts';
import { dot } from '../search/minimax-program.ts';

export type IntervalOptions = {
  /** A portfolio that keeps budget, floor and constraints. */
  readonly start: Uint8Array;
  readonly maxNodes: number;
  /** How many portfolios of the least regret are listed, and how many of the next best that were met. */
  readonly ties: number;
  readonly rows: number;
};

export type IntervalAnswer = {
  readonly objective: number;
  /** No portfolio's regret is smaller; equal to `objective` where that is proved. */
  readonly bound: number;
  /** The portfolios of that regret by cost and ids, then the next best that were met. */
  readonly ranked: readonly Ranked[];
  readonly tiesComplete: boolean;
  /** Whether the first is sure to be the cheapest and first by ids. */
  readonly isCanonical: boolean;
};

/**
 * The portfolio whose largest regret over independent intervals is smallest: best-first branch and bound over rows. Every reply
 * of the adversary met on the way is a cut, and each part of the search is bounded by its own mixture of cuts; portfolios are
 * judged by the adversary's exact best reply. Where more portfolios tie than are listed, a second search looks for the cheapest.
 *
 * Stops with the bound it has after `maxNodes` parts, or when it has done the work that so many may take.
 * Source: Averbakh 2001, Mathematical Programming 90; Aissi, Bazgan and Vanderpooten 2009, European Journal of Operational
 * Research 197; Furini, Iori, Martello and Yagiura 2015, INFORMS Journal on Computing 27(2).
 */
export function intervalMinimaxRegret(given: IntervalProgram, options: IntervalOptions): IntervalAnswer {
  const unit = commonUnit(given);
  const program = { ...given, best: given.best.map((value) => value / unit), worst: given.worst.map((value) => value / unit) };
  const { costs } = program;
  const work: Work = { done: 0, limit: stepsOfRoot + options.maxNodes * stepsOfNode };
  const cuts = cutPool(program, mostCuts, work);
  const alike = intervalClasses(program);
  const judge = intervalJudge(program, alike, cuts, work, options);
  const boundOf = bounder(program, cuts, { portfolio: judge.portfolio, mean: judge.mean }, work);
  const narrow = propagator(program, alike);
  let nodesLeft = options.maxNodes;

  judge.start(options.start);
  const root = Uint8Array.from(costs.values, (_, i) => (program.constraints?.forced[i] === 1 ? 1 : program.constraints?.barred[i] === 1 ? 0 : 2));
  narrow(root, costs.budget);
  if (!root.includes(2)) judge.portfolio(root);
  const whole = root.includes(2) ? boundOf(root, null, rootSteps, { cutoff: judge.objective, budget: costs.budget }) : null;
  judge.improve();

  const isListed = () => judge.ties().length <= options.ties;
  // With more ties than are to be listed, only better portfolios are looked for.
  const bound = explore((part) => part.bound, () => (isListed() ? judge.objective() : judge.objective() - 1), () => costs.budget);
  const proved = bound >= judge.objective();
  const isComplete = proved && isListed();
  if (proved && !isComplete) {
    nodesLeft = Math.max(nodesLeft, options.maxNodes / 4);
    work.limit = Math.max(work.limit, work.done + (options.maxNodes / 4) * stepsOfNode);
  }
  const isCanonical = isComplete || (proved && explore(({ x }) => dot(costs.values, x), judge.objective, judge.dearestTie) === Infinity);
  const ties = wholeOrbits(program, alike, judge.ties(), options.ties + 1);
  const nextBest = wholeOrbits(program, alike, judge.nextBest(), options.rows);
  return {
    objective: judge.objective() * unit,
    bound: Math.min(bound, judge.objective()) * unit,
    ranked: [...ties, ...nextBest].map((ranked) => ({ ...ranked, objective: ranked.objective * unit })),
    tiesComplete: isComplete && ties.length <= options.ties,
    isCanonical,
  };

  /**
   * Judges every portfolio of regret at most `cutoff` and cost at most `budget`, parts with the smallest `key` first. Infinity
   * where none was missed; otherwise the smallest regret that one which was missed may have, if `key` is the bound.
   */
  function explore(key: (part: Part) => number, cutoff: () => number, budget: () => number): number {
    const parts = smallestFirst<Part>(key);
    if (whole !== null) parts.push(whole);
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      if (part.bound > cutoff()) continue;
      if (nodesLeft <= 0 || work.done > work.limit) return Math.ceil(part.bound);
      const row = branchingRow(program, part);
      for (const decision of [0, 1]) {
        const x = part.x.slice();
        x[row] = decision;
        if (!narrow(x, budget())) continue;
        if (!x.includes(2)) {
          judge.portfolio(x);
          continue;
        }
        nodesLeft -= 1;
        const child = boundOf(x, part, steps, { cutoff, budget: budget() });
        if (child.bound <= cutoff()) parts.push(child);
      }
    }
    return Infinity;
  }
}

/** What a part may take, in steps of work (a few nanoseconds each), and what the root may take besides. */
const stepsOfNode = 50_000;
const stepsOfRoot = 2_000_000;
const rootSteps = 150;
const steps = 18;
const mostCuts = 100_000;

/** An open row that the answers to the adversary disagree about, and about which much is uncertain. */
function branchingRow({ best, worst }: IntervalProgram, { x, mean }: Part): number {
  let widest = 0;
  for (let i = 0; i < x.length; i += 1) if (x[i] === 2) widest = Math.max(widest, (best[i] as number) - (worst[i] as number));
  let [row, most] = [-1, -Infinity];
  for (let i = 0; i < x.length; i += 1) {
    if (x[i] !== 2) continue;
    const width = widest === 0 ? 0 : ((best[i] as number) - (worst[i] as number)) / widest;
    const score = widthShare * width - Math.abs((mean[i] as number) - 0.5);
    if (score > most) [row, most] = [i, score];
  }
  return row;
}

const widthShare = 0.7;

/** The largest whole number that all figures are multiples of. */
function commonUnit({ best, worst }: IntervalProgram): number {
  const unit = [...best, ...worst].reduce((divisor, value) => greatestCommonDivisor(divisor, Math.abs(value)), 0);
  return unit === 0 ? 1 : unit;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
