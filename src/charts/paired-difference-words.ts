import type { Box, ChartMark, ChartTable, Format } from './chart-types.ts';
import { formatSigned } from './format.ts';
import { monteCarloInterval, withError, type Averaged } from './monte-carlo-words.ts';
import { own, type ArmRow } from './paired-difference-data.ts';
import type { RowInput } from './row-input.ts';

export type Standing = 'better' | 'worse' | 'same' | 'unclear';

/** What the 95% Monte Carlo interval of the difference says. Without any variation a difference of nothing is nothing. */
export function standingOf({ difference }: ArmRow): Standing {
  const interval = difference && monteCarloInterval(difference);
  if (!interval) return 'unclear';
  if (interval.upper < 0) return 'better';
  if (interval.lower > 0) return 'worse';
  return interval.lower === 0 && interval.upper === 0 ? 'same' : 'unclear';
}

export function armInput(row: ArmRow, format: Format): RowInput {
  return {
    id: row.id,
    label: row.label,
    plain: row.id !== own,
    columns: [
      [{ text: withError(row.expected, format) }],
      [{ text: row.id === own ? 'compared with' : differenceWords(row.difference, format), tone: row.difference ? 'regret' : 'muted' }],
    ],
  };
}

export function armReading(row: ArmRow, box: Box, format: Format): ChartMark {
  return {
    id: row.id,
    label: row.label,
    values: [
      { text: `expected regret ${withError(row.expected, format)}`, tone: 'regret' },
      { text: row.difference ? `difference ${differenceWords(row.difference, format)}` : '' },
      {
        text: row.difference ? standingWords(row) : row.id === own ? 'the others are compared with this' : 'not compared',
        tone: 'muted',
      },
    ],
    box,
    guide: 'box',
  };
}

export function pairedDifferenceSummary(rows: readonly ArmRow[], unit: string, format: Format): string {
  const ownRow = rows.find(({ id }) => id === own);
  const each = rows
    .filter(({ difference }) => difference !== null)
    .map((row) => `${row.label} ${differenceWords(row.difference, format)}, ${standingWords(row)}`);
  return [
    `Expected regret of ${rows.length} ways to decide on the same replications, ${unit}, as differences with 95% Monte Carlo intervals, one at a time.`,
    ownRow ? `${ownRow.label}: ${withError(ownRow.expected, format)}.` : '',
    each.length > 0 ? `${each.join('; ')}.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function pairedDifferenceTable(rows: readonly ArmRow[], unit: string, format: Format): ChartTable {
  const number = (value: number | null | undefined, print = format) =>
    value === null || value === undefined || Number.isNaN(value) ? '\u2013' : print(value);
  const columns = ['expected regret', 'Monte Carlo error', 'difference', 'Monte Carlo error of the difference', 'lower', 'upper'];
  return {
    columns: [{ label: 'way to decide' }, { label: 'group' }, ...columns.map((label) => ({ label, unit, numeric: true }))],
    rows: rows.map(({ label, group, expected, difference }) => {
      const interval = difference && monteCarloInterval(difference);
      return [
        label,
        group,
        number(expected.value),
        number(expected.monte_carlo_se),
        number(difference?.value, (value) => formatSigned(value, format)),
        number(difference?.monte_carlo_se),
        number(interval?.lower, (value) => formatSigned(value, format)),
        number(interval?.upper, (value) => formatSigned(value, format)),
      ];
    }),
  };
}

function differenceWords(difference: Averaged | null, format: Format): string {
  const interval = difference && monteCarloInterval(difference);
  if (!interval) return '\u2013';
  const [value, lower, upper] = [interval.estimate, interval.lower, interval.upper].map((each) => formatSigned(each, format));
  return lower === upper ? value! : `${value} [${lower}, ${upper}]`;
}

function standingWords(row: ArmRow): string {
  return {
    better: 'lower regret',
    worse: 'higher regret',
    same: 'the same in every replication',
    unclear: 'no difference beyond Monte Carlo error',
  }[standingOf(row)];
}
