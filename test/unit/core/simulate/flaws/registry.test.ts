import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../../../src/core/contracts/parameter.ts';
import type { Choice } from '../../../../../src/core/scenario/scenario.ts';
import { assignmentDesigns } from '../../../../../src/core/simulate/assignment-designs/index.ts';
import { findFlaw, flaws } from '../../../../../src/core/simulate/flaws/index.ts';
import { parseScenario } from '../../../../../src/core/scenario/parse-scenario.ts';
import { toyWorld } from '../toy-world.ts';
import { flawed, identical } from './flawed-worlds.ts';

const ids = Object.keys(flaws);
/** Every other dial as far up as it goes, so that severity alone decides. */
const extreme = (id: string, severity: number): Choice => {
  const parameters: Record<string, unknown> = { severity };
  for (const [name, parameter] of Object.entries(findFlaw(id)!.parameters)) {
    if (name === 'severity') continue;
    if (parameter.kind === 'number' || parameter.kind === 'integer') parameters[name] = parameter.max;
    if (parameter.kind === 'choice') parameters[name] = parameter.options.at(-1);
  }
  return { id, parameters };
};
/** Every dial anywhere in its range. */
const anyParameters = (id: string) =>
  fc.record(
    Object.fromEntries(
      Object.entries(findFlaw(id)!.parameters).map(([name, parameter]): [string, fc.Arbitrary<unknown>] => {
        if (parameter.kind === 'choice') return [name, fc.constantFrom(...parameter.options)];
        if (parameter.kind === 'integer') return [name, fc.integer({ min: parameter.min, max: parameter.max })];
        if (parameter.kind === 'number') return [name, fc.double({ min: parameter.min, max: parameter.max, noNaN: true })];
        throw new Error(`a flaw with a ${parameter.kind}`);
      }),
    ),
  );
const designIds = Object.keys(assignmentDesigns).filter((id) => id !== 'everyone_from_date');
const designed = (id: string) => ({ n_products: 40, design: { id, parameters: id === 'staggered_rollout' ? { spacing: 3 } : {} } });

