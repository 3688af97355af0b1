import type { SamplingRow } from '../../charts/sampling-distribution-data.ts';
import type { ZipInterval } from '../../charts/zip-data.ts';
import { formatCount, formatFor, formatMoney } from '../../charts/format.ts';
import { keptRows, type KeptReplicate } from '../../core/study/kept-replicates.ts';
import type { EstimateSummary } from '../../core/study/study-document.ts';
import type { StudyTally } from '../../core/study/study-tally.ts';
import { methodName } from './diagnosand-rows.ts';

/** One method's replications as they are drawn. Where the truth differs between them, all is drawn as the distance from it. */
export type DrawnMethod = {
  readonly summary: EstimateSummary;
  readonly name: string;
  /** What was subtracted is the truth: 0 stands for it. */
  readonly fromTruth: boolean;
  readonly truth: number;
  readonly intervals: readonly ZipInterval[];
  readonly pValues: readonly number[];
  /** How many are drawn of how many, and how many have no answer; '' where all is well. */
  readonly note: string;
};

export type DrawnFormat = (value: number) => string;

type Answered = KeptReplicate & { readonly estimate: number };

/** Half of a 95% interval in standard errors, for methods that have intervals alone. */
const halfInterval = 1.96;

export function drawnMethod(tally: StudyTally, summary: EstimateSummary): DrawnMethod {
  const at = tally.rows.findIndex(({ initiative_id: id, position }) => id === summary.initiative_id && position === summary.position);
  const answered = keptRows(tally.kept, at).filter((kept): kept is Answered => kept.estimate !== null && truthOf(kept, summary) !== null);
  const { truth_lowest: lowest, truth_highest: highest } = tally.rows[at]?.[summary.about] ?? { truth_lowest: null, truth_highest: null };
  const fromTruth = lowest !== highest;
  return {
    summary,
    name: methodName(summary),
    fromTruth,
    truth: fromTruth ? 0 : (lowest ?? 0),
    intervals: answered.map((kept) => intervalOf(kept, truthOf(kept, summary) as number, fromTruth)),
    pValues: answered.map(({ p_value }) => p_value),
    note: noteOf(summary, answered.length),
  };
}

export function samplingRow({ summary, name, fromTruth, truth, intervals, note }: DrawnMethod): SamplingRow {
  const { bias } = summary.diagnosands;
  return {
    id: String(summary.position),
    label: name,
    estimates: intervals,
    mean: (fromTruth ? 0 : truth) + (bias?.value ?? NaN),
    mean_error: bias?.monte_carlo_se ?? null,
    truth,
    replications: summary.replications,
    note,
  };
}

/** One format for all that is drawn of some methods: two digits of the spread of their estimates. */
export function drawnFormat(methods: readonly EstimateSummary[], symbol: string): DrawnFormat {
  const spread = Math.max(0, ...methods.map(({ diagnosands }) => diagnosands.empirical_se?.value ?? 0));
  const decimals = formatFor(spread)(0).split('.')[1]?.length ?? 0;
  return (value) => formatMoney(value, symbol, decimals);
}

export function drawnUnit({ fromTruth }: DrawnMethod, unit: string): string {
  return fromTruth ? `estimate minus the truth of the products drawn: ${unit}` : unit;
}

function truthOf(kept: KeptReplicate, { about }: EstimateSummary): number | null {
  return about === 'population' ? kept.truth_population : kept.truth_sample;
}

function intervalOf(
  { replication, estimate, standard_error, ci_lower, ci_upper }: Answered,
  truth: number,
  fromTruth: boolean,
): ZipInterval {
  const origin = fromTruth ? truth : 0;
  const error = standard_error !== null && standard_error > 0 ? standard_error : (ci_upper - ci_lower) / 2 / halfInterval;
  return {
    replication,
    estimate: estimate - origin,
    lower: ci_lower - origin,
    upper: ci_upper - origin,
    z: estimate === truth ? 0 : (estimate - truth) / error,
  };
}

function noteOf({ replications, failures }: EstimateSummary, drawn: number): string {
  return [
    drawn < replications
      ? `Drawn: the first ${formatCount(drawn)} of ${formatCount(replications)} replications; the figures are of all.`
      : '',
    failures.count > 0 ? `${formatCount(failures.count)} replications without an answer are not drawn.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
