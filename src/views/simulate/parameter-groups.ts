import type { Parameters } from '../../core/contracts/parameter.ts';
import { profileParameters } from '../../core/simulate/effects/effect-profile.ts';

export type ChoiceField = 'effect' | 'design' | 'method';

/** What the pilot itself tells a method: only of use where the method is to read something else. */
const filledFromPilot: readonly string[] = [
  'outcome_column',
  'treatment_column',
  'pre_column',
  'block_column',
  'cluster_column',
  'running_column',
  'cutoff',
  'treated_side',
  'metric_before_column',
  'metric_after_column',
  'baseline_column',
  'unit_column',
  'time_column',
  'treated_unit',
  'treatment_time',
  'intervention_date',
  'confidence_level',
];

/** Of a method's own parameters, as many stand in the open. */
const methodsFirst = 4;
/** Of an effect, how it unfolds and differs, which all effects have in common. */
const shared = Object.keys(profileParameters);

export type ParameterGroups = { readonly first: Parameters; readonly more: Parameters };

/** What matters first: all that is an effect's own, all of a design, and of a method what the pilot does not fill in. */
export function parameterGroups(field: ChoiceField, parameters: Parameters): ParameterGroups {
  const isMore = (name: string, place: number) =>
    field === 'effect' ? shared.includes(name) : field === 'method' && (filledFromPilot.includes(name) || place >= methodsFirst);
  const entries = Object.entries(parameters);
  const own = entries.map(([name]) => name).filter((name) => !filledFromPilot.includes(name));
  return {
    first: Object.fromEntries(entries.filter(([name]) => !isMore(name, own.indexOf(name)))),
    more: Object.fromEntries(entries.filter(([name]) => isMore(name, own.indexOf(name)))),
  };
}

/** Which of them are not at their defaults, by their labels. */
export function changedParameters(parameters: Parameters, values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(parameters)
    .filter(([name, parameter]) => Object.hasOwn(values, name) && JSON.stringify(values[name]) !== JSON.stringify(parameter.default))
    .map(([, parameter]) => parameter.label);
}
