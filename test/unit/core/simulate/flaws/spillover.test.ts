import { describe, expect, it } from 'vitest';
import { flawed, groupMean, naiveDifferenceOf, shiftOf, REPLICATIONS } from './flawed-worlds.ts';

const flaw = (direction: string, reach = 'all', severity = 0.5) => ({ id: 'spillover', parameters: { severity, direction, reach } });

describe('spillover', () => {
  it.each([
    ['cannibalisation', 1],
    ['positive', -1],
  ])('%s moves the naive answer, by severity times the treated share of what the controls sell', (direction, sign) => {
    const { mean, standardError } = shiftOf(naiveDifferenceOf, flaw(direction));
    expect((sign * mean) / standardError).toBeGreaterThan(4);
    const controls = Array.from({ length: REPLICATIONS }, (_, r) => groupMean(flawed([], {}, r).pilot, false, 'after')).reduce(
      (sum, x) => sum + x / REPLICATIONS,
      0,
    );
    expect(Math.abs(mean - sign * 0.5 * 0.5 * controls)).toBeLessThan(4 * standardError);
  });

  it('leaves the treated, and everything before the date, alone', () => {
    const [clean, seen] = [flawed([]).pilot, flawed([flaw('cannibalisation', 'all', 1)]).pilot];
    expect(groupMean(seen, true, 'after')).toBe(groupMean(clean, true, 'after'));
    expect(groupMean(seen, false, 'before')).toBe(groupMean(clean, false, 'before'));
  });

  it('stays within store fronts if that is its reach, so that drawing whole store fronts escapes it', () => {
    const clustered = { design: { id: 'cluster_randomisation', parameters: { n_units: 10 } } };
    expect(flawed([flaw('cannibalisation', 'unit', 1)], clustered).pilot.observed).toEqual(flawed([], clustered).pilot.observed);
    expect(flawed([flaw('cannibalisation', 'all', 1)], clustered).pilot.observed).not.toEqual(flawed([], clustered).pilot.observed);
  });

  it('grows with a roll-out', () => {
    const staggered = {
      n_products: 400,
      design: { id: 'staggered_rollout', parameters: { n_cohorts: 2, spacing: 7, never_treated_share: 0.5 } },
    };
    const lost = (from: number, to: number) => {
      const [clean, seen] = [flawed([], staggered).pilot, flawed([flaw('cannibalisation', 'all', 1)], staggered).pilot];
      const sum = (pilot: typeof clean) =>
        pilot.observed.orderedUnits.reduce(
          (total, units, at) =>
            total + (pilot.assignment.firstTreated[Math.floor(at / 28)]! < 0 && at % 28 >= from && at % 28 < to ? units : 0),
          0,
        );
      return 1 - sum(seen) / sum(clean);
    };
    expect(lost(14, 21)).toBeGreaterThan(0.15);
    expect(lost(14, 21)).toBeLessThan(0.35);
    expect(lost(21, 28)).toBeGreaterThan(0.4);
    expect(lost(21, 28)).toBeLessThan(0.6);
  });
});
