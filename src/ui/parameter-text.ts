import type { Parameter } from '../core/contracts/parameter.ts';

export type ParsedParameter = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

type TextParameter = Extract<Parameter, { kind: 'text' | 'column' | 'columns' | 'integers' }>;

/** A parameter that is edited as text: its value as it is shown. */
export function showParameter(parameter: TextParameter, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (parameter.kind === 'columns' || parameter.kind === 'integers') return Array.isArray(value) ? value.join(', ') : '';
  return typeof value === 'string' ? value : '';
}

/** And back; nothing typed means not given where the parameter is optional. */
export function readParameter(parameter: TextParameter, text: string): ParsedParameter {
  const typed = text.trim();
  switch (parameter.kind) {
    case 'text':
    case 'column':
      if (typed !== '') return { ok: true, value: typed };
      return parameter.default === null ? { ok: true, value: null } : { ok: false, message: `${parameter.label} must be given.` };
    case 'columns':
      return { ok: true, value: items(typed) };
    case 'integers':
      return readIntegers(parameter.length, parameter.default === null, items(typed));
    default:
      return parameter satisfies never;
  }
}

function readIntegers(length: number, optional: boolean, parts: readonly string[]): ParsedParameter {
  if (parts.length === 0 && optional) return { ok: true, value: null };
  if (parts.length !== length || !parts.every((part) => /^-?\d+$/.test(part))) {
    return { ok: false, message: `Enter ${length} whole numbers with commas between them.` };
  }
  return { ok: true, value: parts.map(Number) };
}

function items(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}
