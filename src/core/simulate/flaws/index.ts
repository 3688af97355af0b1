import type { FlawDefinition } from './flaw.ts';

/** Every flaw by id, in the order they act and the page lists them. */
export const flaws = {} as const satisfies Readonly<Record<string, FlawDefinition>>;

export type FlawId = keyof typeof flaws;

/** The flaw of that id, with its parameter types erased; undefined where there is none. */
export function findFlaw(id: string): FlawDefinition | undefined {
  return Object.hasOwn(flaws, id) ? (flaws[id as FlawId] as unknown as FlawDefinition) : undefined;
}
