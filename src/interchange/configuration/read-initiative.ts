import { defaultDemand, limits } from '../../core/scenario/defaults.ts';
import { categoryNames } from '../../core/simulate/catalog.ts';
import type { Ledger } from './ledger.ts';
import { readDesign } from './read-design.ts';
import { readEffect } from './read-effect.ts';
import { methodName, readMethod } from './read-method.ts';
import { readWindow } from './read-window.ts';
import { dropFields, field, fieldAt, takeNumber } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

/** The configurations of one initiative, as far as they are there. */
export type InitiativeSource = {
  readonly measurement: Tree | undefined;
  readonly simulation: Tree | undefined;
  readonly enrichment: Tree | undefined;
};

type Fields = Readonly<Record<string, unknown>>;

const usualProducts = 100;
const fewestProducts = 30;

/** Everything about an initiative but its id and cost. */
export function readInitiative(ledger: Ledger, source: InitiativeSource, to: string): Fields | null {
  if (source.measurement === undefined && source.simulation === undefined && source.enrichment === undefined) return unsaid(ledger, to);
  const data = dataOf(ledger, source.measurement);
  const simulator = simulatorOf(ledger, source.simulation);
  const enrichment =
    field(ledger, field(ledger, source.measurement, 'DATA'), 'ENRICHMENT') ??
    field(ledger, data, 'ENRICHMENT') ??
    field(ledger, source.enrichment, 'IMPACT');
  settleFolders(ledger, source, data);
  const method = methodName(ledger, source.measurement);
  const granularity = readGranularity(ledger, simulator.metrics, `${to}.catalog.granularity`);
  const window = readWindow(
    ledger,
    { ...datesOf(ledger, source.measurement, data, simulator.metrics, enrichment), granularity },
    `${to}.catalog`,
  );
  const products = takeNumber(ledger, simulator.products, `${to}.catalog.n_products`, {
    min: fewestProducts,
    max: limits.products,
    whole: true,
  });
  if (products === undefined) ledger.assume(`${to}.catalog.n_products`, usualProducts, 'Their default.');
  const nProducts = products ?? usualProducts;
  const effect = readEffect(ledger, { enrichment, method, granularity, to });
  const demand = readDemand(ledger, source.measurement, simulator.metrics, `${to}.demand`);
  const design = readDesign(ledger, enrichment, method, nProducts, to);
  const choice = readMethod(ledger, source.measurement, method, to);
  if (window === null) return null;
  return {
    source: 'simulated',
    catalog: { n_products: nProducts, categories: [...categoryNames], ...window },
    demand,
    effect,
    design,
    method: choice,
  };
}

/** A pilot for an initiative of which no more is known than its cost. */
function unsaid(ledger: Ledger, to: string): Fields {
  const catalog = {
    n_products: usualProducts,
    categories: [...categoryNames],
    start_date: '2024-01-01',
    granularity: 'day',
    pre_periods: 15,
    post_periods: 16,
  };
  const effect = { id: 'quantity_boost', parameters: { size: 0 } };
  const design = { id: 'complete_randomisation', parameters: { treated_share: 0.5 } };
  const method = { id: 'experiment', parameters: {} };
  ledger.assume(
    to,
    { catalog, effect, design, method },
    'No file says how it is tried or measured: an experiment on 100 products, in which the treatment changes nothing.',
  );
  return { source: 'simulated', catalog, demand: { ...defaultDemand }, effect, design, method };
}

/** The source's configuration; older files have it in the section itself. */
function dataOf(ledger: Ledger, measurement: Tree | undefined): Tree | undefined {
  const section = field(ledger, measurement, 'DATA');
  return fieldAt(ledger, section, 'SOURCE', 'CONFIG') ?? section;
}

type Simulator = { readonly products: Tree | undefined; readonly metrics: Tree | undefined };

function simulatorOf(ledger: Ledger, simulation: Tree | undefined): Simulator {
  const rule = field(ledger, simulation, 'RULE') ?? simulation;
  const products = fieldAt(ledger, field(ledger, rule, 'PRODUCTS') ?? field(ledger, rule, 'CHARACTERISTICS'), 'PARAMS') ?? rule;
  const metrics = fieldAt(ledger, field(ledger, rule, 'METRICS'), 'PARAMS') ?? rule;
  return { products: field(ledger, products, 'num_products'), metrics };
}

function readGranularity(ledger: Ledger, metrics: Tree | undefined, to: string): 'day' | 'week' {
  const given = field(ledger, metrics, 'granularity');
  const value = given?.kind === 'leaf' ? given.value : 'daily';
  if (given !== undefined && value !== 'daily' && value !== 'weekly') ledger.complain(given, 'must be daily or weekly');
  else if (given !== undefined)
    ledger.map(given, to, value === 'weekly' ? 'Weeks run from Monday to Sunday; their measurement would look at days nevertheless.' : '');
  return value === 'weekly' ? 'week' : 'day';
}

