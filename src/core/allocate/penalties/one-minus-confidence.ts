import { decimal, subtract } from '../exact/exact-decimal.ts';
import { defineConfidencePenalty } from './confidence-penalty.ts';

/** Source: Eisenhauer 2025. */
export const oneMinusConfidence = defineConfidencePenalty({
  id: 'one_minus_confidence',
  label: 'In proportion',
  summary: 'A return counts by as much as its evidence is trusted; the rest counts at the worst return.',
  formula: '1 \u2212 c',
  parameters: {},
  gamma: (confidence) => subtract(decimal(1), confidence),
});
