import type { Ledger } from './ledger.ts';
import { readCovariates, readOutcome, readTreatment, translateFormula } from './column-names.ts';
import { dropFields, field, fieldAt, itemsOf, takeNumber, textOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

type Given = Readonly<Record<string, unknown>>;
/** The parameters of one of their methods, in ours; dates are read elsewhere, being the pilot's. */
export type MethodReader = (ledger: Ledger, parameters: Tree | undefined, to: string) => Given;

export const methodReaders: Readonly<Record<string, MethodReader>> = {
  experiment(ledger, parameters, to) {
    const given = field(ledger, parameters, 'formula');
    const formula = given === undefined ? undefined : translateFormula(ledger, given, `${to}.formula`);
    if (formula === undefined) return { adjustment: 'none' };
    ledger.assume(
      `${to}.standard_errors`,
      'classical',
      'Theirs is ordinary least squares with classical standard errors; HC2 would allow for different spreads.',
    );
    return { formula, standard_errors: 'classical' };
  },
  subclassification(ledger, parameters, to) {
    readTreatment(ledger, parameters, to);
    readOutcome(ledger, parameters, to);
    ledger.assume(`${to}.strata_on`, 'covariates', 'Theirs cuts each covariate at its quantiles.');
    return {
      ...readCovariates(ledger, parameters, to),
      strata_on: 'covariates',
      ...takenNumber(ledger, parameters, to, 'n_strata', { min: 2, max: 50, whole: true }),
      ...takenChoice(ledger, parameters, to, 'estimand', ['att', 'ate', 'atc']),
    };
  },
  nearest_neighbour_matching(ledger, parameters, to) {
    readTreatment(ledger, parameters, to);
    readOutcome(ledger, parameters, to);
    const chance = 'theirs takes the first match in a random order; here ties are averaged and nothing is left to chance';
    dropFields(ledger, parameters, { shuffle: chance, random_state: chance, n_jobs: 'is a matter of speed' });
    ledger.assume(`${to}.distance`, 'euclidean', 'Theirs measures on standardised covariates.');
    return {
      ...readCovariates(ledger, parameters, to),
      distance: 'euclidean',
      caliper: readCaliper(ledger, field(ledger, parameters, 'caliper'), `${to}.caliper`),
      replace: readReplace(ledger, field(ledger, parameters, 'replace'), `${to}.replace`),
      ...takenNumber(ledger, parameters, to, 'ratio', { min: 1, max: 50, whole: true }),
    };
  },
  synthetic_control(ledger, parameters, to) {
    readOutcome(ledger, parameters, to);
    const fit = 'chooses how a sum is minimised; here the weights are found exactly';
    dropFields(ledger, parameters, {
      treated_unit: 'names a product of a catalogue that is drawn there; here chance says which store front is treated',
      unit_column: 'the pilot names its columns itself',
      time_column: 'the pilot names its columns itself',
      optim_method: fit,
      optim_initial: fit,
    });
    return {};
  },
  interrupted_time_series(ledger, parameters, to) {
    readOutcome(ledger, parameters, to);
    ledger.assume(`${to}.trend`, false, 'Their model has no trend.');
    return {
      ...readOrder(ledger, field(ledger, parameters, 'order'), to),
      ...readSeasonalOrder(ledger, field(ledger, parameters, 'seasonal_order'), to),
      trend: false,
    };
  },
  metrics_approximation(ledger, parameters, to) {
    for (const name of ['metric_before_column', 'metric_after_column', 'baseline_column']) {
      const column = field(ledger, parameters, name);
      if (column !== undefined)
        ledger.map(column, `${to}.${name}`, 'The pilot names it: the quality score before and after, and revenue before.');
    }
    const named = fieldAt(ledger, parameters, 'RESPONSE', 'FUNCTION') ?? field(ledger, parameters, 'response_function');
    if (named?.kind === 'leaf' && named.value === 'linear') ledger.map(named, `${to}.response`);
    else if (named !== undefined) ledger.drop(named, 'is a response of its own; the linear one stands in for it');
    const coefficient = fieldAt(ledger, parameters, 'RESPONSE', 'PARAMS', 'coefficient') ?? field(ledger, parameters, 'coefficient');
    const note = 'Believed, there as here; here with a standard error of a fifth of it.';
    return { response: 'linear', coefficient: takeNumber(ledger, coefficient, `${to}.coefficient`, { min: -1e6, max: 1e6 }, note) ?? 0.5 };
  },
};

/** Their caliper is never left out: one beyond any distance excludes nobody. */
export const widestCaliper = 100;

function readCaliper(ledger: Ledger, tree: Tree | undefined, to: string): number | null {
  if (tree?.kind === 'leaf' && typeof tree.value === 'number' && tree.value > widestCaliper) {
    ledger.map(tree, to, 'So wide that it excludes nobody: none.');
    return null;
  }
  const taken = takeNumber(ledger, tree, to, { min: 0, max: widestCaliper }, 'Counted in standard deviations, there as here.');
  if (taken === undefined) ledger.assume(to, 0.2, 'Their default.');
  return taken ?? 0.2;
}

function readReplace(ledger: Ledger, tree: Tree | undefined, to: string): boolean {
  if (tree === undefined) ledger.assume(to, false, 'Their default.');
  else if (tree.kind === 'leaf' && typeof tree.value === 'boolean') {
    ledger.map(tree, to);
    return tree.value;
  } else ledger.complain(tree, 'must be true or false');
  return false;
}

function readOrder(ledger: Ledger, tree: Tree | undefined, to: string): Given {
  const order = integersOf(tree, 3);
  if (tree === undefined || order === undefined) return {};
  ledger.map(tree, `${to}.order`);
  return { order };
}

function readSeasonalOrder(ledger: Ledger, tree: Tree | undefined, to: string): Given {
  const order = integersOf(tree, 4);
  if (tree === undefined || order === undefined) return {};
  const none = order.slice(0, 3).every((terms) => terms === 0);
  ledger.map(tree, `${to}.seasonal_order`, none ? 'No seasonal terms.' : '');
  return none ? {} : { seasonal_order: order };
}

function integersOf(tree: Tree | undefined, length: number): readonly number[] | undefined {
  const values = itemsOf(tree).map((item) => (item.kind === 'leaf' ? item.value : null));
  return values.length === length && values.every((value): value is number => Number.isInteger(value)) ? values : undefined;
}

function takenNumber(
  ledger: Ledger,
  parameters: Tree | undefined,
  to: string,
  name: string,
  bounds: { min: number; max: number; whole?: boolean },
): Given {
  const value = takeNumber(ledger, field(ledger, parameters, name), `${to}.${name}`, bounds);
  return value === undefined ? {} : { [name]: value };
}

function takenChoice(ledger: Ledger, parameters: Tree | undefined, to: string, name: string, options: readonly string[]): Given {
  const tree = field(ledger, parameters, name);
  const text = textOf(ledger, tree)?.toLowerCase();
  if (tree === undefined || text === undefined) return {};
  if (!options.includes(text)) {
    ledger.complain(tree, `must be one of ${options.join(', ')}`);
    return {};
  }
  ledger.map(tree, `${to}.${name}`);
  return { [name]: text };
}
