import { defineParameters, type ParameterValues } from '../../contracts/parameter.ts';
import { randomOrder } from '../../random/variates.ts';
import { defineAssignmentDesign } from './assignment-design.ts';

const parameters = defineParameters({
  n_cohorts: {
    kind: 'integer',
    label: 'Cohorts',
    help: 'Number of groups that start one after the other, the first at the intervention; as equal in size as can be.',
    min: 1,
    max: 20,
    step: 1,
    default: 3,
  },
  spacing: {
    kind: 'integer',
    label: 'Spacing',
    help: 'Periods from one start to the next.',
    min: 1,
    max: 200,
    step: 1,
    unit: 'periods',
    default: 7,
  },
  never_treated_share: {
    kind: 'number',
    label: 'Never treated',
    help: 'Share of the products whose turn never comes: this many, rounded.',
    min: 0,
    max: 0.95,
    step: 0.05,
    default: 0.2,
  },
});

type RollOut = ParameterValues<typeof parameters>;

export const staggeredRollout = defineAssignmentDesign({
  id: 'staggered_rollout',
  label: 'Staggered roll-out',
  summary: 'Products start in cohorts, one after the other, drawn at random; some may never start.',
  parameters,
  shape: 'panel',
  estimands: ['att'],
  identifies:
    'The effect on the treated, given that all cohorts would have moved alike, if each is compared with products not yet treated: earlier cohorts are no controls while their effect still grows.',
  misfit: ({ n_cohorts, spacing }, _nProducts, { post_periods }) =>
    n_cohorts > 1 && (n_cohorts - 1) * spacing >= post_periods
      ? `starts its last cohort ${(n_cohorts - 1) * spacing} periods after the first, and there are ${post_periods} in all; lower n_cohorts or spacing, or raise post_periods`
      : null,
  groups: ({ never_treated_share }, nProducts) => {
    const never = Math.round(never_treated_share * nProducts);
    return { treated: never < nProducts, controls: never > 0 };
  },
  assign({ catalog, calendar }, { n_cohorts, spacing, never_treated_share }: RollOut, stream) {
    const { nProducts } = catalog;
    const started = nProducts - Math.round(never_treated_share * nProducts);
    const firstTreated = new Int32Array(nProducts).fill(-1);
    const order = randomOrder(stream, nProducts);
    for (let k = 0; k < started; k += 1) {
      const cohort = Math.floor((k * n_cohorts) / started);
      const first = calendar.interventionIndex + cohort * spacing;
      if (cohort === 0 || first < calendar.nPeriods) firstTreated[order[k]!] = first;
    }
    return { firstTreated };
  },
});
