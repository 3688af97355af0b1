import { catalogueEndings, byName, enrichmentEndings, nothing, titleOf, type Configuration, type GatheredInitiative } from './gathered.ts';
import type { Ledger } from './ledger.ts';
import { baseName, type Kind, type Source } from './sources.ts';
import { field, fieldsOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

/** Without a problem file, each measurement is an initiative, and so is each cost and each simulation that no measurement goes with. */
export function loose(ledger: Ledger, sources: readonly Source[], allocation: Source | undefined): Configuration {
  for (const { kind, tree } of sources)
    if (kind === 'stage') ledger.drop(tree, 'is in a stage file, and there is no problem file that refers to it');
  const section = allocation === undefined ? undefined : (field(ledger, allocation.tree, 'allocation') ?? allocation.tree);
  const measurements = sources.filter(({ kind }) => kind === 'measurement');
  const costs = fieldsOf(field(ledger, section, 'costs'));
  const priced = costs.map(([id, cost]) =>
    together(
      sources,
      id,
      cost,
      measurements.find(({ file }) => baseName(file) === id),
      false,
    ),
  );
  const alone = measurements.length + costs.length <= 1;
  const measured = measurements
    .filter(({ file }) => !costs.some(([id]) => id === baseName(file)))
    .map((source) => together(sources, baseName(source.file), undefined, source, alone));
  const claimed = new Set([...priced, ...measured].flatMap(({ simulation, enrichment }) => [simulation, enrichment]));
  const simulated = sources.filter(({ kind, tree }) => kind === 'simulation' && !claimed.has(tree));
  const worlds = simulated.map(({ file, tree }) => ({
    ...together(sources, baseName(file), undefined, undefined, simulated.length === 1 && alone),
    simulation: tree,
  }));
  const taken = new Set([...claimed, ...worlds.map(({ enrichment }) => enrichment)]);
  const effects = sources
    .filter(({ kind, tree }) => kind === 'enrichment' && !taken.has(tree))
    .map(({ file, tree }) => ({ ...nothing(baseName(file)), enrichment: tree }));
  const initiatives = [...priced, ...measured, ...worlds, ...effects];
  const only = sources.find(({ kind }) => kind !== 'other' && kind !== 'stage' && kind !== 'review');
  return { title: titleOf(only?.file ?? ''), problem: section, allocation: section, repeated: undefined, initiatives };
}

/** A measurement with the simulation and the enrichment of its name; where it is alone, with the only ones there are. */
function together(
  sources: readonly Source[],
  id: string,
  cost: Tree | undefined,
  measurement: Source | undefined,
  alone: boolean,
): GatheredInitiative {
  const bases = [id, ...(measurement === undefined ? [] : [baseName(measurement.file)])].map((base) =>
    base.replace(/_(catalog|baseline|simulator)$/, ''),
  );
  const beside = (kind: Kind, endings: readonly string[]) => {
    const all = sources.filter((source) => source.kind === kind);
    return (byName(sources, kind, bases, endings) ?? (alone && all.length === 1 ? all[0] : undefined))?.tree;
  };
  return {
    ...nothing(id),
    cost,
    measurement: measurement?.tree,
    simulation: beside('simulation', catalogueEndings),
    enrichment: beside('enrichment', enrichmentEndings),
  };
}
