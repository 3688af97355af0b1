import { compareFractions, fractionToNumber, type Fraction } from '../numeric/exact-fraction.ts';
import type { RuleVerdict } from './decision.ts';
import type { ExactTable } from './exact-table.ts';
import type { PayoffSense } from './payoff-table.ts';

/** A rule for payoff tables. Adding one is a file in `rules/`, its line in `rules/index.ts` and its verdict in `decision.ts`. */
export type TableRule<Id extends string = string, Verdict extends RuleVerdict | null = RuleVerdict | null> = {
  readonly id: Id;
  readonly label: string;
  readonly summary: string;
  /** What `values` holds, such as 'worst outcome', and which of them is chosen. */
  readonly value: RuleValue;
  readonly reference: string;
  /** The rule's verdict; null where the table lacks what the rule needs. */
  readonly judge: (table: ExactTable) => Verdict;
};

export type RuleValue = { readonly label: string; readonly chosen: (sense: PayoffSense) => 'largest' | 'smallest' };

export function defineTableRule<const Id extends string, Verdict extends RuleVerdict | null>(
  rule: TableRule<Id, Verdict>,
): TableRule<Id, Verdict> {
  return rule;
}

/** The figure of the gains is chosen large, that of the costs small. */
export function bySense(sense: PayoffSense): 'largest' | 'smallest' {
  return sense === 'gain' ? 'largest' : 'smallest';
}

/** The verdict on exact figures: the first option, in the order given, among those that share the best one. */
export function verdictOn({ options, sense }: ExactTable, { label, chosen }: RuleValue, figures: readonly Fraction[]): RuleVerdict {
  const wanted = chosen(sense);
  const better = wanted === 'largest' ? 1 : -1;
  const best = figures.reduce((a, b) => (compareFractions(b, a) === better ? b : a));
  const [selected = '', ...ties] = options.filter((_, i) => compareFractions(figures[i] as Fraction, best) === 0);
  return {
    selected,
    ties,
    values: byName(options, (i) => fractionToNumber(figures[i] as Fraction)),
    value_is: label,
    chosen: wanted,
  };
}

/** name: value for every name, whatever the names are. */
export function byName<T>(names: readonly string[], value: (i: number) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name, i) => [name, value(i)]));
}
