/** A difference between two JSON values: the whole value, or for objects and equally long lists what changed inside. */
export type Patch = { readonly set: unknown } | { readonly in: Readonly<Record<string, Patch>>; readonly drop?: readonly string[] };

/** What turns `from` into `to`; null where they are equal. */
export function diff(from: unknown, to: unknown): Patch | null {
  if (Object.is(from, to)) return null;
  const before = entriesOf(from);
  const after = entriesOf(to);
  if (before === null || after === null || Array.isArray(from) !== Array.isArray(to)) return { set: to };
  if (Array.isArray(from) && before.size !== after.size) return { set: to };
  const changes: [string, Patch][] = [];
  for (const [key, value] of after) {
    const change = before.has(key) ? diff(before.get(key), value) : { set: value };
    if (change !== null) changes.push([key, change]);
  }
  const drop = [...before.keys()].filter((key) => !after.has(key));
  if (changes.length === 0 && drop.length === 0) return null;
  return drop.length === 0 ? { in: Object.fromEntries(changes) } : { in: Object.fromEntries(changes), drop };
}

/** Applies a difference from outside. @throws TypeError where it does not fit. */
export function applyPatch(from: unknown, patch: unknown): unknown {
  const { set, in: inside, drop } = readPatch(patch);
  if (inside === null) return set;
  const entries = entriesOf(from);
  if (entries === null) throw new TypeError('the difference changes something that is not there');
  for (const key of drop) entries.delete(key);
  for (const [key, change] of Object.entries(inside)) {
    if (key === '__proto__') throw new TypeError('the difference names a forbidden field');
    entries.set(key, applyPatch(entries.get(key), change));
  }
  if (!Array.isArray(from)) return Object.fromEntries(entries);
  const items = [...entries.keys()];
  if (items.some((key, i) => key !== String(i))) throw new TypeError('the difference leaves holes in a list');
  return [...entries.values()];
}

function entriesOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

function readPatch(patch: unknown): { set: unknown; in: object | null; drop: readonly string[] } {
  if (typeof patch !== 'object' || patch === null) throw new TypeError('the difference is not an object');
  const record = patch as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(record, 'set')) return { set: record['set'], in: null, drop: [] };
  const inside = record['in'];
  const drop = record['drop'] ?? [];
  if (typeof inside !== 'object' || inside === null || !Array.isArray(drop)) throw new TypeError('the difference has neither set nor in');
  return { set: undefined, in: inside, drop: drop.map(String) };
}
