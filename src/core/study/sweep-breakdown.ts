import { diagnosandBand } from './monte-carlo-band.ts';
import type { Bracket, CoverageBreakdown, DecisionBreakdown, DecisionFlip, SweepBreakdown, SweepPoint } from './sweep-plan.ts';

/** An interval that is to hold the truth 95% of the time has broken down where it does so less than 90% of the time. */
export const coverageThreshold = 0.9;

/** Where along a grid, in ascending order, coverage is lost and the decision changes. */
export function sweepBreakdown(initiatives: readonly string[], points: readonly SweepPoint[], current: number | null): SweepBreakdown {
  return { coverage: initiatives.map((id) => coverageBreakdown(id, points)), decision: decisionBreakdown(points, current) };
}

type XY = { readonly x: number; readonly y: number };
type Crossing = { readonly value: number; readonly between: Bracket };

/**
 * The first place where a line through points in ascending order goes below the threshold, if it begins at or above it, or comes up
 * to it, if it begins below; linear between neighbours. null where it does neither.
 */
export function firstCrossing(points: readonly XY[], threshold: number): Crossing | null {
  const [first] = points;
  if (first === undefined) return null;
  const holds = first.y >= threshold;
  const at = points.findIndex(({ y }) => y >= threshold !== holds);
  if (at < 1) return null;
  const [before, after] = [points[at - 1]!, points[at]!];
  const part = (threshold - before.y) / (after.y - before.y);
  return { value: before.x + part * (after.x - before.x), between: [before.x, after.x] };
}

function coverageBreakdown(id: string, points: readonly SweepPoint[]): CoverageBreakdown {
  const threshold = coverageThreshold;
  const told = points.flatMap(({ value: x, diagnosands }) => {
    const summary = diagnosands.find(({ initiative_id }) => initiative_id === id);
    const coverage = summary?.diagnosands.coverage ?? null;
    const band = summary === undefined ? null : diagnosandBand(summary, 'coverage');
    return coverage === null || band === null ? [] : [{ x, y: coverage.value, ...band }];
  });
  const [first] = told;
  const nothing = { initiative_id: id, threshold, value: null, between: null, interval: null };
  if (first === undefined) return { ...nothing, kind: 'unknown' };
  const holds = first.y >= threshold;
  const crossing = firstCrossing(told, threshold);
  if (crossing === null) return { ...nothing, kind: holds ? 'never' : 'always' };
  const lowerEdge = edgeCrossing(
    told.map(({ x, lower }) => ({ x, y: lower })),
    threshold,
    holds,
  );
  const upperEdge = edgeCrossing(
    told.map(({ x, upper }) => ({ x, y: upper })),
    threshold,
    holds,
  );
  const interval = holds ? { lower: lowerEdge, upper: upperEdge } : { lower: upperEdge, upper: lowerEdge };
  return { initiative_id: id, threshold, kind: holds ? 'falls' : 'rises', ...crossing, interval };
}

/** Where an edge of the band crosses the same way as the line itself; null where it does not within the grid. */
function edgeCrossing(edge: readonly XY[], threshold: number, downwards: boolean): number | null {
  const startsAbove = edge[0]!.y >= threshold;
  return startsAbove === downwards ? (firstCrossing(edge, threshold)?.value ?? null) : null;
}

function decisionBreakdown(points: readonly SweepPoint[], current: number | null): DecisionBreakdown | null {
  const decided = points.flatMap(({ value, decision }) => {
    const modal = decision?.modal_portfolio ?? null;
    return modal === null ? [] : [{ value, portfolio: modal.initiatives, share: modal.share }];
  });
  if (decided.length === 0) return null;
  const flips = decided.slice(1).flatMap((point, i): DecisionFlip[] => {
    const before = decided[i]!;
    return same(before.portfolio, point.portfolio)
      ? []
      : [{ between: [before.value, point.value], from: before.portfolio, to: point.portfolio, shares: [before.share, point.share] }];
  });
  const now = decided.find(({ value }) => value === current);
  if (now === undefined) return { flips, from_current: null };
  return {
    flips,
    from_current: {
      portfolio: now.portfolio,
      below: flips.findLast(({ between }) => between[1] <= now.value) ?? null,
      above: flips.find(({ between }) => between[0] >= now.value) ?? null,
    },
  };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}
