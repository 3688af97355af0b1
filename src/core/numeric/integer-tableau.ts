import { fraction, minus, oneFraction, zeroFraction, type Fraction } from './exact-fraction.ts';

/** coefficients . z <= bound, or = bound, in whole numbers. */
export type IntegerRow = { readonly coefficients: readonly bigint[]; readonly bound: bigint; readonly isEquation: boolean };

/** The simplex method on whole numbers: rows over columns z >= 0, some of them with z <= 1. */
export type Tableau = {
  /** Phase one: false where no point satisfies all rows. */
  readonly findFeasible: () => boolean;
  /** From a feasible point: false where the objective has no largest value. */
  readonly maximise: (objective: readonly bigint[]) => boolean;
  /** From now on only points with this value of the objective just maximised are looked at; false where there is no other. */
  readonly stayOptimal: () => boolean;
  readonly point: () => readonly Fraction[];
  /** Prices of the rows at the last optimum; where no point is feasible, those that prove it. */
  readonly prices: () => readonly Fraction[];
};

/**
 * Only the columns that are out of the basis are kept: row i reads D basic_i + sum_j T_ij z_j = T_i0 with one D > 0 for all, the
 * size of the basis' determinant, so that every entry is a minor of the given matrix and each pivot divides without remainder.
 * A column at its upper bound is replaced by its complement 1 - z. Variables are numbered: columns, slacks, artificials.
 *
 * `near` is about where the optimum is thought to lie: where it names a feasible basis, that is where the search begins. It must not
 * be given with equations.
 */
