import type { ParameterValues } from '../../contracts/parameter.ts';
import type { AssignmentDesignDefinition } from '../assignment-designs/assignment-design.ts';
import { anticipation } from './anticipation.ts';
import { coincidentShock } from './coincident-shock.ts';
import { differentialAttrition } from './differential-attrition.ts';
import type { FlawDefinition, FlawSetting } from './flaw.ts';
import { imbalance } from './imbalance.ts';
import { measurementError } from './measurement-error.ts';
import { nonCompliance } from './non-compliance.ts';
import { smallSample } from './small-sample.ts';
import { spillover } from './spillover.ts';

/** Every flaw by id, in the order they act and the page lists them. */
export const flaws = {
  non_compliance: nonCompliance,
  anticipation,
  spillover,
  coincident_shock: coincidentShock,
  measurement_error: measurementError,
  differential_attrition: differentialAttrition,
  imbalance,
  small_sample: smallSample,
} as const;

export type FlawId = keyof typeof flaws;

/** The flaw of that id, with its parameter types erased; undefined where there is none. */
export function findFlaw(id: string): FlawDefinition | undefined {
  return Object.hasOwn(flaws, id) ? (flaws[id as FlawId] as unknown as FlawDefinition) : undefined;
}

/** What of a design and its catalog decides which flaws can happen. */
export function flawSetting(
  design: AssignmentDesignDefinition,
  parameters: ParameterValues<AssignmentDesignDefinition['parameters']>,
  catalog: { readonly n_products: number; readonly pre_periods: number },
): FlawSetting {
  return { ...design.groups(parameters, catalog.n_products), prePeriods: catalog.pre_periods };
}
