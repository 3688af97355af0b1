import type { AssumedValue, MappedValue, NoCounterpart, UnmappedValue } from '../../../interchange/configuration/configuration.ts';
import { plainText } from '../../../interchange/plain-text.ts';

/** A value, where it stands, and what became of it. */
export type ValueRow = {
  readonly file: string;
  readonly place: string;
  readonly value: string;
  readonly said: string;
  readonly note: string;
};

/** Longer tables help nobody; the list can be saved whole. */
export const mostRows = 300;

export function mappedRows(values: readonly MappedValue[]): readonly ValueRow[] {
  return values.map(({ file, path, value, to, note }) => ({
    file: shown(file),
    place: shown(path),
    value: valueText(value),
    said: to,
    note,
  }));
}

export function unmappedRows(values: readonly UnmappedValue[]): readonly ValueRow[] {
  return values.map(({ file, path, value, why }) => ({
    file: shown(file),
    place: shown(path),
    value: valueText(value),
    said: '',
    note: why,
  }));
}

export function assumedRows(values: readonly AssumedValue[]): readonly ValueRow[] {
  return values.map(({ to, value, why }) => ({ file: '', place: to, value: valueText(value), said: '', note: why }));
}

export function lostRows(values: readonly NoCounterpart[]): readonly ValueRow[] {
  return values.map(({ path, value, why }) => ({ file: '', place: path, value: valueText(value), said: '', note: why }));
}

function shown(text: string): string {
  return plainText(text, 160);
}

function valueText(value: unknown): string {
  return plainText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 120);
}
