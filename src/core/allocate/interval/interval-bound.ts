import type { Cuts } from './interval-cuts.ts';
import { fillingSolver } from './interval-filling.ts';
import type { IntervalProgram } from './interval-program.ts';
import type { Work } from './interval-work.ts';

/** A part of the search: `x` has 1 where a row is chosen, 0 where it is not, 2 where that is open. */
export type Part = {
  readonly x: Uint8Array;
  /** No portfolio of this part has a smaller regret. */
  readonly bound: number;
  /** The adversary's mixture of cuts behind the bound. */
  readonly cuts: Int32Array;
  readonly weights: Float64Array;
  /** How often each row is in the answers to such mixtures: a portfolio of shares that does well against all cuts. */
  readonly mean: Float64Array;
};

export type Bounder = (x: Uint8Array, parent: Part | null, steps: number, limits: { readonly cutoff: () => number; readonly budget: number }) => Part;

/** Both may add cuts and give the number of one that speaks against what they were shown, or -1. */
export type Suggest = { readonly portfolio: (x: Uint8Array) => number; readonly mean: (x: Float64Array) => number };

/**
 * Bounds from below the regret of every portfolio that completes x: for any mixture of cuts, the least that a completion
 * within the budget can make of it is a knapsack. The mixture is improved by projected subgradient steps of Polyak's length
 * until the bound is above the cutoff; `suggest` is shown the portfolios that answer it, and the mean of them.
 * Source: Furini, Iori, Martello and Yagiura 2015, INFORMS Journal on Computing 27(2), for cuts and their relaxation.
 */
