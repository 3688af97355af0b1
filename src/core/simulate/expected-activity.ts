import { log } from '../numeric/elementary.ts';
import { normalCdf } from '../numeric/normal.ts';
import { lognormalSigma } from '../random/variates.ts';
import type { DemandDeclaration } from '../scenario/scenario.ts';
import { baseActivity } from './demand-funnel.ts';
import { dayFactors, loadingSpread, trendDrift } from './demand-levels.ts';
import type { Calendar } from './pilot.ts';

/** Nodes and weights of the 5-point Gauss-Legendre rule on [-1, 1]; used on each half of the range of loadings. */
const NODES = [-0.906179845938664, -0.5384693101056831, 0, 0.5384693101056831, 0.906179845938664] as const;
const WEIGHTS = [0.23692688505618908, 0.47862867049936647, 0.5688888888888889, 0.47862867049936647, 0.23692688505618908] as const;

/** The mean over the days of P(active) of a product of this quality, with its activity multiplied by `factor` (and capped at 1). */
export type ExpectedActivity = (quality: number, factor: number) => number;

/** Days of equal weekday, trend and strength of treatment; `share` counts them per period from `from` on. */
export type DayKind = { readonly profile: number; readonly drift: number; readonly strength: number; readonly share: number };

/** P(active) on such a day of a product with this base probability, with its activity multiplied by `factor` (and capped at 1). */
export type ActivityOn = (kind: DayKind, base: number, factor: number) => number;

/**
 * Expectation of min(1, factor * min(1, base * m(t))) over the demand multiplier, mean over periods `from` on.
 * Product level, appeal, unit level and shock are lognormal, so given the unit's loading the product m is lognormal of known
 * scale, and the capped mean has a closed form; the loading, where units differ in it, is integrated numerically (a smooth function).
 */
export function expectedActivity(demand: DemandDeclaration, calendar: Calendar, from: number, hasUnits: boolean): ExpectedActivity {
  const kinds = dayKinds(demand, calendar, from, () => 1);
  const { on } = activityOn(demand, hasUnits);
  return (quality, factor) => {
    const base = baseActivity(demand.sale_probability, quality);
    let sum = 0;
    for (const kind of kinds) sum += (kind.share / calendar.daysPerPeriod) * on(kind, base, factor);
    return sum;
  };
}

/** The same for one kind of day, and how much dearer than a plain evaluation it is. */
export function activityOn(demand: DemandDeclaration, hasUnits: boolean): { readonly on: ActivityOn; readonly cost: number } {
  const levelVariance =
    square(lognormalSigma(demand.product_variation)) +
    square(lognormalSigma(demand.appeal_variation)) +
    (hasUnits ? square(lognormalSigma(demand.unit_variation)) : 0);
  const shockVariance = square(demand.shock_deviation);
  const spread = hasUnits && (demand.trend !== 0 || shockVariance > 0) ? loadingSpread(demand.unit_variation) : 0;
  return {
    on({ profile, drift }, base, factor) {
      const atLoading = (loading: number) =>
        twiceCapped(base * profile * Math.max(0, 1 + loading * drift), Math.sqrt(levelVariance + square(loading) * shockVariance), factor);
      return spread === 0 ? atLoading(1) : meanOverLoadings(atLoading, spread, drift);
    },
    cost: spread === 0 ? 1 : 2 * NODES.length,
  };
}

/**
 * The kinds of days from period `from` on, with `strengthIn` of the period, counted from `from`. Without a trend and at one
 * strength there are seven at most.
 */
export function dayKinds(
  demand: DemandDeclaration,
  calendar: Calendar,
  from: number,
  strengthIn: (k: number) => number,
): readonly DayKind[] {
  const { nPeriods, daysPerPeriod } = calendar;
  const profile = dayFactors(calendar, demand);
  const drift = trendDrift(calendar, demand.trend);
  const kinds = new Map<string, { profile: number; drift: number; strength: number; days: number }>();
  for (let t = from; t < nPeriods; t += 1) {
    const strength = strengthIn(t - from);
    for (let day = t * daysPerPeriod; day < (t + 1) * daysPerPeriod; day += 1) {
      const key = `${profile[day]} ${drift[day]} ${strength}`;
      const kind = kinds.get(key) ?? { profile: profile[day]!, drift: drift[day]!, strength, days: 0 };
      kind.days += 1;
      kinds.set(key, kind);
    }
  }
  return Array.from(kinds.values(), ({ days, ...kind }) => ({ ...kind, share: days / (nPeriods - from) }));
}

/**
 * E[min(1, scale * L)] for a lognormal L of mean one whose logarithm has standard deviation sigma:
 * scale * Phi(-a - sigma/2) + Phi(a - sigma/2), a = log(scale) / sigma.
 */
export function cappedLognormalMean(scale: number, sigma: number): number {
  if (!(scale > 0)) return 0;
  if (sigma === 0) return Math.min(1, scale);
  const a = log(scale) / sigma;
  return scale * normalCdf(-a - sigma / 2) + normalCdf(a - sigma / 2);
}

/** E[min(1, factor * min(1, scale * L))]. */
function twiceCapped(scale: number, sigma: number, factor: number): number {
  return factor >= 1 ? cappedLognormalMean(factor * scale, sigma) : factor * cappedLognormalMean(scale, sigma);
}

/** Loadings are uniform on 1 - spread to 1 + spread. Beyond -1/drift a falling trend leaves no demand: the integral ends at that kink. */
function meanOverLoadings(atLoading: (loading: number) => number, spread: number, drift: number): number {
  const from = 1 - spread;
  const to = drift < 0 ? Math.min(1 + spread, -1 / drift) : 1 + spread;
  if (!(to > from)) return 0;
  const quarter = (to - from) / 4;
  let sum = 0;
  for (const centre of [from + quarter, to - quarter]) {
    NODES.forEach((node, k) => {
      sum += WEIGHTS[k]! * atLoading(centre + quarter * node);
    });
  }
  return (quarter * sum) / (2 * spread);
}

function square(x: number): number {
  return x * x;
}
