import type { EventStudyPicture } from '../core/measure/method-picture.ts';
import { axisName } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { ChartMark, Format, Interval, PlacedText } from './chart-types.ts';
import { eventPaths, type EventPaths } from './event-paths.ts';
import { formatInterval } from './format.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { robustDomain } from './robust-domain.ts';
import { textWidth } from './text-width.ts';
import { roomForTicks, xyPanel, type XyPanel } from './xy-panel.ts';

export type EventRow = EventStudyPicture['rows'][number];

export type EventStudyGeometry = {
  readonly type: TypeScale;
  readonly effects: XyPanel;
  readonly texts: readonly PlacedText[];
  /** Between the reference period and the first treated one. */
  readonly start: number;
  readonly simultaneous: string;
  /** Pointwise intervals: strokes where there is room for them, else a band. */
  readonly strokes: readonly { readonly x: number; readonly y0: number; readonly y1: number }[];
  readonly pointwise: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly isReference: boolean }[];
  readonly dot: number;
  readonly twoWay: { readonly y: number; readonly x0: number } | null;
  readonly paths: EventPaths;
  readonly legend: LegendGeometry;
  readonly cut: boolean;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type Options = { readonly width: number; readonly unit: string; readonly format: Format; readonly intervalLabel: string };

export function eventStudyGeometry(picture: EventStudyPicture, { width, unit, format, intervalLabel }: Options): EventStudyGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const rows = sortedRows(picture);
  const y0 = type.line * 2 + 12;
  const y1 = y0 + { narrow: 220, medium: 260, wide: 320 }[breadth];
  const { domain, cut } = robustDomain(rows.map(wideInterval), [
    ...rows.map((row) => row.estimate),
    ...(picture.two_way === null ? [] : [picture.two_way.estimate]),
  ]);
  const left = roomForTicks([{ up: domain, height: y1 - y0, format }], type.small);
  const effects = xyPanel({
    across: [(rows[0]?.event_time ?? 0) - 0.5, (rows.at(-1)?.event_time ?? 0) + 0.5],
    up: domain,
    box: { x0: left, x1: width - 20, y0, y1 },
    size: type.small,
    formatUp: format,
    whole: true,
  });
  const step = (effects.box.x1 - effects.box.x0) / Math.max(rows.length, 1);
  const roomy = step >= 9;
  const axisBottom = y1 + type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(picture, roomy, format, intervalLabel), { x: 0, y: axisBottom + 4, room: width, type });
  const paths = eventPaths(picture, { width, top: axisBottom + 4 + legend.height + 16, type, unit, format });
  const start = effects.x(-0.5);
  return {
    type,
    effects,
    texts: [
      {
        text: axisName(`effect, ${unit}`, { fromZero: true, room: width, size: type.small }),
        x: 0,
        y: type.line - 3,
        size: type.small,
        tone: 'muted',
      },
      startText(start, effects, type),
      ...paths.texts,
    ],
    start,
    simultaneous: effects.band(rows.map((row) => ({ x: row.event_time, lower: row.simultaneous_lower, upper: row.simultaneous_upper }))),
    strokes: roomy
      ? rows
          .filter((row) => !row.is_reference)
          .map((row) => ({ x: effects.x(row.event_time), y0: effects.y(row.ci_lower), y1: effects.y(row.ci_upper) }))
      : [],
    pointwise: roomy ? '' : effects.band(rows.map((row) => ({ x: row.event_time, lower: row.ci_lower, upper: row.ci_upper }))),
    points: rows.map((row) => ({ x: effects.x(row.event_time), y: effects.y(row.estimate), isReference: row.is_reference })),
    dot: roomy ? Math.min(5, step / 3) : Math.max(1.5, Math.min(3, step / 2)),
    twoWay: picture.two_way === null ? null : { y: effects.y(picture.two_way.estimate), x0: start },
    paths,
    legend,
    cut,
    height: paths.bottom,
    marks: [...effectMarks(rows, effects, format), ...paths.marks],
  };
}

export function sortedRows({ rows }: EventStudyPicture): EventRow[] {
  return [...rows].sort((a, b) => a.event_time - b.event_time);
}

/** '3 periods after the first' and so on, the first treated period being 0. */
export function eventTimeWords(time: number): string {
  if (time === 0) return 'first treated period';
  const count = Math.abs(time);
  const periods = `${count} ${count === 1 ? 'period' : 'periods'}`;
  return time < 0 ? `${periods} before treatment` : `${periods} after the first`;
}

export function pointwiseInterval(row: EventRow): Interval {
  return { estimate: row.estimate, lower: row.ci_lower, upper: row.ci_upper };
}

function wideInterval(row: EventRow): Interval {
  return {
    estimate: row.estimate,
    lower: Math.min(row.ci_lower, row.simultaneous_lower),
    upper: Math.max(row.ci_upper, row.simultaneous_upper),
  };
}

function startText(x: number, { box }: XyPanel, type: TypeScale): PlacedText {
  const text = 'treatment starts';
  const toLeft = x + textWidth(text, type.small) + 8 > box.x1;
  return { text, x: toLeft ? x - 6 : x + 6, y: box.y0 - 6, size: type.small, anchor: toLeft ? 'end' : 'start', tone: 'muted' };
}

function legendItems({ two_way: twoWay }: EventStudyPicture, roomy: boolean, format: Format, intervalLabel: string): LegendItem[] {
  return [
    { shape: roomy ? 'interval-circle' : 'circle', tone: 'pilot', text: `effect${roomy ? `, ${intervalLabel}` : ''}` },
    ...(roomy ? [] : [{ shape: 'area', tone: 'pilot', text: `its ${intervalLabel}` } as const]),
    { shape: 'area', tone: 'neutral', text: 'band that holds all of them together' },
    { shape: 'open-circle', tone: 'pilot', text: 'reference, zero by definition' },
    ...(twoWay === null ? [] : [{ shape: 'dash', tone: 'muted', text: `two-way fixed effects, ${format(twoWay.estimate)}` } as const]),
  ];
}

function effectMarks(rows: readonly EventRow[], { box, x }: XyPanel, format: Format): ChartMark[] {
  const boxes = columnBoxes(
    rows.map((row) => x(row.event_time)),
    box.y0,
    box.y1,
  );
  return rows.map((row, i) => ({
    id: `e${row.event_time}`,
    label: eventTimeWords(row.event_time),
    values: row.is_reference
      ? [{ text: '0, the reference', tone: 'muted' }]
      : [
          { text: formatInterval(pointwiseInterval(row), format), tone: 'pilot' },
          { text: `together [${format(row.simultaneous_lower)}, ${format(row.simultaneous_upper)}]`, tone: 'muted' },
        ],
    box: boxes[i]!,
    guide: 'line',
  }));
}
