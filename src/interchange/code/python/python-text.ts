/** A text as Python source: plain ASCII on one line, so that no text can end it or become code. */
export function pyText(text: string): string {
  return `"${Array.from(text, escaped).join('')}"`;
}

/** A list of texts. */
export function pyTexts(texts: readonly string[]): string {
  return `[${texts.map(pyText).join(', ')}]`;
}

/** A number that Python reads back to the same bits; what is not there is `None`. */
export function pyNumber(value: number | null): string {
  if (value === null || Number.isNaN(value)) return 'None';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'np.inf' : '-np.inf';
}

export function pyNumbers(values: readonly number[]): string {
  return `[${values.map(pyNumber).join(', ')}]`;
}

export function pyBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}

/** Whole numbers over several lines. */
export function pyLongList(values: readonly number[]): string {
  const rows = Array.from({ length: Math.ceil(values.length / PER_LINE) }, (_, k) =>
    values.slice(k * PER_LINE, (k + 1) * PER_LINE).join(', '),
  );
  return `[\n    ${rows.join(',\n    ')},\n]`;
}

/** A call with arguments in order and by name, on one line where it fits. */
export function pyCall(name: string, given: readonly string[], named: Readonly<Record<string, string>> = {}): string {
  const written = [...given, ...Object.entries(named).map(([key, value]) => `${key}=${value}`)];
  const oneLine = `${name}(${written.join(', ')})`;
  return oneLine.length <= WIDTH ? oneLine : `${name}(\n    ${written.join(',\n    ')},\n)`;
}

const PER_LINE = 20;
const WIDTH = 96;

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = character.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return character;
  // Half a surrogate pair is no character.
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
