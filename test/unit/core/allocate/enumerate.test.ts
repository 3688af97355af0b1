import { describe, expect, it } from 'vitest';
import { exactCosts } from '../../../../src/core/allocate/exact/exact-costs.ts';
import { portfoliosOf, rank } from '../../../../src/core/allocate/search/enumerate.ts';
import { drawer } from './interval-instances.ts';

/** Positions of the rows held, in order. */
const listed = (x: ArrayLike<number>) => Array.from(x).flatMap((bit, i) => (bit === 1 ? [i] : []));

function compareLists(a: readonly number[], b: readonly number[]): number {
  const k = a.findIndex((row, i) => row !== b[i]);
  if (k < 0) return a.length - b.length;
  return b[k] === undefined ? 1 : (a[k] as number) - b[k];
}

/** Every subset of the rows, in the order that `rank` promises. */
function inOrder(costs: readonly number[], budget: number, columns: readonly (readonly number[])[], targets: readonly number[]) {
  const sum = (column: readonly number[], rows: readonly number[]) => rows.reduce((total, i) => total + (column[i] as number), 0);
  return Array.from({ length: 1 << costs.length }, (_, mask) => [...costs.keys()].filter((i) => ((mask >> i) & 1) === 1))
    .map((rows) => ({
      rows,
      cost: sum(costs, rows),
      objective: Math.max(...columns.map((column, j) => (targets[j] as number) - sum(column, rows))),
    }))
    .filter(({ cost }) => cost <= budget)
    .sort((a, b) => a.objective - b.objective || a.cost - b.cost || compareLists(a.rows, b.rows));
}

describe('the first portfolios of many that tie', () => {
  it('are those that sorting all of them by objective, cost and ids puts first', () => {
    const seen = { tied: 0, prefixes: 0 };
    for (let replication = 0; replication < 300; replication += 1) {
      const { between } = drawer('ties', replication);
      const n = between(1, 10);
      const drawn = (low: number, high: number) => Array.from({ length: n }, () => between(low, high));
      // Rows of cost 0 make portfolios of one cost of which one continues the other.
      const costs = drawn(0, between(0, 2));
      const columns = Array.from({ length: between(1, 3) }, () => drawn(0, between(0, 1)));
      const targets = columns.map(() => between(0, 4));
      const budget = between(0, n);
      const keep = [1, 2, 7, 40][between(0, 3)] as number;
      const all = inOrder(costs, budget, columns, targets);
      const portfolios = portfoliosOf(
        exactCosts(costs, budget),
        columns.map((column) => Float64Array.from(column)),
        [],
      );
      const found = rank(
        portfolios,
        targets.map((target, column) => ({ column, target })),
        null,
        keep,
      );
      expect(
        found.map(({ x }) => listed(x)),
        `replication ${replication}`,
      ).toEqual(all.slice(0, keep).map(({ rows }) => rows));
      expect(found.map(({ objective }) => objective)).toEqual(all.slice(0, keep).map(({ objective }) => objective));
      const [last, next] = [all[keep - 1], all[keep]];
      if (last === undefined || next === undefined || last.objective !== next.objective || last.cost !== next.cost) continue;
      seen.tied += 1;
      if (last.rows.every((row, i) => row === next.rows[i])) seen.prefixes += 1;
    }
    expect(
      Object.values(seen).every((count) => count > 20),
      JSON.stringify(seen),
    ).toBe(true);
  });
});
