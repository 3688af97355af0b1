import type { ErrorObject } from 'ajv';
import { unknownName } from '../core/contracts/parameter.ts';
import type { Issue } from '../core/contracts/input-error.ts';

/** What a JSON Schema found; `names` the better ones, where there is something to suggest. */
export type SchemaIssue = Issue & { readonly names?: true };

/** What a JSON Schema found, as issues with dotted paths; one per path. */
export function schemaIssues(errors: readonly ErrorObject[]): SchemaIssue[] {
  const alternatives = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  const issues = new Map<string, SchemaIssue>();
  for (const error of errors) {
    const issue = issueOf(error, alternatives);
    if (issue !== null && !issues.has(issue.path)) issues.set(issue.path, issue);
  }
  return [...issues.values()];
}

function issueOf(error: ErrorObject, alternatives: ReadonlySet<string>): SchemaIssue | null {
  const { keyword, instancePath, params, data, parentSchema } = error;
  const path = dotted(instancePath);
  switch (keyword) {
    case 'if':
      return null;
    case 'anyOf':
      return { path, message: `must be ${meant(parentSchema?.['anyOf'] as readonly Alternative[])}`, value: data, names: true };
    case 'required':
      return { path: join(path, params['missingProperty']), message: 'is missing' };
    case 'additionalProperties': {
      const name = params['additionalProperty'] as string;
      const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
      return {
        path: join(path, name),
        message: known.length === 0 ? 'is not known here: nothing can be set' : unknownName(name, known),
        names: true,
      };
    }
    case 'enum':
      if (alternatives.has(instancePath)) return null;
      return {
        path,
        message: `${JSON.stringify(data)} ${unknownName(String(data), params['allowedValues'] as string[])}`,
        value: data,
        names: true,
      };
    default:
      return alternatives.has(instancePath) ? null : { path, message: error.message ?? 'is not right', value: data };
  }
}

type Alternative = {
  readonly enum?: readonly string[];
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
};

function meant(alternatives: readonly Alternative[]): string {
  const choice = alternatives.find((alternative) => alternative.enum !== undefined);
  if (choice?.enum !== undefined) return `one of ${choice.enum.join(', ')}`;
  return alternatives
    .map(({ type, minimum, maximum }) => {
      const range = minimum === undefined ? '' : ` from ${minimum} to ${maximum}`;
      return `${[type].flat().join(' or ')}${range}`;
    })
    .join(' or ');
}

function dotted(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

function join(path: string, name: unknown): string {
  return path === '' ? String(name) : `${path}.${String(name)}`;
}
