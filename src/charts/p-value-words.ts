import type { Box, ChartMark, ChartTable } from './chart-types.ts';
import { formatCount, formatNumber, formatPercent, formatPValue } from './format.ts';
import { replicationsWords } from './monte-carlo-words.ts';
import type { PValueBin, PValueCounts } from './p-value-data.ts';
import type { KolmogorovSmirnov } from './uniformity.ts';

export function binReading(bin: PValueBin, index: number, box: Box, { n, uniform }: PValueCounts): ChartMark {
  const { count } = bin;
  return {
    id: String(index),
    label: `p ${rangeWords(bin)}`,
    values: [
      { text: `${replicationsWords(count)} (${formatPercent(count / n)})`, tone: 'pilot' },
      { text: uniform ? `expected ${expectedWords(uniform.expected)}` : '', tone: 'muted' },
      { text: uniform ? standing(count, uniform) : '', tone: uniform && standing(count, uniform).includes('inside') ? 'muted' : 'regret' },
    ],
    box,
    guide: 'box',
  };
}

/** The share at or below alpha with its Monte Carlo error, the test of uniformity, and what is not drawn. */
export function pValueNotes(counts: PValueCounts, alpha: number, test: KolmogorovSmirnov | null): string[] {
  const { n, lost, uniform } = counts;
  return [
    n === 0 ? '' : `${rejectionWords(counts, alpha)}${uniform ? `; if the test is exact, ${formatPercent(alpha, 0)} are expected` : ''}.`,
    test === null || uniform === null
      ? ''
      : `Largest distance from the uniform distribution ${formatNumber(test.distance, 3)} (Kolmogorov-Smirnov, ${test.method} p ${equals(formatPValue(test.pValue))}).`,
    lost === 0 ? '' : `${replicationsWords(lost)} without a p value ${lost === 1 ? 'is' : 'are'} not drawn.`,
  ].filter((note) => note !== '');
}

export function pValueSummary(counts: PValueCounts, alpha: number): string {
  const { bins, uniform } = counts;
  const outside = uniform === null ? [] : bins.filter(({ count }) => count < uniform.band.low || count > uniform.band.high);
  return [
    `Histogram of ${formatCount(counts.n)} p values in ${bins.length} bins.`,
    `${rejectionWords(counts, alpha)}.`,
    uniform === null
      ? ''
      : `Expected in each bin if they are uniform: ${expectedWords(uniform.expected)}; ${outside.length === 0 ? 'no bin lies' : `${outside.length} ${outside.length === 1 ? 'bin lies' : 'bins lie'}`} outside the 95% band for all bins at once.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function pValueTable({ bins, n, uniform }: PValueCounts): ChartTable {
  return {
    columns: [
      { label: 'p above, up to' },
      { label: 'replications', numeric: true },
      { label: 'share', numeric: true },
      ...(uniform ? [{ label: 'expected', numeric: true }, { label: '95% band for all bins at once' }] : []),
    ],
    rows: bins.map((bin) => [
      rangeWords(bin),
      formatCount(bin.count),
      formatPercent(bin.count / Math.max(n, 1)),
      ...(uniform ? [expectedWords(uniform.expected), `${formatCount(uniform.band.low)} to ${formatCount(uniform.band.high)}`] : []),
    ]),
  };
}

function rejectionWords({ n, rejected }: PValueCounts, alpha: number): string {
  const share = rejected / n;
  const error = Math.sqrt((share * (1 - share)) / n);
  return `${formatPercent(share)} of ${replicationsWords(n)} have p at most ${alpha} (Monte Carlo error ${formatNumber(error * 100, 1)} points)`;
}

function standing(count: number, { band }: NonNullable<PValueCounts['uniform']>): string {
  return count < band.low ? 'fewer than the band' : count > band.high ? 'more than the band' : 'inside the band';
}

function rangeWords({ from, to }: PValueBin): string {
  return `${formatNumber(from, 2)} to ${formatNumber(to, 2)}`;
}

function expectedWords(expected: number): string {
  return formatNumber(expected, Number.isInteger(expected) ? 0 : 1);
}

function equals(text: string): string {
  return /^[<>]/.test(text) ? text : `= ${text}`;
}
