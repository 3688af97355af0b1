import type { Issue } from '../contracts/input-error.ts';

/** More than any list or object of a scenario holds. */
const mostEntries = 2000;
/** Deeper than any scenario. */
const deepest = 40;

/** Lists and objects so long, or so deep, that only checking them would stop the page; nothing else is checked where there are any. */
export function endlessLists(given: unknown, path = '', depth = 0): Issue[] {
  if (typeof given !== 'object' || given === null) return [];
  if (depth > deepest) return [{ path, message: `is nested more than ${deepest} deep` }];
  const count = Array.isArray(given) ? given.length : Object.keys(given).length;
  if (count > mostEntries) return [{ path, message: `must hold at most ${mostEntries} entries (found ${count})` }];
  return Object.entries(given).flatMap(([key, item]) => endlessLists(item, path === '' ? key : `${path}.${key}`, depth + 1));
}
