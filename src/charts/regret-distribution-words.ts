import type { Box, ChartMark, ChartTable, Format } from './chart-types.ts';
import { formatCount, formatPercent } from './format.ts';
import type { Bin } from './histogram-bins.ts';
import { replicationsWords, withError } from './monte-carlo-words.ts';
import type { RegretDistribution, ReplicateRegret } from './regret-distribution-geometry.ts';

type BinReading = {
  readonly id: string;
  readonly bin: Bin<ReplicateRegret>;
  readonly n: number;
  readonly example: ReplicateRegret;
  readonly box: Box;
};

export function zeroReading(zeros: readonly ReplicateRegret[], n: number, box: Box): ChartMark {
  return {
    id: 'zero',
    label: 'No regret',
    values: [
      { text: `${replicationsWords(zeros.length)} (${formatPercent(zeros.length / n)})`, tone: 'funded' },
      { text: `such as replication ${formatCount(zeros[0]!.replication)}`, tone: 'muted' },
    ],
    box,
    guide: 'box',
  };
}

export function binReading({ id, bin, n, example, box }: BinReading, format: Format): ChartMark {
  return {
    id,
    label: `Regret ${format(bin.from)} to ${format(bin.to)}`,
    values: [
      { text: `${replicationsWords(bin.items.length)} (${formatPercent(bin.items.length / n)})`, tone: 'regret' },
      { text: `such as replication ${formatCount(example.replication)} with ${format(example.regret)}`, tone: 'muted' },
    ],
    box,
    guide: 'box',
  };
}

export function worstReading(worst: NonNullable<RegretDistribution['worst']>, box: Box, format: Format): ChartMark {
  return {
    id: 'worst',
    label: 'Worst',
    values: [{ text: format(worst.value), tone: 'regret' }, { text: `in replication ${formatCount(worst.replication)}` }],
    box,
    guide: 'box',
  };
}

export function regretDistributionSummary(distribution: RegretDistribution, unit: string, format: Format): string {
  const { mean, worst } = distribution;
  const regrets = distribution.regrets.map(({ regret }) => regret).filter((regret) => !Number.isNaN(regret));
  const zeros = regrets.filter((regret) => regret === 0).length;
  return [
    `Distribution of regret over ${replicationsWords(regrets.length)}, ${unit}.`,
    `Mean ${withError(mean, format)} (Monte Carlo standard error).`,
    worst === null ? '' : `Worst ${format(worst.value)}, in replication ${formatCount(worst.replication)}.`,
    regrets.length === 0 ? '' : `Exactly zero in ${formatCount(zeros)}, ${formatPercent(zeros / regrets.length)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function regretDistributionTable(distribution: RegretDistribution, unit: string, format: Format): ChartTable {
  const sorted = [...distribution.regrets]
    .filter(({ regret }) => !Number.isNaN(regret))
    .sort((a, b) => a.regret - b.regret || a.replication - b.replication);
  const shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
  const names = ['smallest', '5th centile', 'lower quartile', 'median', 'upper quartile', '95th centile', 'largest'];
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return {
    columns: [{ label: 'of the regrets' }, { label: 'regret', unit, numeric: true }, { label: 'such as replication', numeric: true }],
    rows: [
      ['mean \u00b1 Monte Carlo error', withError(distribution.mean, format), ''],
      ['share exactly zero', formatPercent(sorted.filter(({ regret }) => regret === 0).length / Math.max(sorted.length, 1)), ''],
      ...shares.flatMap((share, i) => {
        const found = at(share);
        return found === undefined ? [] : [[names[i]!, format(found.regret), formatCount(found.replication)]];
      }),
    ],
  };
}
