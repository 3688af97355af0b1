import type { Parameters } from '../../core/contracts/parameter.ts';
import { pilotParameters, type PilotFacts } from '../../core/measure/pilot-parameters.ts';
import type { SimulatedInitiative } from '../../core/scenario/scenario.ts';

export type SettingGroups = {
  /** What an analyst chooses. */
  readonly own: Parameters;
  /** What the pilot's table says, unless it is set otherwise. */
  readonly filled: Parameters;
  /** What it says, as far as it can be known before the pilot is drawn. */
  readonly known: Readonly<Record<string, unknown>>;
};

/** The covariates come from the pilot too, but which of them to use is the analyst's choice. */
const chosenAll = 'covariate_columns';

export function settingGroups(parameters: Parameters, initiative: SimulatedInitiative, confidenceLevel: number): SettingGroups {
  const names = Object.keys(parameters);
  const isFilled = (name: string) => name !== chosenAll && Object.hasOwn(pilotParameters(parameters, everyFact, {}), name);
  const pick = (rule: (name: string) => boolean) => Object.fromEntries(names.filter(rule).map((name) => [name, parameters[name]!]));
  return {
    own: pick((name) => !isFilled(name)),
    filled: pick(isFilled),
    known: pilotParameters(parameters, factsOf(initiative, confidenceLevel), {}),
  };
}

/** Whether a value only says what the pilot or the default says anyway, so that nothing needs to be set. */
export function takenBack(parameters: Parameters, known: SettingGroups['known'], name: string, value: unknown): boolean {
  const fallback = Object.hasOwn(known, name) ? known[name] : parameters[name]?.default;
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return JSON.stringify(value) === JSON.stringify(fallback) || (isEmpty && Object.hasOwn(pilotParameters(parameters, everyFact, {}), name));
}

function factsOf({ catalog }: SimulatedInitiative, confidenceLevel: number): PilotFacts {
  const hasPre = catalog.pre_periods > 0;
  return {
    covariates: ['quality_score', 'price', ...(hasPre ? ['pre_revenue'] : [])],
    preColumn: hasPre ? 'pre_revenue' : null,
    treatedUnit: null,
    blockColumn: null,
    clusterColumn: null,
    receivedColumn: null,
    intendedShare: null,
    runningColumn: null,
    cutoff: null,
    treatedSide: null,
    interventionDate: '',
    confidenceLevel,
  };
}

const everyFact: PilotFacts = {
  covariates: [],
  preColumn: '-',
  treatedUnit: '-',
  blockColumn: '-',
  clusterColumn: '-',
  receivedColumn: '-',
  intendedShare: 0.5,
  runningColumn: '-',
  cutoff: 0,
  treatedSide: 'below',
  interventionDate: '-',
  confidenceLevel: 0.95,
};