function datesOf(
  ledger: Ledger,
  measurement: Tree | undefined,
  data: Tree | undefined,
  metrics: Tree | undefined,
  enrichment: Tree | undefined,
) {
  const parameters = fieldAt(ledger, measurement, 'MEASUREMENT', 'PARAMS');
  const transform = fieldAt(ledger, measurement, 'DATA', 'TRANSFORM', 'PARAMS');
  const given = (...trees: readonly (Tree | undefined)[]) => trees.filter((tree): tree is Tree => tree !== undefined);
  const treatmentTime = field(ledger, parameters, 'treatment_time');
  if (treatmentTime?.kind === 'leaf' && typeof treatmentTime.value === 'number')
    ledger.drop(treatmentTime, 'is the number of a period, which no date belongs to');
  return {
    starts: given(field(ledger, data, 'start_date'), field(ledger, metrics, 'date_start'), field(ledger, parameters, 'start_date')),
    ends: given(field(ledger, data, 'end_date'), field(ledger, metrics, 'date_end'), field(ledger, parameters, 'end_date')),
    interventions: given(
      fieldAt(ledger, enrichment, 'PARAMS', 'enrichment_start'),
      field(ledger, parameters, 'intervention_date'),
      treatmentTime?.kind === 'leaf' && typeof treatmentTime.value === 'number' ? undefined : treatmentTime,
      field(ledger, transform, 'enrichment_start'),
    ),
  };
}

const drawnAnew = 'Their measurement draws sales anew with its own default rates, whatever the files say; here they are drawn with these.';
const rates = [
  ['sale_prob', 'sale_probability'],
  ['impression_to_visit_rate', 'impression_to_visit'],
  ['visit_to_cart_rate', 'visit_to_cart'],
  ['cart_to_order_rate', 'cart_to_order'],
] as const;

/** The funnel's rates: those of the measurement, which draws its own sales, before those of the simulator. */
function readDemand(ledger: Ledger, measurement: Tree | undefined, metrics: Tree | undefined, to: string): Fields {
  const demand: Record<string, number> = { ...defaultDemand };
  for (const [theirs, ours] of rates) {
    const first = field(ledger, field(ledger, measurement, 'CATALOG_SIMULATOR'), theirs);
    const second = field(ledger, metrics, theirs);
    const rate = takeNumber(ledger, first ?? second, `${to}.${ours}`, { min: 0, max: 1 }, measurement === undefined ? '' : drawnAnew);
    if (first !== undefined && second?.kind === 'leaf' && second.value === rate)
      ledger.map(second, `${to}.${ours}`, 'Says the same once more.');
    else if (first !== undefined && second !== undefined)
      ledger.drop(second, 'differs from the rate of the measurement, which is the one that counts');
    if (rate !== undefined) demand[ours] = rate;
  }
  return demand;
}

const nothingKept = 'names a folder; nothing is kept in folders here';

/** What the page has no use for, and what is said by the shape of things. */
function settleFolders(ledger: Ledger, { measurement, simulation }: InitiativeSource, data: Tree | undefined): void {
  dropFields(ledger, measurement, { OUTPUT: nothingKept });
  dropFields(ledger, field(ledger, measurement, 'CATALOG_SIMULATOR'), { default_quality_score: 'every product here has a score' });
  dropFields(ledger, simulation, {
    STORAGE: nothingKept,
    OUTPUT: nothingKept,
    SYNTHESIZER: 'learns from data that is not in the file; here a catalogue is drawn by rule',
  });
  dropFields(ledger, data, {
    path: 'names a file of products; here a catalogue is drawn',
    product_id_column: 'the pilot names its columns itself',
    date_column: 'the pilot names its columns itself',
  });
  const section = field(ledger, measurement, 'DATA');
  settleName(
    ledger,
    fieldAt(ledger, section, 'SOURCE', 'type') ?? field(ledger, data, 'type'),
    ['simulator'],
    'source',
    'is data of its own; bring the file to the place Measure. Here a catalogue is drawn',
  );
  settleName(
    ledger,
    field(ledger, data, 'mode'),
    ['rule'],
    'the simulator',
    'learns from data that is not in the file; here a catalogue is drawn by rule',
  );
  settleTransform(ledger, field(ledger, section, 'TRANSFORM'));
  const rule = field(ledger, simulation, 'RULE') ?? simulation;
  const custom = 'is a function of its own that no file defines; here the catalogue is drawn by rule';
  for (const name of ['PRODUCTS', 'CHARACTERISTICS', 'METRICS']) {
    settleName(ledger, fieldAt(ledger, rule, name, 'FUNCTION'), [...ruleFunctions, 'default'], 'the simulator', custom);
  }
  settleName(
    ledger,
    fieldAt(ledger, simulation, 'PRODUCT_DETAILS', 'FUNCTION'),
    ['simulate_product_details_mock'],
    'the texts of the catalogue',
    'asks a language model; here the texts are drawn',
  );
}

const ruleFunctions = ['simulate_products_rule_based', 'simulate_characteristics_rule_based', 'simulate_metrics_rule_based'];
const transforms = [
  'passthrough',
  'aggregate_by_date',
  'prepare_for_synthetic_control',
  'aggregate_for_approximation',
  'prepare_simulator_for_approximation',
];

function settleTransform(ledger: Ledger, transform: Tree | undefined): void {
  settleName(
    ledger,
    field(ledger, transform, 'FUNCTION'),
    transforms,
    'the table that the method is given',
    'is a function of its own that no file defines; the method is given its usual table',
  );
  const parameters = field(ledger, transform, 'PARAMS');
  if (parameters?.kind === 'leaf') ledger.map(parameters, 'the table that the method is given');
  for (const name of ['metric', 'baseline_metric']) {
    settleName(
      ledger,
      field(ledger, parameters, name),
      ['revenue'],
      'the table that the method is given',
      'is not what pilots here measure; revenue stands in for it',
    );
  }
}

function settleName(ledger: Ledger, tree: Tree | undefined, known: readonly string[], to: string, why: string): void {
  if (tree === undefined) return;
  if (tree.kind === 'leaf' && known.includes(String(tree.value))) ledger.map(tree, to);
  else ledger.drop(tree, why);
}
