import type { Issue } from '../contracts/input-error.ts';
import { nearestName, unknownName } from '../contracts/parameter.ts';
import { noSideConstraints } from './decision-rule.ts';

type Add = (path: string, message: string, value: unknown) => void;

/** Everything wrong with side constraints on initiatives of these names. */
export function checkConstraints(constraints: unknown, named: readonly { readonly id: string; readonly category?: string }[]): Issue[] {
  const issues: Issue[] = [];
  const add: Add = (path, message, value) => issues.push({ path: path === '' ? 'constraints' : `constraints.${path}`, message, value });
  if (constraints === undefined) return issues;
  if (!isRecord(constraints)) {
    add('', 'must be an object of constraints', constraints);
    return issues;
  }
  const kinds = Object.keys(noSideConstraints);
  for (const kind of Object.keys(constraints)) if (!kinds.includes(kind)) add(kind, unknownName(kind, kinds), constraints[kind]);
  const ids = named.map(({ id }) => id);
  const categories = [...new Set(named.map(({ category }) => category ?? ''))].filter((category) => category !== '');
  const required = idList(constraints['required'], 'required', ids, add);
  const excluded = idList(constraints['excluded'], 'excluded', ids, add);
  required.forEach((id, i) => {
    if (excluded.includes(id)) add(`required.${i}`, `'${id}' is both required and excluded`, id);
  });
  each(constraints['exclusive'], 'exclusive', add, (group, path) => checkGroup(idList(group, path, ids, add), required, path, add));
  each(constraints['prerequisites'], 'prerequisites', add, (entry, path) => checkPrerequisite(entry, path, ids, add));
  count(constraints['at_most'], 'at_most', add);
  each(constraints['category_caps'], 'category_caps', add, (cap, path) => checkCap(cap, path, categories, add));
  return issues;
}

function checkGroup(group: readonly string[], required: readonly string[], path: string, add: Add): void {
  const both = [...new Set(group)].filter((id) => required.includes(id));
  if (both.length > 1) add(path, `${both.slice(0, 2).join(' and ')} are both required but exclude each other`, group);
}

function checkPrerequisite(entry: unknown, path: string, ids: readonly string[], add: Add): void {
  if (!isRecord(entry)) return add(path, 'must be an object with id and requires', entry);
  known(entry['id'], `${path}.id`, ids, add);
  known(entry['requires'], `${path}.requires`, ids, add);
  const { id, requires } = entry;
  if (typeof id === 'string' && id === requires) add(path, `'${id}' cannot be its own prerequisite`, entry);
}

function checkCap(cap: unknown, path: string, categories: readonly string[], add: Add): void {
  if (!isRecord(cap)) return add(path, 'must be an object with category, max_initiatives and max_cost', cap);
  const { category, max_cost: most } = cap;
  if (typeof category !== 'string' || category === '') add(`${path}.category`, 'must be text', category);
  else if (!categories.includes(category)) {
    add(`${path}.category`, `'${category}' is the category of no initiative${nearestName(category, categories)}`, category);
  }
  count(cap['max_initiatives'], `${path}.max_initiatives`, add);
  if (!absent(most) && !(typeof most === 'number' && Number.isFinite(most) && most >= 0)) {
    add(`${path}.max_cost`, `must be a number of at least 0, or null for no limit (found ${String(most)})`, most);
  }
}

function count(value: unknown, path: string, add: Add): void {
  if (!absent(value) && !(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) {
    add(path, `must be a whole number of at least 0, or null for no limit (found ${String(value)})`, value);
  }
}

function idList(value: unknown, path: string, ids: readonly string[], add: Add): string[] {
  const found: string[] = [];
  each(value, path, add, (id, place) => {
    if (known(id, place, ids, add)) found.push(id as string);
  });
  return found;
}

function known(id: unknown, path: string, ids: readonly string[], add: Add): boolean {
  if (typeof id === 'string' && ids.includes(id)) return true;
  if (typeof id !== 'string') add(path, 'must be the id of an initiative', id);
  else add(path, `'${id}' is not the id of an initiative${nearestName(id, ids)}`, id);
  return false;
}

function each(value: unknown, path: string, add: Add, visit: (item: unknown, path: string) => void): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) return add(path, 'must be a list', value);
  value.forEach((item: unknown, i) => visit(item, `${path}.${i}`));
}

function absent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
