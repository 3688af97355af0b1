import { constantElasticity } from './constant-elasticity.ts';
import { exponentialSaturation } from './exponential-saturation.ts';
import { linear } from './linear.ts';
import { michaelisMenten } from './michaelis-menten.ts';
import { proportional } from './proportional.ts';

/** Every response function by id, in the order the page lists them. */
export const responseFunctions = {
  proportional,
  linear,
  michaelis_menten: michaelisMenten,
  exponential_saturation: exponentialSaturation,
  constant_elasticity: constantElasticity,
} as const;

export type ResponseFunctionId = keyof typeof responseFunctions;
