import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Solver } from '../../../../src/core/allocate/solver.ts';
import {
  compareFractions,
  dotFractions,
  fraction,
  fractionOf,
  fractionText,
  fractionToNumber,
  minus,
  negative,
  over,
  plus,
  times,
  zeroFraction,
  type Fraction,
} from '../../../../src/core/numeric/exact-fraction.ts';
import {
  solveLinearProgram,
  type LinearProgram,
  type LinearRow,
  type LinearSolution,
} from '../../../../src/core/numeric/exact-linear-program.ts';
import { loadHighsSolver } from '../../../../workers/highs-solver.ts';

const all = (values: readonly number[]) => values.map(fractionOf);
const row = (coefficients: readonly number[], relation: LinearRow['relation'], bound: number): LinearRow => ({
  coefficients: all(coefficients),
  relation,
  bound: fractionOf(bound),
});
const bounds = (values: readonly (number | null)[]) => values.map((value) => (value === null ? null : fractionOf(value)));
const isAtMost = (a: Fraction, b: Fraction) => compareFractions(a, b) <= 0;
const texts = (values: readonly Fraction[]) => values.map(fractionText);
const lowerOf = ({ lower, objective }: LinearProgram) => lower ?? objective.map(() => zeroFraction);
const upperOf = ({ upper, objective }: LinearProgram) => upper ?? objective.map(() => null);

function isFeasible(program: LinearProgram, x: readonly Fraction[]): boolean {
  const holds = ({ coefficients, relation, bound }: LinearRow) => {
    const sign = compareFractions(dotFractions(coefficients, x), bound);
    return relation === '=' ? sign === 0 : relation === '<=' ? sign <= 0 : sign >= 0;
  };
  return (
    program.rows.every(holds) &&
    x.every((value, j) => {
      const [least, most] = [lowerOf(program)[j] ?? null, upperOf(program)[j] ?? null];
      return (least === null || isAtMost(least, value)) && (most === null || isAtMost(value, most));
    })
  );
}

/** Largest value of d . x over the bounds alone; null where there is none. */
function largestOverBounds(program: LinearProgram, d: readonly Fraction[]): Fraction | null {
  let sum: Fraction | null = zeroFraction;
  d.forEach((value, j) => {
    if (value.numerator === 0n || sum === null) return;
    const bound = (value.numerator > 0n ? upperOf(program)[j] : lowerOf(program)[j]) ?? null;
    sum = bound === null ? null : plus(sum, times(value, bound));
  });
  return sum;
}

function hasRightSigns({ rows }: LinearProgram, y: readonly Fraction[]): boolean {
  return y.every((price, i) => {
    const relation = rows[i]?.relation;
    return relation === '=' || (relation === '<=' ? price.numerator >= 0n : price.numerator <= 0n);
  });
}

/** The whole proof of the answer, apart from `unbounded`, in exact arithmetic and with nothing of the solver's own. */
function provesItself(program: LinearProgram, solution: LinearSolution): boolean {
  if (solution.status === 'unbounded') return true;
  const y = solution.status === 'optimal' ? solution.duals : solution.certificate;
  if (!hasRightSigns(program, y)) return false;
  const combined = program.objective.map((_, j) =>
    dotFractions(
      y,
      program.rows.map(({ coefficients }) => coefficients[j] as Fraction),
    ),
  );
  const right = dotFractions(
    y,
    program.rows.map(({ bound }) => bound),
  );
  if (solution.status === 'infeasible') {
    const most = largestOverBounds(program, combined.map(negative));
    return most !== null && compareFractions(negative(most), right) > 0;
  }
  const rest = largestOverBounds(
    program,
    program.objective.map((c, j) => minus(c, combined[j] as Fraction)),
  );
  return (
    isFeasible(program, solution.x) &&
    rest !== null &&
    compareFractions(plus(right, rest), solution.objective) === 0 &&
    compareFractions(dotFractions(program.objective, solution.x), solution.objective) === 0
  );
}

