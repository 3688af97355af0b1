import type { DesignGridCell, DesignGridDocument } from './design-grid.ts';
import type { DiagnosandUnit, Measured } from './diagnosand.ts';

export const gridMeasures = [
  'coverage',
  'standardised_bias',
  'rejection_rate',
  'relative_error_model_se',
  'rmse',
  'empirical_se',
  'answered',
] as const;
export type GridMeasure = (typeof gridMeasures)[number];

/** What a cell says of one measure, and how far that is from what it should be. */
export type GridFigure = {
  readonly measured: Measured | null;
  readonly unit: DiagnosandUnit;
  /** What it should be; null where there is no such value. */
  readonly nominal: number | null;
  /** 'off' beyond Monte Carlo error, 'far_off' where what lies beyond that error matters by itself. */
  readonly verdict: 'as_nominal' | 'off' | 'far_off' | 'unjudged';
  readonly side: 'above' | 'below' | null;
};

/** At which p values the rejection rate counts. */
const rejectionLevel = 0.05;
/** Below so many replications nothing is said to be as it should be: much that is not would not be noticed. */
const fewest = 30;
/** As far as chance alone goes, in Monte Carlo standard errors. */
const chance = 3;
/** Beyond chance, this much is far: ten points of coverage or false alarms, half an empirical standard error of bias, a quarter of a standard error. */
const far = { share: 0.1, standardised: 0.5, percent: 25 } as const;

export function gridFigure(
  cell: DesignGridCell,
  measure: GridMeasure,
  { scenario, effect }: Pick<DesignGridDocument, 'scenario' | 'effect'>,
): GridFigure {
  const { coverage, rejection_rate: rejection, relative_error_model_se: relative, rmse, empirical_se: spread } = cell.diagnosands;
  switch (measure) {
    case 'coverage':
      return judgedShare(coverage, cell, scenario.confidence_level);
    case 'rejection_rate':
      return effect === 'none' ? judgedShare(rejection, cell, rejectionLevel) : unjudged(rejection, 'share');
    case 'standardised_bias':
      return judged(standardisedBias(cell), cell, 0, 'ratio', far.standardised);
    case 'relative_error_model_se':
      return judged(relative, cell, 0, 'percent', far.percent);
    case 'rmse':
      return unjudged(rmse, 'outcome');
    case 'empirical_se':
      return unjudged(spread, 'outcome');
    case 'answered':
      return answered(cell);
    default:
      return measure satisfies never;
  }
}

/**
 * Bias in empirical standard errors, b / s; Monte Carlo SE by the delta method, sqrt(se(b)^2 + (b / s)^2 se(s)^2) / s, the two being
 * independent where estimates are normal.
 */
export function standardisedBias({ diagnosands: { bias, empirical_se: spread } }: Pick<DesignGridCell, 'diagnosands'>): Measured | null {
  if (bias === null || spread === null || !(spread.value > 0)) return null;
  const value = bias.value / spread.value;
  const [ofBias, ofSpread] = [bias.monte_carlo_se, spread.monte_carlo_se];
  if (ofBias === null || ofSpread === null) return { value, monte_carlo_se: null };
  return { value, monte_carlo_se: Math.sqrt(ofBias * ofBias + value * value * ofSpread * ofSpread) / spread.value };
}

function unjudged(measured: Measured | null, unit: DiagnosandUnit): GridFigure {
  return { measured, unit, nominal: null, verdict: 'unjudged', side: null };
}

function judged(
  measured: Measured | null,
  { replications }: DesignGridCell,
  nominal: number,
  unit: DiagnosandUnit,
  farFrom: number,
  error = measured?.monte_carlo_se ?? null,
): GridFigure {
  const unknown = { measured, unit, nominal, verdict: 'unjudged', side: null } as const;
  if (measured === null || error === null) return unknown;
  const distance = measured.value - nominal;
  const beyond = Math.abs(distance) - chance * error;
  if (beyond > 0) return { ...unknown, verdict: beyond > farFrom ? 'far_off' : 'off', side: distance > 0 ? 'above' : 'below' };
  return replications < fewest ? unknown : { ...unknown, verdict: 'as_nominal' };
}

/** Against the error that a share at its nominal value has: that of what was seen is nothing at 0 and 1. */
function judgedShare(measured: Measured | null, cell: DesignGridCell, nominal: number): GridFigure {
  const error = cell.replications > 0 ? Math.sqrt((nominal * (1 - nominal)) / cell.replications) : null;
  return judged(measured, cell, nominal, 'share', far.share, error);
}

function answered({ replications, failures: { count } }: DesignGridCell): GridFigure {
  const all = replications + count;
  if (all === 0) return { measured: null, unit: 'share', nominal: 1, verdict: 'unjudged', side: null };
  const value = replications / all;
  const verdict = count === 0 ? 'as_nominal' : value < 1 - far.share ? 'far_off' : 'off';
  return {
    measured: { value, monte_carlo_se: Math.sqrt((value * (1 - value)) / all) },
    unit: 'share',
    nominal: 1,
    verdict,
    side: count === 0 ? null : 'below',
  };
}
