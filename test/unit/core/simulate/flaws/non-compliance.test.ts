import { describe, expect, it } from 'vitest';
import { flawed, naiveDifferenceOf, shiftOf, REPLICATIONS } from './flawed-worlds.ts';

const flaw = (severity: number, control_crossover = 0) => ({ id: 'non_compliance', parameters: { severity, control_crossover } });
const strong = { effect: { id: 'quantity_boost', parameters: { size: 1 } } };

describe('non_compliance', () => {
  it('moves the naive answer towards zero, by the share that crosses over on either side', () => {
    const oneSided = shiftOf(naiveDifferenceOf, flaw(0.4), strong);
    expect(oneSided.mean / oneSided.standardError).toBeLessThan(-4);
    const effects = Array.from({ length: REPLICATIONS }, (_, r) => flawed([], strong, r).truth.sample.att!);
    const expected = -0.4 * (effects.reduce((sum, effect) => sum + effect, 0) / REPLICATIONS);
    expect(Math.abs(oneSided.mean - expected)).toBeLessThan(4 * oneSided.standardError);
    const twoSided = shiftOf(naiveDifferenceOf, flaw(0.4, 1), strong);
    expect(Math.abs(twoSided.mean - 2 * expected)).toBeLessThan(4 * twoSided.standardError);
  });

  it('moves a negative effect up, also towards zero', () => {
    const { mean, standardError } = shiftOf(naiveDifferenceOf, flaw(0.4), { effect: { id: 'quantity_boost', parameters: { size: -0.8 } } });
    expect(mean / standardError).toBeGreaterThan(4);
  });

  it('shows what each product received, with its outcome', () => {
    const { pilot, potentialOutcomes } = flawed([flaw(0.5, 0.5)], strong);
    const { nPeriods } = pilot.calendar;
    const crossed = { treated: 0, controls: 0 };
    pilot.received!.forEach((first, i) => {
      if (first !== pilot.assignment.firstTreated[i]) crossed[first < 0 ? 'treated' : 'controls'] += 1;
      const outcome = first >= 0 ? potentialOutcomes.treated : potentialOutcomes.untreated;
      expect(pilot.observed.revenue.slice(i * nPeriods, (i + 1) * nPeriods)).toEqual(
        outcome.revenue.slice(i * nPeriods, (i + 1) * nPeriods),
      );
    });
    // 60 a side, at probabilities 0.5 and 0.25.
    expect(Math.abs(crossed.treated - 30)).toBeLessThan(4 * Math.sqrt(60 * 0.25));
    expect(Math.abs(crossed.controls - 15)).toBeLessThan(4 * Math.sqrt(60 * 0.1875));
  });
});
