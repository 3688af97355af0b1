import { mean } from 'd3-array';
import type { PilotSeries } from '../core/contracts/run.ts';
import { axisName } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatDate, formatSigned } from './format.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { textWidth } from './text-width.ts';
import { endLabels, fitLeft, type TimePanel } from './time-panel.ts';

export type SeriesGeometry = {
  readonly type: TypeScale;
  readonly panel: TimePanel;
  readonly name: PlacedText;
  readonly treated: string;
  readonly control: string | null;
  readonly truth: string;
  readonly gap: string;
  readonly truthEnd: { readonly x: number; readonly y: number } | null;
  readonly intervention: { readonly x: number; readonly text: PlacedText } | null;
  /** From the first start to the last, where not all start at once. */
  readonly rollOut: { readonly x0: number; readonly x1: number } | null;
  readonly labels: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export type SeriesOptions = {
  readonly width: number;
  readonly format: Format;
  readonly unit: string;
  /** The true effect on the treated, where what is seen of them may not be what they really did. */
  readonly trueEffect?: number | null;
};

export const seriesNames = { treated: 'treated, observed', control: 'control, observed', truth: 'treated, had nothing been done' };

export function seriesGeometry(series: PilotSeries, { width, format, unit, trueEffect }: SeriesOptions): SeriesGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const { dates, treated, control, treated_without_treatment: without } = series;
  const right = breadth === 'narrow' ? 8 : Math.min(width * 0.22, textWidth('nothing been done', type.small, 600) + 16);
  const plotHeight = { narrow: 220, medium: 280, wide: 360 }[breadth];
  const y0 = type.line * 2 + 12;
  const panel = fitLeft(
    {
      times: dates,
      values: [treated, control ?? [], without],
      box: { x0: 0, x1: width - right, y0, y1: y0 + plotHeight },
      size: type.small,
      kind: 'magnitude',
    },
    (label) => textWidth(label, type.small),
  );
  const from = startOfGap(series);
  const last = dates.length - 1;
  const truthEnd = without[last] === undefined ? null : { x: panel.x(last), y: panel.y(without[last]) };
  const axisBottom = panel.box.y1 + type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(series, breadth === 'narrow', format, trueEffect), {
    x: 0,
    y: axisBottom + 4,
    room: width,
    type,
  });
  return {
    type,
    panel,
    name: {
      text: axisName(unit, { fromZero: panel.fromZero, room: width, size: type.small }),
      x: 0,
      y: type.line - 3,
      size: type.small,
      tone: 'muted',
    },
    treated: panel.line(treated),
    control: control && panel.line(control),
    truth: panel.line(without, from),
    gap: panel.area(without, treated, from),
    truthEnd,
    intervention: intervention(series, panel, type),
    rollOut: rollOut(series, panel),
    labels: breadth === 'narrow' ? [] : directLabels(series, panel, { x: width - right + 12, room: right - 12, type }),
    legend,
    height: axisBottom + 4 + legend.height + 4,
    marks: seriesMarks(series, panel, format, gapIsEffect(series, trueEffect)),
  };
}

/** Mean of treated minus treated-without-treatment from the intervention on; null where there is nothing after it. */
export function meanEffect({ treated, treated_without_treatment: without, intervention_index: from }: PilotSeries): number | null {
  const gaps = treated.slice(from).map((value, i) => value - (without[from + i] ?? Number.NaN));
  return mean(gaps.filter(Number.isFinite)) ?? null;
}

function startOfGap({ treated, treated_without_treatment: without, intervention_index: start }: PilotSeries): number {
  const differs = treated.findIndex((value, i) => value !== without[i]);
  return Math.max(0, (differs < 0 ? start : Math.min(start, differs)) - 1);
}

function rollOut({ intervention_index: start, last_start_index: last }: PilotSeries, panel: TimePanel): SeriesGeometry['rollOut'] {
  if (last === undefined || last <= start) return null;
  return { x0: panel.x(Math.max(start - 0.5, 0)), x1: panel.x(last - 0.5) };
}

