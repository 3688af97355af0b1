import type { Parameters } from '../../core/contracts/parameter.ts';
import { profileParameters } from '../../core/simulate/effects/effect-profile.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { designOf, effectOf, methodOf } from '../shared/catalogue.ts';
import { inPeriods, periodWord } from '../shared/period.ts';
import { settingGroups } from '../measure/method-settings.ts';

export type ChoiceField = 'effect' | 'design' | 'method';

export type ParameterGroups = {
  /** What matters first, and the rest. */
  readonly first: Parameters;
  readonly more: Parameters;
  /** What stands where nothing is given, if not the default. */
  readonly known: Readonly<Record<string, unknown>>;
};

/** How an effect unfolds and differs, which all effects have in common. */
const shared = Object.keys(profileParameters);
/** Of a method's own parameters, as many stand in the open. */
const methodsFirst = 4;

/** An effect's own parameters first, all of a design's, and of a method's what the pilot does not fill in. */
export function parameterGroups(field: ChoiceField, initiative: SimulatedInitiative, confidenceLevel: number): ParameterGroups {
  const described = { effect: effectOf, design: designOf, method: methodOf }[field](initiative[field].id);
  const parameters = inPeriods(described?.parameters ?? {}, periodWord(initiative));
  if (field === 'method') return methodGroups(parameters, initiative, confidenceLevel);
  const [first, more] = split(parameters, (name) => field === 'design' || !shared.includes(name));
  return { first, more, known: {} };
}

function methodGroups(parameters: Parameters, initiative: SimulatedInitiative, confidenceLevel: number): ParameterGroups {
  const { own, filled, known } = settingGroups(parameters, initiative, confidenceLevel);
  const names = Object.keys(own).slice(0, methodsFirst);
  const [first, rest] = split(own, (name) => names.includes(name));
  return { first, more: { ...rest, ...filled }, known };
}

/** Which of them are not at what stands there when nothing is given, by their labels. */
export function changedParameters({ more, known }: ParameterGroups, values: Readonly<Record<string, unknown>>): string[] {
  const resting = (name: string) => (Object.hasOwn(known, name) ? known[name] : more[name]?.default);
  return Object.entries(more)
    .filter(([name]) => Object.hasOwn(values, name) && JSON.stringify(values[name]) !== JSON.stringify(resting(name)))
    .map(([, { label }]) => label);
}

function split(parameters: Parameters, isFirst: (name: string) => boolean): readonly [Parameters, Parameters] {
  const entries = Object.entries(parameters);
  return [Object.fromEntries(entries.filter(([name]) => isFirst(name))), Object.fromEntries(entries.filter(([name]) => !isFirst(name)))];
}
