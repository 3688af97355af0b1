import type { TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, ChartTable, Format, PlacedText, Tone } from './chart-types.ts';
import { flow } from './flow.ts';
import { formatCount, formatPercent } from './format.ts';
import type { Bin } from './histogram-bins.ts';
import { replicationsWords, withError } from './monte-carlo-words.ts';
import type { RegretDistribution, ReplicateRegret } from './regret-distribution-data.ts';
import { fitText, textWidth } from './text-width.ts';

type BinReading = {
  readonly id: string;
  readonly bin: Bin<ReplicateRegret>;
  readonly n: number;
  readonly example: ReplicateRegret;
  readonly box: Box;
};

/** What the eye wants first, in words above the picture: mean, worst, and how often nothing was lost. */
export function regretHeadings(
  { mean, worst, regrets }: RegretDistribution,
  { width, type, format }: { readonly width: number; readonly type: TypeScale; readonly format: Format },
): { readonly texts: readonly PlacedText[]; readonly bottom: number } {
  const { n, zeros } = countsOf(regrets);
  const parts: { readonly text: string; readonly tone: Tone }[] = [
    { text: `mean ${withError(mean, format)}`, tone: 'regret' },
    ...(worst === null ? [] : [{ text: `worst ${format(worst.value)}`, tone: 'regret' as const }]),
    ...(n === 0 ? [] : [{ text: `zero in ${formatPercent(zeros / n)}`, tone: 'funded' as const }]),
  ];
  const fitted = parts.map(({ text }) => fitText(text, width, type.text, 600));
  const placed = flow(
    fitted.map((text) => textWidth(text, type.text, 600)),
    width,
    { gap: 20, line: type.line + 2 },
  );
  const texts = fitted.map((text, i): PlacedText => ({
    text,
    x: placed.items[i]!.x,
    y: placed.items[i]!.y + type.line - 3,
    size: type.text,
    tone: parts[i]!.tone,
    weight: 600,
  }));
  return { texts, bottom: placed.height };
}

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
    label: `Regret ${rangeWords(bin, format)}`,
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
  const { n, zeros } = countsOf(distribution.regrets);
  return [
    `Distribution of regret over ${replicationsWords(n)}, ${unit}.`,
    `Mean ${withError(mean, format)} (Monte Carlo standard error).`,
    worst === null ? '' : `Worst ${format(worst.value)}, in replication ${formatCount(worst.replication)}.`,
    n === 0 ? '' : `Exactly zero in ${formatCount(zeros)}, ${formatPercent(zeros / n)}.`,
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

/** Of a discrete choice few regrets occur, and a bin may hold but one of them. */
function rangeWords({ from, to, items }: Bin<ReplicateRegret>, format: Format): string {
  const [first] = items;
  const isOne = first !== undefined && items.every(({ regret }) => regret === first.regret);
  return isOne ? format(first.regret) : `${format(from)} to ${format(to)}`;
}

function countsOf(regrets: readonly ReplicateRegret[]): { readonly n: number; readonly zeros: number } {
  const known = regrets.filter(({ regret }) => !Number.isNaN(regret));
  return { n: known.length, zeros: known.filter(({ regret }) => regret === 0).length };
}
