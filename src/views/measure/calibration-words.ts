import { formatNumber, formatPercent } from '../../charts/format.ts';
import type { CalibrationCard, CalibrationCell } from '../../core/calibrate/calibration-card.ts';
import type { Measured } from '../../core/study/diagnosand.ts';
import { estimandWords } from './measure-words.ts';

export type CalibrationRow = {
  readonly world: string;
  readonly label: string;
  readonly kind: CalibrationCell['kind'];
  readonly bias: string;
  readonly empirical: string;
  readonly model: string;
  readonly coverage: string;
  /** Share of replications whose interval holds the truth, with two Monte Carlo errors to either side. */
  readonly dot: { readonly value: number; readonly lower: number; readonly upper: number } | null;
  /** Coverage of the effect in the very sample drawn. */
  readonly ownCoverage: string;
  /** Coverage differs from its level by more than three Monte Carlo errors. */
  readonly off: boolean;
  readonly rejection: string;
  readonly failures: string;
};

export function calibrationRows({ cells }: CalibrationCard, nominal: number): CalibrationRow[] {
  return cells.map((cell) => ({
    world: cell.world,
    label: cell.label,
    kind: cell.kind,
    bias: withError(cell.bias),
    empirical: withError(cell.empirical_se),
    model: `${withError(cell.model_se)}${relative(cell.relative_error_model_se)}`,
    coverage: sharesWithError(cell.coverage),
    ownCoverage: sharesWithError(cell.sample_coverage),
    dot: dotOf(cell.coverage),
    off: isOff(cell.coverage, nominal),
    rejection: sharesWithError(cell.rejection_rate),
    failures: cell.degenerate === 0 ? '' : `${formatNumber(cell.degenerate)} of ${formatNumber(cell.replications)}`,
  }));
}

export function calibrationSubtitle({ cells }: CalibrationCard): string {
  const counts = cells.map(({ replications }) => replications);
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  const range = least === most ? formatNumber(most) : `${formatNumber(least)} to ${formatNumber(most)}`;
  const asked = [...new Set(cells.map(({ estimand }) => estimandWords[estimand]))].join(', ');
  return `With its default settings, ${range} replications of each world of a fixed battery, of the effect ${asked}. In brackets: Monte Carlo error.`;
}

/** No digit finer than the Monte Carlo error, of which one digit is shown: 0.012 (0.004). */
export function withError(measured: Measured | null): string {
  if (measured === null) return '\u2013';
  const { value, monte_carlo_se: error } = measured;
  if (error === null || !(error > 0)) return formatNumber(value, 3);
  const decimals = decimalsOf(error);
  return `${formatNumber(value, decimals)} (${formatNumber(error, decimals)})`;
}

export function sharesWithError(measured: Measured | null): string {
  if (measured === null) return '\u2013';
  const { value, monte_carlo_se: error } = measured;
  if (error === null || !(error > 0)) return formatPercent(value, 0);
  const decimals = decimalsOf(error * 100);
  return `${formatPercent(value, decimals)} (${formatNumber(error * 100, decimals)})`;
}

/** Of a measure in percent. */
function relative(measured: Measured | null): string {
  if (measured === null) return '';
  const { value, monte_carlo_se: error } = measured;
  const decimals = error === null || !(error > 0) ? 0 : decimalsOf(error);
  const sign = value > 0 ? '+' : '';
  return `, ${sign}${formatPercent(value / 100, decimals)}`;
}

function dotOf(measured: Measured | null): CalibrationRow['dot'] {
  if (measured === null) return null;
  const reach = 2 * (measured.monte_carlo_se ?? 0);
  return { value: measured.value, lower: Math.max(0, measured.value - reach), upper: Math.min(1, measured.value + reach) };
}

function isOff(coverage: Measured | null, nominal: number): boolean {
  if (coverage === null) return false;
  // At 0 or 1 the estimated error is nothing; that of the nominal level is what chance would give.
  return Math.abs(coverage.value - nominal) > 3 * Math.max(coverage.monte_carlo_se ?? 0, 0.002);
}

function decimalsOf(error: number): number {
  return Math.min(6, Math.max(0, -Number(error.toExponential(0).split('e')[1])));
}
