import { fitLocal, influence, type CutoffSide, type Kernel, type LocalFit } from './local-linear.ts';
import { residualsFor, type RdErrorType } from './rd-variance.ts';

export type JumpSettings = {
  /** Order of the polynomial; its bias is estimated by one of the next order. */
  readonly order: number;
  readonly kernel: Kernel;
  readonly errorType: RdErrorType;
  readonly bandwidth: number;
  readonly biasBandwidth: number;
};

/** A side with its outcome, and where treatment does not follow the rule, the treatment. */
export type SideData = { readonly side: CutoffSide; readonly outcome: Float64Array; readonly treatment: Float64Array | null };

export type Jump = {
  readonly conventional: { readonly estimate: number; readonly standardError: number };
  readonly robust: { readonly estimate: number; readonly standardError: number };
  /** Jump of the treatment share at the cutoff with its standard error; null where treatment follows the rule. */
  readonly firstStage: { readonly estimate: number; readonly standardError: number } | null;
  /** The outcome's local fits. */
  readonly control: LocalFit;
  readonly treated: LocalFit;
  /** Rows within the bandwidth, and within that of the bias. */
  readonly effective: { readonly control: number; readonly treated: number; readonly controlBias: number; readonly treatedBias: number };
};

/**
 * Jump of the outcome at the cutoff, right limit minus left limit, by local polynomials; where treatment is given, over the
 * jump of the treatment (local Wald).
 *
 * Conventional: both limits as they come. Robust: the bias of the conventional estimate, from the next higher power in a fit of
 * the next order with its own bandwidth, is taken off, and the standard error is that of the corrected estimate. Both are
 * weighted sums of outcomes, so that a variance is sum (weight x residual)^2. The ratio goes by the delta method.
 * Source: Calonico, Cattaneo and Titiunik (2014, Econometrica 82).
 * null where a window holds too few distinct places.
 */
export function jumpAtCutoff(control: SideData, treated: SideData, settings: JumpSettings): Jump | null {
  const left = limitAt(control, settings);
  const right = limitAt(treated, settings);
  if (left === null || right === null) return null;
  const jump = (which: 'conventional' | 'corrected', k: number) => right.limits[k]![which] - left.limits[k]![which];
  const error = (which: 'conventional' | 'corrected', loadings: readonly number[]) =>
    Math.sqrt(varianceUnder(left, which, loadings) + varianceUnder(right, which, loadings));
  const shared = {
    control: left.fit,
    treated: right.fit,
    effective: {
      control: left.n,
      treated: right.n,
      controlBias: left.nBias,
      treatedBias: right.nBias,
    },
  };
  if (control.treatment === null) {
    return {
      conventional: { estimate: jump('conventional', 0), standardError: error('conventional', [1]) },
      robust: { estimate: jump('corrected', 0), standardError: error('corrected', [1]) },
      firstStage: null,
      ...shared,
    };
  }
  const [outcome, share] = [jump('conventional', 0), jump('conventional', 1)];
  const ratio = outcome / share;
  const loadings = [1 / share, -ratio / share];
  const correction = loadings[0]! * (outcome - jump('corrected', 0)) + loadings[1]! * (share - jump('corrected', 1));
  return {
    conventional: { estimate: ratio, standardError: error('conventional', loadings) },
    robust: { estimate: ratio - correction, standardError: error('corrected', loadings) },
    firstStage: { estimate: share, standardError: error('conventional', [0, 1]) },
    ...shared,
  };
}

type Limit = {
  readonly limits: readonly { readonly conventional: number; readonly corrected: number }[];
  readonly counts: { readonly conventional: Float64Array; readonly corrected: Float64Array };
  /** Per outcome: residuals of the fit and of the fit of the next order, over the wider window. */
  readonly residuals: readonly { readonly conventional: Float64Array; readonly corrected: Float64Array }[];
  readonly fit: LocalFit;
  readonly n: number;
  readonly nBias: number;
};

function limitAt({ side, outcome, treatment }: SideData, settings: JumpSettings): Limit | null {
  const { order, kernel, errorType, bandwidth, biasBandwidth } = settings;
  const outcomes = treatment === null ? [outcome] : [outcome, treatment];
  const fits = outcomes.map((values) => ({
    fit: fitLocal(side, values, order, bandwidth, kernel),
    wider: fitLocal(side, values, order + 1, biasBandwidth, kernel),
  }));
  const { fit, wider } = fits[0]!;
  if (fit === null || wider === null) return null;

  const own = influence(fit, 0);
  let constant = 0;
  for (let i = 0; i < own.length; i += 1) {
    let power = own[i]!;
    for (let k = 0; k <= order; k += 1) power *= fit.u[i]!;
    constant += power;
  }
  let scale = constant;
  for (let k = 0; k <= order; k += 1) scale *= bandwidth / biasBandwidth;

  const window = bandwidth > biasBandwidth ? fit.window : wider.window;
  const conventional = new Float64Array(window.to - window.from);
  conventional.set(own, fit.window.from - window.from);
  const corrected = conventional.slice();
  const next = influence(wider, order + 1);
  for (let i = 0; i < next.length; i += 1) {
    const at = wider.window.from - window.from + i;
    corrected[at] = corrected[at]! - scale * next[i]!;
  }
  return {
    limits: fits.map((pair) => {
      const limit = pair.fit!.coefficients[0]!;
      return { conventional: limit, corrected: limit - scale * pair.wider!.coefficients[order + 1]! };
    }),
    counts: { conventional, corrected },
    residuals: outcomes.map((values, k) => {
      const residuals = residualsFor(errorType, side, values, window, fits[k]!.fit!);
      const isSame = errorType === 'nearest_neighbour';
      return { conventional: residuals, corrected: isSame ? residuals : residualsFor(errorType, side, values, window, fits[k]!.wider!) };
    }),
    fit,
    n: own.length,
    nBias: next.length,
  };
}

function varianceUnder({ counts, residuals }: Limit, which: 'conventional' | 'corrected', loadings: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < counts[which].length; i += 1) {
    let residual = 0;
    for (let k = 0; k < loadings.length; k += 1) if (loadings[k] !== 0) residual += loadings[k]! * residuals[k]![which][i]!;
    const term = counts[which][i]! * residual;
    total += term * term;
  }
  return total;
}
