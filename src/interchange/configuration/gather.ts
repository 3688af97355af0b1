import type { Issue } from '../../core/contracts/input-error.ts';
import type { Ledger } from './ledger.ts';
import { baseName, folderOf, referred, type Kind, type Source } from './sources.ts';
import { field, fieldsOf, itemsOf, textOf } from './tree-fields.ts';
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

type Gathered = { readonly ok: true; readonly configuration: Configuration } | { readonly ok: false; readonly issues: readonly Issue[] };

export function gather(ledger: Ledger, sources: readonly Source[]): Gathered {
  const of = (kind: Kind) => sources.filter((source) => source.kind === kind);
  for (const { tree } of of('review')) ledger.drop(tree, 'sets up a language model that reviews; here confidence is scored');
  for (const { tree } of of('other')) ledger.drop(tree, 'is in a file that configures nothing the workbench knows');
  const doubled = [of('problem'), of('allocation')].find((found) => found.length > 1);
  if (doubled !== undefined) {
    const names = doubled.map(({ file }) => file).join(', ');
    return {
      ok: false,
      issues: [
        {
          path: '',
          message: `there are several ${doubled[0]?.kind === 'problem' ? 'problem files' : 'allocation configurations'}: ${names}; give the one that is meant`,
        },
      ],
    };
  }
  const [problem] = of('problem');
  const [allocation] = of('allocation');
  const configuration = problem === undefined ? loose(ledger, sources, allocation) : fromProblem(ledger, sources, problem, allocation);
  if (configuration.initiatives.length === 0 && problem === undefined) {
    const why =
      'none of the files names an initiative: a problem file has initiatives, an allocation has costs, a measurement has DATA and MEASUREMENT, a simulation has RULE';
    return { ok: false, issues: [{ path: '', message: why }] };
  }
  return { ok: true, configuration };
}

function fromProblem(ledger: Ledger, sources: readonly Source[], problem: Source, allocation: Source | undefined): Configuration {
  stageOf(ledger, sources, problem, 'MEASURE');
  stageOf(ledger, sources, problem, 'EVALUATE');
  const stage = stageOf(ledger, sources, problem, 'ALLOCATE');
  const list = field(ledger, problem.tree, 'INITIATIVES');
  if (list !== undefined && list.kind !== 'list' && !(list.kind === 'leaf' && Array.isArray(list.value)))
    ledger.complain(list, 'must be a list of initiatives');
  const initiatives = itemsOf(list).map((item) => listed(ledger, sources, problem, item));
  const claimed = new Set(initiatives.flatMap(({ measurement, simulation, enrichment }) => [measurement, simulation, enrichment]));
  for (const { kind, tree } of sources) {
    const spare = kind === 'stage' || ((kind === 'measurement' || kind === 'simulation' || kind === 'enrichment') && !claimed.has(tree));
    if (spare)
      ledger.drop(
        tree,
        kind === 'stage' ? 'is in a stage file that the problem file does not refer to' : 'is in a file that belongs to no initiative',
      );
  }
  const section = allocation === undefined ? undefined : (field(ledger, allocation.tree, 'allocation') ?? allocation.tree);
  return { title: titleOf(problem.file), problem: problem.tree, allocation: stage ?? section, repeated: section, initiatives };
}

/** The block of a stage: as it stands, or the stage file it refers to. */
function stageOf(ledger: Ledger, sources: readonly Source[], problem: Source, stage: string): Tree | undefined {
  const block = field(ledger, problem.tree, stage);
  const path = field(ledger, block, 'config');
  const name =
    path?.kind === 'leaf' && typeof path.value === 'string' && stage !== 'EVALUATE'
      ? path.value
      : path?.kind === 'leaf'
        ? String(path.value)
        : undefined;
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

const catalogueEndings = ['', '_catalog', '_baseline', '_simulator'];
const enrichmentEndings = ['', '_enrichment'];

function byName(sources: readonly Source[], kind: Kind, bases: readonly string[], endings: readonly string[]): Source | undefined {
  const names = bases.flatMap((base) => endings.map((ending) => `${base}${ending}`));
  return sources.find((source) => source.kind === kind && names.includes(baseName(source.file)));
}

/** Without a problem file, each measurement is an initiative, and so is each cost and each simulation that no measurement goes with. */
function loose(ledger: Ledger, sources: readonly Source[], allocation: Source | undefined): Configuration {
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

function nothing(id: string): GatheredInitiative {
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

function titleOf(file: string): string {
  const name = baseName(file);
  const folder = folderOf(file).split('/').at(-1) ?? '';
  const told = /^(config|pipeline|problem)?$/i.test(name) ? folder : name;
  return told === '' ? 'Imported configuration' : `Imported: ${told}`.slice(0, 120);
}
