import { describe, expect, expectTypeOf, it } from 'vitest';
import { pilotQuestion } from '../../../../src/core/measure-initiative.ts';
import { assignmentDesigns } from '../../../../src/core/simulate/assignment-designs/index.ts';
import { drawDemandLevels } from '../../../../src/core/simulate/demand-levels.ts';
import { effects } from '../../../../src/core/simulate/effects/index.ts';
import { flaws } from '../../../../src/core/simulate/flaws/index.ts';
import type { observePilot } from '../../../../src/core/simulate/observe.ts';
import type { Assignment, Calendar, Catalog, Demand, Pilot, SimulatedPilot } from '../../../../src/core/simulate/pilot.ts';
import { pilotTable } from '../../../../src/core/simulate/pilot-table.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const designParameters: Readonly<Record<string, Record<string, unknown>>> = {
  one_treated_unit: { n_units: 3 },
  cluster_randomisation: { n_units: 8 },
  stratified_randomisation: { blocks_by: 'category_and_quality', quality_strata: 2 },
  staggered_rollout: { spacing: 3 },
};
/** Large, and different by product and period, so that no outcome is a fixed multiple of another by design of the effect. */
const effectParameters = (id: string) => ({
  ...(id === 'product_detail_boost' ? { quality_boost: 0.5 } : { size: 0.8 }),
  quality_heterogeneity: 1,
  category_spread: 0.6,
});
const flawParameters: Readonly<Record<string, Record<string, unknown>>> = { non_compliance: { severity: 0.4, control_crossover: 0.5 } };
const needsControls = ['spillover', 'differential_attrition', 'imbalance'];

type Case = { readonly design: string; readonly effect: string; readonly flaws: readonly string[] };
/** Every design with every effect, without flaws and with all of them; and every flaw alone. */
const cases: Case[] = Object.keys(assignmentDesigns).flatMap((design) => {
  const possible = Object.keys(flaws).filter((id) => design !== 'everyone_from_date' || !needsControls.includes(id));
  return [
    ...Object.keys(effects).flatMap((effect) => [[], possible].map((ids) => ({ design, effect, flaws: ids }))),
    ...possible.map((id) => ({ design, effect: 'quantity_boost', flaws: [id] })),
  ];
});

const worldOf = ({ design, effect, flaws: ids }: Case) =>
  toyWorld({
    n_products: 60,
    pre_periods: 6,
    post_periods: 10,
    demand: { appeal_variation: 0.8, product_variation: 0.3, sale_probability: 0.9 },
    design: { id: design, parameters: designParameters[design] ?? {} },
    effect: { id: effect, parameters: effectParameters(effect) },
    flaws: ids.map((id) => ({ id, parameters: flawParameters[id] ?? { severity: 0.4 } })),
  });
const simulate = (each: Case): SimulatedPilot => simulateToy(worldOf(each));

/** Something an analyst must not be able to read, and the entries of it that the pilot does not show. */
type Secret = { readonly name: string; readonly values: Float64Array };

function secretsOf({ pilot, potentialOutcomes }: SimulatedPilot): Secret[] {
  const { catalog, calendar, assignment } = pilot;
  const { nPeriods, interventionIndex } = calendar;
  const received = pilot.received ?? assignment.firstTreated;
  const { untreated, treated } = potentialOutcomes;
  const n = catalog.nProducts;
  const isTreated = (at: number) => received[Math.floor(at / nPeriods)]! >= 0 && at % nPeriods >= received[Math.floor(at / nPeriods)]!;
  const inPost = (at: number) => at % nPeriods >= interventionIndex;
  const differs = (at: number) => treated.revenue[at] !== untreated.revenue[at];
  /** What would have been seen on the other side, where it is not what was seen anyway. */
  const unseen = (outcome: ArrayLike<number>, ofTreated: boolean) =>
    Float64Array.from(outcome, (y, at) => (inPost(at) && differs(at) && isTreated(at) === ofTreated ? y : NaN));
  const byCell = {
    effect: treated.revenue.map((y, at) => y - untreated.revenue[at]!),
    'outcome of controls if treated': unseen(treated.revenue, false),
    'outcome of treated if not': unseen(untreated.revenue, true),
    'units of controls if treated': unseen(treated.orderedUnits, false),
    'units of treated if not': unseen(untreated.orderedUnits, true),
  };
  const levels = drawDemandLevels(
    catalog,
    calendar,
    { ...toyWorld({ demand: { appeal_variation: 0.8, product_variation: 0.3 } }).demand },
    { seed: 'toy', initiative: 'toy', stage: 'pilot', replication: 0 },
  );
  const secrets: Secret[] = [
    { name: 'appeal', values: levels.appeal },
    { name: 'demand level', values: levels.product },
  ];
  for (const [name, values] of Object.entries(byCell)) {
    secrets.push({ name: `${name}, by product and period`, values });
    secrets.push({ name: `${name}, by product`, values: sums(values, n, (at) => Math.floor(at / nPeriods), inPost) });
    secrets.push({
      name: `${name}, by period`,
      values: sums(
        values,
        nPeriods,
        (at) => at % nPeriods,
        () => true,
      ),
    });
    const nUnits = catalog.unitNames.length;
    if (nUnits > 0)
      secrets.push({
        name: `${name}, by unit and period`,
        values: sums(
          values,
          nUnits * nPeriods,
          (at) => catalog.unit[Math.floor(at / nPeriods)]! * nPeriods + (at % nPeriods),
          () => true,
        ),
      });
  }
  return secrets;
}

