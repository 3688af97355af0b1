/** What can be written: plain values, lists and mappings of them. */
export type Writable = string | number | boolean | null | readonly Writable[] | { readonly [key: string]: Writable };

/** One YAML document that YAML 1.1 and 1.2 read alike, after the given lines as comments. */
export function writeYaml(comments: readonly string[], content: { readonly [key: string]: Writable }): string {
  const heading = comments.map((line) => `# ${oneLine(line)}`.trimEnd());
  return `${[...heading, ...(heading.length > 0 ? [''] : []), ...block(content, 0)].join('\n')}\n`;
}

function block(content: Writable, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (isList(content)) return content.flatMap((item) => listItem(item, depth));
  if (!isMapping(content)) return [`${indent}${scalar(content)}`];
  return Object.entries(content).flatMap(([key, value]) =>
    isNested(value) ? [`${indent}${scalar(key)}:`, ...block(value, depth + 1)] : [`${indent}${scalar(key)}: ${flat(value)}`],
  );
}

function listItem(item: Writable, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (!isNested(item)) return [`${indent}- ${flat(item)}`];
  const [first = '', ...rest] = block(item, depth + 1);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function flat(value: Writable): string {
  if (isList(value)) return '[]';
  return isMapping(value) ? '{}' : scalar(value);
}

function isNested(value: Writable): boolean {
  return (isList(value) && value.length > 0) || (isMapping(value) && Object.keys(value).length > 0);
}

function isList(value: Writable): value is readonly Writable[] {
  return Array.isArray(value);
}

function isMapping(value: Writable): value is { readonly [key: string]: Writable } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const plainText = /^[A-Za-z][A-Za-z0-9_]*(?:[-_/.][A-Za-z0-9_]+)*$/;
const reserved = /^(?:y|n|yes|no|true|false|on|off|null)$/i;

function scalar(value: string | number | boolean | null): string {
  if (typeof value === 'number') return numeral(value);
  if (typeof value !== 'string') return String(value);
  return plainText.test(value) && !reserved.test(value) ? value : quoted(value);
}

/** A number with an exponent needs a point and a sign, or YAML 1.1 takes it for text. */
function numeral(value: number): string {
  const text = String(value);
  return text.includes('e') ? text.replace(/^(-?\d+)e/, '$1.0e').replace(/e(\d)/, 'e+$1') : text;
}

/** In double quotes, with everything escaped that ends a line or cannot be seen. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]+/gu, ' ');
}
