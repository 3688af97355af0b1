import { parseParameters } from '../../core/contracts/parameter.ts';
import { estimatorDescriptions } from '../../core/measure/descriptions.ts';
import { parseFormula } from '../../core/measure/formula.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { renamed, theirTreatment } from './column-names.ts';
import type { NoCounterpart } from './configuration.ts';
import { widestCaliper } from './method-parameters.ts';
import type { Writable } from './write-yaml.ts';

type Mapping = { readonly [key: string]: Writable };
type Method = { readonly parameters: Mapping; readonly transform: Mapping | null; readonly noCounterpart: readonly NoCounterpart[] };
type Values = Readonly<Record<string, unknown>>;
/** Parameters in their names, and ours as they will be read back. */
type Said = { readonly parameters: Mapping; readonly back: Values; readonly transform?: Mapping };
type Sayer = (values: Values, dates: { readonly intervention: string }) => Said;

const columns = { treatment_column: theirTreatment, dependent_variable: 'revenue' };

/** The method with its parameters in their names. What would be read back otherwise is listed. */
export function exportMethod({ method }: SimulatedInitiative, intervention: string, path: string): Method {
  const description = estimatorDescriptions[method.id as keyof typeof estimatorDescriptions];
  const filled = (given: Values): Values => {
    const parsed = parseParameters(description.parameters, given, '');
    return parsed.ok ? parsed.value : {};
  };
  const sayer = sayers[method.id];
  if (sayer === undefined) {
    const lost = {
      path: `${path}.method.id`,
      value: method.id,
      why: 'theirs has no such method; one of that name has to be registered there',
    };
    return { parameters: method.parameters as Mapping, transform: null, noCounterpart: [lost] };
  }
  const values = filled(method.parameters);
  const { parameters, back, transform = null } = sayer(values, { intervention });
  const readBack = filled(back);
  const lost = Object.keys(values).filter((name) => JSON.stringify(values[name]) !== JSON.stringify(readBack[name]));
  const noCounterpart = lost.map((name) => ({
    path: `${path}.method.parameters.${name}`,
    value: values[name],
    why: `theirs has ${told(readBack[name])}`,
  }));
  return { parameters, transform, noCounterpart: [...noCounterpart, ...caveats(method.id, path)] };
}

const sayers: Readonly<Record<string, Sayer>> = {
  experiment(values) {
    const formula = formulaOf(values);
    return { parameters: { formula: renamed(formula, 'treated', theirTreatment) }, back: { formula, standard_errors: 'classical' } };
  },
  subclassification(values) {
    const covariates = covariatesOf(values);
    const estimand = values.estimand === 'ate' ? 'ate' : 'att';
    const n_strata = values.n_strata as number;
    return {
      parameters: { ...columns, covariate_columns: covariates, n_strata, estimand },
      back: { covariate_columns: covariates, strata_on: 'covariates', n_strata, estimand },
    };
  },
  nearest_neighbour_matching(values) {
    const covariates = covariatesOf(values);
    const { caliper, ratio } = values as { readonly caliper: number | null; readonly ratio: number };
    const replace = values.replace === true || covariates.length > 1;
    const width = caliper === null || caliper <= 0 ? 10_000 * widestCaliper : caliper;
    return {
      parameters: { ...columns, covariate_columns: covariates, caliper: width, replace, ratio },
      back: { covariate_columns: covariates, distance: 'euclidean', caliper: caliper === 0 ? null : caliper, replace, ratio },
    };
  },
  synthetic_control: (_values, { intervention }) => ({
    parameters: {
      treatment_time: intervention,
      treated_unit: 'NAME-A-PRODUCT',
      outcome_column: 'revenue',
      unit_column: 'product_id',
      time_column: 'date',
    },
    back: {},
    transform: { FUNCTION: 'prepare_for_synthetic_control', PARAMS: {} },
  }),
  interrupted_time_series(values, { intervention }) {
    const order = values.order as readonly number[];
    const seasonal = values.seasonal_order as readonly number[] | null;
    return {
      parameters: { intervention_date: intervention, dependent_variable: 'revenue', order, seasonal_order: seasonal ?? [0, 0, 0, 0] },
      back: {
        order,
        ...(seasonal === null || seasonal.slice(0, 3).every((terms) => terms === 0) ? {} : { seasonal_order: seasonal }),
        trend: false,
      },
      transform: { FUNCTION: 'aggregate_by_date', PARAMS: { metric: 'revenue' } },
    };
  },
  metrics_approximation(values) {
    const coefficient = (values.coefficient as number | null) ?? 0.5;
    return {
      parameters: { RESPONSE: { FUNCTION: 'linear', PARAMS: { coefficient } } },
      back: { response: 'linear', coefficient },
      transform: { FUNCTION: 'prepare_simulator_for_approximation', PARAMS: { baseline_metric: 'revenue' } },
    };
  },
};

/** Their covariates are the product's own; a mean of earlier revenue is none of them, and the score is changed by the treatment. */
function covariatesOf({ covariate_columns: given }: Values): readonly string[] {
  const known = (given as readonly string[]).filter((name) => name === 'price' || name === 'quality_score');
  return known.length > 0 ? known : ['price'];
}

function formulaOf(values: Values): string {
  const given = values.formula as string | null;
  if (given !== null && sayable(given)) return given;
  const covariates =
    values.adjustment === 'none' || values.adjustment === 'cuped'
      ? []
      : (values.covariate_columns as readonly string[]).filter((name) => name === 'price' || name === 'category');
  return ['revenue ~ treated', ...covariates].join(' + ');
}

/** Whether theirs reads the formula as ours does: it takes the first term for the treatment. */
function sayable(formula: string): boolean {
  const { outcome, terms } = parseFormula(formula);
  const names = terms.flat();
  return (
    outcome === 'revenue' &&
    /~\s*treated\b/.test(formula) &&
    names.every((name) => ['treated', 'price', 'category'].includes(name)) &&
    terms[0]?.join() === 'treated'
  );
}

function told(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function caveats(id: string, path: string): readonly NoCounterpart[] {
  if (id !== 'synthetic_control') return [];
  return [
    {
      path: `${path}.method`,
      value: id,
      why: 'theirs wants the identifier of the treated product, which only its own catalogue knows: put it in the place of NAME-A-PRODUCT',
    },
  ];
}
