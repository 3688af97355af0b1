import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';

export const syntheticControlParameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column that is followed over time.', default: 'revenue' },
  unit_column: { kind: 'column', label: 'Unit', help: 'Column that names the unit of each row.', default: 'unit' },
  time_column: { kind: 'column', label: 'Time', help: 'Column of dates (2024-11-30), weeks, months or numbers.', default: 'date' },
  treatment_column: {
    kind: 'column',
    label: 'Treatment',
    help: 'Column of 1 from the treated unit’s first treated time on, else 0; not needed where unit and time are given.',
    default: null,
  },
  treated_unit: {
    kind: 'text',
    label: 'Treated unit',
    help: 'The unit that was treated; where left out, the one the treatment column marks.',
    default: null,
  },
  treatment_time: {
    kind: 'text',
    label: 'Treatment time',
    help: 'First treated time; where left out, the first the treatment column marks.',
    default: null,
  },
  variant: {
    kind: 'choice',
    label: 'Variant',
    help: 'A weighted mean of donors; the same with a ridge correction of its misfit; or weights for donors and times, differences compared.',
    options: ['simplex', 'ridge_augmented', 'synthetic_did'],
    default: 'simplex',
  },
  ridge_penalty: {
    kind: 'number',
    label: 'Ridge penalty',
    help: 'Of the ridge correction, over the donors’ largest squared singular value; chosen by leaving out periods in turn where left out.',
    min: 1e-12,
    max: 1e12,
    default: null,
  },
  confidence_level: {
    kind: 'number',
    label: 'Confidence level',
    help: 'Of the interval.',
    min: 0.5,
    max: 0.999,
    step: 0.01,
    default: 0.95,
  },
});

export type SyntheticControlValues = ParameterValues<typeof syntheticControlParameters>;
