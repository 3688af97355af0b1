import * as v from 'valibot';
import { confidenceSchema, currencySchema, finiteSchema, initiativeIdSchema, modelTypeSchema, sampleSizeSchema } from './shared-types.ts';

/** What a funded initiative was predicted to return and what it was measured to return at scale. */
export const outcomeReportSchema = v.pipe(
  v.looseObject({
    initiative_id: initiativeIdSchema,
    predicted_return: finiteSchema,
    actual_return: finiteSchema,
    prediction_error: finiteSchema,
    sample_size_pilot: sampleSizeSchema,
    sample_size_scale: sampleSizeSchema,
    budget_allocated: currencySchema,
    confidence_score: confidenceSchema,
    model_type: modelTypeSchema,
  }),
  v.check((r) => r.prediction_error === r.actual_return - r.predicted_return, 'prediction_error must be actual_return - predicted_return'),
  v.check((r) => r.sample_size_scale >= r.sample_size_pilot, 'sample_size_scale must be at least sample_size_pilot'),
);
export type OutcomeReport = v.InferOutput<typeof outcomeReportSchema>;
