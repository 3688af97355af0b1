import { defineParameters, type ParameterValues } from '../../contracts/parameter.ts';
import { priceRanges, type CategoryName } from '../catalog.ts';
import { defineAssignmentDesign, type AssignmentInput, type DeclaredCatalog } from './assignment-design.ts';

const parameters = defineParameters({
  running_variable: {
    kind: 'choice',
    label: 'Running variable',
    help: 'What the rule looks at: the quality score, the price, or mean revenue per period before the intervention.',
    options: ['quality_score', 'price', 'pre_revenue'],
    default: 'quality_score',
  },
  cutoff: {
    kind: 'number',
    label: 'Cutoff',
    help: 'Value of the running variable, in its own units, at which treatment changes; a product exactly there is treated.',
    min: 0,
    max: 10_000,
    step: 0.01,
    default: 0.7,
  },
  treated_side: {
    kind: 'choice',
    label: 'Treated side',
    help: 'Whether products below or above the cutoff are treated.',
    options: ['below', 'above'],
    default: 'below',
  },
});

type Rule = ParameterValues<typeof parameters>;

/** The cutoff is a value and not a share, so that the rule, and with it the effect at the cutoff, is the same in every sample. */
export const thresholdRule = defineAssignmentDesign({
  id: 'threshold_rule',
  label: 'Threshold rule',
  summary: 'Products on one side of a cutoff on record are treated, all of them, and nobody else.',
  parameters,
  shape: 'cross_section',
  estimands: ['at_cutoff', 'att'],
  identifies:
    'The effect on products at the cutoff, given that without the treatment sales would pass it without a jump and that nobody steers their score across it.',
  misfit,
  groups: (_rule, nProducts) => ({ treated: nProducts > 0, controls: nProducts > 0 }),
  readsPreRevenue: ({ running_variable }) => running_variable === 'pre_revenue',
  treatmentProbabilities: (input, rule) => runningValues(input, rule).map((x) => (isTreated(x, rule) ? 1 : 0)),
  assign(input, rule) {
    const { interventionIndex } = input.calendar;
    const { running_variable: column, cutoff, treated_side: treatedSide } = rule;
    const firstTreated = Int32Array.from(runningValues(input, rule), (x) => (isTreated(x, rule) ? interventionIndex : -1));
    return { firstTreated, threshold: { column, cutoff, treatedSide } };
  },
});

function runningValues({ catalog, preRevenue }: AssignmentInput, { running_variable }: Rule): Float64Array {
  return running_variable === 'quality_score' ? catalog.quality : running_variable === 'price' ? catalog.price : preRevenue;
}

function isTreated(x: number, { cutoff, treated_side }: Rule): boolean {
  return treated_side === 'below' ? x <= cutoff : x >= cutoff;
}

function misfit({ running_variable, cutoff }: Rule, _nProducts: number, { categories, pre_periods }: DeclaredCatalog): string | null {
  if (running_variable === 'pre_revenue')
    return pre_periods > 0
      ? null
      : 'needs periods before the intervention to rank products by their earlier revenue; raise pre_periods or choose another running variable';
  const ranges = running_variable === 'price' ? categories.map((name) => priceRanges[name as CategoryName]) : [[0, 1] as const];
  const lowest = Math.min(...ranges.map((range) => range?.[0] ?? 0));
  const highest = Math.max(...ranges.map((range) => range?.[1] ?? Infinity));
  return cutoff > lowest && cutoff < highest
    ? null
    : `needs a cutoff between ${lowest} and ${highest}, where ${running_variable} lies in these categories (found ${cutoff}), or nobody is on its other side`;
}
