import type { ArmsPicture } from '../core/measure/method-picture.ts';
import { axisName, linearAxis, magnitudeDomain, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { ChartMark, ChartTable, Format } from './chart-types.ts';
import { formatCount, formatInterval } from './format.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

type Arm = ArmsPicture['arms'][number];

export type ArmsGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number | null;
  readonly name: string;
  readonly rows: readonly (PlacedRow & { readonly interval: PlacedInterval })[];
  readonly mark: number;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export function armsGeometry(
  { arms }: ArmsPicture,
  { width, unit, format, intervalLabel }: { width: number; unit: string; format: Format; intervalLabel: string },
): ArmsGeometry {
  const layout = rowLayout(
    arms.map((arm) => ({
      id: arm.label,
      label: arm.label,
      detail: `n ${formatCount(arm.n)} \u00b7 sd ${format(arm.sd)}`,
      columns: [[{ text: formatInterval(asInterval(arm), format), tone: 'pilot' as const }]],
    })),
    { width, strip: width < 520 ? 26 : 44, gap: 4, headers: [`mean [${intervalLabel}]`] },
  );
  const { domain, fromZero } = magnitudeDomain(arms.flatMap((arm) => [arm.ci_lower, arm.ci_upper]));
  const { scale, ticks } = linearAxis({ domain, range: [layout.plot.x0, layout.plot.x1], size: layout.type.small, format });
  const rows = layout.rows.map((place, i) => ({ ...place, interval: placeInterval(asInterval(arms[i]!), scale) }));
  return {
    layout,
    ticks,
    zeroAt: domain[0] <= 0 && domain[1] >= 0 ? scale(0) : null,
    name: axisName(unit, { fromZero, room: width, size: layout.type.small }),
    rows,
    mark: markSize(layout.breadth),
    height: layout.plot.y1 + layout.type.small * 2.4 + 16,
    marks: rows.map(({ box }, i) => {
      const arm = arms[i]!;
      return {
        id: arm.label,
        label: arm.label,
        values: [
          { text: `mean ${formatInterval(asInterval(arm), format)}`, tone: 'pilot' },
          { text: `n ${formatCount(arm.n)}` },
          { text: `sd ${format(arm.sd)}` },
        ],
        box,
        guide: 'box',
      };
    }),
  };
}

export function armsTable({ arms }: ArmsPicture, unit: string, format: Format): ChartTable {
  return {
    columns: [
      { label: 'arm' },
      { label: 'n', numeric: true },
      ...['mean', 'lower', 'upper', 'sd'].map((label) => ({ label, unit, numeric: true })),
    ],
    rows: arms.map((arm) => [arm.label, formatCount(arm.n), format(arm.mean), format(arm.ci_lower), format(arm.ci_upper), format(arm.sd)]),
  };
}

export function armsSummary({ arms, outcome }: ArmsPicture, unit: string, format: Format): string {
  return `Mean of ${outcome} in each arm, ${unit}. ${arms.map((arm) => `${arm.label}, n ${formatCount(arm.n)}: ${formatInterval(asInterval(arm), format)}`).join('; ')}.`;
}

function asInterval(arm: Arm) {
  return { estimate: arm.mean, lower: arm.ci_lower, upper: arm.ci_upper };
}