/** Gauss-Jordan on fractions; null where the equations do not have exactly one solution. */
function solveEquations(matrix: readonly (readonly Fraction[])[]): Fraction[] | null {
  const a = matrix.map((entries) => [...entries]);
  const n = a.length;
  for (let k = 0; k < n; k += 1) {
    const p = a.findIndex((entries, i) => i >= k && entries[k]?.numerator !== 0n);
    if (p < 0) return null;
    [a[k], a[p]] = [a[p] as Fraction[], a[k] as Fraction[]];
    const pivotRow = (a[k] as Fraction[]).map((value) => over(value, a[k]?.[k] as Fraction));
    a[k] = pivotRow;
    a.forEach((entries, i) => {
      if (i !== k) a[i] = entries.map((value, j) => minus(value, times(entries[k] as Fraction, pivotRow[j] as Fraction)));
    });
  }
  return a.map((entries) => entries[n] as Fraction);
}

/** Largest objective over all vertices: every choice of n tight rows and bounds. For bounded programs. */
function bestVertex(program: LinearProgram): Fraction | null {
  const n = program.objective.length;
  const planes = [
    ...program.rows.map(({ coefficients, bound }) => [...coefficients, bound]),
    ...[lowerOf(program), upperOf(program)].flatMap((list) =>
      list.flatMap((bound, j) => (bound === null ? [] : [[...Array.from({ length: n }, (_, k) => fraction(k === j ? 1n : 0n)), bound]])),
    ),
  ];
  let best: Fraction | null = null;
  const choose = (from: number, chosen: readonly Fraction[][]): void => {
    if (chosen.length === n) {
      const x = solveEquations(chosen);
      if (x === null || !isFeasible(program, x)) return;
      const value = dotFractions(program.objective, x);
      if (best === null || compareFractions(value, best) > 0) best = value;
      return;
    }
    for (let k = from; k < planes.length; k += 1) choose(k + 1, [...chosen, planes[k] as Fraction[]]);
  };
  choose(0, []);
  return best;
}

const small = fc.integer({ min: -4, max: 4 });
const relation = fc.constantFrom('<=' as const, '>=' as const, '=' as const);
/** Small whole coefficients, so that ties, degeneracy, redundant and contradictory rows come up all the time. */
const programs = (options: { readonly isBounded: boolean }) =>
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 })).chain(([n, m]) => {
    const list = fc.array(small, { minLength: n, maxLength: n });
    const bound = fc.integer({ min: -3, max: 3 });
    const lower = options.isBounded ? bound : fc.oneof(bound, fc.constant(null));
    return fc
      .record({
        objective: list,
        rows: fc.array(fc.tuple(list, relation, small), { minLength: m, maxLength: m }),
        lower: fc.array(lower, { minLength: n, maxLength: n }),
        width: fc.array(options.isBounded ? fc.integer({ min: 0, max: 4 }) : fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(null)), {
          minLength: n,
          maxLength: n,
        }),
      })
      .map((given): LinearProgram => ({
        objective: all(given.objective),
        rows: given.rows.map(([coefficients, kind, right]) => row(coefficients, kind, right)),
        lower: bounds(given.lower),
        upper: bounds(given.width.map((width, j) => (width === null ? null : (given.lower[j] ?? 0) + width / 2))),
      }));
  });

