import { formatNumber } from '../../charts/format.ts';
import type { DiagnosandUnit, Measured } from '../../core/study/diagnosand.ts';

/** Prints an outcome with so many decimals: money puts its sign and currency before it. */
export type DecimalFormat = (value: number, decimals: number) => string;

export type RoundedMeasure = {
  /** '0.012', '95%'. */
  readonly value: string;
  /** '0.004', '2': in the digits and the unit of the value, without its sign; '' where the error is nothing or cannot be told. */
  readonly error: string;
  /** '0.012 (0.004)'. */
  readonly text: string;
};

const unknown = '\u2013';
const finest = 8;

/**
 * A measured value with no digit finer than its Monte Carlo standard error, of which one digit is shown: 0.0123 with an error of 0.004
 * is '0.012 (0.004)', 1,243 with one of 87 is '1,240 (90)'. Without an error, three significant digits.
 */
export function roundedMeasure(
  measured: Measured | null,
  unit: DiagnosandUnit = 'outcome',
  format: DecimalFormat = formatNumber,
): RoundedMeasure {
  if (measured === null || !Number.isFinite(measured.value)) return { value: unknown, error: '', text: unknown };
  const scale = unit === 'share' ? 100 : 1;
  const value = measured.value * scale;
  const error = (measured.monte_carlo_se ?? 0) * scale;
  const show = formatOf(unit, format);
  if (!(error > 0) || !Number.isFinite(error)) {
    const alone = show(value, unit === 'share' && Number.isInteger(value) ? 0 : decimalsOf(value / 100));
    return { value: alone, error: '', text: alone };
  }
  const decimals = decimalsOf(error);
  const rounded = show(roundedTo(value, error), decimals);
  const errorText = formatNumber(roundedTo(error, error), decimals);
  return { value: rounded, error: errorText, text: `${rounded} (${errorText})` };
}

function formatOf(unit: DiagnosandUnit, format: DecimalFormat): DecimalFormat {
  switch (unit) {
    case 'share':
    case 'percent':
      return (value, decimals) => `${formatNumber(value, decimals)}%`;
    case 'ratio':
    case 'outcome_squared':
      return formatNumber;
    case 'outcome':
      return format;
  }
}

/** Decimals down to the leading digit of a size. */
function decimalsOf(size: number): number {
  return size === 0 ? 0 : Math.min(finest, Math.max(0, -exponentOf(size)));
}

/** Rounded to the place of the error's leading digit, also where that is tens or thousands. */
function roundedTo(value: number, error: number): number {
  const step = 10 ** Math.max(0, exponentOf(error));
  return step === 1 ? value : Math.round(value / step) * step;
}

/** After rounding to one digit, so that 0.0096 counts as 0.01. */
function exponentOf(size: number): number {
  return Number(Math.abs(size).toExponential(0).split('e')[1]);
}
