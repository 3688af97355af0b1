import { configurationLimits } from '../configuration/configuration.ts';
import { openLedger } from '../configuration/ledger.ts';
import { readAllocation, type AllocationFields } from '../configuration/read-allocation.ts';
import { field, fieldsOf, has, takeNumber } from '../configuration/tree-fields.ts';
import { parseYamlTree, type Tree } from '../configuration/yaml-tree.ts';
import { InputError } from '../../core/contracts/input-error.ts';
import { limits } from '../../core/scenario/defaults.ts';
import type { JobNote } from './job-reading.ts';
import type { JobSource } from './job-source.ts';

/** What an allocation beside job directories says; nothing where there is none. */
export type AllocationBeside = {
  readonly fields: AllocationFields & { readonly budget?: number };
  readonly costs: ReadonlyMap<string, number>;
  readonly notes: readonly JobNote[];
};

const mostFiles = 20;

/** The first YAML file that is an allocation and lies in no job directory. @throws InputError where a value of it cannot be used */
export function allocationBeside(source: JobSource, folders: readonly string[]): AllocationBeside {
  const candidates = source.paths.filter(
    (path) => /\.ya?ml$/i.test(path) && !folders.some((folder) => folder !== '' && path.startsWith(`${folder}/`)),
  );
  for (const path of candidates.slice(0, mostFiles)) {
    const text = source.text(path);
    if (text.length > configurationLimits.fileCharacters) continue;
    const parsed = parseYamlTree(path, text, { values: configurationLimits.values });
    if (parsed.ok && (has(parsed.tree, 'allocation') || (has(parsed.tree, 'budget') && has(parsed.tree, 'costs'))))
      return readTree(parsed.tree, path);
  }
  return { fields: {}, costs: new Map(), notes: [] };
}

function readTree(whole: Tree, path: string): AllocationBeside {
  const ledger = openLedger();
  const tree = field(ledger, whole, 'allocation') ?? whole;
  const budget = takeNumber(ledger, field(ledger, tree, 'budget'), 'budget', { min: 0, max: limits.money });
  const costs = fieldsOf(field(ledger, tree, 'costs')).map(
    ([id, cost]) => [id, takeNumber(ledger, cost, `cost_to_scale of ${id}`, { min: 0, max: limits.money })] as const,
  );
  const fields = readAllocation(ledger, tree);
  if (ledger.issues.length > 0) throw new InputError(ledger.issues);
  const { unmapped } = ledger.close([whole]);
  return {
    fields: { ...fields, ...(budget === undefined ? {} : { budget }) },
    costs: new Map(costs.flatMap(([id, cost]) => (cost === undefined ? [] : [[id, cost]]))),
    notes: [
      { kind: 'mapped', path, message: 'budget, costs, rule and limits of the decision are taken from here' },
      ...unmapped.map(({ path: at, why }) => ({ kind: 'ignored' as const, path: `${path}: ${at}`, message: why })),
    ],
  };
}
