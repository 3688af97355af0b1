import type { RowLimit } from '../side-constraints.ts';

/** Keeps, while a search decides row by row, the least that each limit's sum can still come to. */
export type LimitLedger = {
  /** Whether every limit can still be kept once row i is decided so. */
  readonly allows: (i: number, takes: boolean) => boolean;
  /** Writes the decision down (`sign` 1) or takes it back (-1). */
  readonly decide: (i: number, takes: boolean, sign: 1 | -1) => void;
  /** Of a portfolio whose rows were all allowed, what rounded sums left open. */
  readonly keeps: (x: Uint8Array) => boolean;
};

type Entries = { readonly limits: Int32Array; readonly amounts: Float64Array };

export function limitLedger(limits: readonly RowLimit[], n: number): LimitLedger {
  // Leaving a row raises the least sum where the row could have lowered it: what it needs is then not there.
  const rises = (sign: 1 | -1): Entries[] => {
    const entries = Array.from({ length: n }, () => ({ limits: [] as number[], amounts: [] as number[] }));
    limits.forEach(({ values }, k) => {
      entries.forEach((entry, i) => {
        const amount = sign * (values[i] as number);
        if (amount <= 0) return;
        entry.limits.push(k);
        entry.amounts.push(amount);
      });
    });
    return entries.map((entry) => ({ limits: Int32Array.from(entry.limits), amounts: Float64Array.from(entry.amounts) }));
  };
  const taken = rises(1);
  const left = rises(-1);
  const most = Float64Array.from(limits, (limit) => limit.most);
  const least = Float64Array.from(limits, ({ values }) => values.reduce((sum, value) => sum + Math.min(0, value), 0));
  const rounded = limits.filter(({ slack }) => slack > 0);
  return {
    allows(i, takes) {
      const { limits: touched, amounts } = (takes ? taken : left)[i] as Entries;
      for (let t = 0; t < touched.length; t += 1) {
        const k = touched[t] as number;
        if ((least[k] as number) + (amounts[t] as number) > (most[k] as number)) return false;
      }
      return true;
    },
    decide(i, takes, sign) {
      const { limits: touched, amounts } = (takes ? taken : left)[i] as Entries;
      for (let t = 0; t < touched.length; t += 1) {
        const k = touched[t] as number;
        least[k] = (least[k] as number) + sign * (amounts[t] as number);
      }
    },
    keeps: (x) => rounded.every((limit) => limit.keeps(limit.values.reduce((sum, value, i) => (x[i] === 1 ? sum + value : sum), 0), x)),
  };
}
