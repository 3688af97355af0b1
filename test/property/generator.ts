import seedrandom from 'seedrandom';

/** Random choices, the same for the same seed. */
export type Random = {
  /** A number from 0 up to, and without, 1. */
  readonly unit: () => number;
  /** A whole number, both ends included. */
  readonly between: (least: number, most: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** A random number of texts, from none to `most`, in a row. */
  readonly times: (most: number, make: () => string) => string;
  readonly shuffled: <T>(items: readonly T[]) => T[];
};

export function generator(seed: number): Random {
  const unit = seedrandom(String(seed));
  const between = (least: number, most: number) => least + Math.floor(unit() * (most - least + 1));
  return {
    unit,
    between,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
    times: (most, make) => Array.from({ length: between(0, most) }, make).join(''),
    shuffled: (items) =>
      items
        .map((item) => ({ item, key: unit() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
  };
}
