import { formatCount, formatNumber, formatPValue, formatSignificant } from '../../charts/format.ts';
import type { MeasureResult } from '../../core/contracts/measure-result.ts';

export type DiagnosticRow = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly guidance: string;
  readonly worry: boolean;
};

type Kind = 'number' | 'count' | 'p' | 'share';
type Guide = { readonly label: string; readonly guidance: string; readonly kind?: Kind; readonly worries?: (value: number) => boolean };

/** Plain words for the diagnostics of the methods, with what to look for. Others are listed under their own name. */
const guides: Readonly<Record<string, Guide>> = {
  r_squared: {
    label: 'variance explained (R\u00b2)',
    guidance: 'Of the outcome, by the model. High is not needed for an unbiased effect.',
  },
  adjusted_r_squared: { label: 'adjusted R\u00b2', guidance: 'The same, less a charge for every term.' },
  f_statistic: { label: 'F statistic', guidance: 'Whether the model explains anything at all.' },
  f_p_value: { label: 'p of F', guidance: 'Small: the model explains something.', kind: 'p' },
  log_likelihood: { label: 'log-likelihood', guidance: 'For comparing models on the same data; larger fits better.' },
  aic: { label: 'AIC', guidance: 'Smaller is better, on the same data.' },
  bic: { label: 'BIC', guidance: 'Smaller is better, on the same data; stricter than AIC.' },
  ar1: {
    label: 'persistence of errors (AR)',
    guidance: 'Near 1 means days hardly count as independent.',
    worries: (v) => Math.abs(v) > 0.9,
  },
  sigma: { label: 'error deviation', guidance: 'Standard deviation of the innovations.' },
  durbin_watson: {
    label: 'Durbin\u2013Watson',
    guidance: 'Near 2 is good: no correlation is left between neighbouring errors.',
    worries: (v) => v < 1.4 || v > 2.6,
  },
  ljung_box_p: {
    label: 'errors left uncorrelated (p)',
    guidance: 'Small means the model leaves correlation in its errors.',
    kind: 'p',
    worries: (v) => v < 0.05,
  },
  max_abs_smd_before: {
    label: 'worst imbalance before',
    guidance: 'Standardised mean difference; above 0.1 the groups differ.',
    worries: () => false,
  },
  max_abs_smd_after: { label: 'worst imbalance after', guidance: 'Should be below 0.1.', worries: (v) => v > 0.1 },
  mean_abs_smd_before: { label: 'mean imbalance before', guidance: 'Standardised mean differences, averaged.' },
  mean_abs_smd_after: { label: 'mean imbalance after', guidance: 'Should be well below 0.1.', worries: (v) => v > 0.1 },
  n_matched: { label: 'matched', guidance: 'Units that found a partner.', kind: 'count' },
  n_unmatched: { label: 'unmatched', guidance: 'Left out: the answer is not about them.', kind: 'count', worries: (v) => v > 0 },
  n_strata: { label: 'strata', guidance: 'Groups of like units.', kind: 'count' },
  n_strata_used: { label: 'strata used', guidance: 'Those that hold both treated and controls.', kind: 'count' },
  n_dropped: {
    label: 'dropped',
    guidance: 'Units without a counterpart; the answer is not about them.',
    kind: 'count',
    worries: (v) => v > 0,
  },
  share_dropped: {
    label: 'share dropped',
    guidance: 'Units without a counterpart; the answer is not about them.',
    kind: 'share',
    worries: (v) => v > 0.05,
  },
  pre_rmspe: { label: 'misfit before', guidance: 'Root mean squared gap to the synthetic unit before treatment; small is good.' },
  post_rmspe: { label: 'gap after', guidance: 'The same after treatment: effect and noise together.' },
  rmspe_ratio: { label: 'gap after over misfit before', guidance: 'Large for the treated unit against the placebos speaks for an effect.' },
  n_placebos: {
    label: 'placebos',
    guidance: 'Untreated units treated in pretence; the p value cannot be below one in that many.',
    kind: 'count',
  },
  n_donors: { label: 'donors', guidance: 'Untreated units to choose from.', kind: 'count' },
  n_donors_used: { label: 'donors used', guidance: 'Those with weight.', kind: 'count' },
  effective_donors: { label: 'effective donors', guidance: 'One over the sum of squared weights; near 1 it leans on a single unit.' },
  effective_sample_size: { label: 'effective sample size', guidance: 'What reuse and weights leave of the sample.' },
};

export function diagnosticRows(diagnostics: MeasureResult['diagnostics']): DiagnosticRow[] {
  return Object.entries(diagnostics).map(([name, value]) => {
    const guide = guides[name];
    return {
      name,
      label: guide?.label ?? name.replaceAll('_', ' '),
      value: show(value, guide?.kind ?? kindOf(name)),
      guidance: guide?.guidance ?? '',
      worry: typeof value === 'number' && (guide?.worries?.(value) ?? false),
    };
  });
}

function kindOf(name: string): Kind {
  if (/(^|_)p(_value)?$/.test(name)) return 'p';
  return /^n_|_count$/.test(name) ? 'count' : 'number';
}

function show(value: unknown, kind: Kind): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value.replaceAll('_', ' ');
  if (typeof value !== 'number') return 'not defined';
  if (kind === 'p') return formatPValue(value);
  if (kind === 'share') return `${formatNumber(value * 100, 1)}%`;
  if (kind === 'count' || (Number.isInteger(value) && Math.abs(value) >= 10)) return formatCount(value);
  return Math.abs(value) >= 1000 ? formatNumber(value, 1) : formatSignificant(value, 3);
}
