import { defaultDemand } from '../../core/scenario/defaults.ts';
import { mondayOf } from '../../core/simulate/calendar.ts';
import type { Initiative, Scenario, SimulatedInitiative, StatedInitiative } from '../../core/scenario/scenario.ts';

/** Pure edits of a scenario. Whether the result is valid is for the state layer to say. */
export type Edit = (scenario: Scenario) => Scenario;

export function setField<K extends keyof Scenario>(field: K, value: Scenario[K]): Edit {
  return (scenario) => ({ ...scenario, [field]: value });
}

export function editInitiative(id: string, edit: (initiative: Initiative) => Initiative): Edit {
  return (scenario) => ({
    ...scenario,
    initiatives: scenario.initiatives.map((initiative) => (initiative.initiative_id === id ? edit(initiative) : initiative)),
  });
}

export function editSimulated(id: string, edit: (initiative: SimulatedInitiative) => SimulatedInitiative): Edit {
  return editInitiative(id, (initiative) => (initiative.source === 'simulated' ? edit(initiative) : initiative));
}

export function editStated(id: string, edit: (initiative: StatedInitiative) => StatedInitiative): Edit {
  return editInitiative(id, (initiative) => (initiative.source === 'stated' ? edit(initiative) : initiative));
}

type ChoiceField = 'effect' | 'design' | 'method';

/** Another entry of a registry. Only the parameters in `kept` survive: the others belong to the entry they were set for. */
export function chooseEntry(id: string, field: ChoiceField, entry: string, kept: readonly string[] = []): Edit {
  return editSimulated(id, (initiative) => {
    const parameters = Object.fromEntries(Object.entries(initiative[field].parameters).filter(([name]) => kept.includes(name)));
    return { ...initiative, [field]: { id: entry, parameters } };
  });
}

export function setParameter(id: string, field: ChoiceField, name: string, value: unknown): Edit {
  return editSimulated(id, (initiative) => ({
    ...initiative,
    [field]: { id: initiative[field].id, parameters: { ...initiative[field].parameters, [name]: value } },
  }));
}

/** A flaw at its own defaults. They act in the order of their registry, and are listed in the order of adding. */
export function addFlaw(id: string, flaw: string): Edit {
  return editSimulated(id, (initiative) => ({ ...initiative, flaws: [...initiative.flaws, { id: flaw, parameters: {} }] }));
}

export function removeFlaw(id: string, flaw: string): Edit {
  return editSimulated(id, (initiative) => ({ ...initiative, flaws: initiative.flaws.filter((entry) => entry.id !== flaw) }));
}

export function setFlawParameter(id: string, flaw: string, name: string, value: unknown): Edit {
  return editSimulated(id, (initiative) => ({
    ...initiative,
    flaws: initiative.flaws.map((entry) => (entry.id === flaw ? { ...entry, parameters: { ...entry.parameters, [name]: value } } : entry)),
  }));
}

/** Days to weeks and back, over the same span of time as near as whole periods allow; weeks start on a Monday. */
export function setGranularity(id: string, granularity: 'day' | 'week'): Edit {
  return editSimulated(id, (initiative) => {
    const { catalog } = initiative;
    if (catalog.granularity === granularity) return initiative;
    const convert = (periods: number) => (granularity === 'week' ? Math.ceil(periods / 7) : periods * 7);
    const start = granularity === 'week' ? mondayOf(catalog.start_date) : catalog.start_date;
    return {
      ...initiative,
      catalog: {
        ...catalog,
        granularity,
        start_date: start,
        pre_periods: convert(catalog.pre_periods),
        post_periods: convert(catalog.post_periods),
      },
    };
  });
}

export function removeInitiative(id: string): Edit {
  return (scenario) =>
    withoutMention(id, { ...scenario, initiatives: scenario.initiatives.filter((initiative) => initiative.initiative_id !== id) });
}

/** Another id, also where the decision names it. */
export function renameInitiative(id: string, name: string): Edit {
  return (scenario) =>
    withMentions(
      (mentioned) => (mentioned === id ? name : mentioned),
      editInitiative(id, (old) => ({ ...old, initiative_id: name }))(scenario),
    );
}

