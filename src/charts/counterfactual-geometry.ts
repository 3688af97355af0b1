import { mean } from 'd3-array';
import type { CounterfactualPicture } from '../core/measure/method-picture.ts';
import { axisName } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatDate, formatSigned } from './format.ts';
import { interventionLine } from './intervention-line.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { textWidth } from './text-width.ts';
import { endLabels, fitLeft, type TimePanel } from './time-panel.ts';

export type CounterfactualGeometry = {
  readonly type: TypeScale;
  readonly panel: TimePanel;
  readonly name: PlacedText;
  readonly observed: string;
  readonly fitted: string;
  readonly counterfactual: string;
  readonly band: string;
  readonly intervention: { readonly x: number; readonly text: PlacedText } | null;
  readonly labels: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export function counterfactualGeometry(
  picture: CounterfactualPicture,
  { width, unit, format, intervalLabel }: { width: number; unit: string; format: Format; intervalLabel: string },
): CounterfactualGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const { times, intervention_index: start, observed, fitted, counterfactual, lower, upper } = picture;
  const right = breadth === 'narrow' ? 8 : textWidth('counterfactual', type.small, 600) + 18;
  const y0 = type.line * 2 + 12;
  const y1 = y0 + { narrow: 220, medium: 280, wide: 360 }[breadth];
  const panel = fitLeft(
    {
      times,
      values: [observed, fitted, counterfactual, lower.slice(start), upper.slice(start)],
      box: { x0: 0, x1: width - right, y0, y1 },
      size: type.small,
      kind: 'magnitude',
    },
    (label) => textWidth(label, type.small),
  );
  const axisBottom = y1 + type.small * 2.4 + 14;
  const gap = meanGap(picture);
  const items: LegendItem[] = [
    { shape: 'line', tone: 'pilot', text: 'observed' },
    { shape: 'faint-line', tone: 'muted', text: 'fitted' },
    { shape: 'dash', tone: 'neutral', text: 'without the intervention, estimated' },
    { shape: 'area', tone: 'neutral', text: `its ${intervalLabel}` },
  ];
  const legend = legendGeometry(items, { x: 0, y: axisBottom + 4, room: width, type });
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
    observed: panel.line(observed),
    fitted: panel.line(fitted),
    counterfactual: panel.line(counterfactual, Math.max(start - 1, 0)),
    band: panel.area(lower, upper, start),
    intervention: interventionLine(picture, panel, type, gap === null ? '' : `, then ${formatSigned(gap, format)} on average`),
    labels: breadth === 'narrow' ? [] : directLabels(picture, panel, { x: width - right + 10, room: right - 10, type }),
    legend,
    height: axisBottom + 4 + legend.height + 4,
    marks: marksOf(picture, panel, format),
  };
}

/** Mean of observed minus counterfactual from the intervention on. */
export function meanGap({ observed, counterfactual, intervention_index: start }: CounterfactualPicture): number | null {
  return (
    mean(
      observed
        .slice(start)
        .map((value, i) => value - (counterfactual[start + i] ?? Number.NaN))
        .filter(Number.isFinite),
    ) ?? null
  );
}

function directLabels(
  { observed, counterfactual }: CounterfactualPicture,
  panel: TimePanel,
  { x, room, type }: { x: number; room: number; type: TypeScale },
): PlacedText[] {
  const end = (values: readonly number[]) => panel.y(mean(values.slice(-5).filter(Number.isFinite)) ?? 0);
  return endLabels(
    [
      { text: 'observed', tone: 'pilot', at: end(observed) },
      { text: 'counterfactual', tone: 'muted', at: end(counterfactual) },
    ],
    { x, room, size: type.small, range: [panel.box.y0, panel.box.y1] },
  );
}

function marksOf(
  { times, observed, fitted, counterfactual, lower, upper, intervention_index: start }: CounterfactualPicture,
  panel: TimePanel,
  format: Format,
): ChartMark[] {
  const boxes = columnBoxes(
    times.map((_, i) => panel.x(i)),
    panel.box.y0,
    panel.box.y1,
  );
  const at = (values: readonly number[], i: number) => values[i] ?? Number.NaN;
  return times.map((time, i) => ({
    id: `${i}`,
    label: formatDate(time),
    values: [
      { text: `observed ${format(at(observed, i))}`, tone: 'pilot' },
      ...(i < start
        ? [{ text: `fitted ${format(at(fitted, i))}`, tone: 'muted' as const }]
        : [
            {
              text: `counterfactual ${format(at(counterfactual, i))} [${format(at(lower, i))}, ${format(at(upper, i))}]`,
              tone: 'muted' as const,
            },
            { text: `gap ${formatSigned(at(observed, i) - at(counterfactual, i), format)}` },
          ]),
    ],
    box: boxes[i]!,
    guide: 'line',
  }));
}
