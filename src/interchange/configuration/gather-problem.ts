import { byName, catalogueEndings, enrichmentEndings, titleOf, type Configuration, type GatheredInitiative } from './gathered.ts';
import type { Ledger } from './ledger.ts';
import { baseName, referred, type Kind, type Source } from './sources.ts';
import { field, itemsOf, textOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

/** A problem file, the stage files and the measurements it refers to, and the simulations of the same names. */
export function fromProblem(ledger: Ledger, sources: readonly Source[], problem: Source, allocation: Source | undefined): Configuration {
  const others = [stageOf(ledger, sources, problem, 'MEASURE'), stageOf(ledger, sources, problem, 'EVALUATE')];
  const stage = stageOf(ledger, sources, problem, 'ALLOCATE');
  const list = field(ledger, problem.tree, 'INITIATIVES');
  if (list !== undefined && list.kind !== 'list' && !(list.kind === 'leaf' && Array.isArray(list.value)))
    ledger.complain(list, 'must be a list of initiatives');
  const initiatives = itemsOf(list).map((item) => listed(ledger, sources, problem, item));
  const claimed = new Set([
    stage,
    ...others,
    ...initiatives.flatMap(({ measurement, simulation, enrichment }) => [measurement, simulation, enrichment]),
  ]);
  for (const { kind, tree } of sources) {
    if (claimed.has(tree)) continue;
    if (kind === 'stage') ledger.drop(tree, 'is in a stage file that the problem file does not refer to');
    else if (kind === 'measurement' || kind === 'simulation' || kind === 'enrichment')
      ledger.drop(tree, 'is in a file that belongs to no initiative');
  }
  const section = allocation === undefined ? undefined : (field(ledger, allocation.tree, 'allocation') ?? allocation.tree);
  return { title: titleOf(problem.file), problem: problem.tree, allocation: stage ?? section, repeated: section, initiatives };
}

/** The block of a stage: as it stands, or the stage file it refers to. */
function stageOf(ledger: Ledger, sources: readonly Source[], problem: Source, stage: string): Tree | undefined {
  const block = field(ledger, problem.tree, stage);
  const path = field(ledger, block, 'config');
  const name = path?.kind === 'leaf' ? String(path.value) : undefined;
  const source = name === undefined ? undefined : referred(sources, problem.file, name, ['stage', 'allocation', 'review', 'other']);
  const tree = source?.tree ?? (name === undefined ? block : undefined);
  if (path !== undefined && source !== undefined) ledger.map(path, `the stage ${stage}`, `Read from ${source.file}.`);
  else if (path !== undefined) ledger.drop(path, `${name ?? 'the file'} is not among the files; the stage takes its defaults`);
  settleComponent(ledger, field(ledger, tree, 'component'), stage);
  const reviewer = stage === 'EVALUATE' && tree !== undefined ? tree : undefined;
  if (reviewer !== undefined) ledger.drop(reviewer, 'sets up how reviews are written; here confidence is scored');
  const folder = stage === 'MEASURE' ? field(ledger, tree, 'storage_url') : undefined;
  if (folder !== undefined) ledger.drop(folder, 'names a folder; nothing is kept in folders here');
  return tree;
}

function settleComponent(ledger: Ledger, component: Tree | undefined, stage: string): void {
  if (component === undefined) return;
  if (component.kind === 'leaf' && /mock/i.test(String(component.value)))
    ledger.drop(component, 'makes results up; here the stage is carried out');
  else ledger.map(component, `the stage ${stage}`, 'Here it is always the same stage.');
}

function listed(ledger: Ledger, sources: readonly Source[], problem: Source, item: Tree): GatheredInitiative {
  const named = field(ledger, item, 'initiative_id');
  const id = named === undefined ? '' : (textOf(ledger, named) ?? '');
  if (named === undefined) ledger.complain(item, 'has no initiative_id');
  const path = field(ledger, item, 'measure_config');
  const name = path === undefined ? undefined : textOf(ledger, path);
  const found = name === undefined ? undefined : referred(sources, problem.file, name, ['measurement']);
  if (path !== undefined && found !== undefined) ledger.map(path, `initiative ${id}`, `Read from ${found.file}.`);
  else if (path !== undefined)
    ledger.drop(path, `${name ?? 'the file'} is not among the files; the initiative takes their defaults and an effect of nothing`);
  const bases = [id, ...(found === undefined ? [] : [baseName(found.file)])];
  const beside = (kind: Kind, endings: readonly string[]) => byName(sources, kind, bases, endings)?.tree;
  return {
    id,
    named,
    cost: field(ledger, item, 'cost_to_scale'),
    strategy: field(ledger, item, 'evaluate_strategy'),
    measurement: found?.tree ?? (path === undefined ? beside('measurement', ['']) : undefined),
    simulation: beside('simulation', catalogueEndings),
    enrichment: beside('enrichment', enrichmentEndings),
  };
}
