import type { Box, ChartMark, ChartTable, Format } from './chart-types.ts';
import { formatCount, formatPercent, formatSigned } from './format.ts';
import type { Binned } from './histogram-bins.ts';
import { replicationsWords, withError } from './monte-carlo-words.ts';
import type { RowInput } from './row-input.ts';
import type { ReplicateEstimate, SamplingRow } from './sampling-distribution-data.ts';

export function rowInput(row: SamplingRow, { below, above }: Binned<ReplicateEstimate>, format: Format): RowInput {
  const outside = below.length + above.length;
  return {
    id: row.id,
    label: row.label,
    detail: [countWords(row), ...(outside > 0 ? [`${formatCount(outside)} beyond the axis`] : [])].join(' \u00b7 '),
    note: row.note === undefined || row.note === '' ? null : { text: row.note, tone: 'ink' },
    columns: [
      row.truth === null ? [] : [{ text: format(row.truth), tone: 'truth', shape: 'diamond' }],
      [{ text: meanWords(row, format), tone: 'pilot', shape: 'circle' }],
    ],
  };
}

export function rowMark(row: SamplingRow, box: Box, format: Format): ChartMark {
  return {
    id: row.id,
    label: row.label,
    values: [
      { text: `mean ${meanWords(row, format)}`, tone: 'pilot' },
      { text: row.truth === null ? '' : `truth ${format(row.truth)}`, tone: 'truth' },
      { text: row.truth === null || !Number.isFinite(row.mean) ? '' : `bias ${formatSigned(row.mean - row.truth, format)}` },
      { text: countWords(row), tone: 'muted' },
      { text: row.note ?? '' },
    ],
    box,
    guide: 'box',
  };
}

export type BinReading = {
  readonly id: string;
  readonly row: SamplingRow;
  readonly words: string;
  readonly count: number;
  readonly example: ReplicateEstimate;
  readonly box: Box;
};

export function binMark({ id, row, words, count, example, box }: BinReading, format: Format): ChartMark {
  return {
    id,
    label: `${row.label}, ${words}`,
    values: [
      { text: `${replicationsWords(count)} (${formatPercent(count / row.estimates.length)})`, tone: 'pilot' },
      { text: `such as replication ${formatCount(example.replication)} with ${format(example.estimate)}`, tone: 'muted' },
    ],
    box,
    guide: 'box',
  };
}

export function samplingDistributionTable(rows: readonly SamplingRow[], unit: string, format: Format): ChartTable {
  const numbers = ['truth', 'mean', 'Monte Carlo error of the mean', 'smallest', 'lower quartile', 'median', 'upper quartile', 'largest'];
  return {
    columns: [
      { label: 'method' },
      { label: 'replications', numeric: true },
      ...numbers.map((label) => ({ label, unit, numeric: true })),
      { label: 'note' },
    ],
    rows: rows.map((row) => [
      row.label,
      countWords(row).replace(/ replications?$/, ''),
      ...[row.truth, row.mean, row.mean_error, ...fiveNumbers(row)].map((value) => (value === null ? '\u2013' : format(value))),
      row.note ?? '',
    ]),
  };
}

export function samplingDistributionSummary(rows: readonly SamplingRow[], unit: string, format: Format): string {
  const each = rows.map((row) => {
    const truth = row.truth === null ? 'no truth known' : `truth ${format(row.truth)}`;
    const [low, , median, , high] = fiveNumbers(row);
    const spread = median == null ? '' : `, estimates from ${format(low!)} over a median of ${format(median)} to ${format(high!)}`;
    return `${row.label}: ${countWords(row)}, mean ${meanWords(row, format)}, ${truth}${spread}${row.note ? `, ${row.note}` : ''}`;
  });
  return `Sampling distributions, ${unit}; the number after \u00b1 is the Monte Carlo standard error of the mean. ${each.join('; ')}.`;
}

function meanWords({ mean, mean_error }: SamplingRow, format: Format): string {
  return withError({ value: mean, monte_carlo_se: mean_error }, format);
}

function countWords({ estimates, replications = estimates.length }: SamplingRow): string {
  return replications === estimates.length
    ? replicationsWords(replications)
    : `${formatCount(estimates.length)} drawn of ${replicationsWords(replications)}`;
}

function fiveNumbers({ estimates }: SamplingRow): (number | null)[] {
  const known = estimates.map(({ estimate }) => estimate).filter((estimate) => !Number.isNaN(estimate));
  const sorted = Float64Array.from(known).sort();
  return [0, 0.25, 0.5, 0.75, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? null);
}
