import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/contracts/digest.ts';
import type { SimulatedPilot } from '../../../../src/core/simulate/pilot.ts';
import { livelyDemand, simulateToy, toyWorld } from './toy-world.ts';

const world = toyWorld({ demand: livelyDemand, design: { id: 'one_treated_unit', parameters: { n_units: 6 } } });
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, item: unknown) => (ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item)));
const digest = (simulated: SimulatedPilot) => digestOf(plain(simulated));

describe('simulatePilot', () => {
  it('gives the same bits for the same task', () => {
    expect(digest(simulateToy(world))).toBe(digest(simulateToy(structuredClone(world))));
  });

  it('draws something else for another seed, initiative, replication or stage', () => {
    const others = [
      simulateToy(world),
      simulateToy(world, { seed: 'b' }),
      simulateToy({ ...world, initiative_id: 'b' }),
      simulateToy(world, { replication: 1 }),
      simulateToy(world, { stage: 'scale' }),
    ];
    for (const part of ['price', 'quality'] as const) expect(new Set(others.map(({ pilot }) => pilot.catalog[part].join())).size).toBe(5);
    expect(new Set(others.map(({ pilot }) => pilot.observed.revenue.join())).size).toBe(5);
  });

  it('draws demand at scale independently of the pilot', () => {
    const big = toyWorld({ n_products: 3000, categories: ['Books'], pre_periods: 0, post_periods: 1 });
    const [a, b] = [simulateToy(big), simulateToy(big, { stage: 'scale' })].map(({ pilot }) => pilot.observed.orderedUnits) as [
      Uint16Array,
      Uint16Array,
    ];
    const mean = (x: Uint16Array) => x.reduce((sum, u) => sum + u, 0) / x.length;
    const sd = (x: Uint16Array) => Math.sqrt(x.reduce((sum, u) => sum + (u - mean(x)) ** 2, 0) / x.length);
    const covariance = a.reduce((sum, u, i) => sum + (u - mean(a)) * (b[i]! - mean(b)), 0) / a.length;
    expect(Math.abs(covariance / (sd(a) * sd(b)))).toBeLessThan(4 / Math.sqrt(3000));
  });

  it('takes another number of products, and of periods after the intervention', () => {
    const { pilot } = simulateToy(world, { stage: 'scale', nProducts: 200, postPeriods: 30 });
    expect([pilot.catalog.nProducts, pilot.calendar.nPeriods, pilot.calendar.interventionIndex]).toEqual([200, 44, 14]);
    expect(pilot.observed.revenue.length).toBe(200 * 44);
    expect(pilot.calendar.dates[14]).toBe('2026-01-19');
  });

  it('shows the outcome with treatment from the intervention on for the treated, and without it else', () => {
    const { pilot, potentialOutcomes } = simulateToy(world);
    const { nPeriods } = pilot.calendar;
    for (const column of ['impressions', 'visits', 'cartAdds', 'orderedUnits', 'revenue'] as const) {
      pilot.observed[column].forEach((seen, at) => {
        const first = pilot.assignment.firstTreated[Math.floor(at / nPeriods)]!;
        const outcome = first >= 0 && at % nPeriods >= first ? potentialOutcomes.treated : potentialOutcomes.untreated;
        if (seen !== outcome[column][at]) expect.fail(`${column} ${at}`);
      });
    }
  });

  it('hands the analyst nothing from which the truth can be read', () => {
    const { pilot, potentialOutcomes } = simulateToy(world);
    expect(Object.keys(pilot).sort()).toEqual([
      'assignment',
      'calendar',
      'catalog',
      'observed',
      'observedUntil',
      'qualityAfter',
      'received',
    ]);
    expect(Object.keys(pilot.observed).sort()).toEqual(['cartAdds', 'impressions', 'orderedUnits', 'revenue', 'visits']);
    const shared = new Set<unknown>(
      [potentialOutcomes.treated, potentialOutcomes.untreated].flatMap((demand) => Object.values(demand).map((column) => column.buffer)),
    );
    for (const column of Object.values(pilot.observed)) expect(shared.has(column.buffer)).toBe(false);
    expect(JSON.stringify(plain(pilot))).not.toMatch(/toy|untreated|effect|level|shock/);
  });

  it('survives a structured clone', () => {
    const simulated = simulateToy(world);
    expect(digest(structuredClone(simulated))).toBe(digest(simulated));
  });

  it('is pinned: links reproduce only as long as these bits stay', () => {
    const { catalog, calendar: full, assignment, observed } = simulateToy(world).pilot;
    const { daysPerPeriod: _since, ...calendar } = full;
    expect(digestOf(plain({ catalog, calendar, assignment, observed })).slice(0, 16)).toBe('a4e63bf2f44fa217');
  });

  it.each([
    [{ effect: { id: 'quantity_bost', parameters: {} } }, /effect\.id: 'quantity_bost' is not a known name; did you mean quantity_boost/],
    [{ design: { id: 'nobody', parameters: {} } }, /design\.id: 'nobody' is not a known name; known names: complete_randomisation/],
    [{ effect: { id: 'quantity_boost', parameters: { size: 7 } } }, /effect\.parameters\.size: must lie between -1 and 5 \(found 7\)/],
    [{ start_date: '2026-02-30' }, /start_date: must be a date/],
  ])('says what is wrong with %j', (change, message) => expect(() => simulateToy(toyWorld(change))).toThrow(message));

  it('has no effects, and no error, without periods after the intervention', () => {
    const { truth } = simulateToy(toyWorld({ post_periods: 0 }));
    expect(truth.sample).toEqual({ ate: null, att: null, atc: null, at_cutoff: null });
    expect(truth.population).toEqual({ ate: null, att: null, atc: null, at_cutoff: null });
  });
});
