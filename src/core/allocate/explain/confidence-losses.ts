import { states } from '../../contracts/shared-types.ts';
import type { Aim } from '../aim.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { effectiveReturns } from '../effective-returns.ts';
import { exactColumns } from '../exact/exact-columns.ts';
import { decimal, subtract, zero, type Decimal } from '../exact/exact-decimal.ts';
import { confidencePenalty } from '../penalties/index.ts';
import type { LossLines } from './crossing.ts';
import { allowed, subsetSums, type Survey } from './survey.ts';
import { undominated } from './undominated.ts';

/**
 * Every portfolio of a survey in whole units fine enough for what row i returns at its worst and for its spread, so that its
 * returns can be put at (worst + k spread) for any k. One column for each state, or one alone for a rule that maximises a sum.
 */
export type Spreads = {
  readonly survey: Survey;
  readonly isRegret: boolean;
  /** By mask, with every row as it is now. */
  readonly sums: readonly Float64Array[];
  /** By row: what it adds now, at its worst, and how much more at full confidence. */
  readonly now: readonly Float64Array[];
  readonly worst: readonly Float64Array[];
  readonly spread: readonly Float64Array[];
};

export function spreadsOf(problem: AllocationProblem, survey: Survey, aim: Aim): Spreads {
  const { ids } = survey.stakes;
  const n = ids.length;
  const isRegret = aim.kind === 'regret';
  const gamma = confidencePenalty(problem.penalty);
  const byId = new Map(problem.candidates.map((candidate) => [candidate.id, candidate]));
  const inColumns = (values: Readonly<Record<'best' | 'med' | 'worst', Decimal>>) => (aim.kind === 'return' ? [aim.worth(values)] : states.map((state) => values[state]));
  const rows = ids.flatMap((id) => {
    const candidate = byId.get(id);
    if (candidate === undefined) return [];
    const worst = decimal(candidate.R_worst);
    const above = (value: number) => subtract(decimal(value), worst);
    return [
      inColumns(effectiveReturns(candidate, gamma)),
      inColumns({ best: worst, med: worst, worst }),
      inColumns({ best: above(candidate.R_best), med: above(candidate.R_med), worst: zero }),
    ];
  });
  const { columns } = exactColumns(rows, isRegret ? states.length : 1);
  const part = (which: number) => columns.map((column) => Float64Array.from({ length: n }, (_, i) => column[3 * i + which] as number));
  const now = part(0);
  return { survey, isRegret, sums: now.map(subsetSums), now, worst: part(1), spread: part(2) };
}

/** The losses of the portfolios with row i, which fall in k, and of those without, which rise: those that can matter. */
export function lossesAround(spreads: Spreads, i: number): { readonly within: LossLines; readonly without: LossLines } {
  return spreads.isRegret ? regretsAround(spreads, i) : returnsAround(spreads, i);
}

function returnsAround({ survey: { standing, count }, sums, now, worst, spread }: Spreads, i: number): { readonly within: LossLines; readonly without: LossLines } {
  const sum = sums[0] as Float64Array;
  const shift = at(now, 0, i) - at(worst, 0, i);
  const most = { within: -Infinity, without: -Infinity };
  for (let mask = 0; mask < count; mask += 1) {
    if (standing[mask] !== allowed) continue;
    const side = ((mask >> i) & 1) === 1 ? 'within' : 'without';
    most[side] = Math.max(most[side], sum[mask] as number);
  }
  const single = (value: number, slope: number): LossLines => ({
    starts: [none(value), value === -Infinity ? new Float64Array(0) : Float64Array.of(0 - value), none(value)],
    slopes: [0, slope, 0],
  });
  return { within: single(most.within - shift, 0 - at(spread, 0, i)), without: single(most.without, 0) };
}

function none(value: number): Float64Array {
  return value === -Infinity ? new Float64Array(0) : Float64Array.of(-Infinity);
}

