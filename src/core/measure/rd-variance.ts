import { leverages, polynomial, type CutoffSide, type LocalFit, type LocalWindow } from './local-linear.ts';

export type RdErrorType = 'nearest_neighbour' | 'HC0' | 'HC1' | 'HC2' | 'HC3';

const MATCHES = 3;
const EXACT = 1e-10;

/** Two distances nearer to each other than this are equal but for rounding. */
const SAME_DISTANCE = 1e-6;

/**
 * Residuals for the variance of a local fit, one per row of `window`: from the three nearest rows on the same side (more where
 * places tie), scaled so that their squares estimate the variance, or from the fit itself by one of the HC rules.
 * Source: Calonico, Cattaneo and Titiunik (2014, Econometrica 82), section 5; MacKinnon and White (1985).
 */
export function residualsFor(type: RdErrorType, side: CutoffSide, outcome: Float64Array, window: LocalWindow, fit: LocalFit): Float64Array {
  return type === 'nearest_neighbour' ? neighbourResiduals(side, outcome, window) : fittedResiduals(type, side, outcome, window, fit);
}

/** sqrt(J / (J + 1)) (y - mean of its J neighbours): rows at the same place share their neighbours but for themselves. */
function neighbourResiduals({ x, starts }: CutoffSide, outcome: Float64Array, window: LocalWindow): Float64Array {
  const { from, to, firstRun, lastRun } = window;
  const residuals = new Float64Array(to - from);
  const needed = Math.min(MATCHES, to - from - 1);
  for (let run = firstRun; run < lastRun; run += 1) {
    const here = x[starts[run]!]!;
    let left = run;
    let right = run;
    while (starts[right + 1]! - starts[left]! - 1 < needed) {
      const toLeft = left > firstRun ? here - x[starts[left - 1]!]! : Infinity;
      const toRight = right + 1 < lastRun ? x[starts[right + 1]!]! - here : Infinity;
      const slack = SAME_DISTANCE * Math.min(toLeft, toRight);
      if (toLeft <= toRight + slack) left -= 1;
      if (toRight <= toLeft + slack) right += 1;
    }
    const count = starts[right + 1]! - starts[left]!;
    if (count < 2) continue;
    let total = 0;
    for (let i = starts[left]!; i < starts[right + 1]!; i += 1) total += outcome[i]!;
    const factor = Math.sqrt((count - 1) / count);
    for (let i = starts[run]!; i < starts[run + 1]!; i += 1) {
      residuals[i - from] = factor * (outcome[i]! - (total - outcome[i]!) / (count - 1));
    }
  }
  return residuals;
}

function fittedResiduals(
  type: 'HC0' | 'HC1' | 'HC2' | 'HC3',
  { x }: CutoffSide,
  outcome: Float64Array,
  { from, to }: LocalWindow,
  fit: LocalFit,
): Float64Array {
  const residuals = new Float64Array(to - from);
  const hat = type === 'HC2' || type === 'HC3' ? leverages(fit) : null;
  const n = to - from;
  const inflation = type === 'HC1' ? Math.sqrt(n / Math.max(1, n - fit.order - 1)) : 1;
  for (let i = 0; i < n; i += 1) {
    const residual = outcome[from + i]! - polynomial(fit.coefficients, x[from + i]! / fit.bandwidth);
    const free = 1 - (hat?.[from + i - fit.window.from] ?? 0);
    const scale = hat === null ? inflation : free < EXACT ? 0 : type === 'HC2' ? 1 / Math.sqrt(free) : 1 / free;
    residuals[i] = residual * scale;
  }
  return residuals;
}
