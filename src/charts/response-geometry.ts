import type { ResponsePicture } from '../core/measure/method-picture.ts';
import { axisName, paddedDomain, type Range } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatForValues, formatInterval, formatSigned } from './format.ts';
import { histogramStrip, type HistogramStrip } from './histogram-strip.ts';
import { legendGeometry, type LegendGeometry } from './legend-geometry.ts';
import { textWidth } from './text-width.ts';
import { roomForTicks, xyPanel, type XyPanel } from './xy-panel.ts';

export type ResponseGeometry = {
  readonly type: TypeScale;
  readonly panel: XyPanel;
  readonly curve: string;
  readonly band: string;
  /** No change and the mean change of the metric; null where they are off the axis. */
  readonly none: number | null;
  readonly mean: number | null;
  readonly changes: HistogramStrip;
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type Options = { readonly width: number; readonly unit: string; readonly format: Format; readonly intervalLabel: string };

export function responseGeometry(picture: ResponsePicture, { width, unit, format, intervalLabel }: Options): ResponseGeometry {
  const { curve, bins, mean_change: mean } = picture;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const y0 = type.line * 2 + 12;
  const y1 = y0 + { narrow: 200, medium: 240, wide: 300 }[breadth];
  const up = paddedDomain(
    curve.flatMap((point) => [point.lower, point.y, point.upper]),
    { include: [0] },
  );
  const across = changeDomain(picture);
  const metric = changeFormat(picture);
  const panel = xyPanel({
    across,
    up,
    box: { x0: roomForTicks([{ up, height: y1 - y0, format }], size), x1: width - 20, y0, y1 },
    size,
    formatUp: format,
  });
  const changes = histogramStrip(bins, {
    x: panel.x,
    x0: panel.box.x0,
    top: y1 + 14,
    height: type.line + 4 + { narrow: 44, medium: 56, wide: 72 }[breadth],
    type,
    name: 'changes among the units',
    format: metric,
    what: 'units',
  });
  const axisBottom = changes.base + size * 2.4 + 14;
  const legend = legendGeometry(
    [
      { shape: 'line', tone: 'pilot', text: `assumed response: ${picture.response.replaceAll('_', ' ')}` },
      { shape: 'area', tone: 'pilot', text: `its ${intervalLabel}` },
      { shape: 'dash', tone: 'muted', text: `mean change, ${formatSigned(mean, metric)}` },
    ],
    { x: 0, y: axisBottom + 4, room: width, type },
  );
  const inside = (value: number) => (Number.isFinite(value) && value >= across[0] && value <= across[1] ? panel.x(value) : null);
  return {
    type,
    panel,
    curve: panel.line(curve),
    band: panel.band(curve),
    none: inside(0),
    mean: inside(mean),
    changes,
    texts: [
      { text: axisName(`response, ${unit}`, { fromZero: true, room: width, size }), x: 0, y: type.line - 3, size, tone: 'muted' },
      meanText(inside(mean), `mean change ${formatSigned(mean, metric)}`, panel, type),
      changes.name,
    ],
    legend,
    height: axisBottom + 4 + legend.height + 4,
    marks: [...curveMarks(picture, panel, format, metric), ...changes.marks],
  };
}

/** Printing changes of the metric. */
export function changeFormat(picture: ResponsePicture): Format {
  return formatForValues([...changeDomain(picture)]);
}

function changeDomain({ curve, bins, mean_change: mean }: ResponsePicture): Range {
  return paddedDomain([mean, ...curve.map((point) => point.x), ...bins.flatMap((bin) => [bin.from, bin.to])], { pad: 0 });
}

function meanText(at: number | null, text: string, { box }: XyPanel, type: TypeScale): PlacedText {
  const x = at ?? box.x0;
  const toLeft = x + textWidth(text, type.small) + 8 > box.x1;
  return {
    text: at === null ? '' : text,
    x: toLeft ? x - 6 : x + 6,
    y: box.y0 - 6,
    size: type.small,
    anchor: toLeft ? 'end' : 'start',
    tone: 'muted',
  };
}

function curveMarks({ curve }: ResponsePicture, { box, x }: XyPanel, format: Format, metric: Format): ChartMark[] {
  const boxes = columnBoxes(
    curve.map((point) => x(point.x)),
    box.y0,
    box.y1,
  );
  return curve.map((point, i) => ({
    id: `c${i}`,
    label: `change of ${formatSigned(point.x, metric)}`,
    values: [{ text: `response ${formatInterval({ estimate: point.y, lower: point.lower, upper: point.upper }, format)}`, tone: 'pilot' }],
    box: boxes[i]!,
    guide: 'line',
  }));
}