describe('every flaw', () => {
  it('is listed under its own id, says what it breaks and where the answer goes, and has defaults that pass their own check', () => {
    for (const [id, flaw] of Object.entries(flaws)) {
      expect(flaw.id).toBe(id);
      expect(parseParameters(flaw.parameters, {}, '').ok).toBe(true);
      expect(flaw.parameters.severity.default).toBeGreaterThan(0);
      for (const text of [flaw.summary, flaw.breaks, flaw.moves]) expect(text).toMatch(/\.$/);
      expect(findFlaw(id)).toBe(flaw);
    }
    expect(findFlaw('constructor')).toBeUndefined();
  });

  it.each(ids)('%s of severity 0 is nothing at all, bit for bit, whatever else is set', (id) => {
    for (const design of designIds)
      expect(identical(flawed([extreme(id, 0)], designed(design)).pilot, flawed([], designed(design)).pilot)).toBe(true);
  });

  it.each(ids)('%s does as good as nothing of it near 0, also where its hooks do run', (id) => {
    const { pilot } = flawed([extreme(id, 1e-9)]);
    const clean = flawed([]).pilot;
    expect(pilot.received).toBeNull();
    expect(pilot.observedUntil).toEqual(clean.observedUntil);
    expect(pilot.observed.orderedUnits).toEqual(clean.observed.orderedUnits);
    expect(pilot.observed.revenue.every((revenue, at) => Math.abs(revenue - clean.observed.revenue[at]!) < 1e-5)).toBe(true);
    expect(pilot.catalog.quality).toEqual(clean.catalog.quality);
  });

  it.each(ids)('%s leaves the truth alone, whatever the design', (id) => {
    for (const design of designIds) {
      const clean = flawed([], designed(design));
      const seen = flawed([extreme(id, 0.9)], designed(design));
      expect(seen.truth).toEqual(clean.truth);
      expect(identical(seen.potentialOutcomes, clean.potentialOutcomes)).toBe(true);
      expect(identical(seen.pilot.assignment, clean.pilot.assignment)).toBe(true);
    }
  });

  it.each(ids)('%s does change what is seen', (id) => {
    const clean = flawed([]).pilot;
    const { pilot } = flawed([extreme(id, 0.5)]);
    expect(identical([pilot.received, pilot.observed, pilot.observedUntil], [clean.received, clean.observed, clean.observedUntil])).toBe(
      false,
    );
  });

  it.each(ids)('%s draws the same whatever its severity: more of it adds to what it did', (id) => {
    const runs = [0.2, 0.5, 0.8].map((severity) => flawed([extreme(id, severity)]).pilot);
    const clean = flawed([]).pilot;
    const change = runs.map(({ received, observedUntil }) => ({
      crossed: new Set(Array.from(received ?? [], (first, i) => (first === clean.assignment.firstTreated[i] ? -1 : i))),
      lost: new Set(Array.from(observedUntil, (until, i) => (until === clean.observedUntil[i] ? -1 : i))),
    }));
    for (const k of [1, 2]) {
      for (const i of change[k - 1]!.crossed) expect(change[k]!.crossed.has(i) || i === -1).toBe(true);
      for (const i of change[k - 1]!.lost) expect(change[k]!.lost.has(i) || i === -1).toBe(true);
    }
    // Where nobody is lost or crosses over, every product-period moves one way.
    if (change[2]!.crossed.size > 1 || change[2]!.lost.size > 1 || id === 'measurement_error') return;
    clean.observed.orderedUnits.forEach((units, at) => {
      const path = [units, ...runs.map(({ observed }) => observed.orderedUnits[at]!)];
      const steps = path.slice(1).map((value, k) => Math.sign(value - path[k]!));
      if (steps.includes(1) && steps.includes(-1)) expect.fail(`product-period ${at}: ${path.join(', ')}`);
    });
  });

  it('acts in the order of the registry and on draws of its own, whatever the order in the scenario', () => {
    const all = ids.map((id) => extreme(id, 0.4));
    expect(identical(flawed([...all].reverse()).pilot, flawed(all).pilot)).toBe(true);
    const alone = flawed([extreme('non_compliance', 0.4)]).pilot.received;
    expect(flawed(all).pilot.received).toEqual(alone);
  });

  it('leaves nothing in the arrays of what has no data', () => {
    const { pilot } = flawed([extreme('imbalance', 1), extreme('differential_attrition', 1)]);
    const { nPeriods } = pilot.calendar;
    expect(new Set(pilot.observedUntil)).toEqual(new Set([-1, 14, nPeriods]));
    for (const column of Object.values(pilot.observed)) {
      column.forEach((value: number, at: number) => {
        if (at % nPeriods >= pilot.observedUntil[Math.floor(at / nPeriods)]! && value !== 0) expect.fail(`entry ${at} holds ${value}`);
      });
    }
  });

  it.each([
    ['differential_attrition', /flaws\.0: needs untreated products to differ from/],
    ['spillover', /flaws\.0: needs untreated products for the treatment to spill over to/],
    ['imbalance', /flaws\.0: needs untreated products to be missing/],
  ])('%s says so where there are no controls', (id, message) =>
    expect(() => flawed([{ id, parameters: {} }], { design: { id: 'everyone_from_date', parameters: {} } })).toThrow(message),
  );

  it('says what is wrong with a name or a dial', () => {
    expect(() => flawed([{ id: 'spilover', parameters: {} }])).toThrow(
      /flaws\.0\.id: 'spilover' is not a known name; did you mean spillover/,
    );
    expect(() => flawed([{ id: 'spillover', parameters: { severity: 2 } }])).toThrow(
      /flaws\.0\.parameters\.severity: must lie between 0 and 1/,
    );
  });

  it('is refused in a scenario where it cannot happen, with its place in it', () => {
    const initiative = { source: 'simulated', cost_to_scale: 1, ...toyWorld(), method: { id: 'before_after' } };
    const design = { id: 'everyone_from_date' };
    const parsed = parseScenario({
      version: 1,
      seed: '1',
      budget: 1,
      initiatives: [{ ...initiative, design, flaws: [{ id: 'small_sample' }, { id: 'imbalance' }] }],
    });
    expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual(['initiatives.0.flaws.1']);
  });

  it('leaves whole numbers, money and dates that make sense, wherever the dials stand', () => {
    const dials = fc.record(Object.fromEntries(ids.map((id) => [id, fc.option(anyParameters(id))])));
    fc.assert(
      fc.property(dials, fc.constantFrom(...designIds), fc.nat(50), (chosen, design, replication) => {
        const given = Object.entries(chosen).flatMap(([id, parameters]) => (parameters === null ? [] : [{ id, parameters }]));
        const { pilot } = flawed(given, designed(design), replication);
        const { nPeriods } = pilot.calendar;
        const { orderedUnits, cartAdds, visits, impressions, revenue } = pilot.observed;
        revenue.forEach((money, at) => {
          if (!(Number.isFinite(money) && money >= 0)) expect.fail(`revenue ${money}`);
          if (orderedUnits[at]! > 5000) expect.fail(`${orderedUnits[at]} units`);
          if (!(impressions[at]! >= orderedUnits[at]! && visits[at]! >= orderedUnits[at]! && cartAdds[at]! >= orderedUnits[at]!))
            expect.fail('more orders than visits');
        });
        expect(pilot.observedUntil.every((until) => until >= -1 && until <= nPeriods)).toBe(true);
        expect((pilot.received ?? []).every((first) => first >= -1 && first < nPeriods)).toBe(true);
        expect(pilot.catalog.quality.every((q) => q >= 0 && q <= 1)).toBe(true);
      }),
      { numRuns: 80, seed: 11 },
    );
  });
});
