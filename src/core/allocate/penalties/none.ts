import { zero } from '../exact/exact-decimal.ts';
import { defineConfidencePenalty } from './confidence-penalty.ts';

export const none = defineConfidencePenalty({
  id: 'none',
  label: 'None',
  summary: 'Returns count as measured, however they were measured.',
  formula: '0',
  parameters: {},
  gamma: () => zero,
});
