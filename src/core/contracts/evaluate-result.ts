import * as v from 'valibot';
import { confidenceSchema, finiteSchema, initiativeIdSchema, modelTypeSchema, type ModelType } from './shared-types.ts';

/** The confidence an initiative's evidence can earn, by the kind of method that produced it. */
export const confidenceRange: Readonly<Record<ModelType, readonly [lower: number, upper: number]>> = {
  experiment: [0.85, 1.0],
  'quasi-experiment': [0.6, 0.84],
  'time-series': [0.4, 0.59],
  observational: [0.2, 0.39],
};

/** What EVALUATE hands to ALLOCATE for one initiative. Returns are effects times units_at_scale. */
export const evaluateResultSchema = v.pipe(
  v.looseObject({
    initiative_id: initiativeIdSchema,
    confidence: confidenceSchema,
    cost: v.pipe(finiteSchema, v.gtValue(0, 'must be more than 0')),
    R_best: finiteSchema,
    R_med: finiteSchema,
    R_worst: finiteSchema,
    model_type: modelTypeSchema,
  }),
  v.check((r) => r.R_worst <= r.R_med && r.R_med <= r.R_best, 'needs R_worst <= R_med <= R_best'),
  v.check((r) => {
    const [lower, upper] = confidenceRange[r.model_type];
    return lower <= r.confidence && r.confidence <= upper;
  }, "confidence must lie inside the range of the method's model_type"),
);
export type EvaluateResult = v.InferOutput<typeof evaluateResultSchema>;
