import type { Issue } from '../../core/contracts/input-error.ts';
import type { AssumedValue, MappedValue, UnmappedValue } from './configuration.ts';
import { issueAt, type Leaf, type Tree } from './yaml-tree.ts';

/** Keeps account of every value of every file: what is not settled when it is closed has no counterpart. */
export type Ledger = {
  /** The values at and below `tree` have become `to`. The first word on a value is the last. */
  readonly map: (tree: Tree, to: string, note?: string) => void;
  /** The values at and below `tree` have no counterpart. */
  readonly drop: (tree: Tree, why: string) => void;
  readonly assume: (to: string, value: unknown, why: string) => void;
  /** The value stands in the way of any scenario. */
  readonly complain: (tree: Tree, message: string) => void;
  readonly issues: readonly Issue[];
  readonly close: (trees: readonly Tree[]) => {
    readonly mapped: readonly MappedValue[];
    readonly unmapped: readonly UnmappedValue[];
    readonly assumed: readonly AssumedValue[];
  };
};

type Settled = { readonly to: string; readonly note: string } | { readonly why: string };

export function openLedger(): Ledger {
  const settled = new Map<Leaf, Settled>();
  const issues: Issue[] = [];
  const assumed: AssumedValue[] = [];
  const settle = (tree: Tree, as: Settled) => {
    for (const leaf of leavesOf(tree)) if (!settled.has(leaf)) settled.set(leaf, as);
  };
  return {
    map: (tree, to, note = '') => settle(tree, { to, note }),
    drop: (tree, why) => settle(tree, { why }),
    assume: (to, value, why) => assumed.push({ to, value, why }),
    complain: (tree, message) => issues.push(issueAt(tree.file, tree.path, tree, message, tree.kind === 'leaf' ? tree.value : undefined)),
    issues,
    close(trees) {
      const leaves = trees.flatMap((tree) => [...leavesOf(tree)]);
      const mapped: MappedValue[] = [];
      const unmapped: UnmappedValue[] = [];
      for (const leaf of leaves) {
        const { file, path, value } = leaf;
        const as = settled.get(leaf) ?? { why: 'is nothing that the workbench knows' };
        if ('why' in as) unmapped.push({ file, path, value, why: as.why });
        else mapped.push({ file, path, value, to: as.to, note: as.note });
      }
      return { mapped, unmapped, assumed };
    },
  };
}

/** The values at and below a place, in the order of the file. */
export function* leavesOf(tree: Tree): Generator<Leaf> {
  if (tree.kind === 'leaf') yield tree;
  else for (const child of tree.kind === 'list' ? tree.items : tree.entries.values()) yield* leavesOf(child);
}
