import type { ParameterValues } from '../../contracts/parameter.ts';
import type { AssignmentDesignDefinition } from '../assignment-designs/assignment-design.ts';
import type { FlawDefinition, FlawSetting } from './flaw.ts';

/** Every flaw by id, in the order they act and the page lists them. */
export const flaws = {} as const satisfies Readonly<Record<string, { readonly parameters: FlawDefinition['parameters'] }>>;

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
