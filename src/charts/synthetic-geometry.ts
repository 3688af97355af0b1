import { mean } from 'd3-array';
import type { SyntheticPicture } from '../core/measure/method-picture.ts';
import { axisName } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { Box, ChartMark, Format, PlacedText } from './chart-types.ts';
import { donorBars, type DonorBar } from './donor-bars.ts';
import { formatDate, formatPercent, formatSigned } from './format.ts';
import { interventionLine } from './intervention-line.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { gapLimit, gapsOf } from './synthetic-gaps.ts';
import { textWidth } from './text-width.ts';
import { endLabels, fitLeft, type TimePanel } from './time-panel.ts';

export type SyntheticGeometry = {
  readonly type: TypeScale;
  readonly path: TimePanel;
  readonly treated: string;
  readonly synthetic: string;
  readonly gap: TimePanel;
  readonly gapLine: string;
  readonly placebos: readonly string[];
  readonly texts: readonly PlacedText[];
  readonly intervention: { readonly x: number; readonly text: PlacedText } | null;
  readonly weights: readonly DonorBar[];
  /** Weights of the periods before treatment, along the foot of the upper panel. */
  readonly timeWeights: readonly Box[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
  /** Placebos that leave the gap panel. */
  readonly cut: number;
};

export function syntheticGeometry(
  picture: SyntheticPicture,
  { width, unit, format }: { width: number; unit: string; format: Format },
): SyntheticGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const beside = width >= 760;
  const panelsWidth = beside ? Math.floor(width * 0.68) : width;
  const right = breadth === 'narrow' ? 8 : textWidth('synthetic', type.small, 600) + 18;
  const heights = { narrow: [180, 150], medium: [220, 180], wide: [270, 220] }[breadth];
  const start = picture.treatment_index;
  const shared = { times: picture.times, size: type.small };
  const x1 = panelsWidth - right;

  const y0 = type.line * 2 + 12;
  const y1 = y0 + heights[0]!;
  const gapTop = y1 + type.line * 2 + 22;
  const gapBottom = gapTop + heights[1]!;
  const gaps = gapsOf(picture);
  const limit = gapLimit(gaps, picture);
  const measure = (label: string) => textWidth(label, type.small);
  const pathOptions = { ...shared, values: [picture.treated, picture.synthetic], box: { x0: 0, x1, y0, y1 }, kind: 'magnitude' as const };
  const gapOptions = {
    ...shared,
    values: [gaps, [-limit, limit]],
    box: { x0: 0, x1, y0: gapTop, y1: gapBottom },
    kind: 'difference' as const,
  };
  const x0 = Math.max(fitLeft(pathOptions, measure).box.x0, fitLeft(gapOptions, measure).box.x0);
  const path = fitLeft({ ...pathOptions, box: { ...pathOptions.box, x0: x0 - 9 } }, () => 0);
  const gap = fitLeft({ ...gapOptions, box: { ...gapOptions.box, x0: x0 - 9 } }, () => 0);

  const axisBottom = gapBottom + type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(picture), { x: 0, y: axisBottom + 4, room: panelsWidth, type });
  const panelsHeight = axisBottom + 4 + legend.height + 4;
  const area = beside ? { x: panelsWidth + 28, y: 0, width: width - panelsWidth - 28 } : { x: 0, y: panelsHeight + 8, width };
  const bars = donorBars(picture.weights, area, type);
  const weightsBottom = bars.length === 0 ? 0 : bars[bars.length - 1]!.bar.y + type.line + 12;
  const end = (values: readonly number[]) => path.y(mean(values.slice(-3).filter(Number.isFinite)) ?? 0);
  const labels =
    breadth === 'narrow'
      ? []
      : endLabels(
          [
            { text: 'treated', tone: 'pilot', at: end(picture.treated) },
            { text: 'synthetic', tone: 'muted', at: end(picture.synthetic) },
          ],
          { x: x1 + 10, room: right - 10, size: type.small, range: [y0, y1] },
        );
  return {
    type,
    path,
    treated: path.line(picture.treated),
    synthetic: path.line(picture.synthetic),
    gap,
    gapLine: gap.line(gaps),
    placebos: picture.placebos.map((placebo) => gap.line(placebo.gaps)),
    texts: [
      {
        text: axisName(unit, { fromZero: path.fromZero, room: panelsWidth, size: type.small }),
        x: 0,
        y: type.line - 3,
        size: type.small,
        tone: 'muted',
      },
      { text: 'gap: treated \u2212 synthetic', x: 0, y: gapTop - 10, size: type.small, tone: 'muted' },
      ...labels,
      { text: bars.length === 0 ? '' : 'Donors by weight', x: area.x, y: area.y + type.line - 3, size: type.text, weight: 600 },
    ],
    intervention: interventionLine({ times: picture.times, intervention_index: start }, path, type),
    weights: bars,
    timeWeights: timeWeightBars(picture, path),
    legend,
    height: Math.max(panelsHeight, weightsBottom),
    marks: [...timeMarks(picture, gaps, path, gapBottom, format), ...weightMarks(bars, area)],
    cut: picture.placebos.filter((placebo) => placebo.gaps.some((value) => value < gap.up.domain[0] || value > gap.up.domain[1])).length,
  };
}

