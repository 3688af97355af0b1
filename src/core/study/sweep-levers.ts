import { decisionRuleDescriptions } from '../allocate/descriptions.ts';
import { returnCorrections } from '../allocate/corrections/index.ts';
import { confidencePenalties } from '../allocate/penalties/index.ts';
import type { Parameters } from '../contracts/parameter.ts';
import { limits } from '../scenario/defaults.ts';
import type { Choice, Initiative, Scenario, WhatIf } from '../scenario/scenario.ts';
import { moneyFromZero, shareRange, signedMoney, type SweptNumber } from './sweep-fields.ts';
import { initiativeNumbers, type InitiativeNumber } from './sweep-initiative-numbers.ts';

/** A number of a scenario with the way to set it. */
export type SweepLever = {
  readonly path: string;
  readonly label: string;
  readonly group: string;
  readonly initiative: string | null;
  readonly number: SweptNumber;
  readonly current: number | null;
  readonly possible: boolean;
  readonly set: (scenario: Scenario, value: number) => Scenario;
};

/** All of them, those that cannot happen here included, so that somebody who asks for one is told why. */
export function sweepLevers(scenario: Scenario): readonly SweepLever[] {
  const numbersOf = scenario.initiatives.map((initiative) => initiativeNumbers(initiative, scenario));
  return [
    ...decisionLevers(scenario),
    ...togetherLevers(numbersOf),
    ...scenario.initiatives.flatMap(({ initiative_id: id }, i) => numbersOf[i]!.map((number) => initiativeLever(id, i, number))),
  ];
}

const decision = { group: 'The decision', initiative: null, possible: true } as const;

function decisionLevers(scenario: Scenario): SweepLever[] {
  const { currency: unit, budget, initiatives } = scenario;
  const largestPilot = Math.max(30, ...initiatives.map((one) => (one.source === 'simulated' ? one.catalog.n_products : 0)));
  return [
    field(scenario, 'budget', { label: 'Budget', unit, ...moneyFromZero }),
    field(scenario, 'min_confidence_threshold', { label: 'Confidence threshold', ...shareRange }),
    field(scenario, 'min_portfolio_worst_return', { label: 'Worst-return floor', unit, ...signedMoney, typical: budget }),
    field(scenario, 'confidence_level', { label: 'Interval level', unit: 'share', min: 0.5, max: 0.999, integer: false }),
    field(scenario, 'scale_sample_size', {
      label: 'Products measured at scale',
      unit: 'products',
      min: largestPilot,
      max: limits.products,
      integer: true,
    }),
    ...choiceLevers(scenario, 'decision_rule', decisionRuleDescriptions, 'Decision rule'),
    ...choiceLevers(scenario, 'confidence_penalty', confidencePenalties, 'Confidence penalty'),
    ...choiceLevers(scenario, 'return_correction', returnCorrections, 'Return correction'),
    ...constraintLevers(scenario),
    ...scenario.what_if.flatMap((entry) => whatIfLevers(entry, unit)),
  ];
}

function field(
  scenario: Scenario,
  name: 'budget' | 'min_confidence_threshold' | 'min_portfolio_worst_return' | 'confidence_level' | 'scale_sample_size',
  number: SweptNumber,
): SweepLever {
  return {
    ...decision,
    path: name,
    label: number.label,
    number,
    current: scenario[name],
    set: (changed, value) => ({ ...changed, [name]: value }),
  };
}

type Registry = Readonly<Record<string, { readonly parameters: Parameters }>>;
type ChoiceField = 'decision_rule' | 'confidence_penalty' | 'return_correction';

function choiceLevers(scenario: Scenario, name: ChoiceField, registry: object, word: string): SweepLever[] {
  const choice = scenario[name];
  const parameters = (registry as Registry)[choice.id]?.parameters ?? {};
  const lever = (key: string, number: SweptNumber, current: number | null, put: (old: Choice, value: number) => Choice): SweepLever => ({
    ...decision,
    path: `${name}.${key}`,
    label: `${word}: ${number.label}`,
    number,
    current,
    set: (changed, value) => ({ ...changed, [name]: put(changed[name], value) }),
  });
  return Object.entries(parameters).flatMap(([key, parameter]) => {
    if (parameter.kind === 'number' || parameter.kind === 'integer') {
      const { label, unit = '', min, max } = parameter;
      const given = choice.parameters[key];
      const current = typeof given === 'number' ? given : parameter.default;
      const put = (old: Choice, value: number): Choice => ({ ...old, parameters: { ...old.parameters, [key]: value } });
      return [lever(key, { label, unit, min, max, integer: parameter.kind === 'integer' }, current, put)];
    }
    if (parameter.kind !== 'weights') return [];
    const weights = (choice.parameters[key] ?? parameter.default) as Readonly<Record<string, number>>;
    return parameter.names.map((which) => {
      const number = { ...shareRange, label: `weight of ${which}, the others in proportion` };
      const put = (old: Choice, value: number): Choice => ({
        ...old,
        parameters: { ...old.parameters, [key]: reweighted(weights, which, value) },
      });
      return lever(`${key}.${which}`, number, weights[which] ?? null, put);
    });
  });
}

