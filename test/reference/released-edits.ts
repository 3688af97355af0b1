import { requireScenario } from '../../src/core/scenario/parse-scenario.ts';
import type { Initiative, Scenario } from '../../src/core/scenario/scenario.ts';

/** What people change, in four ways, for links on record and for the sizes of links. */
export const recordedEdits: readonly {
  readonly name: string;
  readonly replication: number;
  readonly edit: (scenario: Scenario) => Scenario;
}[] = [
  { name: 'plain', replication: 0, edit: (scenario) => scenario },
  { name: 'another seed and budget', replication: 3, edit: seedAndBudget },
  { name: 'ten edits', replication: 0, edit: tenEdits },
  { name: 'other initiatives', replication: 0, edit: otherInitiatives },
];

function seedAndBudget(scenario: Scenario): Scenario {
  return requireScenario({ ...scenario, title: 'Prüfung: <b>5 & 6</b> "≥ 7"', seed: 'ünïcode & =?#', budget: scenario.budget * 0.75 });
}

/** Ten things changed: five of the whole, the others of the first initiatives, in turn. */
export function tenEdits(scenario: Scenario): Scenario {
  const { initiatives } = scenario;
  return requireScenario({
    ...scenario,
    title: 'After the meeting of Tuesday',
    seed: 'tuesday-2',
    budget: Math.round(scenario.budget * 1.1),
    confidence_level: 0.9,
    min_confidence_threshold: 0.2,
    initiatives: initiatives.map((initiative, i) =>
      [0, 1, 2, 3, 4].filter((k) => k % initiatives.length === i).reduce((edited, k) => changed(edited, k), initiative),
    ),
  });
}

function changed(initiative: Initiative, k: number): Initiative {
  if (k === 0) return { ...initiative, cost_to_scale: initiative.cost_to_scale + 1234.5 };
  if (k === 1) return { ...initiative, description: `${initiative.description} Agreed on Tuesday.` };
  if (k === 2) return { ...initiative, category: 'agreed' };
  if (initiative.source === 'stated') return { ...initiative, R_best: initiative.R_best + 321.5 * k, divisible: k === 4 };
  if (k === 3) return { ...initiative, demand: { ...initiative.demand, sale_probability: 0.61 } };
  return { ...initiative, units_at_scale: Math.round(initiative.units_at_scale * 1.3) };
}

/** One taken away, a stated one added, and everything that is said about the decision alone. */
function otherInitiatives(scenario: Scenario): Scenario {
  const kept = scenario.initiatives.length > 1 ? scenario.initiatives.slice(1) : scenario.initiatives;
  const first = (kept[0] as Initiative).initiative_id;
  return requireScenario({
    ...scenario,
    initiatives: [
      ...kept,
      {
        source: 'stated',
        initiative_id: 'from_elsewhere',
        description: 'Measured by others.',
        cost_to_scale: 9_000,
        category: 'outside',
        divisible: true,
        R_best: 60_000,
        R_med: 31_000.5,
        R_worst: -1_000,
        confidence: 0.8,
        model_type: 'quasi-experiment',
      },
    ],
    benchmark: 'same-feasible-set',
    constraints: {
      required: [],
      excluded: [],
      exclusive: [[first, 'from_elsewhere']],
      at_most: 3,
      category_caps: [{ category: 'outside', max_initiatives: 1 }],
    },
    what_if: [{ initiative_id: first, confidence: 0.5 }],
  });
}
