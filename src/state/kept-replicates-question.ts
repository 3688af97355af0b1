import { replicateParts, type PartColumns } from '../interchange/replicates-columns.ts';
import { keepForReload, keptForReload } from './storage.svelte.ts';

/** What a person said of a file of replications; names of columns and settings, never data. */
export type SaidOfReplicates = {
  readonly chosen: Partial<PartColumns>;
  readonly truth: number | null;
  readonly level: number;
  readonly by: readonly string[];
};

const key = 'impact-workbench-own-replicates-question';

/** Keeps it for a file with just these columns, which a reload lets go and a person may bring again. */
export function keepSaidOfReplicates(names: readonly string[], said: SaidOfReplicates): void {
  keepForReload(key, { names, ...said });
}

/** What was said of a file with just these columns before a reload; null where nothing was, or nothing that would do. */
export function keptSaidOfReplicates(names: readonly string[]): SaidOfReplicates | null {
  const { names: before, chosen, truth, level, by } = keptForReload(key);
  if (JSON.stringify(before) !== JSON.stringify(names)) return null;
  if (typeof chosen !== 'object' || chosen === null || !Array.isArray(by) || typeof level !== 'number' || !(level > 0 && level < 1))
    return null;
  if (truth !== null && !(typeof truth === 'number' && Number.isFinite(truth))) return null;
  const isName = (name: unknown): name is string => typeof name === 'string' && names.includes(name);
  const parts = replicateParts.flatMap((part) => {
    const name: unknown = (chosen as Record<string, unknown>)[part];
    return name === null || isName(name) ? [[part, name] as const] : [];
  });
  return { chosen: Object.fromEntries(parts), truth, level, by: by.filter(isName) };
}
