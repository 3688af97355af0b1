import * as v from 'valibot';
import { exactText, exactZero, mergeExact, readExact, type ExactSum } from '../numeric/exact-sum.ts';

/** Numbers of cases and exact sums over them, by name: the same cases give the same bits in any order and over any split. */
export type Sums<Count extends string, Sum extends string> = {
  readonly counts: Record<Count, number>;
  readonly sums: Readonly<Record<Sum, ExactSum>>;
};

export type SumsJson<Count extends string, Sum extends string> = {
  readonly counts: Readonly<Record<Count, number>>;
  /** As texts of `exactText`. */
  readonly sums: Readonly<Record<Sum, string>>;
};

/** What can be done with sums of these names. `merge` changes its first argument. */
export function defineSums<const Count extends string, const Sum extends string>(counts: readonly Count[], sums: readonly Sum[]) {
  return {
    schema: v.strictObject({
      counts: v.strictObject(named(counts, () => countSchema)),
      sums: v.strictObject(named(sums, () => v.string('must be text'))),
    }),
    empty: (): Sums<Count, Sum> => ({ counts: named(counts, () => 0), sums: named(sums, exactZero) }),
    merge: (into: Sums<Count, Sum>, from: Sums<Count, Sum>): void => {
      for (const name of counts) into.counts[name] += from.counts[name];
      for (const name of sums) mergeExact(into.sums[name], from.sums[name]);
    },
    json: (of: Sums<Count, Sum>): SumsJson<Count, Sum> => ({
      counts: named(counts, (name) => of.counts[name]),
      sums: named(sums, (name) => exactText(of.sums[name])),
    }),
    /** Of what fits the schema. @throws InputError where a sum is not written as it should be. */
    read: (json: SumsJson<Count, Sum>, path: string): Sums<Count, Sum> => ({
      counts: named(counts, (name) => json.counts[name]),
      sums: named(sums, (name) => readExact(json.sums[name], `${path}.sums.${name}`)),
    }),
  };
}

export function named<Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

export const countSchema = v.pipe(
  v.number('must be a number'),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must not be below 0'),
);
