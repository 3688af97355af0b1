import { add, decimal, unitsOf, zero } from '../allocate/exact/exact-decimal.ts';
import {
  fraction,
  fractionOf,
  fractionOfDecimal,
  negative,
  over,
  plus,
  times,
  zeroFraction,
  type Fraction,
} from '../numeric/exact-fraction.ts';
import { defaultAlpha, type PayoffSense, type PayoffTable } from './payoff-table.ts';

/** A payoff table in whole numbers, all turned so that large is good; ties in it are real ties. */
export type ExactTable = {
  readonly options: readonly string[];
  readonly states: readonly string[];
  readonly sense: PayoffSense;
  /** Payoffs, or costs with their sign changed, in units of `unit`. */
  readonly gains: readonly (readonly bigint[])[];
  readonly unit: Fraction;
  /** Adding up to exactly 1; null where none are given. */
  readonly weights: readonly Fraction[] | null;
  readonly alpha: Fraction;
};

export function exactTable({ options, states, payoffs, sense, weights, alpha }: PayoffTable): ExactTable {
  const decimals = payoffs.map((row) => row.map(decimal));
  const exponent = decimals.flat().reduce((least, d) => (d.digits === 0n ? least : Math.min(least, d.exponent)), Infinity);
  const finest = exponent === Infinity ? 0 : exponent;
  const sign = sense === 'gain' ? 1n : -1n;
  return {
    options,
    states,
    sense,
    gains: decimals.map((row) => row.map((value) => sign * unitsOf(value, finest, 'nearest'))),
    unit: fractionOfDecimal({ digits: 1n, exponent: finest }),
    weights: weights === undefined ? null : normalised(weights),
    alpha: fractionOf(alpha ?? defaultAlpha),
  };
}

/** A figure in units of gain, as the table's own money: a cost again where the table is of costs. */
export function asPayoff({ sense, unit }: ExactTable, gain: Fraction): Fraction {
  return times(sense === 'gain' ? gain : negative(gain), unit);
}

/** A difference of gains, which has the same sign whatever the sense. */
export function asDifference({ unit }: ExactTable, units: Fraction): Fraction {
  return times(units, unit);
}

/** The largest gain in each state. */
export function columnBest({ gains, states }: ExactTable): readonly bigint[] {
  return states.map((_, j) => gains.reduce((best, row) => maximum(best, row[j] as bigint), gains[0]?.[j] as bigint));
}

/** Best gain of the state minus the option's, per option and state: at least 0, and 0 for the best option of each state. */
export function regretsOf(table: ExactTable): readonly (readonly bigint[])[] {
  const best = columnBest(table);
  return table.gains.map((row) => row.map((gain, j) => (best[j] as bigint) - gain));
}

export function largest(row: readonly bigint[]): bigint {
  return row.reduce(maximum);
}

export function smallest(row: readonly bigint[]): bigint {
  return row.reduce((least, value) => (value < least ? value : least));
}

/** Sum of weight times gain over the states. */
export function weightedMean(row: readonly bigint[], weights: readonly Fraction[]): Fraction {
  return row.reduce((sum, gain, j) => plus(sum, times(fraction(gain), weights[j] as Fraction)), zeroFraction);
}

function normalised(weights: readonly number[]): readonly Fraction[] {
  const sum = fractionOfDecimal(weights.map(decimal).reduce(add, zero));
  return weights.map((weight) => over(fractionOf(weight), sum));
}

function maximum(a: bigint, b: bigint): bigint {
  return b > a ? b : a;
}