/** Bars at the foot of the panel, the heaviest period a fifth of its height. */
function timeWeightBars({ times, time_weights: weights = [] }: SyntheticPicture, { box, x }: TimePanel): Box[] {
  const most = Math.max(...weights.map(({ weight }) => weight), Number.MIN_VALUE);
  const thick = Math.max(1.5, Math.min(14, (x(1) - x(0)) * 0.7));
  return weights.flatMap(({ time, weight }) => {
    const index = times.indexOf(time);
    if (index < 0 || !(weight > 0)) return [];
    const height = (weight / most) * (box.y1 - box.y0) * 0.2;
    return [{ x: x(index) - thick / 2, y: box.y1 - height, width: thick, height }];
  });
}

function legendItems({ treated_unit: unit, placebos, time_weights: timeWeights = [] }: SyntheticPicture): LegendItem[] {
  return [
    { shape: 'line', tone: 'pilot', text: unit },
    { shape: 'dash', tone: 'muted', text: 'synthetic control' },
    ...(timeWeights.length > 0 ? [{ shape: 'bar', tone: 'neutral', text: 'weight of a period before' } as const] : []),
    ...(placebos.length > 0 ? [{ shape: 'faint-line', tone: 'neutral', text: `${placebos.length} placebo gaps` } as const] : []),
  ];
}

function timeMarks(
  { times, treated, synthetic, time_weights: timeWeights = [] }: SyntheticPicture,
  gaps: readonly number[],
  panel: TimePanel,
  bottom: number,
  format: Format,
): ChartMark[] {
  const boxes = columnBoxes(
    times.map((_, i) => panel.x(i)),
    panel.box.y0,
    bottom,
  );
  const weightOf = new Map(timeWeights.map(({ time, weight }) => [time, weight]));
  return times.map((time, i) => ({
    id: `t${i}`,
    label: formatDate(time),
    values: [
      { text: `treated ${format(treated[i] ?? Number.NaN)}`, tone: 'pilot' },
      { text: `synthetic ${format(synthetic[i] ?? Number.NaN)}`, tone: 'muted' },
      { text: `gap ${formatSigned(gaps[i] ?? Number.NaN, format)}` },
      { text: weightOf.has(time) ? `weight of the period ${formatPercent(weightOf.get(time)!)}` : '', tone: 'muted' },
    ],
    box: boxes[i]!,
    guide: 'line',
  }));
}

function weightMarks(bars: readonly DonorBar[], area: { x: number; width: number }): ChartMark[] {
  return bars.map(({ unit, bar, texts }) => ({
    id: `w-${unit}`,
    label: unit,
    values: [{ text: `weight ${texts[1]!.text}` }],
    box: { x: area.x, y: bar.y - 4, width: area.width, height: bar.height + 8 },
    guide: 'box',
  }));
}
