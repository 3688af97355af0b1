import { isIsoDate } from '../../core/simulate/calendar.ts';
import type { Ledger } from './ledger.ts';
import type { Leaf, Tree } from './yaml-tree.ts';

/** The field of that name, in capitals or not; none where it is empty, which is settled then. */
export function field(ledger: Ledger, tree: Tree | undefined, ...names: readonly string[]): Tree | undefined {
  const found = names.map((name) => named(tree, name)).find((candidate) => candidate !== undefined);
  if (found?.kind !== 'leaf' || found.value !== null) return found;
  ledger.drop(found, 'is empty, so that the default holds');
  return undefined;
}

/** The field at the end of a chain of names. */
export function fieldAt(ledger: Ledger, tree: Tree | undefined, ...chain: readonly string[]): Tree | undefined {
  return chain.reduce<Tree | undefined>((within, name) => field(ledger, within, name), tree);
}

export function has(tree: Tree | undefined, ...names: readonly string[]): boolean {
  return names.some((name) => named(tree, name) !== undefined);
}

function named(tree: Tree | undefined, name: string): Tree | undefined {
  if (tree?.kind !== 'mapping') return undefined;
  const exact = tree.entries.get(name);
  if (exact !== undefined) return exact;
  const other = [...tree.entries.keys()].find((key) => key.toLowerCase() === name.toLowerCase());
  return other === undefined ? undefined : tree.entries.get(other);
}

/** Fields and their names, of a mapping; none of anything else. */
export function fieldsOf(tree: Tree | undefined): readonly (readonly [string, Tree])[] {
  return tree?.kind === 'mapping' ? [...tree.entries] : [];
}

export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

type Bounds = { readonly min: number; readonly max: number; readonly whole?: boolean };

/** A number, brought within bounds where it lies outside them, with a note that says so. What is no number is an issue. */
export function takeNumber(
  ledger: Ledger,
  tree: Tree | undefined,
  to: string,
  { min, max, whole = false }: Bounds,
  note = '',
): number | undefined {
  if (tree === undefined) return undefined;
  const value = tree.kind === 'leaf' ? tree.value : null;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    ledger.complain(tree, 'must be a number');
    return undefined;
  }
  const taken = Math.min(max, Math.max(min, whole ? Math.round(value) : value));
  const brought =
    taken === value
      ? ''
      : `The file says ${value}; here it must be ${whole ? 'a whole number ' : ''}between ${min} and ${max}, so it became ${taken}.`;
  ledger.map(tree, to, [note, brought].filter((part) => part !== '').join(' '));
  return taken;
}

/** Text, also where it looks like a number; what is neither is an issue. Not settled yet. */
export function textOf(ledger: Ledger, tree: Tree | undefined): string | undefined {
  if (tree === undefined) return undefined;
  if (tree.kind === 'leaf' && typeof tree.value === 'string') return tree.value;
  if (tree.kind === 'leaf' && typeof tree.value === 'number') return String(tree.value);
  ledger.complain(tree, 'must be text');
  return undefined;
}

/** A date such as 2024-11-15; what is not is an issue. Not settled yet. */
export function dateOf(ledger: Ledger, tree: Tree | undefined): string | undefined {
  const text = textOf(ledger, tree);
  if (text === undefined || isIsoDate(text)) return text;
  ledger.complain(tree as Tree, `must be a date such as 2024-11-15 (found '${text.slice(0, 40)}')`);
  return undefined;
}

/** The texts of a list, or of one text that stands for a list. Not settled yet. */
export function textsOf(tree: Tree | undefined): readonly string[] {
  const leaves = tree?.kind === 'leaf' ? [tree] : itemsOf(tree).filter((item): item is Leaf => item.kind === 'leaf');
  return leaves.map(({ value }) => value).filter((value): value is string => typeof value === 'string');
}

/** Settles the fields of a mapping that are read by nobody further on. */
export function dropFields(ledger: Ledger, tree: Tree | undefined, reasons: Readonly<Record<string, string>>): void {
  for (const [name, why] of Object.entries(reasons)) {
    const found = field(ledger, tree, name);
    if (found !== undefined) ledger.drop(found, why);
  }
}
