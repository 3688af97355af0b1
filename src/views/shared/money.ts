import { formatMoney, formatMoneyCompact } from '../../charts/format.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';

export type Money = {
  readonly symbol: string;
  /** To the digit that counts in this scenario: whole units of large money, tenths of a textbook's. */
  readonly exact: (value: number) => string;
  /** For sentences and headlines: no finer than a thousandth of the budget. */
  readonly rounded: (value: number) => string;
  /** $11.4k. */
  readonly compact: (value: number) => string;
};

const symbols: Readonly<Record<string, string>> = { USD: '$', EUR: '\u20ac', GBP: '\u00a3', JPY: '\u00a5', INR: '\u20b9' };

/** How money of this scenario is printed. The size of its budget and costs decides the digits. */
export function moneyOf(scenario: Pick<Scenario, 'currency' | 'budget' | 'initiatives'>): Money {
  const symbol = symbols[scenario.currency] ?? `${scenario.currency}\u00a0`;
  const size = Math.max(scenario.budget, ...scenario.initiatives.map((initiative) => initiative.cost_to_scale));
  const exponent = exponentOf(size) - 3;
  const decimals = Math.max(0, -exponentOf(size) + 2);
  const step = 10 ** Math.max(exponent, -decimals);
  const round = (value: number) => Math.round(value / step) * step;
  return {
    symbol,
    exact: (value) => formatMoney(value, symbol, decimals),
    rounded: (value) => formatMoney(round(value), symbol, decimals),
    compact: (value) => (size >= 1000 ? formatMoneyCompact(round(value), symbol) : formatMoney(value, symbol, decimals)),
  };
}

function exponentOf(value: number): number {
  return value > 0 ? Number(value.toExponential(0).split('e')[1]) : 0;
}
