import { noSideConstraints } from '../../src/core/allocate/decision-rule.ts';
import { returnCorrections } from '../../src/core/allocate/corrections/index.ts';
import { decisionRuleDescriptions } from '../../src/core/allocate/descriptions.ts';
import { confidencePenalties } from '../../src/core/allocate/penalties/index.ts';
import { homeWorlds } from '../../src/core/calibrate/home-worlds.ts';
import type { World } from '../../src/core/measure-initiative.ts';
import type { Parameters } from '../../src/core/contracts/parameter.ts';
import { defaultDemand } from '../../src/core/scenario/defaults.ts';
import { estimatorDescriptions, type EstimatorId } from '../../src/core/measure/descriptions.ts';
import { requireScenario } from '../../src/core/scenario/parse-scenario.ts';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import type { Choice, Scenario } from '../../src/core/scenario/scenario.ts';
import { assignmentDesigns } from '../../src/core/simulate/assignment-designs/index.ts';
import { effects } from '../../src/core/simulate/effects/index.ts';
import { flaws } from '../../src/core/simulate/flaws/index.ts';
import { defaultSettings, type StudyPlan } from '../../src/core/study/study-plan.ts';

/** Every extension of the funnel switched on. */
const demand = {
  ...defaultDemand,
  product_variation: 0.3,
  weekday_amplitude: 0.2,
  trend: 0.1,
  shock_deviation: 0.1,
  shock_autocorrelation: 0.6,
  unit_variation: 0.1,
  one_off_size: 0.3,
  one_off_period: 5,
  appeal_variation: 0.2,
};

const ids = <T extends object>(registry: T) => Object.keys(registry) as (keyof T & string)[];
const plain = (id: string): Choice => ({ id, parameters: {} });

/** What every engine has to compute alike: all estimators with their options, and all rules, penalties and corrections. */
export function comparedScenarios(): Readonly<Record<string, Scenario>> {
  const methods = ids(estimatorDescriptions).map((id) => [`method ${id}`, methodScenario(id)] as const);
  const rules = ids(decisionRuleDescriptions).map((id, i) => [`rule ${id}`, ruleScenario(id, i)] as const);
  const penalties = ids(confidencePenalties).map((id) => [`penalty ${id}`, decision({ confidence_penalty: plain(id) })] as const);
  const corrections = ids(returnCorrections).map((id) => [`correction ${id}`, decision({ return_correction: plain(id) })] as const);
  return Object.fromEntries([['worlds', worldsScenario()], ...methods, ...rules, ...penalties, ...corrections]);
}

/** A small study that goes through the whole loop, at scale included. */
export function comparedStudy(): StudyPlan {
  return { scenario: decision({}), settings: defaultSettings, replications: 20 };
}

/** The method at home: with its defaults, and once with every other option it has. */
function methodScenario(id: EstimatorId): Scenario {
  const home = small(homeWorlds(id), 160);
  const initiatives = variants(estimatorDescriptions[id].parameters).map((parameters, i) => ({
    ...home,
    ...proposal(`${id}-${i}`, i),
    method: { id, parameters },
  }));
  return requireScenario({
    version: 1,
    title: id,
    seed: `engines ${id}`,
    budget: 2500,
    scale_sample_size: home.catalog.n_products,
    initiatives,
  });
}

/** The work is about bits, not about good estimates: fewer products do. */
function small(world: World, products: number): World {
  return { ...world, catalog: { ...world.catalog, n_products: Math.min(products, world.catalog.n_products) } };
}

function variants(parameters: Parameters): Readonly<Record<string, unknown>>[] {
  const others = Object.entries(parameters).flatMap(([name, parameter]): Readonly<Record<string, unknown>>[] => {
    if (parameter.kind === 'choice')
      return parameter.options.filter((option) => option !== parameter.default).map((option) => ({ [name]: option }));
    return parameter.kind === 'boolean' ? [{ [name]: !parameter.default }] : [];
  });
  return [{}, ...others];
}

/** Every effect, assignment design and flaw once, by default. */
function worldsScenario(): Scenario {
  const { effect, design, ...home } = small(homeWorlds('naive_difference'), 60);
  const worlds = [
    ...ids(effects).map((id) => ({ effect: plain(id), design, flaws: [] })),
    ...ids(assignmentDesigns).map((id) => ({ effect, design: plain(id), flaws: [] })),
    ...ids(flaws).map((id) => ({ effect, design, flaws: [plain(id)] })),
  ];
  const initiatives = worlds.map((world, i) => ({
    ...home,
    ...world,
    ...proposal(`world-${i}`, i),
    demand,
    catalog: { ...home.catalog, post_periods: 28 },
  }));
  return requireScenario({
    version: 1,
    title: 'worlds',
    seed: 'engines',
    budget: 4000,
    scale_sample_size: home.catalog.n_products,
    initiatives,
  });
}

function proposal(initiative_id: string, at: number) {
  return { source: 'simulated', initiative_id, cost_to_scale: 1000 + 10 * at, units_at_scale: 2000 };
}

/** Each rule with another penalty and correction, and every other one with the benchmark that keeps side constraints. */
function ruleScenario(id: string, at: number): Scenario {
  const choiceOf = (registry: object) => plain(ids(registry)[at % ids(registry).length] ?? '');
  return decision({
    decision_rule: plain(id),
    confidence_penalty: choiceOf(confidencePenalties),
    return_correction: choiceOf(returnCorrections),
    benchmark: at % 2 === 0 ? 'budget-only' : 'same-feasible-set',
    constraints: { ...noSideConstraints, exclusive: [['sharper-photos', 'gift-wrapping']], at_most: 4 },
  });
}

function decision(changes: Partial<Scenario>): Scenario {
  return requireScenario({ ...findPreset('winners-curse')?.scenario, scale_sample_size: 120, ...changes });
}
