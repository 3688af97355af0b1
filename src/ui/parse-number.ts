export type NumberLimits = { readonly min?: number; readonly max?: number; readonly integer?: boolean; readonly optional?: boolean };
export type ParsedNumber = { readonly ok: true; readonly value: number | null } | { readonly ok: false; readonly message: string };

const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Reads what a person typed. Commas and spaces may group thousands; the decimal mark is a point. */
export function parseNumber(text: string, limits: NumberLimits = {}): ParsedNumber {
  const typed = text
    .trim()
    .replaceAll('\u2212', '-')
    .replaceAll(/[\s_\u00a0\u202f\u2009]/g, '');
  if (typed === '') return limits.optional ? { ok: true, value: null } : { ok: false, message: 'Enter a number.' };
  if (!plain.test(typed) && !grouped.test(typed)) return { ok: false, message: advice(typed) };
  return within(Number(typed.replaceAll(',', '')), limits);
}

function within(value: number, { min = -Infinity, max = Infinity, integer = false }: NumberLimits): ParsedNumber {
  if (!Number.isFinite(value)) return { ok: false, message: 'That number is too large.' };
  if (integer && !Number.isInteger(value)) return { ok: false, message: 'Enter a whole number.' };
  if (value < min) return { ok: false, message: `Enter ${min} or more.` };
  if (value > max) return { ok: false, message: `Enter ${max} or less.` };
  return { ok: true, value };
}

function advice(typed: string): string {
  if (/^[+-]?\d+,\d+$/.test(typed)) return `Write decimals with a point: ${typed.replace(',', '.')}.`;
  return 'Enter a number, such as 0.5 or 1,200.';
}

/** The number as it is shown in a field for editing: shortest exact digits, thousands grouped. */
export function editableNumber(value: number | null): string {
  if (value === null) return '';
  const [whole = '', fraction] = String(value).split('.');
  if (!/^-?\d+$/.test(whole)) return String(value);
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}
