import { estimatorDescriptions } from '../../../../src/core/measure/descriptions.ts';
import { parseParameters } from '../../../../src/core/contracts/parameter.ts';
import type { Choice, Scenario } from '../../../../src/core/scenario/scenario.ts';
import type { NoCounterpart } from '../../../../src/interchange/configuration/configuration.ts';

/** Paths at which two scenarios differ, methods compared with their defaults filled in. */
export function differences(one: Scenario, other: Scenario): readonly string[] {
  const first = flat(filled(one), '');
  const second = flat(filled(other), '');
  return [...new Set([...first.keys(), ...second.keys()])].filter((path) => first.get(path) !== second.get(path));
}

/** Whether a listed loss is about the path, or about something it is part of. */
export function isListed(path: string, lost: readonly NoCounterpart[]): boolean {
  return lost.some((entry) => path === entry.path || path.startsWith(`${entry.path}.`));
}

function filled(scenario: Scenario): unknown {
  return {
    ...scenario,
    initiatives: scenario.initiatives.map((initiative) =>
      initiative.source === 'stated' ? initiative : { ...initiative, method: withDefaults(initiative.method) },
    ),
  };
}

function withDefaults({ id, parameters }: Choice): Choice {
  const parsed = parseParameters(estimatorDescriptions[id as keyof typeof estimatorDescriptions].parameters, parameters, '');
  if (!parsed.ok) throw new Error(`parameters of ${id} do not parse`);
  return { id, parameters: parsed.value };
}

function flat(value: unknown, path: string): Map<string, string> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return new Map([[path, JSON.stringify(value)]]);
  return new Map(Object.entries(value).flatMap(([key, child]) => [...flat(child, path === '' ? key : `${path}.${key}`)]));
}
