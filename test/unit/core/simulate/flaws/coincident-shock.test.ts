import { describe, expect, it } from 'vitest';
import type { Pilot } from '../../../../../src/core/simulate/pilot.ts';
import { summarise } from '../toy-world.ts';
import { beforeAfterOf, flawed, groupMean, naiveDifferenceOf, shiftOf, REPLICATIONS } from './flawed-worlds.ts';

const flaw = (parameters: Record<string, unknown>) => ({ id: 'coincident_shock', parameters: { severity: 0.4, ...parameters } });
const noEffect = { effect: { id: 'quantity_boost', parameters: { size: 0 } } };

describe('coincident_shock', () => {
  it.each([
    ['up', 1],
    ['down', -1],
  ])('%s for everyone is counted as effect by a comparison with before, and only scales the difference', (direction, sign) => {
    const beforeAfter = shiftOf(beforeAfterOf, flaw({ direction }));
    expect((sign * beforeAfter.mean) / beforeAfter.standardError).toBeGreaterThan(4);
    const idle = shiftOf(naiveDifferenceOf, flaw({ direction }), noEffect);
    expect(Math.abs(idle.mean)).toBeLessThan(4 * idle.standardError);
  });

  it.each([
    ['up', 1],
    ['down', -1],
  ])('%s for the treated alone is counted as effect by any comparison', (direction, sign) => {
    const naive = shiftOf(naiveDifferenceOf, flaw({ direction, hits: 'treated' }), noEffect);
    expect((sign * naive.mean) / naive.standardError).toBeGreaterThan(4);
  });

  it('passes after its duration', () => {
    const [clean, seen] = [flawed([]).pilot, flawed([flaw({ severity: 1, direction: 'down', duration: 5 })]).pilot];
    seen.observed.orderedUnits.forEach((units, at) => {
      const t = at % 28;
      expect(units).toBe(t >= 14 && t < 19 ? 0 : clean.observed.orderedUnits[at]);
    });
  });

  it('changes demand by its severity, on average exactly', () => {
    const salesOfControls = (pilot: Pilot) => groupMean(pilot, false, 'after');
    const { mean, standardError } = shiftOf(salesOfControls, flaw({}));
    const sales = Array.from({ length: REPLICATIONS }, (_, r) => salesOfControls(flawed([], {}, r).pilot));
    expect(Math.abs(mean - 0.4 * summarise(sales).mean)).toBeLessThan(4 * standardError);
  });
});
