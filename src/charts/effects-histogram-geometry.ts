import type { EffectsBin } from '../core/simulate/pilot.ts';
import { linearAxis, type LinearAxis, type Range, type Tick } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, ChartTable, Format, PlacedText, Tone } from './chart-types.ts';
import { formatCount, formatPercent, formatSigned } from './format.ts';
import { legendGeometry, type LegendGeometry } from './legend-geometry.ts';
import { textWidth } from './text-width.ts';

/** Effects on single products: how many lie in each bin, and the mean effect in each group where it has one. */
export type EffectsHistogram = {
  readonly bins: readonly EffectsBin[];
  readonly treatedMean: number | null;
  readonly controlMean: number | null;
};

export type HistogramPanel = {
  readonly name: PlacedText;
  readonly tone: Tone;
  readonly bars: readonly Box[];
  readonly base: number;
  readonly mean: { readonly x: number; readonly y0: number; readonly text: PlacedText } | null;
};

export type EffectsHistogramGeometry = {
  readonly type: TypeScale;
  readonly x0: number;
  readonly x1: number;
  readonly panels: readonly HistogramPanel[];
  readonly ticks: readonly Tick[];
  readonly bottom: number;
  readonly zeroAt: number | null;
  readonly spans: readonly { readonly y0: number; readonly y1: number }[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type Group = { readonly key: 'treated' | 'control'; readonly label: string; readonly tone: Tone; readonly mean: number | null };

/** A panel per group, one above the other on the same axis; bars are shares of the group, so that unequal groups compare. */
export function effectsHistogramGeometry(
  histogram: EffectsHistogram,
  { width, format }: { readonly width: number; readonly format: Format },
): EffectsHistogramGeometry {
  const type = typeScale(breadthOf(width));
  const groups = groupsOf(histogram);
  const { bins } = histogram;
  const axisWithin = (inset: number): LinearAxis =>
    linearAxis({ domain: domainOf(bins), range: [inset, width - inset], size: type.small, format });
  const widest = Math.max(0, ...axisWithin(10).ticks.map(({ label }) => textWidth(label, type.small)));
  const inset = Math.max(10, Math.ceil(widest / 2));
  const axis = axisWithin(inset);
  const [x0, x1] = [inset, width - inset];
  const tallest = Math.max(...groups.flatMap(({ key }) => shares(bins, key)), 1e-9);
  const plot = { narrow: 84, medium: 96, wide: 130 }[breadthOf(width)];
  const head = type.line * 2 + 6;
  const panels = groups.map((group, i): HistogramPanel => {
    const base = (i + 1) * (head + plot) + i * 10;
    return {
      name: {
        text: `${group.label}, ${formatCount(count(bins, group.key))} products`,
        x: 0,
        y: base - plot - head + type.line - 3,
        size: type.small,
        tone: group.tone === 'neutral' ? 'muted' : group.tone,
        weight: 600,
      },
      tone: group.tone,
      bars: shares(bins, group.key).map((share, k) => bar(bins[k]!, share / tallest, { axis, base, plot })),
      base,
      mean: group.mean === null ? null : meanMark(group.mean, { axis, base, plot, type, format, x0, x1 }),
    };
  });
  const bottom = panels.at(-1)?.base ?? 0;
  const axisBottom = bottom + type.small * 2.4 + 12;
  const legend = legendGeometry(
    [
      { shape: 'bar', tone: 'pilot', text: 'share of the treated' },
      ...(groups.some(({ key }) => key === 'control') ? [{ shape: 'bar', tone: 'neutral', text: 'share of the controls' } as const] : []),
      { shape: 'diamond', tone: 'truth', text: 'mean effect of the group' },
    ],
    { x: 0, y: axisBottom + 4, room: width, type },
  );
  const [low, high] = axis.domain;
  return {
    type,
    x0,
    x1,
    panels,
    ticks: axis.ticks,
    bottom,
    zeroAt: low <= 0 && high >= 0 ? axis.scale(0) : null,
    spans: panels.map(({ base }) => ({ y0: base - plot, y1: base })),
    legend,
    height: axisBottom + 4 + legend.height + 4,
    marks: bins.map((bin, k) => ({
      id: `${k}`,
      label: `effect ${rangeWords(bin, format)}`,
      values: groups.map(({ key, label, tone }) => ({
        text: `${label} ${formatCount(bin[key])} (${formatPercent(shares(bins, key)[k] ?? 0)})`,
        tone: tone === 'neutral' ? 'muted' : tone,
      })),
      box: {
        x: axis.scale(bin.from),
        y: head,
        width: Math.max(axis.scale(bin.to) - axis.scale(bin.from), 1),
        height: Math.max(bottom - head, 1),
      },
      guide: 'box',
    })),
  };
}

export function effectsHistogramTable(histogram: EffectsHistogram, unit: string, format: Format): ChartTable {
  const groups = groupsOf(histogram);
  return {
    columns: [{ label: 'effect from, up to', unit }, ...groups.map(({ label }) => ({ label, unit: 'products', numeric: true }))],
    rows: histogram.bins.map((bin) => [rangeWords(bin, format), ...groups.map(({ key }) => formatCount(bin[key]))]),
  };
}

export function effectsHistogramSummary(histogram: EffectsHistogram, unit: string, format: Format): string {
  const groups = groupsOf(histogram);
  const first = histogram.bins[0];
  const last = histogram.bins.at(-1);
  const range =
    first === undefined || last === undefined
      ? ''
      : `Effects on single products lie between ${format(first.from)} and ${format(last.to)}, ${unit}.`;
  const each = groups.map(
    ({ key, label, mean }) =>
      `${label}: ${formatCount(count(histogram.bins, key))} products${mean === null ? '' : `, mean effect ${formatSigned(mean, format)}`}`,
  );
  return `Histogram of the effect on each product. ${range} ${each.join('; ')}.`;
}

function groupsOf({ bins, treatedMean, controlMean }: EffectsHistogram): Group[] {
  const groups: Group[] = [
    { key: 'treated', label: 'treated', tone: 'pilot', mean: treatedMean },
    { key: 'control', label: 'controls', tone: 'neutral', mean: controlMean },
  ];
  return groups.filter(({ key }) => count(bins, key) > 0);
}

function count(bins: readonly EffectsBin[], key: Group['key']): number {
  return bins.reduce((sum, bin) => sum + bin[key], 0);
}

function shares(bins: readonly EffectsBin[], key: Group['key']): number[] {
  const total = count(bins, key);
  return bins.map((bin) => (total > 0 ? bin[key] / total : 0));
}

function domainOf(bins: readonly EffectsBin[]): Range {
  const low = bins[0]?.from ?? 0;
  const high = bins.at(-1)?.to ?? 1;
  return high > low ? [Math.min(low, 0), Math.max(high, 0)] : [low - 1, low + 1];
}

type Place = { readonly axis: LinearAxis; readonly base: number; readonly plot: number };

function bar({ from, to }: EffectsBin, height: number, { axis, base, plot }: Place): Box {
  const [left, right] = [axis.scale(from), axis.scale(to)];
  const tall = height > 0 ? Math.max(height * plot, 1) : 0;
  return { x: left + 0.5, y: base - tall, width: Math.max(right - left - 1, 1), height: tall };
}

function meanMark(
  mean: number,
  {
    axis,
    base,
    plot,
    type,
    format,
    x0,
    x1,
  }: Place & { readonly type: TypeScale; readonly format: Format; readonly x0: number; readonly x1: number },
): NonNullable<HistogramPanel['mean']> {
  const x = axis.scale(mean);
  const text = `mean ${formatSigned(mean, format)}`;
  const half = textWidth(text, type.small, 600) / 2;
  return {
    x,
    y0: base - plot - 4,
    text: {
      text,
      x: Math.min(Math.max(x, x0 + half), x1 - half),
      y: base - plot - 11,
      size: type.small,
      tone: 'truth',
      anchor: 'middle',
      weight: 600,
    },
  };
}

function rangeWords({ from, to }: EffectsBin, format: Format): string {
  return `${format(from)} to ${format(to)}`;
}
