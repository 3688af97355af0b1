import { confidenceRange } from '../contracts/evaluate-result.ts';
import { parseParameters, type NumberParameter, type Parameters } from '../contracts/parameter.ts';
import { estimatorDescriptions } from '../measure/descriptions.ts';
import { limits } from '../scenario/defaults.ts';
import type { Choice, DemandDeclaration, Initiative, Scenario, SimulatedInitiative, StatedInitiative } from '../scenario/scenario.ts';
import { assignmentDesigns, findAssignmentDesign } from '../simulate/assignment-designs/index.ts';
import { effects } from '../simulate/effects/index.ts';
import { findFlaw, flaws, flawSetting } from '../simulate/flaws/index.ts';
import { demandNumbers, effectAtScale, moneyAbove, signedMoney, type SweptNumber } from './sweep-fields.ts';

/** A number of one initiative: where it stands in it, and how it is set. */
export type InitiativeNumber = {
  /** Dotted, within the initiative. */
  readonly key: string;
  readonly number: SweptNumber;
  readonly current: number | null;
  /** Whether such a thing can be in this pilot at all: a flaw that needs controls, where there are some. */
  readonly possible: boolean;
  readonly set: (initiative: Initiative, value: number) => Initiative;
};

/** Every number of an initiative, in the order in which the page asks for them. */
export function initiativeNumbers(initiative: Initiative, scenario: Scenario): readonly InitiativeNumber[] {
  const cost = direct(initiative, 'cost_to_scale', { label: 'Cost to scale', unit: scenario.currency, ...moneyAbove });
  return [cost, ...(initiative.source === 'stated' ? statedNumbers(initiative, scenario) : simulatedNumbers(initiative, scenario))];
}

function statedNumbers(initiative: StatedInitiative, { currency: unit }: Scenario): InitiativeNumber[] {
  const [min, max] = confidenceRange[initiative.model_type];
  return [
    direct(initiative, 'R_worst', { label: 'Worst return', unit, ...signedMoney }),
    direct(initiative, 'R_med', { label: 'Median return', unit, ...signedMoney }),
    direct(initiative, 'R_best', { label: 'Best return', unit, ...signedMoney }),
    direct(initiative, 'confidence', { label: 'Confidence', unit: 'from 0 to 1', min, max, integer: false }),
  ];
}

function simulatedNumbers(initiative: SimulatedInitiative, scenario: Scenario): InitiativeNumber[] {
  const { effect, design, method } = initiative;
  return [
    direct(initiative, 'units_at_scale', { label: 'Units at scale', unit: 'product-periods', ...moneyAbove }),
    direct(initiative, 'effect_at_scale', effectAtScale),
    ...catalogNumbers(initiative, scenario),
    ...(Object.keys(demandNumbers) as (keyof DemandDeclaration)[]).map((field) =>
      nested(initiative, 'demand', field, demandNumbers[field]),
    ),
    ...chosen('effect', effect, entryOf(effects, effect.id), 'Effect'),
    ...chosen('design', design, entryOf(assignmentDesigns, design.id), 'Design'),
    ...chosen('method', method, entryOf(estimatorDescriptions, method.id), 'Method'),
    ...Object.values(flaws).flatMap((flaw) => flawNumbers(initiative, flaw as unknown as Entry)),
  ];
}

function catalogNumbers(initiative: SimulatedInitiative, scenario: Scenario): InitiativeNumber[] {
  const periods = { unit: initiative.catalog.granularity === 'week' ? 'weeks' : 'days', max: limits.periods, integer: true, typical: 14 };
  return [
    nested(initiative, 'catalog', 'n_products', {
      label: 'Products in the pilot',
      unit: 'products',
      min: 30,
      max: scenario.scale_sample_size,
      integer: true,
    }),
    nested(initiative, 'catalog', 'pre_periods', { label: 'Periods before', ...periods, min: 0 }),
    nested(initiative, 'catalog', 'post_periods', { label: 'Periods from the intervention on', ...periods, min: 1 }),
  ];
}

