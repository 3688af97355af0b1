import type { EstimatorId } from '../measure/descriptions.ts';

/** Why the interval of a method covers something else than its level at home, where it does. */
export const calibrationNotes: Readonly<Partial<Record<EstimatorId, string>>> = {};
