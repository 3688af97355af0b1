/**
 * A difference between two JSON values: the whole value; for objects and equally long lists what changed inside; for other lists
 * which item of the former list stands where.
 */
export type Patch =
  | { readonly set: unknown }
  | { readonly in: Readonly<Record<string, Patch>>; readonly drop?: readonly string[] }
  | { readonly list: readonly ListItem[] };

/** The place of an item in the former list; the place, and what changed in it; or a new item. */
type ListItem = number | readonly [number, Patch] | { readonly set: unknown };

/** Far more than any list of ours, so that a short text cannot ask for the same large item again and again. */
const longestList = 2000;
/** Deeper than any value of ours. */
const deepest = 20;

/** What turns `from` into `to`; null where they are equal. */
export function diff(from: unknown, to: unknown): Patch | null {
  if (Object.is(from, to)) return null;
  if (Array.isArray(from) && Array.isArray(to) && !haveOneOrder(from, to)) return listDiff(from, to);
  const before = entriesOf(from);
  const after = entriesOf(to);
  if (before === null || after === null || Array.isArray(from) !== Array.isArray(to)) return { set: to };
  const changes: [string, Patch][] = [];
  for (const [key, value] of after) {
    const change = before.has(key) ? diff(before.get(key), value) : { set: value };
    if (change !== null) changes.push([key, change]);
  }
  const drop = [...before.keys()].filter((key) => !after.has(key));
  if (changes.length === 0 && drop.length === 0) return null;
  return drop.length === 0 ? { in: Object.fromEntries(changes) } : { in: Object.fromEntries(changes), drop };
}

function haveOneOrder(from: readonly unknown[], to: readonly unknown[]): boolean {
  return from.length === to.length && from.every((item, i) => nameOf(item) === nameOf(to[i]));
}

/** Items are the same where they have the same name; a list without such items is given whole. */
function listDiff(from: readonly unknown[], to: readonly unknown[]): Patch {
  const placeOf = new Map(from.map((item, place) => [nameOf(item), place]));
  const places = to.map((item) => (nameOf(item) === null ? undefined : placeOf.get(nameOf(item))));
  if (to.length > longestList || places.every((place) => place === undefined)) return { set: to };
  const items = to.map((item, i): ListItem => {
    const place = places[i];
    if (place === undefined) return { set: item };
    const change = diff(from[place], item);
    return change === null ? place : [place, change];
  });
  return { list: items };
}

function nameOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null) return null;
  const { initiative_id: name, id = name } = item as Readonly<Record<string, unknown>>;
  return typeof id === 'string' ? id : null;
}

/** Applies a difference from outside. @throws TypeError where it does not fit. */
export function applyPatch(from: unknown, patch: unknown, depth = 0): unknown {
  if (depth > deepest) throw new TypeError('the difference is nested too deeply');
  const { set, in: inside, drop, list } = readPatch(patch);
  if (list !== null) return applyList(from, list, depth);
  if (inside === null) return set;
  const entries = entriesOf(from);
  if (entries === null) throw new TypeError('the difference changes something that is not there');
  for (const key of drop) entries.delete(key);
  for (const [key, change] of Object.entries(inside)) {
    if (key === '__proto__') throw new TypeError('the difference names a forbidden field');
    entries.set(key, applyPatch(entries.get(key), change, depth + 1));
  }
  if (!Array.isArray(from)) return Object.fromEntries(entries);
  const items = [...entries.keys()];
  if (items.some((key, i) => key !== String(i))) throw new TypeError('the difference leaves holes in a list');
  return [...entries.values()];
}

function applyList(from: unknown, list: readonly unknown[], depth: number): unknown[] {
  if (!Array.isArray(from)) throw new TypeError('the difference changes something that is not there');
  if (list.length > longestList) throw new TypeError('the difference asks for a list that is too long');
  const itemAt = (place: unknown): unknown => {
    if (typeof place !== 'number' || !Number.isInteger(place) || place < 0 || place >= from.length)
      throw new TypeError('the difference names an item that is not there');
    return from[place];
  };
  return list.map((item) => {
    if (typeof item === 'number') return itemAt(item);
    if (Array.isArray(item) && item.length === 2) return applyPatch(itemAt(item[0]), item[1], depth + 1);
    return applyPatch(undefined, item, depth + 1);
  });
}

function entriesOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

type ReadPatch = { set: unknown; in: object | null; drop: readonly string[]; list: readonly unknown[] | null };

function readPatch(patch: unknown): ReadPatch {
  if (typeof patch !== 'object' || patch === null) throw new TypeError('the difference is not an object');
  const record = patch as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(record, 'set')) return { set: record['set'], in: null, drop: [], list: null };
  const list = Object.hasOwn(record, 'list') ? record['list'] : null;
  if (Array.isArray(list)) return { set: undefined, in: null, drop: [], list };
  const inside = record['in'];
  const drop = record['drop'] ?? [];
  if (typeof inside !== 'object' || inside === null || !Array.isArray(drop)) throw new TypeError('the difference has neither set nor in');
  return { set: undefined, in: inside, drop: drop.map(String), list: null };
}
