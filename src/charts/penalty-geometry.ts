import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import { axisName } from './axis-geometry.ts';
import type { ChartMark, ChartTable } from './chart-types.ts';
import { formatConfidence } from './format.ts';
import { roomForTicks, xyPanel, type XyPanel, type XyPoint } from './xy-panel.ts';
import type { PlacedText } from './chart-types.ts';

/** An initiative on the curve: its confidence and what that takes off. */
export type PenaltyPoint = { readonly id: string; readonly confidence: number; readonly gamma: number; readonly funded: boolean };

export type PenaltyGeometry = {
  readonly type: TypeScale;
  readonly panel: XyPanel;
  readonly curve: string;
  readonly points: readonly (PenaltyPoint & { readonly x: number; readonly y: number })[];
  readonly threshold: number | null;
  readonly texts: readonly PlacedText[];
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type Options = { readonly width: number; readonly threshold: number | null };

/** gamma against confidence, both from 0 to 1, with the initiatives on the curve. */
export function penaltyGeometry(
  curve: readonly XyPoint[],
  points: readonly PenaltyPoint[],
  { width, threshold }: Options,
): PenaltyGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const y0 = type.line + 12;
  const y1 = y0 + { narrow: 150, medium: 170, wide: 200 }[breadth];
  const unit: readonly [number, number] = [0, 1];
  const x0 = roomForTicks([{ up: unit, height: y1 - y0, format: formatConfidence }], size);
  const panel = xyPanel({
    across: unit,
    up: unit,
    box: { x0, x1: width - 16, y0, y1 },
    size,
    formatAcross: formatConfidence,
    formatUp: formatConfidence,
  });
  const placed = points.map((point) => ({ ...point, x: panel.x(point.confidence), y: panel.y(point.gamma) }));
  return {
    type,
    panel,
    curve: panel.line(curve),
    points: placed,
    threshold: threshold === null || threshold <= 0 ? null : panel.x(threshold),
    texts: [
      {
        text: axisName('penalty \u03b3, share of (return \u2212 worst) taken off', { fromZero: true, room: width, size }),
        x: 0,
        y: type.line - 3,
        size,
        tone: 'muted',
      },
    ],
    height: y1 + size * 2.4 + 16,
    marks: placed.map(({ id, confidence, gamma, x, y }) => ({
      id,
      label: id,
      values: [
        { text: `confidence ${formatConfidence(confidence)}` },
        { text: `penalty ${formatConfidence(gamma)}`, tone: 'pilot' as const },
      ],
      box: { x: x - 12, y: y - 12, width: 24, height: 24 },
      guide: 'box' as const,
    })),
  };
}

export function penaltyTable(points: readonly PenaltyPoint[]): ChartTable {
  return {
    columns: [
      { label: 'initiative' },
      { label: 'confidence', numeric: true },
      { label: 'penalty', numeric: true },
      { label: 'kept of (return \u2212 worst)', numeric: true },
    ],
    rows: points.map(({ id, confidence, gamma }) => [
      id,
      formatConfidence(confidence),
      formatConfidence(gamma),
      formatConfidence(1 - gamma),
    ]),
  };
}

export function penaltySummary(points: readonly PenaltyPoint[], formula: string): string {
  const list = points.map(({ id, confidence, gamma }) => `${id} ${formatConfidence(gamma)} at confidence ${formatConfidence(confidence)}`);
  return `The penalty ${formula} against confidence c, from 0 to 1.${list.length === 0 ? '' : ` ${list.join('; ')}.`}`;
}
