import { bestPortfolios, type BestPortfolios, type Ranked } from '../search/best-portfolios.ts';
import type { IntervalClasses } from './interval-classes.ts';
import { keyOf, type Cuts } from './interval-cuts.ts';
import { keepsAll, scenarioAgainst, type IntervalProgram } from './interval-program.ts';
import { replier } from './interval-reply.ts';
import type { Work } from './interval-work.ts';
import { dot } from '../search/minimax-program.ts';

/**
 * Judges portfolios by the adversary's exact best reply, each once, and remembers the best ones and what speaks against each. Of
 * portfolios that differ in alike rows alone the canonical one is remembered.
 */
export type IntervalJudge = {
  /** The number of the cut that the best reply to x is; -1 where x may not be chosen. */
  readonly portfolio: (x: Uint8Array) => number;
  /** Likewise for a portfolio of shares, by a good reply. */
  readonly mean: (x: Float64Array) => number;
  /** Looks at a portfolio that keeps everything and at the best ones of a few scenarios in which all rows move together. */
  readonly start: (x: Uint8Array) => void;
  /** Changes one or two rows of the best portfolio at a time as long as that helps. */
  readonly improve: () => void;
  readonly objective: () => number;
  /** Canonical portfolios of that regret by cost and ids, one more than are to be listed at most. */
  readonly ties: () => readonly Ranked[];
  readonly nextBest: () => readonly Ranked[];
  /** A portfolio dearer than this one is not among the first ties. */
  readonly dearestTie: () => number;
};

export function intervalJudge(program: IntervalProgram, alike: IntervalClasses, cuts: Cuts, work: Work, keep: { readonly ties: number; readonly rows: number }): IntervalJudge {
  const { best, worst, costs } = program;
  const n = best.length;
  const reply = replier(program, work);
  const known = new Map<string, number>();
  const offered = new Set<string>();
  const scenario = new Float64Array(n);
  const others = bestPortfolios(costs, keep.rows);
  let ties: BestPortfolios = bestPortfolios(costs, keep.ties + 1);
  let objective = Infinity;

  const portfolio = (x: Uint8Array): number => {
    const key = keyOf(x);
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const cut = keepsAll(program, x) ? judged(x) : -1;
    known.set(key, cut);
    return cut;
  };

  const judged = (x: Uint8Array): number => {
    const { y, bound } = reply.exact(scenarioAgainst(program, x, scenario));
    const regret = bound - dot(worst, x);
    if (regret < objective) {
      for (const former of ties.list()) others.offer(former.x, former.objective, former.cost);
      [objective, ties] = [regret, bestPortfolios(costs, keep.ties + 1)];
    }
    const canonical = alike.canonical(x);
    if (isNew(canonical)) (regret === objective ? ties : others).offer(canonical, regret, dot(costs.values, x));
    return cuts.add(y);
  };

  const isNew = (canonical: Uint8Array): boolean => {
    if (alike.classes.length === 0) return true;
    const before = offered.size;
    return offered.add(keyOf(canonical)).size > before;
  };

  const improveOnce = (start: Uint8Array): void => {
    const x = start.slice();
    const spent = dot(costs.values, x);
    const change = (i: number) => (x[i] === 1 ? -1 : 1) * (costs.values[i] as number);
    const flip = (i: number) => (x[i] = 1 - (x[i] as number));
    let against = 0;
    for (let i = 0; i < n && work.done < work.limit; i += 1) {
      const cost = spent + change(i);
      flip(i);
      for (let j = i; j < n; j += 1) {
        if (j > i && cost + change(j) > costs.budget) continue;
        if (j === i && cost > costs.budget) continue;
        if (j > i) flip(j);
        if (alike.isCanonical(x)) {
          against = cuts.against(x, objective, against);
          if (against < 0) portfolio(x);
        }
        if (j > i) flip(j);
      }
      flip(i);
    }
  };

  return {
    portfolio,
    mean: (x) => cuts.add(reply.rough(scenarioAgainst(program, x, scenario))),
    start(x) {
      portfolio(x);
      for (const share of together) portfolio(reply.rough(best.map((value, i) => share * value + (1 - share) * (worst[i] as number))));
    },
    improve() {
      for (let round = 0, before = Infinity; round < mostRounds && objective < before && work.done < work.limit; round += 1) {
        before = objective;
        improveOnce((ties.list()[0] as Ranked).x);
      }
    },
    objective: () => objective,
    ties: () => ties.list(),
    nextBest: () => others.list(),
    dearestTie: () => Math.min(costs.budget, ties.lastCost()),
  };
}

/** Where between worst (0) and best (1) all rows are; the middle alone gives a regret of at most twice the least. */
const together = [0.5, 0.25, 0.75, 0, 1];
const mostRounds = 20;
