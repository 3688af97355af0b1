import { exp } from '../numeric/elementary.ts';
import { namedStream } from '../random/stream.ts';
import { lognormalMeanOne, lognormalSigma, standardNormal } from '../random/variates.ts';
import type { DemandDeclaration } from '../scenario/scenario.ts';
import { dayCount, dayNumber, weekday } from './calendar.ts';
import type { Calendar, Catalog, PilotName } from './pilot.ts';

/** Monday to Sunday; sums to 0, at most 1 in size. */
const WEEKDAY_SHAPE = [-0.5, -0.75, -0.5, 0, 0.5, 1, 0.25] as const;
const SQRT_THREE = 1.7320508075688772;

/**
 * The demand multiplier m(i, t) = product[i] * unitDay[unit(i) * nDays + t] on day t, which multiplies the probability that a
 * product is active (capped at 1). In panel unit u,
 *
 *   unitDay(u, t) = level(u) * foreseeable(t) * max(0, 1 + loading(u) * drift(t)) * exp(loading(u) * z(t) - loading(u)^2 * var(z) / 2)
 *
 * with foreseeable(t) the weekday profile times the one-off shock, drift(t) the linear trend, and z a stationary AR(1) process common to all: one common factor with loadings of mean
 * one, so that a weighted mean of other units can follow any one unit. Without panel units level and loading are 1.
 * Every factor but the trend and the one-off shock has mean one; the trend has mean one over the periods before the intervention (without any, it
 * is one on the first day), so that a longer window after it changes nothing before.
 *
 * product[i] is the product's own level times exp(sigma * appeal[i] - sigma^2 / 2), its hidden appeal: nobody has that on record.
 */
export type DemandLevels = { readonly product: Float64Array; readonly unitDay: Float64Array; readonly appeal: Float64Array };

export function drawDemandLevels(catalog: Catalog, calendar: Calendar, demand: DemandDeclaration, name: PilotName): DemandLevels {
  const appeal = drawAppeal(catalog.nProducts, name);
  return {
    product: drawProductLevels(appeal, demand, name),
    unitDay: drawUnitDays(catalog.unitNames.length, calendar, demand, name),
    appeal,
  };
}

/** What is foreseeable of each day: the weekday profile, mean one over a week, 1 + amplitude * shape; times the one-off shock while it lasts. */
export function dayFactors(calendar: Calendar, demand: DemandDeclaration): Float64Array {
  const { weekday_amplitude: amplitude, one_off_size: size, one_off_period: from, one_off_length: length } = demand;
  const first = calendar.nPeriods > 0 ? dayNumber(calendar.dates[0]!) : 0;
  return Float64Array.from({ length: dayCount(calendar) }, (_, day) => {
    const period = Math.floor(day / calendar.daysPerPeriod);
    const profile = 1 + amplitude * WEEKDAY_SHAPE[weekday(first + day)]!;
    return period >= from && period < from + length ? profile * (1 + size) : profile;
  });
}

/** Relative change of demand by the trend on each day, the same all week where periods are weeks; 0 in the middle of the periods before the intervention. */
export function trendDrift(calendar: Calendar, trendPer100Periods: number): Float64Array {
  const centre = Math.max(0, (calendar.interventionIndex - 1) / 2);
  const { daysPerPeriod } = calendar;
  return Float64Array.from({ length: dayCount(calendar) }, (_, t) => (trendPer100Periods * (Math.floor(t / daysPerPeriod) - centre)) / 100);
}

/** Loadings are uniform on 1 - spread to 1 + spread: mean one, standard deviation `unitVariation`, never negative. */
export function loadingSpread(unitVariation: number): number {
  return Math.min(1, SQRT_THREE * unitVariation);
}

/** Standard normal, whatever demand makes of it, so that turning that dial does not reshuffle who is appealing. */
function drawAppeal(nProducts: number, name: PilotName): Float64Array {
  const stream = namedStream({ ...name, purpose: 'appeal' });
  const appeal = new Float64Array(nProducts);
  for (let i = 0; i < nProducts; i += 1) appeal[i] = standardNormal(stream);
  return appeal;
}

function drawProductLevels(appeal: Float64Array, demand: DemandDeclaration, name: PilotName): Float64Array {
  const nProducts = appeal.length;
  const levels = new Float64Array(nProducts).fill(1);
  if (demand.product_variation !== 0) {
    const stream = namedStream({ ...name, purpose: 'product-levels' });
    for (let i = 0; i < nProducts; i += 1) levels[i] = lognormalMeanOne(stream, demand.product_variation);
  }
  if (demand.appeal_variation !== 0) {
    const sigma = lognormalSigma(demand.appeal_variation);
    for (let i = 0; i < nProducts; i += 1) levels[i] = levels[i]! * exp(sigma * appeal[i]! - (sigma * sigma) / 2);
  }
  return levels;
}

function drawUnitDays(nUnits: number, calendar: Calendar, demand: DemandDeclaration, name: PilotName): Float64Array {
  const nDays = dayCount(calendar);
  const profile = dayFactors(calendar, demand);
  const drift = trendDrift(calendar, demand.trend);
  const shock = drawShocks(nDays, demand, name);
  const stream = namedStream({ ...name, purpose: 'unit-levels' });
  const spread = loadingSpread(demand.unit_variation);
  const unitDay = new Float64Array(Math.max(1, nUnits) * nDays);
  for (let u = 0; u < Math.max(1, nUnits); u += 1) {
    const level = nUnits === 0 ? 1 : lognormalMeanOne(stream, demand.unit_variation);
    const loading = nUnits === 0 ? 1 : 1 + spread * (2 * stream.uniform() - 1);
    const halfVariance = (loading * loading * demand.shock_deviation * demand.shock_deviation) / 2;
    for (let t = 0; t < nDays; t += 1) {
      unitDay[u * nDays + t] = level * profile[t]! * Math.max(0, 1 + loading * drift[t]!) * exp(loading * shock[t]! - halfVariance);
    }
  }
  return unitDay;
}

/** z(0) from the stationary distribution, z(t) = rho z(t-1) + sqrt(1 - rho^2) * deviation * e(t). */
function drawShocks(nDays: number, demand: DemandDeclaration, name: PilotName): Float64Array {
  const shocks = new Float64Array(nDays);
  const { shock_deviation: deviation, shock_autocorrelation: rho } = demand;
  if (deviation === 0) return shocks;
  const stream = namedStream({ ...name, purpose: 'shocks' });
  const innovation = deviation * Math.sqrt(1 - rho * rho);
  for (let t = 0; t < nDays; t += 1) {
    const draw = standardNormal(stream);
    shocks[t] = t === 0 ? deviation * draw : rho * shocks[t - 1]! + innovation * draw;
  }
  return shocks;
}