type Entry = { readonly id: string; readonly label: string; readonly parameters: Parameters };

function entryOf(registry: Readonly<Record<string, unknown>>, id: string): Entry | undefined {
  return registry[id] as Entry | undefined;
}

/** Numeric parameters of a registry's entry; one that is not given stands at its default. */
function chosen(field: 'effect' | 'design' | 'method', choice: Choice, entry: Entry | undefined, word: string): InitiativeNumber[] {
  return numeric(entry?.parameters ?? {}).map(([name, parameter]) => ({
    key: `${field}.${name}`,
    number: described(parameter, `${word}: ${lowerFirst(parameter.label)}`),
    current: numberOr(choice.parameters[name], parameter.default),
    possible: true,
    set: (initiative, value) => {
      const old = (initiative as SimulatedInitiative)[field];
      return { ...initiative, [field]: { ...old, parameters: { ...old.parameters, [name]: value } } };
    },
  }));
}

/** A flaw that is not there can be swept by its severity, which is 0 then. */
function flawNumbers(initiative: SimulatedInitiative, { id, label, parameters }: Entry): InitiativeNumber[] {
  const there = initiative.flaws.find((flaw) => flaw.id === id);
  const possible = canHappen(initiative, id);
  return numeric(parameters)
    .filter(([name]) => there !== undefined || name === 'severity')
    .map(([name, parameter]) => ({
      key: `flaws.${id}.${name}`,
      number: described(parameter, `${label}: ${lowerFirst(parameter.label)}`),
      current: there === undefined ? 0 : numberOr(there.parameters[name], parameter.default),
      possible,
      set: (changed, value) => ({ ...changed, flaws: withFlaw((changed as SimulatedInitiative).flaws, id, name, value) }) as Initiative,
    }));
}

function withFlaw(choices: readonly Choice[], id: string, name: string, value: number): Choice[] {
  if (!choices.some((flaw) => flaw.id === id)) return [...choices, { id, parameters: { [name]: value } }];
  return choices.map((flaw) => (flaw.id === id ? { id, parameters: { ...flaw.parameters, [name]: value } } : flaw));
}

function canHappen(initiative: SimulatedInitiative, id: string): boolean {
  const flaw = findFlaw(id);
  const design = findAssignmentDesign(initiative.design.id);
  if (flaw?.misfit === undefined || design === undefined) return true;
  const parameters = parseParameters(flaw.parameters, initiative.flaws.find((one) => one.id === id)?.parameters ?? {}, '');
  const setting = flawSetting(design, initiative.design.parameters as never, initiative.catalog);
  return parameters.ok && flaw.misfit(parameters.value, setting) === null;
}

function direct(initiative: Initiative, key: string, number: SweptNumber): InitiativeNumber {
  const current = numberOr((initiative as unknown as Record<string, unknown>)[key], null);
  return { key, number, current, possible: true, set: (changed, value) => ({ ...changed, [key]: value }) };
}

function nested(initiative: SimulatedInitiative, part: 'catalog' | 'demand', name: string, number: SweptNumber): InitiativeNumber {
  return {
    key: `${part}.${name}`,
    number,
    current: numberOr((initiative[part] as Readonly<Record<string, unknown>>)[name], null),
    possible: true,
    set: (changed, value) => ({ ...changed, [part]: { ...(changed as SimulatedInitiative)[part], [name]: value } }),
  };
}

function numeric(parameters: Parameters): [string, NumberParameter][] {
  return Object.entries(parameters).filter(
    (entry): entry is [string, NumberParameter] => entry[1].kind === 'number' || entry[1].kind === 'integer',
  );
}

function described({ unit = '', min, max, kind, default: usual }: NumberParameter, label: string): SweptNumber {
  return { label, unit, min, max, integer: kind === 'integer', ...(usual === null || usual === 0 ? {} : { typical: usual }) };
}

function numberOr(value: unknown, fallback: number | null): number | null {
  return typeof value === 'number' ? value : fallback;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
