import type { Issue } from './input-error.ts';

/**
 * A parameter as data: from one description come its type, its check, its form in the page and its line in the help.
 * `null` stands for 'not given' where a parameter is optional.
 */
export type Parameter =
  | NumberParameter
  | { readonly kind: 'boolean'; readonly label: string; readonly help: string; readonly default: boolean }
  | { readonly kind: 'text'; readonly label: string; readonly help: string; readonly default: string | null }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly help: string;
      readonly options: readonly string[];
      readonly default: string;
    }
  | { readonly kind: 'column'; readonly label: string; readonly help: string; readonly default: string | null }
  | { readonly kind: 'columns'; readonly label: string; readonly help: string; readonly default: readonly string[] }
  /** One non-negative number per name, adding up to 1. */
  | {
      readonly kind: 'weights';
      readonly label: string;
      readonly help: string;
      readonly names: readonly string[];
      readonly default: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'integers';
      readonly label: string;
      readonly help: string;
      readonly length: number;
      readonly default: readonly number[] | null;
    };

export type NumberParameter = {
  readonly kind: 'number' | 'integer';
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly unit?: string;
  readonly default: number | null;
};

export type Parameters = Readonly<Record<string, Parameter>>;

type Nullable<P, T> = P extends { readonly default: null } ? T | null : T;
export type ParameterValue<P extends Parameter> = P extends { readonly kind: 'number' | 'integer' }
  ? Nullable<P, number>
  : P extends { readonly kind: 'boolean' }
    ? boolean
    : P extends { readonly kind: 'choice'; readonly options: readonly (infer O)[] }
      ? O
      : P extends { readonly kind: 'columns' }
        ? readonly string[]
        : P extends { readonly kind: 'weights'; readonly names: readonly (infer N extends string)[] }
          ? Readonly<Record<N, number>>
          : P extends { readonly kind: 'integers' }
            ? Nullable<P, readonly number[]>
            : Nullable<P, string>;
export type ParameterValues<Ps extends Parameters> = { readonly [K in keyof Ps]: ParameterValue<Ps[K]> };

/** Keeps literal types, so that `ParameterValues<typeof parameters>` is exact. */
export function defineParameters<const Ps extends Parameters>(parameters: Ps): Ps {
  return parameters;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Longest text, most column names, and most unknown names that are told one by one. */
const longestText = 5000;
const mostColumns = 2000;
const mostUnknown = 20;

/** Fills in defaults and checks every given value; unknown names are issues that suggest the nearest known one. */
export function parseParameters<Ps extends Parameters>(parameters: Ps, given: unknown, path: string): Parsed<ParameterValues<Ps>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { ok: false, issues: [{ path, message: 'must be an object of parameters', value: given }] };
  }
  const record = given as Readonly<Record<string, unknown>>;
  const issues: Issue[] = [];
  const unknown = Object.keys(record).filter((name) => !Object.hasOwn(parameters, name));
  for (const name of unknown.slice(0, mostUnknown))
    issues.push({ path: join(path, name), message: unknownName(name, Object.keys(parameters)), value: record[name] });
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = asMeant(parameter, Object.hasOwn(record, name) && record[name] !== undefined ? record[name] : parameter.default);
    const message = problem(parameter, value);
    if (message === null) values[name] = value;
    else issues.push({ path: join(path, name), message, value });
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: values as ParameterValues<Ps> };
}

export function unknownName(name: string, known: readonly string[]): string {
  const near = nearestOf(name, known);
  const hint = near === undefined ? `known names: ${known.join(', ')}` : `did you mean ${near}?`;
  return `is not a known name; ${hint}`;
}

/** '; did you mean X?' where a known name is near, else nothing. */
export function nearestName(name: string, known: readonly string[]): string {
  const near = nearestOf(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function nearestOf(name: string, known: readonly string[]): string | undefined {
  if (name.length > 200) return undefined;
  const plain = (text: string) => text.toLowerCase().replace(/[_-]/g, '');
  return (
    known.find((k) => plain(k) === plain(name)) ?? known.find((k) => Math.abs(k.length - name.length) <= 2 && editDistance(k, name) <= 2)
  );
}

/** A number where a name or a date is asked for is its text; the case of a choice does not matter. */
function asMeant(parameter: Parameter, value: unknown): unknown {
  const isText = parameter.kind === 'text' || parameter.kind === 'column';
  if (isText && typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (parameter.kind !== 'choice' || typeof value !== 'string') return value;
  return parameter.options.find((option) => option.toLowerCase() === value.toLowerCase()) ?? value;
}

function problem(parameter: Parameter, value: unknown): string | null {
  if (value === null) return parameter.default === null ? null : 'must be given';
  switch (parameter.kind) {
    case 'number':
    case 'integer':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a finite number';
      if (parameter.kind === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
      return value < parameter.min || value > parameter.max
        ? `must lie between ${parameter.min} and ${parameter.max} (found ${value})`
        : null;
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'text':
    case 'column':
      if (typeof value !== 'string' || value.length === 0) return 'must be text';
      return value.length > longestText ? `must be at most ${longestText} characters` : null;
    case 'choice':
      return typeof value === 'string' && parameter.options.includes(value)
        ? null
        : `must be one of ${parameter.options.join(', ')} (found ${foundWords(value)})`;
    case 'columns':
      return areColumns(value) ? null : 'must be a list of column names';
    case 'weights':
      return weightsProblem(parameter.names, value);
    case 'integers':
      return Array.isArray(value) && value.length === parameter.length && value.every((item) => Number.isInteger(item))
        ? null
        : `must be a list of ${parameter.length} whole numbers`;
    default:
      return parameter satisfies never;
  }
}

function areColumns(value: unknown): boolean {
  const isName = (item: unknown) => typeof item === 'string' && item.length > 0 && item.length <= longestText;
  return Array.isArray(value) && value.length <= mostColumns && value.every(isName);
}

function foundWords(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

function weightsProblem(names: readonly string[], value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `must give a weight for each of ${names.join(', ')}`;
  const given = value as Readonly<Record<string, unknown>>;
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger !== undefined) return `${stranger} ${unknownName(stranger, names)}`;
  const weights = names.map((name) => given[name]);
  const wrong = names.find((_, i) => !(typeof weights[i] === 'number' && weights[i] >= 0 && weights[i] <= 1));
  if (wrong !== undefined) return `${wrong} must be a number between 0 and 1 (found ${String(given[wrong])})`;
  const sum = (weights as number[]).reduce((total, weight) => total + weight, 0);
  return Math.abs(sum - 1) <= 1e-6 ? null : `must add up to 1 (found ${Number(sum.toPrecision(12))})`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
