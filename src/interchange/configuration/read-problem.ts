import { limits } from '../../core/scenario/defaults.ts';
import type { Configuration, GatheredInitiative } from './gathered.ts';
import type { Ledger } from './ledger.ts';
import { noFloor, readAllocation } from './read-allocation.ts';
import { readInitiative } from './read-initiative.ts';
import { field, fieldAt, fieldsOf, takeNumber, textOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

type Fields = Readonly<Record<string, unknown>>;

const usualSeed = '42';

/** The scenario that the files declare, unchecked. */
export function readProblem(ledger: Ledger, configuration: Configuration): Fields {
  const { problem, initiatives, title } = configuration;
  const seed = readSeed(ledger, configuration);
  const read = initiatives.map((initiative, i) => ({
    ...identity(ledger, initiative, i),
    ...readInitiative(ledger, initiative, `initiatives.${i}`),
  }));
  const costs = read.reduce((total, { cost_to_scale }) => total + cost_to_scale, 0);
  const given = field(ledger, problem, 'budget');
  if (given === undefined) ledger.assume('budget', costs, 'No file states one: enough for everything.');
  const budget = takeNumber(
    ledger,
    given,
    'budget',
    { min: 0, max: limits.money },
    'Returns there are effects on one product and day, added up and set against this money as they are; here units_at_scale says how many product-days an effect is worth.',
  );
  const folder = field(ledger, problem, 'storage_url');
  if (folder !== undefined) ledger.drop(folder, 'names a folder; nothing is kept in folders here');
  const scale = takeNumber(
    ledger,
    field(ledger, problem, 'scale_sample_size'),
    'scale_sample_size',
    { min: 30, max: limits.products, whole: true },
    'Theirs measures the pilot\u2019s own data again; here that many products are drawn anew.',
  );
  if (read.length > 0)
    ledger.assume(
      'initiatives.*.units_at_scale',
      1,
      'Effects count as they are, per product and period, as there; set it to the product-periods reached at scale to have returns in money.',
    );
  const allocation = readAllocation(ledger, configuration.allocation);
  const workers = takeNumber(ledger, field(ledger, problem, 'max_workers'), 'max_workers', { min: 1, max: 64, whole: true });
  settleRepeated(ledger, configuration, { budget: budget ?? costs, ...allocation }, read);
  return {
    version: 1,
    title,
    seed,
    budget: budget ?? costs,
    ...(scale === undefined ? {} : { scale_sample_size: scale }),
    ...(workers === undefined ? {} : { max_workers: workers }),
    ...allocation,
    initiatives: read,
  };
}

type Identity = { readonly initiative_id: string; readonly cost_to_scale: number };

function identity(ledger: Ledger, { id, named, cost, strategy }: GatheredInitiative, i: number): Identity {
  const to = `initiatives.${i}`;
  const taken = id.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 80) || `initiative-${i + 1}`;
  if (named === undefined) ledger.assume(`${to}.initiative_id`, taken, 'Named after its file or its entry.');
  else ledger.map(named, `${to}.initiative_id`, taken === id ? '' : `Ids have only letters, digits, _ and -: it became ${taken}.`);
  if (strategy?.kind === 'leaf' && strategy.value === 'score')
    ledger.map(strategy, 'the confidence', 'Scored as there: the same id has the same confidence, to the last bit.');
  else if (strategy !== undefined) ledger.drop(strategy, 'asks for reviews by a language model; here confidence is scored');
  return { initiative_id: taken, cost_to_scale: readCost(ledger, cost, `${to}.cost_to_scale`) };
}

function readCost(ledger: Ledger, tree: Tree | undefined, to: string): number {
  if (tree === undefined) {
    ledger.assume(to, 1, 'No file states one.');
    return 1;
  }
  if (tree.kind === 'leaf' && typeof tree.value === 'number' && tree.value <= 0) ledger.complain(tree, 'must be more than 0');
  return takeNumber(ledger, tree, to, { min: Number.MIN_VALUE, max: limits.money }) ?? 1;
}

/** Their seeds are many, one for each draw; here one seed has a stream for each of them. The first becomes it. */
function readSeed(ledger: Ledger, { initiatives }: Configuration): string {
  const trees = initiatives.flatMap((initiative) => seedsOf(ledger, initiative));
  const [first] = trees;
  const seed = textOf(ledger, first);
  if (first === undefined || seed === undefined || seed === '' || seed.length > 64) {
    ledger.assume('seed', usualSeed, 'No file states one; 42 is their usual.');
    if (first !== undefined) ledger.drop(first, 'is no seed');
    return usualSeed;
  }
  for (const tree of trees) {
    const same = tree.kind === 'leaf' && String(tree.value) === seed;
    if (same) ledger.map(tree, 'seed', 'The draws are others: the generator is another one.');
    else ledger.drop(tree, `one seed is enough here (${seed}): every initiative has its own draws from it`);
  }
  return seed;
}

function seedsOf(ledger: Ledger, { measurement, simulation, enrichment }: GatheredInitiative): Tree[] {
  const data = field(ledger, measurement, 'DATA');
  const source = fieldAt(ledger, data, 'SOURCE', 'CONFIG') ?? data;
  const rule = field(ledger, simulation, 'RULE') ?? simulation;
  const holders = [
    source,
    fieldAt(ledger, data, 'ENRICHMENT', 'PARAMS'),
    fieldAt(ledger, source, 'ENRICHMENT', 'PARAMS'),
    ...['PRODUCTS', 'CHARACTERISTICS', 'METRICS'].map((name) => fieldAt(ledger, rule, name, 'PARAMS')),
    rule,
    simulation,
    fieldAt(ledger, enrichment, 'IMPACT', 'PARAMS'),
  ];
  return [...new Set(holders.map((holder) => field(ledger, holder, 'seed')).filter((tree): tree is Tree => tree !== undefined))];
}

/** An allocation configuration beside a problem file says again what that one says, or is overruled. */
function settleRepeated(ledger: Ledger, { repeated }: Configuration, said: Fields, initiatives: readonly Identity[]): void {
  const again = (tree: Tree | undefined, to: string, value: unknown) => {
    if (tree?.kind !== 'leaf') return;
    if (tree.value === value) ledger.map(tree, to, 'Says the same once more.');
    else ledger.drop(tree, 'differs from the problem file, which is the one that counts');
  };
  const rule = said.decision_rule as { id: string; parameters: { weights?: Fields } } | undefined;
  again(field(ledger, repeated, 'budget'), 'budget', said.budget);
  again(field(ledger, repeated, 'rule'), 'decision_rule.id', rule?.id);
  for (const [state, tree] of fieldsOf(field(ledger, repeated, 'weights')))
    again(tree, `decision_rule.parameters.weights.${state}`, rule?.parameters.weights?.[state]);
  again(field(ledger, repeated, 'min_confidence_threshold'), 'min_confidence_threshold', said.min_confidence_threshold);
  again(field(ledger, repeated, 'min_portfolio_worst_return'), 'min_portfolio_worst_return', said.min_portfolio_worst_return ?? noFloor);
  for (const [id, tree] of fieldsOf(field(ledger, repeated, 'costs'))) {
    const i = initiatives.findIndex(({ initiative_id }) => initiative_id === id);
    again(tree, `initiatives.${i}.cost_to_scale`, initiatives[i]?.cost_to_scale);
  }
}