/** NaN where no entry counts. */
function sums(values: Float64Array, length: number, keyOf: (at: number) => number, counts: (at: number) => boolean): Float64Array {
  const result = new Float64Array(length).fill(NaN);
  values.forEach((value, at) => {
    if (!counts(at) || Number.isNaN(value)) return;
    const key = keyOf(at);
    result[key] = (Number.isNaN(result[key]!) ? 0 : result[key]!) + value;
  });
  return result;
}

/** Whether the numbers are the secret, or a straight line in it, wherever the secret is defined. */
function reveals(numbers: ArrayLike<number>, secret: Float64Array): boolean {
  if (numbers.length !== secret.length) return false;
  let n = 0;
  let [meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let k = 0; k < secret.length; k += 1) {
    const [x, y] = [numbers[k]!, secret[k]!];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    n += 1;
    const [dx, dy] = [x - meanX, y - meanY];
    meanX += dx / n;
    meanY += dy / n;
    xx += dx * (x - meanX);
    yy += dy * (y - meanY);
    xy += dx * (y - meanY);
  }
  return n >= 12 && xx > 0 && yy > 0 && Math.abs(xy) / Math.sqrt(xx * yy) > 1 - 1e-9;
}

type Found = { readonly path: string; readonly numbers: ArrayLike<number> };
const forbiddenName = /truth|potential|counterfactual|untreated|appeal|effect|individual|shock/i;

/** Every array of numbers in a value, by path. Complains about whatever could hide something. */
function arraysIn(value: unknown, path: string, complaints: string[], secretBuffers: ReadonlySet<unknown>): Found[] {
  if (typeof value === 'function' || typeof value === 'symbol') complaints.push(`${path} is a ${typeof value}`);
  if (typeof value !== 'object' || value === null) return [];
  if (ArrayBuffer.isView(value)) {
    const view = value as Float64Array;
    if (view.byteOffset !== 0 || view.buffer.byteLength !== view.byteLength) complaints.push(`${path} shows part of a larger buffer`);
    if (secretBuffers.has(view.buffer)) complaints.push(`${path} shares a buffer with an outcome`);
    if (Reflect.ownKeys(view).length !== view.length) complaints.push(`${path} has more keys than numbers`);
    return [{ path, numbers: view }];
  }
  if (value instanceof Map)
    return [...(value as Map<string, unknown>)].flatMap(([key, entry]) => {
      if (forbiddenName.test(key)) complaints.push(`${path} has a '${key}'`);
      return arraysIn(entry, `${path}.${key}`, complaints, secretBuffers);
    });
  const isList = Array.isArray(value);
  if (Object.getPrototypeOf(value) !== (isList ? Array.prototype : Object.prototype)) complaints.push(`${path} is of a class`);
  const found: Found[] = isList && value.every((item) => typeof item === 'number') ? [{ path, numbers: value }] : [];
  for (const key of Reflect.ownKeys(value)) {
    if (isList && key === 'length') continue;
    const property = Object.getOwnPropertyDescriptor(value, key)!;
    const at = `${path}.${String(key)}`;
    if (!property.enumerable || property.get !== undefined || typeof key === 'symbol') complaints.push(`${at} is hidden`);
    if (forbiddenName.test(String(key))) complaints.push(`${at} is named like truth`);
    found.push(...arraysIn(property.value, at, complaints, secretBuffers));
  }
  return found;
}

/** All that is wrong with a pilot, and with what estimators are given of it. */
function leaks(simulated: SimulatedPilot, pilot: Pilot = simulated.pilot): string[] {
  const complaints: string[] = [];
  const outcomes = [simulated.potentialOutcomes.treated, simulated.potentialOutcomes.untreated];
  const secretBuffers = new Set<unknown>(outcomes.flatMap((demand) => Object.values(demand).map((column) => column.buffer)));
  const found = arraysIn(pilot, 'pilot', complaints, secretBuffers);
  for (const shape of ['cross_section', 'panel', 'series'] as const)
    found.push(...arraysIn(pilotTable(pilot, shape), shape, complaints, secretBuffers));
  for (const secret of secretsOf(simulated)) {
    const byProduct = secret.values.length === pilot.catalog.nProducts;
    const recorded = byProduct
      ? [0, pilot.calendar.interventionIndex + 1].map((from) => secret.values.filter((_, i) => pilot.observedUntil[i]! >= from))
      : [];
    for (const { path, numbers } of found)
      if ([secret.values, ...recorded].some((values) => reveals(numbers, values))) complaints.push(`${path} reveals the ${secret.name}`);
  }
  return complaints;
}

