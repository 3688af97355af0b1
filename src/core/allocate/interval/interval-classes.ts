import { bestPortfolios, type Ranked } from '../search/best-portfolios.ts';
import type { IntervalProgram } from './interval-program.ts';

/**
 * Rows that can be exchanged without anything changing: alike in cost, best, worst and raw worst, required or excluded alike, and
 * in the same limits. Exchanging two of them in a portfolio changes neither what it costs nor what it keeps, and turns a best
 * reply into one to the portfolio exchanged, so that the regret is the same. Of each orbit, the portfolios that exchanges make of
 * one, the search needs a single one: the one that takes the first rows of every class, called canonical here.
 *
 * It is also the first of its orbit by ids. Let x be another one and d the first row where the two differ. Before d they hold the
 * same rows of d's class. If x held d and the canonical one did not, the canonical one would hold all rows it has of the class
 * before d, and x one more than those; but both hold equally many. So the canonical one holds d and x does not. As all lists of
 * the orbit are of one length, none continues another, and the one that holds d is first. The first by cost and ids of all
 * portfolios of some regret is therefore canonical.
 */
export type IntervalClasses = {
  /** The rows of each class of two or more, in order. */
  readonly classes: readonly (readonly number[])[];
  /** The row before this one in its class; -1 where it is the first. */
  readonly before: Int32Array;
  readonly isCanonical: (x: Uint8Array) => boolean;
  readonly canonical: (x: Uint8Array) => Uint8Array;
};

export function intervalClasses(program: IntervalProgram): IntervalClasses {
  const n = program.best.length;
  const before = new Int32Array(n).fill(-1);
  const classes: number[][] = [];
  // Money that is too long for doubles is rounded in a cap, so that rows that look alike in it may not be.
  const isRounded = program.constraints?.limits.some(({ slack }) => slack > 0) ?? false;
  for (let i = 0; i < n && !isRounded; i += 1) {
    const own = classes.find(([first]) => areAlike(program, first as number, i));
    if (own === undefined) classes.push([i]);
    else {
      before[i] = own.at(-1) as number;
      own.push(i);
    }
  }
  const several = classes.filter((rows) => rows.length > 1);
  const isCanonical = (x: Uint8Array) => {
    for (let i = 0; i < n; i += 1) if (x[i] === 1 && (before[i] as number) >= 0 && x[before[i] as number] === 0) return false;
    return true;
  };
  return {
    classes: several,
    before,
    isCanonical,
    canonical(x) {
      if (isCanonical(x)) return x;
      const moved = x.slice();
      for (const rows of several) {
        const held = rows.reduce((sum, i) => sum + (x[i] as number), 0);
        rows.forEach((i, k) => (moved[i] = k < held ? 1 : 0));
      }
      return moved;
    },
  };
}

function areAlike({ best, worst, rawWorst, costs, constraints }: IntervalProgram, i: number, j: number): boolean {
  if (best[i] !== best[j] || worst[i] !== worst[j] || rawWorst[i] !== rawWorst[j]) return false;
  if (costs.compare(costs.values[i] as number, (k) => k === i, costs.values[j] as number, (k) => k === j) !== 0) return false;
  if (constraints === null) return true;
  const { forced, barred, limits } = constraints;
  return forced[i] === forced[j] && barred[i] === barred[j] && limits.every(({ values }) => values[i] === values[j]);
}

/**
 * Decides open rows (2) where only one choice is canonical: after a row left out come only such, before a chosen one only chosen.
 * Whether it decided any; null where nothing canonical is left.
 */
export function keepCanonical({ classes }: IntervalClasses, x: Uint8Array): boolean | null {
  let changed = false;
  for (const rows of classes) {
    let [first, last] = [rows.length, -1];
    for (let k = 0; k < rows.length; k += 1) {
      if (x[rows[k] as number] === 0) first = Math.min(first, k);
      else if (x[rows[k] as number] === 1) last = k;
    }
    if (last > first) return null;
    for (let k = 0; k < rows.length; k += 1) {
      if (x[rows[k] as number] !== 2 || (k > last && k < first)) continue;
      x[rows[k] as number] = k < last ? 1 : 0;
      changed = true;
    }
  }
  return changed;
}

/** The first `capacity` portfolios of the orbits of the given ones, by objective, cost and ids. */
export function wholeOrbits({ costs }: IntervalProgram, { classes }: IntervalClasses, canonical: readonly Ranked[], capacity: number): readonly Ranked[] {
  if (classes.length === 0) return canonical.slice(0, capacity);
  const all = bestPortfolios(costs, capacity);
  for (const { x, objective, cost } of canonical) {
    if (objective > all.cutoff() || (objective === all.cutoff() && cost > all.lastCost())) continue;
    for (const moved of orbit(x, classes, capacity)) all.offer(moved, objective, cost);
  }
  return all.list();
}

/** The first portfolios that exchanges make of x, by ids: wherever there is a choice, a row is held before it is left out. */
function orbit(x: Uint8Array, classes: readonly (readonly number[])[], capacity: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const own = new Int32Array(x.length).fill(-1);
  classes.forEach((rows, c) => rows.forEach((i) => (own[i] = c)));
  const toHold = classes.map((rows) => rows.reduce((sum, i) => sum + (x[i] as number), 0));
  const toLeave = classes.map((rows, c) => rows.length - (toHold[c] as number));
  const moved = x.slice();
  const visit = (i: number): void => {
    if (found.length === capacity) return;
    if (i === x.length) {
      found.push(moved.slice());
      return;
    }
    const c = own[i] as number;
    if (c < 0) return visit(i + 1);
    for (const bit of [1, 0]) {
      const left = bit === 1 ? toHold : toLeave;
      const among = left[c] ?? 0;
      if (among === 0) continue;
      moved[i] = bit;
      left[c] = among - 1;
      visit(i + 1);
      left[c] = among;
    }
  };
  visit(0);
  return found;
}
