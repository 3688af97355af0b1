import { defineParameters } from '../../contracts/parameter.ts';
import { defineAssignmentDesign } from './assignment-design.ts';

export const everyoneFromDate = defineAssignmentDesign({
  id: 'everyone_from_date',
  label: 'Everyone from a date',
  summary: 'Every product is treated from the intervention on; only time tells before from after.',
  parameters: defineParameters({}),
  shape: 'series',
  estimands: ['att', 'ate'],
  identifies: 'The effect on all products, given that the model of the series before the intervention would have held after it.',
  groups: () => ({ treated: true, controls: false }),
  assign: ({ catalog, calendar }) => ({ firstTreated: new Int32Array(catalog.nProducts).fill(calendar.interventionIndex) }),
});
