/** How a cell reads. `ambiguous` is 1,234: a thousand and some, or one and a bit. `code` is 007, which is no quantity. */
export type CellForm = 'missing' | 'plain' | 'code' | 'grouped' | 'comma' | 'ambiguous' | 'dressed' | 'percent' | 'text';

/** What a comma between digits means. */
export type NumberStyle = 'point' | 'comma';

const missing = new Set(['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'NAN', 'null', 'NULL', 'Null']);

const currency = /^(?:US\$|[$€£¥₹]|USD|EUR|GBP|JPY|INR|CHF)\s*|\s*(?:[$€£¥₹]|USD|EUR|GBP|JPY|INR|CHF)$/g;
/** Names and ISO dates, told apart quickly, since columns of them are long. */
const plainlyText = /^(?!US\$|USD|EUR|GBP|JPY|INR|CHF)[A-Za-z_]|^\d{4}-/;
const pointGrouped = /^[+-]?\d{1,3}(?:,\d{3})+\.\d*$|^[+-]?\d{1,3}(?:,\d{3}){2,}$/;
const commaDecimal = /^[+-]?\d*,\d+$|^[+-]?\d{1,3}(?:\.\d{3})+,\d*$|^[+-]?\d{1,3}(?:\.\d{3}){2,}$/;
const bareComma = /^[+-]?\d+,\d+$/;
const eitherWay = /^[+-]?[1-9]\d{0,2},\d{3}$/;

export function isMissing(cell: string): boolean {
  if (cell.length > 4) return false;
  const first = cell.charCodeAt(0);
  // All begin with N, n or #, but for the empty cell.
  return cell === '' || ((first === 78 || first === 110 || first === 35) && missing.has(cell));
}

/** The number, where the cell is one as programs write it (-1.5e-3); NaN for anything else, also for 007. */
export function plainNumber(cell: string): number {
  const first = cell.charCodeAt(0);
  if (first > 57 || (first < 48 && first !== 45 && first !== 46 && first !== 43)) return NaN;
  const value = Number(cell);
  if (!Number.isFinite(value)) return NaN;
  if (first !== 48 || cell.length === 1) return value;
  const second = cell.charCodeAt(1);
  return second === 46 || second === 69 || second === 101 ? value : NaN;
}

/** The form of a cell that is neither missing nor a plain number. */
export function oddForm(cell: string): Exclude<CellForm, 'missing' | 'plain'> {
  if (plainlyText.test(cell)) return 'text';
  if (bareComma.test(cell)) return eitherWay.test(cell) ? 'ambiguous' : 'comma';
  if (/^0\d+$/.test(cell)) return 'code';
  const bare = undressed(cell);
  if (bare.endsWith('%')) return numberLike(undressed(bare.slice(0, -1))) === 'text' ? 'text' : 'percent';
  const form = numberLike(bare);
  return form === 'dressed' && bare === cell ? 'text' : form;
}

/** The cell as a number, whatever it wears; NaN where it is none in that style. */
export function styledNumber(cell: string, style: NumberStyle): number {
  if (style === 'comma' && bareComma.test(cell)) return Number(cell.replace(',', '.'));
  const bare = undressed(undressed(cell).replace(/%$/, ''));
  if (style === 'point') {
    if (eitherWay.test(bare) || pointGrouped.test(bare)) return Number(bare.replaceAll(',', ''));
    return decimal(bare);
  }
  if (commaDecimal.test(bare) || eitherWay.test(bare)) return Number(bare.replaceAll('.', '').replace(',', '.'));
  return /^[+-]?\d{1,3}\.\d{3}$/.test(bare) ? Number(bare.replace('.', '')) : bare.includes('.') ? NaN : decimal(bare);
}

function numberLike(bare: string): 'grouped' | 'comma' | 'ambiguous' | 'dressed' | 'text' {
  if (eitherWay.test(bare)) return 'ambiguous';
  if (pointGrouped.test(bare)) return 'grouped';
  if (commaDecimal.test(bare)) return 'comma';
  return Number.isNaN(decimal(bare)) ? 'text' : 'dressed';
}

function decimal(bare: string): number {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(bare)) return NaN;
  const value = Number(bare);
  return Number.isFinite(value) ? value : NaN;
}

/** Without currency, without spaces and apostrophes between digits, (5) as -5, the typographic minus as the usual one. */
function undressed(cell: string): string {
  const signed = cell.replaceAll('\u2212', '-');
  const inner = /^\((.+)\)$/.exec(signed)?.[1];
  const bare = (inner === undefined ? signed : `-${inner.trim()}`).replace(/^([+-])\s*(?=\D)/, '$1');
  const sign = /^[+-]/.exec(bare)?.[0] ?? '';
  return (
    sign +
    bare
      .slice(sign.length)
      .trim()
      .replaceAll(currency, '')
      .replaceAll(/(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))/g, '')
  );
}