function intervention(
  { dates, intervention_index: start, last_start_index: last }: PilotSeries,
  panel: TimePanel,
  type: TypeScale,
): SeriesGeometry['intervention'] {
  const date = dates[start];
  if (date === undefined) return null;
  const x = panel.x(Math.max(start - 0.5, 0));
  const end = last === undefined ? undefined : dates[last];
  const texts =
    end === undefined
      ? [`treatment starts, ${formatDate(date, 'day')}`]
      : [`cohorts start, ${formatDate(date, 'day')} to ${formatDate(end, 'day')}`, `cohorts from ${formatDate(date, 'day')}`];
  const widthOf = (text: string) => textWidth(text, type.small) + 8;
  const text = texts.find((choice) => widthOf(choice) <= Math.max(panel.box.x1 - x, x)) ?? texts.at(-1)!;
  const toLeft = x + widthOf(text) > panel.box.x1;
  return {
    x,
    text: { text, x: toLeft ? x - 6 : x + 6, y: panel.box.y0 - 6, size: type.small, anchor: toLeft ? 'end' : 'start', tone: 'muted' },
  };
}

function directLabels(
  series: PilotSeries,
  panel: TimePanel,
  { x, room, type }: { x: number; room: number; type: TypeScale },
): PlacedText[] {
  const end = (values: readonly number[]) => panel.y(mean(values.slice(-7).filter(Number.isFinite)) ?? 0);
  const labels = [
    { text: 'treated', tone: 'pilot' as const, at: end(series.treated) },
    ...(series.control ? [{ text: 'control', tone: 'muted' as const, at: end(series.control) }] : []),
    { text: 'without treatment', tone: 'truth' as const, at: end(series.treated_without_treatment) },
  ];
  return endLabels(labels, { x, room, size: type.small, range: [panel.box.y0, panel.box.y1] });
}

function legendItems(series: PilotSeries, narrow: boolean, format: Format, trueEffect: number | null | undefined): LegendItem[] {
  const effect = meanEffect(series);
  const lines: LegendItem[] = [
    { shape: 'line', tone: 'pilot', text: seriesNames.treated },
    ...(series.control ? [{ shape: 'line', tone: 'neutral', text: seriesNames.control } as const] : []),
    { shape: 'dash', tone: 'truth', text: narrow ? 'without treatment (truth)' : `${seriesNames.truth} (truth)` },
  ];
  return effect === null ? lines : [...lines, { shape: 'area', tone: 'truth', text: gapWords(series, effect, format, trueEffect) }];
}

/** Whether observed minus untreated is the true effect: with flaws on the way to the data, or a roll-out, it is not. */
export function gapIsEffect(series: PilotSeries, trueEffect: number | null | undefined): boolean {
  const gap = meanEffect(series);
  if (trueEffect === undefined || gap === null) return true;
  return trueEffect !== null && Math.abs(gap - trueEffect) <= 1e-6 * Math.max(Math.abs(gap), Math.abs(trueEffect), 1e-9);
}

/** What the shaded area is, on average; and the true effect, where that is something else. */
export function gapWords(series: PilotSeries, gap: number, format: Format, trueEffect: number | null | undefined): string {
  if (gapIsEffect(series, trueEffect)) return `true effect, ${formatSigned(gap, format)} on average`;
  const truth = typeof trueEffect === 'number' ? `; the true effect is ${formatSigned(trueEffect, format)}` : '';
  return `difference, ${formatSigned(gap, format)} on average${truth}`;
}

function seriesMarks(
  { dates, treated, control, treated_without_treatment: without, intervention_index: start }: PilotSeries,
  panel: TimePanel,
  format: Format,
  isEffect: boolean,
): ChartMark[] {
  const boxes = columnBoxes(
    dates.map((_, i) => panel.x(i)),
    panel.box.y0,
    panel.box.y1,
  );
  return dates.map((date, i) => ({
    id: `${i}`,
    label: formatDate(date),
    values: [
      { text: `treated ${format(treated[i] ?? Number.NaN)}`, tone: 'pilot' },
      ...(control ? [{ text: `control ${format(control[i] ?? Number.NaN)}`, tone: 'muted' as const }] : []),
      { text: `without treatment ${format(without[i] ?? Number.NaN)}`, tone: 'truth' },
      ...(i >= start
        ? [{ text: `${isEffect ? 'effect' : 'difference'} ${formatSigned(difference(treated[i], without[i]), format)}` }]
        : []),
    ],
    box: boxes[i]!,
    guide: 'line',
  }));
}

export function difference(left: number | undefined, right: number | undefined): number {
  return (left ?? Number.NaN) - (right ?? Number.NaN);
}
