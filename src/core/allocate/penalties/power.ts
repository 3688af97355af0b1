import { decimal, multiply, subtract } from '../exact/exact-decimal.ts';
import { defineConfidencePenalty } from './confidence-penalty.ts';

export const power = defineConfidencePenalty({
  id: 'power',
  label: 'Lenient',
  summary: 'A power of the missing confidence: little doubt costs little, much doubt nearly as much as in proportion.',
  formula: '(1 \u2212 c)^p',
  parameters: {
    exponent: {
      kind: 'integer',
      label: 'Exponent p',
      help: '1 is the penalty in proportion; higher ones forgive more.',
      min: 1,
      max: 10,
      default: 2,
    },
  },
  gamma: (confidence, { exponent }) => {
    const doubt = subtract(decimal(1), confidence);
    let gamma = decimal(1);
    for (let k = 0; k < exponent; k += 1) gamma = multiply(gamma, doubt);
    return gamma;
  },
});