function regretsAround({ survey: { standing, open, count }, sums, now, worst, spread }: Spreads, i: number): { readonly within: LossLines; readonly without: LossLines } {
  const bit = 1 << i;
  const [best, med, low] = sums as [Float64Array, Float64Array, Float64Array];
  const shift = [0, 1, 2].map((j) => at(now, j, i) - at(worst, j, i)) as [number, number, number];
  const [riseBest, riseMed] = [at(spread, 0, i), at(spread, 1, i)];
  const without: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  const within: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let mask = 0; mask < count; mask += 1) {
    if ((standing[mask] as number) < open) continue;
    const side = (mask & bit) === 0 ? without : within;
    side[0] = Math.max(side[0], best[mask] as number);
    side[1] = Math.max(side[1], med[mask] as number);
    side[2] = Math.max(side[2], low[mask] as number);
  }
  for (let j = 0; j < 3; j += 1) within[j] = (within[j] as number) - (shift[j] as number);
  const top = without.map((value, j) => Math.max(value, within[j] as number)) as [number, number, number];
  const limit = limitOf();
  return { within: withinLines(), without: withoutLines() };

  /** What the crossing's loss is at most: the least without at k = 1 and the least with at k = 0. */
  function limitOf(): number {
    const [vBest, vMed] = [Math.max(without[0], within[0] + riseBest), Math.max(without[1], within[1] + riseMed)];
    let least = Infinity;
    for (let mask = 0; mask < count; mask += 1) {
      if (standing[mask] !== allowed) continue;
      const value =
        (mask & bit) === 0
          ? Math.max(vBest - (best[mask] as number), vMed - (med[mask] as number), top[2] - (low[mask] as number))
          : Math.max(top[0] - (best[mask] as number) + shift[0], top[1] - (med[mask] as number) + shift[1], top[2] - (low[mask] as number) + shift[2]);
      if (value < least) least = value;
    }
    return least;
  }

  function withoutLines(): LossLines {
    return collect(
      (mask) => (mask & bit) === 0,
      (mask) => Math.max(without[0] - (best[mask] as number), without[1] - (med[mask] as number), top[2] - (low[mask] as number)),
      (mask) => within[0] - (best[mask] as number),
      (mask) => within[1] - (med[mask] as number),
      [riseBest, riseMed],
      0,
    );
  }

  function withinLines(): LossLines {
    return collect(
      (mask) => (mask & bit) !== 0,
      (mask) => Math.max(within[0] - (best[mask] as number) + shift[0], within[1] - (med[mask] as number) + shift[1], top[2] - (low[mask] as number) + shift[2]),
      (mask) => without[0] - (best[mask] as number) + shift[0],
      (mask) => without[1] - (med[mask] as number) + shift[1],
      [0 - riseBest, 0 - riseMed],
      1,
    );
  }

  /** The losses that at `k`, where they are least, do not exceed the limit; of these, the ones no other is below throughout. */
  function collect(
    counts: (mask: number) => boolean,
    constant: (mask: number) => number,
    first: (mask: number) => number,
    second: (mask: number) => number,
    [riseFirst, riseSecond]: readonly [number, number],
    k: 0 | 1,
  ): LossLines {
    const gains: [number[], number[], number[]] = [[], [], []];
    for (let mask = 0; mask < count; mask += 1) {
      if (standing[mask] !== allowed || !counts(mask)) continue;
      const [a, b, c] = [constant(mask), first(mask), second(mask)];
      if (Math.max(a, b + k * riseFirst, c + k * riseSecond) > limit) continue;
      gains[0].push(0 - a);
      gains[1].push(0 - b);
      gains[2].push(0 - c);
    }
    const columns = gains.map((column) => Float64Array.from(column)) as [Float64Array, Float64Array, Float64Array];
    const { offer, front, comparisons } = undominated(columns);
    let position = 0;
    for (; position < columns[0].length && comparisons() < mostComparisons; position += 1) offer(position);
    // Where few are dominated the rest are kept unseen: more than are needed do no harm.
    const kept = [...front, ...Array.from({ length: columns[0].length - position }, (_, k) => position + k)];
    const starts = columns.map((column) => Float64Array.from(kept, (place) => 0 - (column[place] as number)));
    return { starts: starts as [Float64Array, Float64Array, Float64Array], slopes: [0, riseFirst, riseSecond] };
  }
}

const mostComparisons = 20_000_000;

function at(columns: readonly Float64Array[], j: number, i: number): number {
  return (columns[j] as Float64Array)[i] as number;
}
