import type { ChartMark, ChartTable } from './chart-types.ts';
import { formatCount, formatInterval, formatNumber, formatPercent } from './format.ts';
import { distanceOutside } from './interval-geometry.ts';
import { monteCarloInterval, replicationsWords, type Averaged } from './monte-carlo-words.ts';
import type { RankedInterval, ZipInterval, ZipOptions } from './zip-data.ts';

type Words = Pick<ZipOptions, 'truth' | 'nominal' | 'coverage' | 'format'>;

export function levelWords(share: number): string {
  return formatPercent(share, Math.abs(share * 100 - Math.round(share * 100)) < 1e-9 ? 0 : 1);
}

/** '94.2%, 95% Monte Carlo interval 93.5% to 94.9%'; short: '94.2% [95% MC 93.5%, 94.9%]'. */
export function coverageWords(coverage: Averaged, length: 'full' | 'short' = 'full'): string {
  const interval = monteCarloInterval(coverage);
  if (interval === null) return '\u2013';
  const [lower, upper] = [Math.max(interval.lower, 0), Math.min(interval.upper, 1)];
  const value = formatPercent(coverage.value);
  if (upper <= lower) return value;
  return length === 'short'
    ? `${value} [95% MC ${formatPercent(lower)}, ${formatPercent(upper)}]`
    : `${value}, 95% Monte Carlo interval ${formatPercent(lower)} to ${formatPercent(upper)}`;
}

export function zipReading(interval: RankedInterval, { truth, format }: Words): ChartMark['values'] {
  const { covers, centile, z } = interval;
  return [
    { text: formatInterval(interval, format), tone: covers ? 'pilot' : 'regret' },
    {
      text: covers ? 'covers the truth' : `misses the truth by ${format(distanceOutside(interval, truth))}`,
      tone: covers ? 'ink' : 'regret',
    },
    { text: `z ${formatNumber(z, 2)}` },
    { text: `centile ${formatNumber(centile * 100, 1)} of |z|`, tone: 'muted' },
  ];
}

/** What is not in the picture, or not whole. */
export function zipNotes(intervals: readonly ZipInterval[], ranked: readonly RankedInterval[], cut: number, truth: number): string[] {
  const lost = intervals.length - ranked.length;
  const missed = ranked.filter(({ covers }) => !covers);
  const below = missed.filter(({ upper }) => upper < truth).length;
  return [
    missed.length === 0
      ? ''
      : `Of ${replicationsWords(ranked.length)} drawn, ${formatCount(missed.length)} miss: ${formatCount(below)} lie below the truth, ${formatCount(missed.length - below)} above.`,
    lost === 0 ? '' : `${replicationsWords(lost)} without an interval ${lost === 1 ? 'is' : 'are'} not drawn.`,
    cut === 0 ? '' : `${formatCount(cut)} ${cut === 1 ? 'interval goes' : 'intervals go'} on beyond the axis.`,
  ].filter((note) => note !== '');
}

export function zipSummary(ranked: readonly RankedInterval[], unit: string, { truth, nominal, coverage, format }: Words): string {
  const missed = ranked.filter(({ covers }) => !covers).length;
  return [
    `Zip plot of ${formatCount(ranked.length)} intervals, ${unit}, stacked by the centile of |z| against the truth of ${format(truth)}.`,
    `${formatCount(missed)} of those drawn miss it.`,
    `Coverage ${coverageWords(coverage)}; nominal ${levelWords(nominal)}.`,
  ].join(' ');
}

/** From the largest |z| down. Of many intervals: those that miss, and one per centile. */
export function zipTable(ranked: readonly RankedInterval[], stops: readonly number[], unit: string, { format }: Words): ChartTable {
  const downwards = [...ranked].reverse();
  const shown = downwards.length <= 500 ? downwards : stops.map((stop) => downwards[stop]!);
  return {
    columns: [
      { label: shown.length < downwards.length ? 'replication (all that miss, and one per centile)' : 'replication' },
      { label: 'centile of |z|', numeric: true },
      { label: 'z', numeric: true },
      ...['estimate', 'lower', 'upper'].map((label) => ({ label, unit, numeric: true })),
      { label: 'covers the truth' },
    ],
    rows: shown.map(({ replication, centile, z, estimate, lower, upper, covers }) => [
      String(replication),
      formatNumber(centile * 100, 1),
      formatNumber(z, 2),
      ...[estimate, lower, upper].map(format),
      covers ? 'yes' : 'no',
    ]),
  };
}
