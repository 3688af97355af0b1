import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inputError } from '../core/contracts/input-error.ts';

export type Command = { readonly usage: string; readonly run: (words: readonly string[]) => Promise<unknown> };

/** The words after the command do not fit its usage. */
export class UsageError extends Error {}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
type Values<O extends Options> = { readonly [K in keyof O]?: O[K]['type'] extends 'string' ? string : boolean };

/** Reads `--name value` options. @throws UsageError */
export function readOptions<const O extends Options>(words: readonly string[], options: O): Values<O> {
  try {
    return parseArgs({ args: negativeNumbersAsValues(words), options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

export function numberOption(value: string | undefined, name: string, fallback: number | null): number | null {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new UsageError(`--${name} must be a number (found '${value}')`);
  return number;
}

export function jsonOption(value: string | undefined, name: string): Readonly<Record<string, unknown>> {
  const parsed = parseJson(value ?? '{}', `--${name}`);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw inputError(`--${name}`, 'must be a JSON object');
  return parsed as Readonly<Record<string, unknown>>;
}

export function readJsonFile(path: string): unknown {
  return parseJson(readTextFile(path), path);
}

export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw inputError(path, `cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw inputError(where, `is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** `--floor -5` means the value -5, which parseArgs would take for an option. */
function negativeNumbersAsValues(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && /^--[^=]+$/.test(last) && /^-[\d.]/.test(word)) joined[joined.length - 1] = `${last}=${word}`;
    else joined.push(word);
  }
  return joined;
}