describe('the exact linear program', () => {
  it('solves the example of the doc comment', () => {
    const solution = solveLinearProgram({ objective: all([1, 1]), rows: [row([1, 2], '<=', 4), row([3, 1], '<=', 6)] });
    expect(solution).toMatchObject({ status: 'optimal' });
    if (solution.status !== 'optimal') return;
    expect(texts(solution.x)).toEqual(['8/5', '6/5']);
    expect(texts(solution.duals)).toEqual(['2/5', '1/5']);
    expect(fractionText(solution.objective)).toBe('14/5');
  });

  it('takes decimals as they are written', () => {
    const solution = solveLinearProgram({ objective: all([1, 1]), rows: [row([0.1, 0.2], '<=', 0.3), row([0.7, 0.1], '<=', 0.8)] });
    expect(solution.status === 'optimal' && texts(solution.x)).toEqual(['1', '1']);
  });

  it('does not cycle on examples made to cycle', () => {
    // Beale 1955 and Hoffman's pattern as in Chvatal 1983, p. 31.
    const beale = solveLinearProgram({
      objective: all([0.75, -20, 0.5, -6]),
      rows: [row([0.25, -8, -1, 9], '<=', 0), row([0.5, -12, -0.5, 3], '<=', 0), row([0, 0, 1, 0], '<=', 1)],
    });
    expect(beale.status === 'optimal' && fractionText(beale.objective)).toBe('5/4');
    const chvatal = solveLinearProgram({
      objective: all([10, -57, -9, -24]),
      rows: [row([0.5, -5.5, -2.5, 9], '<=', 0), row([0.5, -1.5, -0.5, 1], '<=', 0), row([1, 0, 0, 0], '<=', 1)],
    });
    expect(chvatal.status === 'optimal' && fractionText(chvatal.objective)).toBe('1');
  });

  it('climbs all of a Klee-Minty cube', () => {
    const n = 8;
    const power = (base: bigint, k: number) => fraction(base ** BigInt(k));
    const rows = Array.from({ length: n }, (_, i): LinearRow => ({
      coefficients: Array.from({ length: n }, (_, j) => (j < i ? times(fraction(2n), power(10n, i - j)) : fraction(j === i ? 1n : 0n))),
      relation: '<=',
      bound: power(100n, i),
    }));
    const program = { objective: Array.from({ length: n }, (_, j) => power(10n, n - 1 - j)), rows };
    const solution = solveLinearProgram(program);
    expect(solution.status === 'optimal' && fractionText(solution.objective)).toBe(String(100n ** BigInt(n - 1)));
    expect(provesItself(program, solution)).toBe(true);
  });

  it('says infeasible with multipliers that prove it', () => {
    const program = { objective: all([1, 0]), rows: [row([1, 1], '<=', 1), row([1, 1], '>=', 1.5)] };
    const solution = solveLinearProgram(program);
    expect(solution.status).toBe('infeasible');
    expect(provesItself(program, solution)).toBe(true);
    const crossed = solveLinearProgram({ objective: all([1]), rows: [], lower: bounds([2]), upper: bounds([1]) });
    expect(crossed.status).toBe('infeasible');
  });

  it('says unbounded', () => {
    expect(solveLinearProgram({ objective: all([1, -1]), rows: [row([1, -1], '<=', 3), row([1, -2], '<=', 1)] }).status).toBe('optimal');
    expect(solveLinearProgram({ objective: all([1, 0]), rows: [row([1, -1], '<=', 3)] }).status).toBe('unbounded');
    expect(solveLinearProgram({ objective: all([-1]), rows: [], lower: bounds([null]) }).status).toBe('unbounded');
  });

  it('leaves out rows that say the same twice', () => {
    const program = {
      objective: all([1, 2, 3]),
      rows: [row([1, 1, 1], '=', 1), row([2, 2, 2], '=', 2), row([1, 1, 1], '>=', 1), row([0, 0, 0], '=', 0)],
    };
    const solution = solveLinearProgram(program);
    expect(solution.status === 'optimal' && texts(solution.x)).toEqual(['0', '0', '1']);
    expect(provesItself(program, solution)).toBe(true);
  });

  it('settles ties by further objectives, in turn', () => {
    const program = { objective: all([1, 1, 1]), rows: [row([1, 1, 1], '<=', 1)], upper: bounds([0.75, 0.5, null]) };
    const by = (...then: number[][]) => {
      const solution = solveLinearProgram({ ...program, then: then.map(all) });
      return solution.status === 'optimal' ? texts(solution.x) : solution.status;
    };
    expect(by([1, 0, 0], [0, 1, 0])).toEqual(['3/4', '1/4', '0']);
    expect(by([0, 1, 0], [0, 0, 1])).toEqual(['0', '1/2', '1/2']);
    expect(by([-1, 0, 0], [0, -1, 0])).toEqual(['0', '0', '1']);
  });

  it('proves every answer, on small programs of every kind', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(programs({ isBounded: false }), (program) => {
        const solution = solveLinearProgram(program);
        seen.set(solution.status, (seen.get(solution.status) ?? 0) + 1);
        return provesItself(program, solution);
      }),
      { numRuns: 1000, seed: 1 },
    );
    for (const status of ['optimal', 'infeasible', 'unbounded']) expect(seen.get(status)).toBeGreaterThan(50);
  });

  it('calls a program unbounded only where a far box lets it go far', () => {
    fc.assert(
      fc.property(programs({ isBounded: false }), (program) => {
        const solution = solveLinearProgram(program);
        const far = 1e6;
        const boxed = solveLinearProgram({
          ...program,
          lower: lowerOf(program).map((bound) => bound ?? fractionOf(-far)),
          upper: upperOf(program).map((bound) => bound ?? fractionOf(far)),
        });
        if (solution.status === 'unbounded') return boxed.status === 'optimal' && fractionToNumber(boxed.objective) > far / 100;
        return boxed.status === solution.status;
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('comes to the same answer from wherever it is told to look first', () => {
    fc.assert(
      fc.property(
        programs({ isBounded: false }),
        fc.array(fc.constantFrom(-2, 0, 0.25, 0.5, 1, 3), { minLength: 3, maxLength: 3 }),
        (program, guess) => {
          const solution = solveLinearProgram(program);
          const n = program.objective.length;
          const near = solution.status === 'optimal' ? [guess.slice(0, n), solution.x.map(fractionToNumber)] : [guess.slice(0, n)];
          return near.every((point) => {
            const again = solveLinearProgram(program, point);
            if (again.status !== solution.status || !provesItself(program, again)) return false;
            return (
              again.status !== 'optimal' || solution.status !== 'optimal' || compareFractions(again.objective, solution.objective) === 0
            );
          });
        },
      ),
      { numRuns: 600, seed: 5 },
    );
  });

  it('agrees with looking at every vertex', () => {
    fc.assert(
      fc.property(programs({ isBounded: true }), (program) => {
        const solution = solveLinearProgram(program);
        const best = bestVertex(program);
        return best === null
          ? solution.status === 'infeasible'
          : solution.status === 'optimal' && compareFractions(solution.objective, best) === 0;
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  describe('beside HiGHS', () => {
    let highs: Solver;
    beforeAll(async () => {
      highs = await loadHighsSolver();
    });

    it('agrees on larger programs', () => {
      const decimals = (length: number) =>
        fc.array(
          fc.integer({ min: -999, max: 999 }).map((value) => value / 10),
          { minLength: length, maxLength: length },
        );
      const large = fc.tuple(fc.integer({ min: 5, max: 20 }), fc.integer({ min: 3, max: 12 })).chain(([n, m]) =>
        fc.record({
          objective: decimals(n),
          rows: fc.array(decimals(n), { minLength: m, maxLength: m }),
          right: fc.array(fc.integer({ min: -50, max: 400 }), { minLength: m, maxLength: m }),
        }),
      );
      fc.assert(
        fc.property(large, ({ objective, rows, right }) => {
          const n = objective.length;
          const program: LinearProgram = {
            objective: all(objective),
            rows: rows.map((coefficients, i) => row(coefficients, '<=', right[i] as number)),
            upper: objective.map(() => fraction(1n)),
          };
          const solution = solveLinearProgram(program);
          const theirs = highs.solve({
            sense: 'maximise',
            objective: Float64Array.from(objective),
            lower: new Float64Array(n),
            upper: new Float64Array(n).fill(1),
            integer: new Uint8Array(n),
            maxNodes: 1,
            rows: rows.map((values, i) => ({ columns: [...values.keys()], values, lower: -Infinity, upper: right[i] as number })),
          });
          expect(provesItself(program, solution)).toBe(true);
          expect(theirs.status).toBe(solution.status);
          if (solution.status === 'optimal' && theirs.status === 'optimal')
            expect(Math.abs(fractionToNumber(solution.objective) - theirs.objective)).toBeLessThan(
              1e-6 * Math.max(1, Math.abs(theirs.objective)),
            );
        }),
        { numRuns: 60, seed: 4 },
      );
    });
  });
});
