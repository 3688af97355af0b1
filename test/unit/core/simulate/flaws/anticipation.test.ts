import { describe, expect, it } from 'vitest';
import { beforeAfterOf, flawed, naiveDifferenceOf, shiftOf } from './flawed-worlds.ts';

const flaw = (kind: string, severity = 0.5) => ({ id: 'anticipation', parameters: { severity, kind, lead: 7 } });

describe('anticipation', () => {
  it('moves answers up while buyers wait, a comparison with before more than one with controls', () => {
    const naive = shiftOf(naiveDifferenceOf, flaw('waiting'));
    expect(naive.mean / naive.standardError).toBeGreaterThan(4);
    const beforeAfter = shiftOf(beforeAfterOf, flaw('waiting'));
    // Windows of equal length: what leaves the one arrives in the other.
    expect(beforeAfter.mean).toBeCloseTo(2 * naive.mean, 8);
  });

  it('makes a comparison with before too small where the change begins early, and leaves the difference after alone', () => {
    const beforeAfter = shiftOf(beforeAfterOf, flaw('early_start'));
    expect(beforeAfter.mean / beforeAfter.standardError).toBeLessThan(-4);
    expect(shiftOf(naiveDifferenceOf, flaw('early_start'), {}, 3).mean).toBe(0);
  });

  it('puts sales off and loses none', () => {
    const total = (severity: number) =>
      flawed([flaw('waiting', severity)]).pilot.observed.orderedUnits.reduce((sum, units) => sum + units, 0);
    expect(total(1)).toBe(total(0));
    const { pilot } = flawed([flaw('waiting', 1)]);
    pilot.assignment.firstTreated.forEach((first, i) => {
      if (first >= 0) expect(Math.max(...pilot.observed.orderedUnits.slice(i * 28 + 7, i * 28 + 14))).toBe(0);
    });
  });

  it('needs periods before the intervention', () =>
    expect(() => flawed([flaw('waiting')], { pre_periods: 0 })).toThrow(/flaws\.0: needs periods before the intervention/));
});
