import type { CellArithmetic, CellTerm, ExactNumber } from '../../core/allocate/explain/explanations.ts';

/** One initiative's line under a table: how its return comes about, in digits that add up. */
export type ArithmeticLine = { readonly id: string; readonly formula: string; readonly value: string };

/** worst + (1 - gamma) (R_j - worst), times the share where it is funded in part. */
export function arithmeticLines({ terms }: CellArithmetic): ArithmeticLine[] {
  return terms.map((term) => ({ id: term.id, formula: formula(term), value: exactText(term.effective) }));
}

function formula({ gamma, R_state, R_worst }: CellTerm): string {
  return `${exactText(R_worst)} + (1 \u2212 ${exactText(gamma)}) \u00d7 (${exactText(R_state)} \u2212 ${inBrackets(R_worst)})`;
}

/** '13.7 + 0.4 \u00d7 9 = 17.3'. */
export function sumText({ terms, sum }: CellArithmetic): string {
  if (terms.length === 0) return `nothing is funded: ${exactText(sum)}`;
  const [only] = terms;
  if (terms.length === 1 && only !== undefined && only.share.value === 1) return exactText(sum);
  const summands = terms.map(({ share, effective }, i) => {
    const value = i === 0 && share.value === 1 ? exactText(effective) : inBrackets(effective);
    return share.value === 1 ? value : `${exactText(share)} \u00d7 ${value}`;
  });
  return `${summands.join(' + ')} = ${exactText(sum)}`;
}

/** 'V* \u2212 sum = regret' in numbers. */
export function regretText({ v_star, sum, regret }: CellArithmetic): string {
  return `${exactText(v_star)} \u2212 ${inBrackets(sum)} = ${regretFigure({ v_star, regret })}`;
}

/** The benchmark has the digits of a double, the sum all its own: what is left between equals is nothing. */
function regretFigure({ v_star, regret }: Pick<CellArithmetic, 'v_star' | 'regret'>): string {
  return Math.abs(regret.value) <= 1e-12 * Math.abs(v_star.value) ? '0' : exactText(regret);
}

/**
 * The decimal in full, its whole digits grouped by three: \u22121,234.5. Where a measured number has more places than one can
 * read it is cut, not rounded, and says so: 1,234.567890\u2026
 */
export function exactText({ decimal }: Pick<ExactNumber, 'decimal'>): string {
  const [whole = '0', fraction = ''] = decimal.replace(/^-/, '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const places = fraction.length > placesRead ? `${fraction.slice(0, placesCut)}\u2026` : fraction;
  return `${decimal.startsWith('-') ? '\u2212' : ''}${grouped}${places === '' ? '' : `.${places}`}`;
}

const placesRead = 10;
const placesCut = 6;

function inBrackets(number: ExactNumber): string {
  return number.decimal.startsWith('-') ? `(${exactText(number)})` : exactText(number);
}
