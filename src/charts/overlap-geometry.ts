import type { OverlapPicture } from '../core/measure/method-picture.ts';
import type { Tick } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, PlacedText } from './chart-types.ts';
import { formatCount, formatNumber, formatPercent } from './format.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { textWidth } from './text-width.ts';
import { xyPanel, type XyPanel } from './xy-panel.ts';

type Bin = OverlapPicture['bins'][number];

/** Two histograms of one score, back to back: the treated above the line, the controls below. */
export type OverlapGeometry = {
  readonly type: TypeScale;
  readonly panel: XyPanel;
  readonly upTicks: readonly Tick[];
  readonly bars: readonly { readonly treated: Box; readonly control: Box; readonly trimmed: boolean }[];
  /** Where scores are trimmed. */
  readonly trimmed: readonly Box[];
  readonly bounds: readonly number[];
  readonly name: PlacedText;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export function overlapGeometry(picture: OverlapPicture, { width }: { width: number }): OverlapGeometry {
  const { bins, kept_range: kept } = picture;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const arms = armSizes(picture);
  const share = (count: number, arm: number) => (arm > 0 ? count / arm : 0);
  const most = (of: (bin: Bin) => number) => Math.max(0.02, ...bins.map(of)) * 1.08;
  const y0 = type.line + 10;
  const y1 = y0 + { narrow: 220, medium: 260, wide: 320 }[breadth];
  const panel = xyPanel({
    across: [Math.min(...bins.map((bin) => bin.from), 1), Math.max(...bins.map((bin) => bin.to), 0.001)],
    up: [-most((bin) => share(bin.control, arms.control)), most((bin) => share(bin.treated, arms.treated))],
    box: { x0: textWidth('100.0%', size) + 9, x1: width - 20, y0, y1 },
    size,
  });
  const zero = panel.y(0);
  const bars = bins.map((bin) => {
    const left = panel.x(bin.from) + 0.5;
    const thick = Math.max(panel.x(bin.to) - panel.x(bin.from) - 1, 0.5);
    const top = panel.y(share(bin.treated, arms.treated));
    const bottom = panel.y(-share(bin.control, arms.control));
    return {
      treated: { x: left, y: top, width: thick, height: zero - top },
      control: { x: left, y: zero, width: thick, height: bottom - zero },
      trimmed: isTrimmed(bin, kept),
    };
  });
  const axisBottom = y1 + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(picture), { x: 0, y: axisBottom + 4, room: width, type });
  return {
    type,
    panel,
    upTicks: shareTicks(panel.up.ticks),
    bars,
    trimmed: trimmedBoxes(kept, panel),
    bounds: kept === null ? [] : kept.filter((bound) => bound > panel.across.domain[0] && bound < panel.across.domain[1]).map(panel.x),
    name: { text: 'share of the arm; treated above, controls below', x: 0, y: type.line - 3, size, tone: 'muted' },
    legend,
    height: axisBottom + 4 + legend.height + 4,
    marks: bins.map((bin) => binMark(bin, kept, panel)),
  };
}

export function armSizes({ bins }: OverlapPicture): { readonly treated: number; readonly control: number } {
  return {
    treated: bins.reduce((sum, bin) => sum + bin.treated, 0),
    control: bins.reduce((sum, bin) => sum + bin.control, 0),
  };
}

export function isTrimmed({ from, to }: Bin, kept: OverlapPicture['kept_range']): boolean {
  return kept !== null && (to <= kept[0] || from >= kept[1]);
}

export function score(value: number): string {
  return formatNumber(value, 2);
}

function shareTicks(ticks: readonly Tick[]): Tick[] {
  const decimals = ticks.every(({ value }) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6) ? 0 : 1;
  return ticks.map((tick) => ({ ...tick, label: formatPercent(Math.abs(tick.value), decimals) }));
}

function trimmedBoxes(kept: OverlapPicture['kept_range'], { box, x }: XyPanel): Box[] {
  if (kept === null) return [];
  const [low, high] = kept.map(x) as [number, number];
  return [
    { x: box.x0, width: low - box.x0 },
    { x: high, width: box.x1 - high },
  ]
    .filter((part) => part.width > 0.5)
    .map((part) => ({ ...part, y: box.y0, height: box.y1 - box.y0 }));
}

function legendItems(picture: OverlapPicture): LegendItem[] {
  const { kept_range: kept, effective_treated: treated, effective_control: control } = picture;
  const arms = armSizes(picture);
  return [
    { shape: 'bar', tone: 'pilot', text: `treated, ${formatCount(arms.treated)}; worth ${formatNumber(treated, 0)} after weighting` },
    { shape: 'bar', tone: 'neutral', text: `controls, ${formatCount(arms.control)}; worth ${formatNumber(control, 0)} after weighting` },
    ...(kept === null
      ? []
      : [{ shape: 'dash', tone: 'muted', text: `left out: scores outside ${score(kept[0])} to ${score(kept[1])}` } as const]),
  ];
}

function binMark(bin: Bin, kept: OverlapPicture['kept_range'], { box, x }: XyPanel): ChartMark {
  return {
    id: `${bin.from}`,
    label: `score ${score(bin.from)} to ${score(bin.to)}`,
    values: [
      { text: `${formatCount(bin.treated)} treated`, tone: 'pilot' },
      { text: `${formatCount(bin.control)} controls`, tone: 'muted' },
      { text: isTrimmed(bin, kept) ? 'left out' : '' },
    ],
    box: { x: x(bin.from), y: box.y0, width: Math.max(x(bin.to) - x(bin.from), 1), height: box.y1 - box.y0 },
    guide: 'box',
  };
}
