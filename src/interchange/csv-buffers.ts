import type { CategoryColumn, NumberColumn } from '../core/numeric/columns.ts';
import { csvLimits } from './csv-limits.ts';

const FIRST_ROOM = 1024;
/** What a text and its place in the dictionary take besides its characters. */
const TEXT_OVERHEAD = 40;
/** Engines keep a longer piece of text as a window on the whole it was cut from, which would keep the file in memory. */
const WINDOW_FROM = 13;

/** Numbers, as they come; NaN is missing. */
export function numberBuffer() {
  let values = new Float64Array(FIRST_ROOM);
  let length = 0;
  return {
    add(value: number): void {
      if (length === values.length) {
        const larger = new Float64Array(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    column: (): NumberColumn => ({ kind: 'number', values: values.slice(0, length) }),
  };
}

/** Texts by code into the list of the different ones; null is missing. Full when the different texts take too much room. */
export function textBuffer() {
  const codeOf = new Map<string, number>();
  let codes = new Int32Array(FIRST_ROOM);
  let length = 0;
  let room = 0;
  function codeFor(text: string): number {
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    room += text.length + TEXT_OVERHEAD;
    const code = codeOf.size;
    codeOf.set(text.length < WINDOW_FROM ? text : ownCopy(text), code);
    return code;
  }
  return {
    add(text: string | null): void {
      if (length === codes.length) {
        const larger = new Int32Array(length * 2);
        larger.set(codes);
        codes = larger;
      }
      codes[length] = text === null ? -1 : codeFor(text);
      length += 1;
    },
    isFull: () => room > csvLimits.texts,
    column: (): CategoryColumn => ({ kind: 'category', codes: codes.slice(0, length), levels: [...codeOf.keys()] }),
  };
}

export type NumberBuffer = ReturnType<typeof numberBuffer>;
export type TextBuffer = ReturnType<typeof textBuffer>;

function ownCopy(text: string): string {
  return `${text} `.slice(0, -1);
}