export function bounder(program: IntervalProgram, cuts: Cuts, suggest: Suggest, work: Work): Bounder {
  const { best, costs } = program;
  const n = best.length;
  const width = n + 1;
  const fill = fillingSolver(costs.values, work);
  const rows = new Int32Array(n);
  const slope = new Float64Array(n);
  const answer = new Uint8Array(n);
  const lead = new Float64Array(activeLimit * 2);
  const gradient = new Float64Array(activeLimit * 2);
  const share = new Float64Array(n);
  const scores = new Float64Array(activeLimit);
  const strongest = new Int32Array(activeLimit);

  return (x, parent, steps, { cutoff, budget }) => {
    let open = 0;
    let room = budget;
    for (let i = 0; i < n; i += 1) {
      if (x[i] === 2) rows[open++] = i;
      else if (x[i] === 1) room -= costs.values[i] as number;
    }
    const active: number[] = parent === null ? [] : Array.from(parent.cuts);
    const weights: number[] = parent === null ? [] : Array.from(parent.weights);
    const isActive = new Set(active);
    /** What a cut says of the rows decided so far. */
    const leadOf = (k: number): number => {
      const figures = cuts.figures();
      let sum = figures[k * width + n] as number;
      for (let i = 0; i < n; i += 1) if (x[i] === 1) sum -= figures[k * width + i] as number;
      return sum;
    };
    const join = (k: number) => {
      if (k < 0 || isActive.has(k) || active.length >= lead.length) return;
      isActive.add(k);
      lead[active.length] = leadOf(k);
      active.push(k);
      weights.push(0);
    };
    active.forEach((k, a) => (lead[a] = leadOf(k)));
    joinStrongest(parent);
    if (!weights.some((weight) => weight > 0)) weights.fill(1 / weights.length);

    const mean = new Float64Array(n);
    let answers = 0;
    let bound = parent?.bound ?? -Infinity;
    let bestWeights = weights.slice();
    let step = 1;
    let since = 0;
    for (let turn = 0; turn < steps; turn += 1) {
      const value = evaluate();
      if (value > bound) {
        if (value > bound + (cutoff() - bound) / 1000) since = 0;
        [bound, bestWeights] = [value, weights.slice()];
      } else if ((since += 1) > patience) [step, since] = [step * shrink, 0];
      if (bound > cutoff()) break;
      answers += 1;
      for (let i = 0; i < n; i += 1) mean[i] = (mean[i] as number) + ((answer[i] as number) - (mean[i] as number)) / Math.min(answers, memory);
      if (turn % portfolioEvery === 0) join(suggest.portfolio(answer));
      if (turn % meanEvery === meanEvery - 1) join(suggest.mean(mean));
      if (bound > cutoff() || work.done > work.limit) break;
      ascend(value);
    }
    return packed();

    /** The bound of the present mixture; leaves the answer to it in `answer`. */
    function evaluate(): number {
      work.done += 2 * active.length * open;
      slope.fill(0);
      let constant = 0;
      let size = 0;
      const figures = cuts.figures();
      for (let a = 0; a < active.length; a += 1) {
        const weight = weights[a] as number;
        if (weight === 0) continue;
        constant += weight * (lead[a] as number);
        size += weight * Math.abs(lead[a] as number);
        const start = (active[a] as number) * width;
        for (let k = 0; k < open; k += 1) {
          const i = rows[k] as number;
          slope[i] = (slope[i] as number) + weight * (figures[start + i] as number);
        }
      }
      for (let i = 0; i < n; i += 1) answer[i] = x[i] === 1 ? 1 : 0;
      const filling = fill(slope, rows, open, room, 0, turnsLimit, answer);
      return constant - filling.bound - (size + filling.bound) * doubt;
    }

    function ascend(value: number): void {
      const figures = cuts.figures();
      const count = active.length;
      let total = 0;
      for (let a = 0; a < count; a += 1) {
        let sum = lead[a] as number;
        const start = (active[a] as number) * width;
        for (let k = 0; k < open; k += 1) if (answer[rows[k] as number] === 1) sum -= figures[start + (rows[k] as number)] as number;
        gradient[a] = sum;
        total += sum;
      }
      const average = total / count;
      let length = 0;
      for (let a = 0; a < count; a += 1) {
        const slant = (gradient[a] as number) - average;
        length += slant * slant;
      }
      if (length === 0) return;
      const stride = (step * Math.max(1e-9, cutoff() + 1 - value)) / length;
      for (let a = 0; a < count; a += 1) weights[a] = (weights[a] as number) + stride * ((gradient[a] as number) - average);
      ontoSimplex(weights);
    }

    function joinStrongest(from: Part | null): void {
      const count = cuts.count();
      if (count <= activeLimit) {
        for (let k = 0; k < count; k += 1) join(k);
        return;
      }
      const figures = cuts.figures();
      const wanted = activeLimit - active.length;
      let filled = 0;
      for (let i = 0; i < n; i += 1) share[i] = x[i] === 2 ? (from?.mean[i] ?? 0.5) : (x[i] as number);
      if (wanted > 0) work.done += Math.min(count, recent) * n;
      for (let k = Math.max(0, count - recent); k < count && wanted > 0; k += 1) {
        let sum = figures[k * width + n] as number;
        const start = k * width;
        for (let i = 0; i < n; i += 1) sum -= (share[i] as number) * (figures[start + i] as number);
        if (filled === wanted && sum <= (scores[filled - 1] as number)) continue;
        let place = filled < wanted ? filled++ : filled - 1;
        for (; place > 0 && (scores[place - 1] as number) < sum; place -= 1) {
          scores[place] = scores[place - 1] as number;
          strongest[place] = strongest[place - 1] as number;
        }
        scores[place] = sum;
        strongest[place] = k;
      }
      for (let k = 0; k < filled; k += 1) join(strongest[k] as number);
    }

    function packed(): Part {
      const kept = bestWeights.map((_, a) => a).filter((a) => (bestWeights[a] as number) > 1e-6);
      return {
        x,
        bound,
        cuts: Int32Array.from(kept, (a) => active[a] as number),
        weights: Float64Array.from(kept, (a) => bestWeights[a] as number),
        mean: answers === 0 && parent !== null ? parent.mean : mean,
      };
    }
  };
}

const activeLimit = 32;
/** How many cuts a bound starts from, and of how many it picks the strongest. */
const recent = 1000;
const patience = 3;
const portfolioEvery = 3;
const meanEvery = 6;
const shrink = 0.6;
const memory = 12;
const turnsLimit = 3000;
/** What rounding may add to a bound, relative to its parts. */
const doubt = 1e-11;

/** The nearest weights that are non-negative and sum to 1, by dropping those that would be negative (Michelot 1986). */
function ontoSimplex(weights: number[]): void {
  // Below the largest one, so that 1 is not lost beside large numbers and the largest one is never dropped.
  let largest = -Infinity;
  for (let a = 0; a < weights.length; a += 1) largest = Math.max(largest, weights[a] as number);
  let shift = -Infinity;
  let kept = weights.length + 1;
  for (;;) {
    let sum = 0;
    let count = 0;
    for (let a = 0; a < weights.length; a += 1) {
      const below = (weights[a] as number) - largest;
      if (below <= shift) continue;
      sum += below;
      count += 1;
    }
    if (count >= kept) break;
    kept = count;
    shift = (sum - 1) / count;
  }
  for (let a = 0; a < weights.length; a += 1) weights[a] = Math.max(0, (weights[a] as number) - largest - shift);
}
