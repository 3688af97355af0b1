import type { AllocationProblem } from '../../core/allocate/decision-rule.ts';
import { toNumber } from '../../core/allocate/exact/exact-decimal.ts';
import { confidencePenalties, confidencePenalty } from '../../core/allocate/penalties/index.ts';

/** What confidence takes off: gamma as a plain function. */
export function gammaOf(choice: AllocationProblem['penalty']): (confidence: number) => number {
  const gamma = confidencePenalty(choice);
  return (confidence) => {
    const { digits, exponent } = gamma(confidence);
    return toNumber(digits, exponent);
  };
}

export const penaltyDescriptions = Object.values(confidencePenalties);

/** The curve from 0 to 1, close enough for a picture; a jump is drawn as one. */
export function penaltyCurve(gamma: (confidence: number) => number): { x: number; y: number }[] {
  return Array.from({ length: steps + 1 }, (_, i) => ({ x: i / steps, y: gamma(i / steps) }));
}

const steps = 200;
