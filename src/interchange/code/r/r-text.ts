/** A text as R source: plain ASCII, so that neither the text nor the machine's encoding can end it. */
export function rText(text: string): string {
  return `"${Array.from(text, escaped).join('')}"`;
}

/** `c(...)` of texts; `character(0)` where there are none. */
export function rTexts(texts: readonly string[]): string {
  return texts.length === 0 ? 'character(0)' : `c(${texts.map(rText).join(', ')})`;
}

/** A number that R reads back; what is not there is `NA`. */
export function rNumber(value: number | null): string {
  if (value === null || Number.isNaN(value)) return 'NA';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'Inf' : '-Inf';
}

export function rNumbers(values: readonly number[]): string {
  return `c(${values.map(rNumber).join(', ')})`;
}

export function rLogical(value: boolean): string {
  return value ? 'TRUE' : 'FALSE';
}

/** Whole numbers over several lines. */
export function rLongVector(values: readonly number[]): string {
  const rows = Array.from({ length: Math.ceil(values.length / PER_LINE) }, (_, k) =>
    values.slice(k * PER_LINE, (k + 1) * PER_LINE).join(', '),
  );
  return `c(\n  ${rows.join(',\n  ')})`;
}

/** A call with named arguments, on one line where it fits. */
export function rCall(name: string, given: Readonly<Record<string, string>>): string {
  const written = Object.entries(given).map(([key, value]) => (key === 'data' ? value : `${key} = ${value}`));
  const oneLine = `${name}(${written.join(', ')})`;
  return oneLine.length <= WIDTH ? oneLine : `${name}(\n  ${written.join(',\n  ')}\n)`;
}

const PER_LINE = 20;
const WIDTH = 90;

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = character.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return character;
  // No text of R's can hold a zero.
  if (code === 0) return '\\ufffd';
  // Half a surrogate pair is no character.
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
