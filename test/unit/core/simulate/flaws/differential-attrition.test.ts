import { describe, expect, it } from 'vitest';
import { flawed, naiveDifferenceOf, shiftOf } from './flawed-worlds.ts';

const flaw = (group: string, severity = 0.5) => ({ id: 'differential_attrition', parameters: { severity, group } });

describe('differential_attrition', () => {
  it.each([
    ['treated', 1],
    ['controls', -1],
  ])('moves the naive answer where the %s lose their weak sellers', (group, sign) => {
    const { mean, standardError } = shiftOf(naiveDifferenceOf, flaw(group));
    expect((sign * mean) / standardError).toBeGreaterThan(4);
  });

  it('loses products of one group alone, from their date on, half of the severity of them', () => {
    const { pilot } = flawed([flaw('treated', 0.8)], { n_products: 1000 });
    const lost = Array.from(pilot.observedUntil).filter((until, i) => {
      if (until < 28) expect([until, pilot.assignment.firstTreated[i]]).toEqual([14, 14]);
      return until < 28;
    }).length;
    expect(Math.abs(lost - 0.4 * 500)).toBeLessThan(4 * Math.sqrt(500 * 0.24));
  });

  it('loses the weakest of all at severity 1, and hardly ever the strongest', () => {
    let strongest = 0;
    for (let replication = 0; replication < 30; replication += 1) {
      const sold = flawed([], {}, replication).pilot;
      const { observedUntil } = flawed([flaw('treated', 1)], {}, replication).pilot;
      const sums = Array.from({ length: 120 }, (_, i) =>
        sold.assignment.firstTreated[i]! < 0 ? NaN : sold.observed.revenue.slice(i * 28 + 14, i * 28 + 28).reduce((sum, x) => sum + x, 0),
      );
      const best = Math.max(...sums.filter((x) => x === x));
      if (observedUntil[sums.indexOf(best)]! < 28) strongest += 1;
    }
    expect(strongest).toBeLessThan(5);
  });
});