/** One weight set and the others keeping their proportions, so that all add up to 1 again. */
function reweighted(weights: Readonly<Record<string, number>>, which: string, value: number): Record<string, number> {
  const others = Object.entries(weights).filter(([name]) => name !== which);
  const sum = others.reduce((total, [, weight]) => total + weight, 0);
  const shareOf = (weight: number) => (sum > 0 ? weight / sum : 1 / others.length);
  return { [which]: value, ...Object.fromEntries(others.map(([name, weight]) => [name, shareOf(weight) * (1 - value)])) };
}

function constraintLevers(scenario: Scenario): SweepLever[] {
  const { currency: unit, constraints, initiatives } = scenario;
  const count = { unit: 'initiatives', min: 0, max: Math.max(1, initiatives.length), integer: true };
  const change = (put: (value: number) => Partial<Scenario['constraints']>) => (changed: Scenario, value: number) => ({
    ...changed,
    constraints: { ...changed.constraints, ...put(value) },
  });
  const atMost: SweepLever = {
    ...decision,
    path: 'constraints.at_most',
    label: 'At most so many initiatives',
    number: { label: 'At most so many initiatives', ...count },
    current: constraints.at_most ?? null,
    set: change((value) => ({ at_most: value })),
  };
  const caps = (constraints.category_caps ?? []).flatMap((cap, k) =>
    (['max_initiatives', 'max_cost'] as const)
      .filter((name) => typeof cap[name] === 'number')
      .map((name): SweepLever => {
        const label = `Cap on ${cap.category}: ${name === 'max_cost' ? 'cost' : 'initiatives'}`;
        return {
          ...decision,
          path: `constraints.category_caps.${k}.${name}`,
          label,
          number: name === 'max_cost' ? { label, unit, ...moneyFromZero } : { label, ...count },
          current: cap[name] ?? null,
          set: change((value) => ({
            category_caps: (constraints.category_caps ?? []).map((one, i) => (i === k ? { ...one, [name]: value } : one)),
          })),
        };
      }),
  );
  return [atMost, ...caps];
}

const byHand = { R_worst: 'worst return', R_med: 'median return', R_best: 'best return', confidence: 'confidence' } as const;

/** Numbers set by hand for the decision: those that are set. */
function whatIfLevers(entry: WhatIf, currency: string): SweepLever[] {
  const { initiative_id: id } = entry;
  return (Object.keys(byHand) as (keyof typeof byHand)[])
    .filter((name) => entry[name] !== null)
    .map((name) => {
      const label = `${id}, set by hand: ${byHand[name]}`;
      return {
        ...decision,
        path: `what_if.${id}.${name}`,
        label,
        number: name === 'confidence' ? { label, ...shareRange } : { label, unit: currency, ...signedMoney },
        current: entry[name],
        set: (changed, value) => ({
          ...changed,
          what_if: changed.what_if.map((one) => (one.initiative_id === id ? { ...one, [name]: value } : one)),
        }),
      };
    });
}

function initiativeLever(id: string, index: number, { key, number, current, possible, set }: InitiativeNumber): SweepLever {
  return {
    path: `initiatives.${id}.${key}`,
    label: number.label,
    group: id,
    initiative: id,
    number,
    current,
    possible,
    set: (scenario, value) => ({ ...scenario, initiatives: scenario.initiatives.map((one, i) => (i === index ? set(one, value) : one)) }),
  };
}

/** One dial for all that have a number of that name, where more than one has. What cannot happen somewhere is left out there. */
function togetherLevers(numbersOf: readonly (readonly InitiativeNumber[])[]): SweepLever[] {
  const keys = [...new Set(numbersOf.flatMap((numbers) => numbers.map(({ key }) => key)))];
  return keys.flatMap((key) => {
    const each = numbersOf.map((numbers) => numbers.find((number) => number.key === key && number.possible));
    const having = each.filter((number) => number !== undefined);
    return having.length < 2 ? [] : [togetherLever(key, each, having)];
  });
}

function togetherLever(key: string, each: readonly (InitiativeNumber | undefined)[], having: readonly InitiativeNumber[]): SweepLever {
  const [first] = having as [InitiativeNumber];
  const usual = having
    .map(({ current }) => current)
    .filter((value) => value !== null)
    .sort((a, b) => a - b)[Math.floor(having.length / 2)];
  const number = {
    ...first.number,
    ...(usual === undefined || usual === 0 ? {} : { typical: usual }),
    min: Math.max(...having.map((one) => one.number.min)),
    max: Math.min(...having.map((one) => one.number.max)),
  };
  const some = having.length < each.length ? ` (${having.length} of ${each.length})` : '';
  const same = having.every(({ current }) => current === first.current);
  const setEach = (initiative: Initiative, i: number, value: number) => each[i]?.set(initiative, value) ?? initiative;
  return {
    path: `initiatives.*.${key}`,
    label: `${number.label}${some}`,
    group: 'All initiatives together',
    initiative: '*',
    number,
    current: same ? first.current : null,
    possible: number.min <= number.max,
    set: (scenario, value) => ({ ...scenario, initiatives: scenario.initiatives.map((one, i) => setEach(one, i, value)) }),
  };
}