/** Takes an initiative that is gone out of constraints and of numbers set by hand. */
function withoutMention(id: string, scenario: Scenario): Scenario {
  const { constraints, what_if } = scenario;
  const others = (list: readonly string[]) => list.filter((other) => other !== id);
  const categories = new Set(scenario.initiatives.map(({ category }) => category));
  return {
    ...scenario,
    what_if: what_if.filter(({ initiative_id }) => initiative_id !== id),
    constraints: {
      ...constraints,
      required: others(constraints.required),
      excluded: others(constraints.excluded),
      exclusive: constraints.exclusive.map(others).filter((group) => group.length > 1),
      prerequisites: constraints.prerequisites.filter((pair) => pair.id !== id && pair.requires !== id),
      category_caps: constraints.category_caps.filter(({ category }) => categories.has(category)),
    },
  };
}

function withMentions(rename: (id: string) => string, scenario: Scenario): Scenario {
  const { constraints, what_if } = scenario;
  return {
    ...scenario,
    what_if: what_if.map((entry) => ({ ...entry, initiative_id: rename(entry.initiative_id) })),
    constraints: {
      ...constraints,
      required: constraints.required.map(rename),
      excluded: constraints.excluded.map(rename),
      exclusive: constraints.exclusive.map((group) => group.map(rename)),
      prerequisites: constraints.prerequisites.map((pair) => ({ id: rename(pair.id), requires: rename(pair.requires) })),
    },
  };
}

/** One place earlier (-1) or later (1) among the initiatives of its kind, which are listed together. */
export function moveInitiative(id: string, by: -1 | 1): Edit {
  return (scenario) => {
    const moved = scenario.initiatives.find((initiative) => initiative.initiative_id === id);
    const alike = scenario.initiatives.filter(({ source }) => source === moved?.source);
    const neighbour = moved && alike[alike.indexOf(moved) + by];
    if (moved === undefined || neighbour === undefined) return scenario;
    const swapped = new Map([
      [moved, neighbour],
      [neighbour, moved],
    ]);
    return { ...scenario, initiatives: scenario.initiatives.map((initiative) => swapped.get(initiative) ?? initiative) };
  };
}

/** A copy right below the original, with an id of its own. */
export function duplicateInitiative(id: string): Edit {
  return (scenario) => ({
    ...scenario,
    initiatives: scenario.initiatives.flatMap((initiative) =>
      initiative.initiative_id === id ? [initiative, { ...initiative, initiative_id: freeId(scenario, copyName(id)) }] : [initiative],
    ),
  });
}

/** A new initiative at the end: like the last one of its kind where there is one. */
export function addInitiative(source: Initiative['source']): Edit {
  return (scenario) => {
    const model = scenario.initiatives.findLast((initiative) => initiative.source === source);
    const blank = source === 'simulated' ? blankSimulated(scenario) : blankStated(scenario);
    const initiative = { ...(model ?? blank), initiative_id: freeId(scenario, 'new-initiative'), description: '' };
    return { ...scenario, initiatives: [...scenario.initiatives, initiative] };
  };
}

function blankSimulated(scenario: Scenario): SimulatedInitiative {
  const products = Math.min(600, scenario.scale_sample_size);
  return {
    source: 'simulated',
    initiative_id: 'new-initiative',
    description: '',
    category: '',
    divisible: false,
    cost_to_scale: blankCost(scenario),
    units_at_scale: Math.max(1, Math.round(scenario.budget * 1.5)),
    effect_at_scale: 1,
    catalog: {
      n_products: products,
      categories: ['Home & Garden', 'Toys & Games'],
      start_date: '2026-02-02',
      granularity: 'day',
      pre_periods: 28,
      post_periods: 28,
    },
    demand: defaultDemand,
    effect: { id: 'quantity_boost', parameters: {} },
    design: { id: 'complete_randomisation', parameters: {} },
    flaws: [],
    method: { id: 'experiment', parameters: {} },
    comparisons: [],
  };
}

function blankStated(scenario: Scenario): StatedInitiative {
  const cost = blankCost(scenario);
  return {
    source: 'stated',
    initiative_id: 'new-initiative',
    description: '',
    category: '',
    divisible: false,
    cost_to_scale: cost,
    R_best: cost * 3,
    R_med: cost * 2,
    R_worst: 0,
    confidence: 0.9,
    model_type: 'experiment',
  };
}

function blankCost(scenario: Scenario): number {
  return scenario.budget > 0 ? scenario.budget / 4 : 1;
}

function copyName(id: string): string {
  return `${id.slice(0, 70)}-copy`;
}

function freeId(scenario: Scenario, wanted: string): string {
  const taken = new Set(scenario.initiatives.map((initiative) => initiative.initiative_id));
  if (!taken.has(wanted)) return wanted;
  for (let i = 2; ; i += 1) if (!taken.has(`${wanted}-${i}`)) return `${wanted}-${i}`;
}
