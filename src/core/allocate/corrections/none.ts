import { defineReturnCorrection } from './return-correction.ts';

export const none = defineReturnCorrection({
  id: 'none',
  label: 'None',
  summary: 'Returns count as the evidence has them.',
  parameters: {},
  reference: '',
  correct: (returns) => returns,
});