describe('what the analyst is given', () => {
  it.each(Object.keys(assignmentDesigns))('holds no truth under %s, whatever the effect and the flaws', (design) => {
    for (const each of cases.filter((one) => one.design === design)) expect([each, leaks(simulate(each))]).toEqual([each, []]);
  });

  it('reaches a method as a table and its parameters, and nothing else', () => {
    for (const method of ['experiment', 'difference_in_differences', 'before_after', 'regression_discontinuity']) {
      const world = {
        ...worldOf({ design: 'threshold_rule', effect: 'quantity_boost', flaws: [] }),
        method: { id: method, parameters: {} },
      };
      const task = { stage: 'pilot', seed: 'toy', replication: 0, confidence_level: 0.95, n_products: 60, world } as const;
      const question = pilotQuestion(task);
      const complaints: string[] = [];
      const found = arraysIn(question, method, complaints, new Set());
      for (const secret of secretsOf(simulateToy(world)))
        for (const { path, numbers } of found) if (reveals(numbers, secret.values)) complaints.push(`${path} reveals the ${secret.name}`);
      expect(complaints).toEqual([]);
      expect(Object.keys(question).sort()).toEqual(['initiative_id', 'method', 'parameters', 'table']);
    }
  });

  it('has exactly the known fields', () => {
    expectTypeOf<keyof Pilot>().toEqualTypeOf<
      'catalog' | 'calendar' | 'assignment' | 'received' | 'observed' | 'observedUntil' | 'qualityAfter'
    >();
    expectTypeOf<keyof Assignment>().toEqualTypeOf<'firstTreated' | 'blocks' | 'clustered' | 'intendedShare' | 'threshold'>();
    expectTypeOf<keyof Calendar>().toEqualTypeOf<'dates' | 'nPeriods' | 'daysPerPeriod' | 'interventionIndex'>();
    expectTypeOf<keyof Demand>().toEqualTypeOf<'impressions' | 'visits' | 'cartAdds' | 'orderedUnits' | 'revenue'>();
    expectTypeOf<keyof Catalog>().toEqualTypeOf<
      | 'nProducts'
      | 'category'
      | 'categories'
      | 'price'
      | 'quality'
      | 'titleLength'
      | 'descriptionLength'
      | 'featureCount'
      | 'hasBrand'
      | 'unit'
      | 'unitNames'
    >();
    expectTypeOf<ReturnType<typeof observePilot>>().toEqualTypeOf<Pilot>();
    for (const each of cases.slice(0, 9))
      expect(Object.keys(simulate(each).pilot).sort()).toEqual([
        'assignment',
        'calendar',
        'catalog',
        'observed',
        'observedUntil',
        'qualityAfter',
        'received',
      ]);
  });
});

describe('the search itself', () => {
  const simulated = simulate({ design: 'complete_randomisation', effect: 'quantity_boost', flaws: [] });
  const { pilot, potentialOutcomes } = simulated;
  const nPeriods = pilot.calendar.nPeriods;
  const effect = potentialOutcomes.treated.revenue.map((y, at) => y - potentialOutcomes.untreated.revenue[at]!);
  const withExtra = (extra: object) => ({ ...pilot, calendar: { ...pilot.calendar, ...extra } }) as Pilot;
  const hidden = { ...pilot.calendar };
  Object.defineProperty(hidden, 'more', { value: 1, enumerable: false });
  const late = Object.defineProperty({ ...pilot.calendar }, 'late', { enumerable: true, get: () => effect });
  const larger = new Float64Array(2 * effect.length);
  const missing = potentialOutcomes.treated.revenue.map((y, at) => (pilot.assignment.firstTreated[Math.floor(at / nPeriods)]! < 0 ? y : 0));

  it.each([
    ['the effects themselves', withExtra({ more: effect }), /calendar\.more reveals the effect, by product and period/],
    ['a straight line in them', withExtra({ more: Array.from(effect, (x) => 7 - 0.01 * x) }), /reveals the effect, by product and period/],
    [
      'what the controls would have sold',
      withExtra({ more: missing }),
      /reveals the outcome of controls if treated, by product and period/,
    ],
    [
      'sums of them by product',
      withExtra({
        more: Float64Array.from({ length: 60 }, (_, i) => effect.slice(i * nPeriods, (i + 1) * nPeriods).reduce((sum, x) => sum + x, 0)),
      }),
      /reveals the effect, by product/,
    ],
    ['a name', withExtra({ counterfactual: 1 }), /counterfactual is named like truth/],
    ['a hidden field', { ...pilot, calendar: hidden }, /more is hidden/],
    ['a getter', { ...pilot, calendar: late }, /late is hidden/],
    ['a class', { ...pilot, calendar: Object.assign(new (class Bag {})(), pilot.calendar) }, /calendar is of a class/],
    ['part of a larger buffer', withExtra({ more: larger.subarray(0, effect.length) }), /shows part of a larger buffer/],
    ['an outcome’s own buffer', withExtra({ more: potentialOutcomes.treated.orderedUnits }), /shares a buffer with an outcome/],
  ])('finds %s', (_what, planted, complaint) => expect(leaks(simulated, planted).join('\n')).toMatch(complaint));
});
