import { formatSigned } from '../../charts/format.ts';
import type { InitiativeRun, Run } from '../../core/contracts/run.ts';
import type { DecisionSummary } from '../../core/study/decision-summary.ts';
import type { InitiativeErrorSplit } from '../../core/study/error-split.ts';
import { splitOneReplication } from '../../core/study/error-split-one.ts';
import type { Money } from '../shared/money.ts';
import { fundedName } from '../shared/portfolio-name.ts';

/** Headings of the table, with what each part is. */
export const splitParts = [
  {
    key: 'sampling_noise',
    label: 'pilot’s luck',
    meaning: 'how far this pilot’s estimate is from those of other replications in which it is funded',
  },
  { key: 'bias', label: 'estimator bias', meaning: 'by how much the method misses the truth on average, whether funded or not' },
  { key: 'selection', label: 'selection', meaning: 'by how much more it misses when it is funded, for it is funded when it looks good' },
  { key: 'transport', label: 'transport', meaning: 'how the true effect changes on the way to scale' },
  { key: 'scale_measurement', label: 'scale measurement', meaning: 'how far the second measurement is from the truth at scale' },
] as const;
type Part = (typeof splitParts)[number]['key'];

/** A part of one initiative's error with what the study does not know of it. Money. */
export type SplitPart = { readonly value: number; readonly monteCarloError: number | null };

export type SplitOfError = { readonly id: string; readonly name: string; readonly total: number } & (
  | { readonly parts: Readonly<Record<Part, SplitPart>>; readonly fundedIn: number }
  /** The study never funded it. */
  | { readonly parts: null }
);

/** The error of each funded initiative in this run, split by the means of a study of the same scenario; the parts add up to `total`. */
export function splitByStudy(run: Run, decision: Pick<DecisionSummary, 'error_split'>): SplitOfError[] {
  return run.initiatives.flatMap((initiative) => splitOf(run, initiative, decision) ?? []);
}

function splitOf(run: Run, initiative: InitiativeRun, decision: Pick<DecisionSummary, 'error_split'>): SplitOfError | null {
  const { initiative_id: id, report, funded_share: share, true_effect, true_return } = initiative;
  const declared = run.scenario.initiatives.find((one) => one.initiative_id === id);
  if (report === null || true_effect === null || true_return === null || declared?.source !== 'simulated') return null;
  const head = { id, name: fundedName(id, share), total: report.prediction_error };
  const atScale = true_return * share;
  const funded = {
    initiative_id: id,
    share,
    predicted: report.predicted_return,
    true_pilot: true_effect * declared.units_at_scale * share,
    true_scale: atScale,
  };
  const split = splitOneReplication(decision, funded);
  const means = decision.error_split.initiatives.find((one) => one.initiative_id === id);
  if (split === null || means === undefined) return { ...head, parts: null };
  const factor = shareOfMean(share, means);
  const part = (value: number, error: number | null): SplitPart => ({ value, monteCarloError: error === null ? null : error * factor });
  return {
    ...head,
    fundedIn: means.replications,
    parts: {
      sampling_noise: part(split.sampling_noise, noiseError(means)),
      bias: part(split.bias, means.bias.monte_carlo_se),
      selection: part(split.selection, means.selection.monte_carlo_se),
      transport: part(split.transport, null),
      scale_measurement: part(report.actual_return - atScale, null),
    },
  };
}

/** The study's errors are for the share that was funded on average; this run's share is so many times that. */
function shareOfMean(share: number, { mean_error, bias }: InitiativeErrorSplit): number {
  return mean_error === 0 ? 1 : (-share * mean_error) / bias.value;
}

/** Of the mean estimate where it was funded. */
function noiseError({ sampling_noise: { standard_deviation: deviation }, replications }: InitiativeErrorSplit): number | null {
  return deviation === null ? null : deviation / Math.sqrt(replications);
}

/** '−$1,200', and beside it '$300': what more replications would still move. */
export function partWords({ value, monteCarloError }: SplitPart, money: Money): { readonly value: string; readonly error: string } {
  return { value: formatSigned(value, money.exact), error: monteCarloError === null ? '' : money.exact(monteCarloError) };
}
