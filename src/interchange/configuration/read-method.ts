import { parseParameters } from '../../core/contracts/parameter.ts';
import { estimatorDescriptions } from '../../core/measure/descriptions.ts';
import type { Ledger } from './ledger.ts';
import { methodReaders, type MethodReader } from './method-parameters.ts';
import { field, fieldsOf, textOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

type Choice = { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> };

const usual = 'interrupted_time_series';

/** The name of the method a measurement asks for. Their default is a time series; a name that is not known here is replaced. */
export function methodName(ledger: Ledger, measurement: Tree | undefined): string {
  const given = field(ledger, field(ledger, measurement, 'MEASUREMENT'), 'MODEL');
  if (given === undefined) return measurement === undefined ? 'experiment' : usual;
  const name = textOf(ledger, given) ?? usual;
  return Object.hasOwn(estimatorDescriptions, name) ? name : 'experiment';
}

/** The method with the parameters that it has here; every other one is settled with the reason. */
export function readMethod(ledger: Ledger, measurement: Tree | undefined, id: string, to: string): Choice {
  const section = field(ledger, measurement, 'MEASUREMENT');
  const model = field(ledger, section, 'MODEL');
  if (model === undefined)
    ledger.assume(`${to}.method.id`, id, measurement === undefined ? 'No file says how it is measured.' : 'Their default method.');
  else if (model.kind === 'leaf' && model.value === id) ledger.map(model, `${to}.method.id`, methodNotes[id] ?? '');
  else ledger.drop(model, 'is no method that the workbench knows; a plain comparison of means stands in for it');
  const parameters = field(ledger, section, 'PARAMS');
  const known = Object.hasOwn(methodReaders, id);
  if (model !== undefined && model.kind === 'leaf' && model.value !== id) return { id, parameters: {} };
  if (parameters?.kind === 'leaf') ledger.map(parameters, `${to}.method.parameters`);
  const given = known
    ? (methodReaders[id] as MethodReader)(ledger, parameters, `${to}.method.parameters`)
    : ownParameters(ledger, id, parameters, to);
  for (const [name, tree] of fieldsOf(parameters)) ledger.drop(tree, `${name} is nothing that ${id} asks for`);
  return { id, parameters: given };
}

/** Methods of the workbench that theirs lacks keep their own names for things. */
function ownParameters(ledger: Ledger, id: string, parameters: Tree | undefined, to: string): Readonly<Record<string, unknown>> {
  const known = estimatorDescriptions[id as keyof typeof estimatorDescriptions].parameters;
  const given: Record<string, unknown> = {};
  for (const [name, tree] of fieldsOf(parameters)) {
    const value = plain(tree);
    if (value === undefined || !parseParameters(known, { [name]: value }, '').ok) continue;
    given[name] = value;
    ledger.map(tree, `${to}.method.parameters.${name}`);
  }
  return given;
}

function plain(tree: Tree): unknown {
  if (tree.kind === 'leaf') return tree.value;
  return tree.kind === 'list' && tree.items.every(({ kind }) => kind === 'leaf')
    ? tree.items.map((item) => (item.kind === 'leaf' ? item.value : null))
    : undefined;
}

const methodNotes: Readonly<Record<string, string>> = {
  experiment: 'Theirs looks at every product and day as one observation; here each product counts once, with its mean.',
  synthetic_control:
    'Theirs matches one number, the mean before the treatment, and its interval is too narrow; here the whole time before is matched and the interval comes from placebo units.',
  interrupted_time_series:
    'Theirs has no constant, so that it reports the mean after the treatment, and no interval; here both are there. Its series is the sum over all products; here it is their mean, so that estimates differ by the number of products.',
  subclassification: 'Theirs has no interval and drops strata without saying so.',
  nearest_neighbour_matching: 'Theirs has a standard error that ignores who is matched with whom, and how often.',
  metrics_approximation: 'Theirs has no interval.',
};
