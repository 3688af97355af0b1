import * as v from 'valibot';
import { InputError, type Issue } from './input-error.ts';

/**
 * Checks a value at a stage boundary and returns it typed. A breach names the contract, the initiative, the field, the
 * value found and the rule.
 */
export function checkContract<S extends v.GenericSchema>(name: string, schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const subject = subjectOf(value);
  throw new InputError(contractIssues(result.issues).map((issue) => ({ ...issue, message: `${name}${subject}: ${issue.message}` })));
}

/** What is said of a field that a schema does not know. */
export const unknownField = 'is not a field that is known here';

export function contractIssues(issues: readonly v.BaseIssue<unknown>[]): Issue[] {
  return issues.map((issue) => ({
    path: (issue.path ?? []).map((item) => String(item.key)).join('.'),
    message: messageOf(issue),
    value: issue.input,
  }));
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'schema' && issue.expected === 'never') return unknownField;
  if (issue.kind === 'schema' && issue.input === undefined) return 'is missing';
  if (issue.kind === 'schema' && issue.expected === 'Object') return `must be an object (found ${found(issue.input)})`;
  return `${issue.message} (found ${found(issue.input)})`;
}

function subjectOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('initiative_id' in value)) return '';
  return ` of ${String(value.initiative_id)}`;
}

function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  const text = typeof value === 'string' ? JSON.stringify(value) : Array.isArray(value) ? 'a list' : typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
