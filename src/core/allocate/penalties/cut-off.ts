import { decimal, subtract } from '../exact/exact-decimal.ts';
import { defineConfidencePenalty } from './confidence-penalty.ts';

export const cutOff = defineConfidencePenalty({
  id: 'cut_off',
  label: 'All or nothing',
  summary: 'From a given confidence on evidence is believed outright, below it not at all.',
  formula: '0 if c \u2265 t, else 1',
  parameters: {
    trusted_from: {
      kind: 'number',
      label: 'Trusted from t',
      help: 'Confidence from which the returns count as they are.',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.6,
    },
  },
  gamma: (confidence, { trusted_from: from }) => decimal(subtract(confidence, decimal(from)).digits >= 0n ? 0 : 1),
});
