import { flatEstimateSchema, type FlatEstimate, type ImpactResults } from '../../core/contracts/job-directory.ts';
import { contractIssues } from '../../core/contracts/check-contract.ts';
import { InputError, inputError } from '../../core/contracts/input-error.ts';
import * as v from 'valibot';
import { inFile, placeIn } from './job-reading.ts';

/** An estimate, and what a person should know about where it comes from; null where there is nothing to say. */
export type JobEstimate = { readonly estimate: FlatEstimate; readonly note: string | null };

type Fields = Readonly<Record<string, unknown>>;

/**
 * The estimate with its interval: the flat keys, or where a directory has none, the form of the method that wrote it.
 * @throws InputError with the fields that are missing or wrong; null where neither is there
 */
export function jobEstimate({ effect_estimate, ci_lower, ci_upper, model_type, data }: ImpactResults, file: string): JobEstimate | null {
  if (effect_estimate !== null || ci_lower !== null || ci_upper !== null)
    return { estimate: checked({ effect_estimate, ci_lower, ci_upper }, file, ''), note: null };
  if (data === null) return null;
  const { impact_estimates: estimates, model_params: parameters } = data;
  const at = 'data.impact_estimates';
  const single = (name: string): JobEstimate => {
    const value = estimates[name];
    return { estimate: checked({ effect_estimate: value, ci_lower: value, ci_upper: value }, file, at), note: null };
  };
  switch (model_type) {
    case 'experiment':
      return { estimate: checked(coefficient(estimates, parameters, file), file, at), note: null };
    case 'synthetic_control':
      return { estimate: checked({ ...estimates, effect_estimate: estimates['att'] }, file, at), note: null };
    case 'nearest_neighbour_matching':
      return { estimate: checked(withinTwoErrors(estimates, file), file, at), note: 'the interval is 1.96 standard errors to either side' };
    case 'interrupted_time_series':
      return single('intervention_effect');
    case 'subclassification':
      return single('treatment_effect');
    case 'metrics_approximation':
      return single('impact');
    default:
      return null;
  }
}

/** The treatment is the first term of the formula; a category's name has its level in brackets. */
function coefficient(estimates: Fields, parameters: Fields, file: string): Fields {
  const formula = parameters['formula'];
  const treatment = typeof formula === 'string' ? formula.split('~')[1]?.split('+')[0]?.trim() : undefined;
  if (treatment === undefined || treatment === '')
    throw inputError(
      placeIn(file, 'data.model_params.formula'),
      'must be a formula such as "revenue ~ treated": its first term is the treatment',
      formula,
    );
  const rows = fieldsOf(estimates['params']);
  const names = Object.keys(rows).filter((name) => name === treatment || name.startsWith(`${treatment}[`));
  const [name = treatment] = names.includes(treatment) ? [treatment] : names;
  if (names.length === 0 || (names.length > 1 && name !== treatment))
    throw inputError(
      placeIn(file, 'data.impact_estimates.params'),
      `must have one coefficient of the treatment '${treatment}' (found ${names.length})`,
    );
  const interval = fieldsOf(estimates['conf_int'])[name];
  const [ci_lower, ci_upper] = Array.isArray(interval) ? (interval as unknown[]) : [];
  return { effect_estimate: rows[name], ci_lower, ci_upper };
}

function withinTwoErrors({ att, att_se: error }: Fields, file: string): Fields {
  if (typeof att === 'number' && typeof error === 'number')
    return { effect_estimate: att, ci_lower: att - 1.96 * error, ci_upper: att + 1.96 * error };
  throw inputError(placeIn(file, 'data.impact_estimates'), 'must have the numbers att and att_se', typeof att === 'number' ? error : att);
}

function checked(given: Fields, file: string, at: string): FlatEstimate {
  const parsed = v.safeParse(flatEstimateSchema, given);
  if (parsed.success) return parsed.output;
  throw new InputError(inFile(contractIssues(parsed.issues), file, at));
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