export function integerTableau(rows: readonly IntegerRow[], isBounded: readonly boolean[], near: readonly number[] | null = null): Tableau {
  const n = isBounded.length;
  const m = rows.length;
  const slackOf = (i: number) => n + i;
  const artificialOf = (i: number) => n + m + i;
  const isArtificial = (variable: number) => variable >= n + m;
  // A row with a negative bound is turned, which leaves its slack with -1: it starts from an artificial, as an equation does.
  const turned = rows.map(({ bound }) => bound < 0n && near === null);
  const needsArtificial = (i: number) => (rows[i] as IntegerRow).isEquation || (turned[i] as boolean);

  let D = 1n;
  const basic = rows.map((_, i) => (needsArtificial(i) ? artificialOf(i) : slackOf(i)));
  const slacks = rows.flatMap(({ isEquation }, i) => (turned[i] && !isEquation ? [i] : []));
  let out: number[] = [...isBounded.keys(), ...slacks.map(slackOf)];
  /** The right-hand side, then a column per variable that is out; row m is the objective's. */
  const T: bigint[][] = rows.map(({ coefficients, bound }, i) => {
    const signed = turned[i] ? [-bound, ...coefficients.map((value) => -value)] : [bound, ...coefficients];
    return [...signed, ...slacks.map((k) => (k === i ? -1n : 0n))];
  });
  T.push([]);
  const complemented = new Set<number>();
  const barred = new Set<number>();

  const setObjective = (gain: (variable: number) => bigint) => {
    const signedGain = (variable: number) => (complemented.has(variable) ? -gain(variable) : gain(variable));
    const row = [0n, ...out.map((variable) => -D * signedGain(variable))];
    basic.forEach((variable, i) => {
      const each = signedGain(variable);
      if (each !== 0n)
        (T[i] as bigint[]).forEach((value, j) => {
          row[j] = (row[j] as bigint) + each * value;
        });
    });
    T[m] = row;
  };

  const pivot = (r: number, q: number) => {
    const pivotRow = T[r] as bigint[];
    const p = pivotRow[q] as bigint;
    for (let i = 0; i <= m; i += 1) {
      if (i === r) continue;
      const row = T[i] as bigint[];
      const factor = row[q] as bigint;
      for (let j = 0; j < row.length; j += 1) {
        if (j === q) continue;
        const value = row[j] as bigint;
        const other = pivotRow[j] as bigint;
        if (factor === 0n || other === 0n) {
          if (value !== 0n && p !== D) row[j] = (value * p) / D;
        } else row[j] = (value * p - factor * other) / D;
      }
      row[q] = -factor;
    }
    pivotRow[q] = D;
    D = p;
    if (p < 0n) {
      D = -p;
      for (const row of T)
        row.forEach((value, j) => {
          row[j] = -value;
        });
    }
    const entering = out[q - 1] as number;
    out[q - 1] = basic[r] as number;
    basic[r] = entering;
  };

  const toggle = (variable: number) => {
    if (!complemented.delete(variable)) complemented.add(variable);
  };
  const complementOut = (q: number) => {
    for (const row of T) {
      row[0] = (row[0] as bigint) - (row[q] as bigint);
      row[q] = -(row[q] as bigint);
    }
    toggle(out[q - 1] as number);
  };
  const complementBasic = (r: number) => {
    const row = T[r] as bigint[];
    row.forEach((value, j) => {
      row[j] = j === 0 ? D - value : -value;
    });
    toggle(basic[r] as number);
  };

  /** The column that enters: the steepest, or by Bland's rule the first; 0 where none improves. */
  const entering = (byBland: boolean): number => {
    const row = T[m] as bigint[];
    let chosen = 0;
    for (let q = 1; q < row.length; q += 1) {
      const variable = out[q - 1] as number;
      if ((row[q] as bigint) >= 0n || barred.has(variable)) continue;
      if (chosen === 0 || (byBland ? variable < (out[chosen - 1] as number) : (row[q] as bigint) < (row[chosen] as bigint))) chosen = q;
    }
    return chosen;
  };

  /** How far column q can enter: the row that stops it first, or its own bound (row -1), or nothing (null). */
  const leaving = (q: number): { readonly r: number; readonly atUpper: boolean; readonly isStalled: boolean } | null => {
    let best = (isBounded[out[q - 1] as number] ?? false) ? { r: -1, atUpper: false, top: 1n, bottom: 1n } : null;
    for (let i = 0; i < m; i += 1) {
      const row = T[i] as bigint[];
      const slope = row[q] as bigint;
      const atUpper = slope < 0n;
      if (slope === 0n || (atUpper && !(isBounded[basic[i] as number] ?? false))) continue;
      const [top, bottom] = atUpper ? [D - (row[0] as bigint), -slope] : [row[0] as bigint, slope];
      const difference = best === null ? -1n : top * best.bottom - best.top * bottom;
      const isFirst = difference === 0n && best !== null && best.r >= 0 && (basic[i] as number) < (basic[best.r] as number);
      if (difference < 0n || isFirst) best = { r: i, atUpper, top, bottom };
    }
    return best === null ? null : { r: best.r, atUpper: best.atUpper, isStalled: best.top === 0n };
  };

  const climb = (): boolean => {
    let byBland = false;
    for (let q = entering(byBland); q > 0; q = entering(byBland)) {
      const stop = leaving(q);
      if (stop === null) return false;
      byBland = stop.isStalled;
      if (stop.r < 0) {
        complementOut(q);
        continue;
      }
      if (stop.atUpper) complementBasic(stop.r);
      pivot(stop.r, q);
      const left = out[q - 1] as number;
      if (isArtificial(left)) barred.add(left);
    }
    return true;
  };

  const dropColumns = (isDropped: (variable: number) => boolean) => {
    const kept = out.map((variable) => !isDropped(variable));
    T.forEach((row, i) => {
      T[i] = row.filter((_, j) => j === 0 || kept[j - 1]);
    });
    out = out.filter((_, j) => kept[j]);
  };

  /** Makes the columns between their bounds basic in rows that are tight there, and tells whether that is feasible. */
  const jump = (point: readonly number[]): boolean => {
    const isTight = rows.map(({ coefficients, bound }) => {
      let [slack, size] = [Number(bound), Math.abs(Number(bound))];
      coefficients.forEach((value, j) => {
        const term = Number(value) * (point[j] as number);
        slack -= term;
        size += Math.abs(term);
      });
      return Math.abs(slack) <= nearness * size;
    });
    const isBetween = (j: number) => (point[j] as number) > nearness && !(isBounded[j] && (point[j] as number) > 1 - nearness);
    isBounded.forEach((bounded, j) => {
      if (bounded && (point[j] as number) > 1 - nearness) complementOut(j + 1);
    });
    setObjective(() => 0n);
    for (const bounded of [false, true]) {
      isBounded.forEach((own, j) => {
        if (own !== bounded || !isBetween(j)) return;
        const r = basic.findIndex((variable, i) => isTight[i] && variable === slackOf(i) && T[i]?.[j + 1] !== 0n);
        if (r >= 0) pivot(r, j + 1);
      });
    }
    return basic.every((variable, i) => {
      const value = T[i]?.[0] as bigint;
      return value >= 0n && !(isBounded[variable] && value > D);
    });
  };

  if (near !== null && !jump(near)) return integerTableau(rows, isBounded);

  return {
    findFeasible: () => {
      if (!basic.some(isArtificial)) return true;
      setObjective((variable) => (isArtificial(variable) ? -1n : 0n));
      climb();
      if (basic.some((variable, i) => isArtificial(variable) && (T[i]?.[0] as bigint) > 0n)) return false;
      // Artificials still in the basis are 0: they leave where any column can take their place; else their row says nothing.
      basic.forEach((variable, r) => {
        if (!isArtificial(variable)) return;
        const q = out.findIndex((other, j) => !barred.has(other) && T[r]?.[j + 1] !== 0n) + 1;
        if (q === 0) return;
        pivot(r, q);
        barred.add(variable);
      });
      // An equation's artificial column carries its price; the others' prices are their slacks'.
      dropColumns((variable) => isArtificial(variable) && !(rows[variable - n - m] as IntegerRow).isEquation);
      return true;
    },
    maximise: (objective) => {
      setObjective((variable) => objective[variable] ?? 0n);
      return climb();
    },
    stayOptimal: () => {
      out.forEach((variable, j) => {
        if (T[m]?.[j + 1] !== 0n) barred.add(variable);
      });
      return out.some((variable) => !barred.has(variable));
    },
    point: () => {
      const values = isBounded.map(() => zeroFraction);
      basic.forEach((variable, i) => {
        if (variable < n) values[variable] = fraction(T[i]?.[0] as bigint, D);
      });
      return values.map((value, variable) => (complemented.has(variable) ? minus(oneFraction, value) : value));
    },
    prices: () => {
      const isPhaseOne = basic.some((variable, i) => isArtificial(variable) && (T[i]?.[0] as bigint) > 0n);
      const reduced = new Map(out.map((variable, j) => [variable, T[m]?.[j + 1] as bigint]));
      return rows.map(({ isEquation }, i) => {
        const sign = turned[i] ? -1n : 1n;
        // The slack of a turned row counts -1 in it, which turns the sign a second time.
        if (!isEquation) return fraction(reduced.get(slackOf(i)) ?? 0n, D);
        return fraction(sign * ((reduced.get(artificialOf(i)) ?? 0n) - (isPhaseOne ? D : 0n)), D);
      });
    },
  };
}

/** Closer than this to a bound is taken to be at it. */
const nearness = 1e-9;
