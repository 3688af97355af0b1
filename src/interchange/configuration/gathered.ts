import { baseName, folderOf, type Kind, type Source } from './sources.ts';
import type { Tree } from './yaml-tree.ts';

/** One initiative's files and what names and prices it; `id` is the name it has where no tree does. */
export type GatheredInitiative = {
  readonly id: string;
  readonly named: Tree | undefined;
  readonly cost: Tree | undefined;
  readonly strategy: Tree | undefined;
  readonly measurement: Tree | undefined;
  readonly simulation: Tree | undefined;
  readonly enrichment: Tree | undefined;
};

/** What belongs together, out of all files. */
export type Configuration = {
  readonly title: string;
  readonly problem: Tree | undefined;
  /** Where rule and thresholds stand. */
  readonly allocation: Tree | undefined;
  /** Budget and costs once more, beside a problem file. */
  readonly repeated: Tree | undefined;
  readonly initiatives: readonly GatheredInitiative[];
};

export function nothing(id: string): GatheredInitiative {
  return {
    id,
    named: undefined,
    cost: undefined,
    strategy: undefined,
    measurement: undefined,
    simulation: undefined,
    enrichment: undefined,
  };
}

export const catalogueEndings = ['', '_catalog', '_baseline', '_simulator'];
export const enrichmentEndings = ['', '_enrichment'];

export function byName(sources: readonly Source[], kind: Kind, bases: readonly string[], endings: readonly string[]): Source | undefined {
  const names = bases.flatMap((base) => endings.map((ending) => `${base}${ending}`));
  return sources.find((source) => source.kind === kind && names.includes(baseName(source.file)));
}

export function titleOf(file: string): string {
  const name = baseName(file);
  const folder = folderOf(file).split('/').at(-1) ?? '';
  const told = /^(config|pipeline|problem)?$/i.test(name) ? folder : name;
  return told === '' ? 'Imported configuration' : `Imported: ${told}`.slice(0, 120);
}
