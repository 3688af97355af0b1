import { decimal, multiply, subtract } from '../exact/exact-decimal.ts';
import { defineConfidencePenalty } from './confidence-penalty.ts';

export const strict = defineConfidencePenalty({
  id: 'strict',
  label: 'Strict',
  summary: 'Only the square of the confidence counts: doubt costs more than in proportion.',
  formula: '1 \u2212 c\u00b2',
  parameters: {},
  gamma: (confidence) => subtract(decimal(1), multiply(confidence, confidence)),
});
