import * as v from 'valibot';
import { confidenceSchema, finiteSchema, initiativeIdSchema, modelTypeSchema, sampleSizeSchema } from './shared-types.ts';

/** What MEASURE says of one initiative. Effects are per product-period, in the outcome's unit. */
export const measureResultSchema = v.pipe(
  v.looseObject({
    initiative_id: initiativeIdSchema,
    effect_estimate: finiteSchema,
    ci_lower: finiteSchema,
    ci_upper: finiteSchema,
    p_value: confidenceSchema,
    sample_size: sampleSizeSchema,
    model_type: modelTypeSchema,
    diagnostics: v.record(v.string(), v.unknown()),
  }),
  v.check((r) => r.ci_lower <= r.effect_estimate && r.effect_estimate <= r.ci_upper, 'needs ci_lower <= effect_estimate <= ci_upper'),
  v.check(
    (r) => isNumber(r.diagnostics['r_squared']) || isNumber(r.diagnostics['log_likelihood']),
    'diagnostics needs r_squared or log_likelihood',
  ),
);
export type MeasureResult = v.InferOutput<typeof measureResultSchema>;

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
