import type { Holding, NearOptimal } from '../core/allocate/explain/explanations.ts';
import { linearAxis, type Tick } from './axis-geometry.ts';
import type { Box, ChartMark, Tone } from './chart-types.ts';
import { formatCount, formatPercent } from './format.ts';
import { hatchPath } from './hatch.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

export type HoldingsOptions = {
  readonly width: number;
  /** Initiatives in the choice itself. */
  readonly funded: readonly string[];
};

export type PlacedHolding = PlacedRow & {
  readonly holding: Holding;
  /** All portfolios. */
  readonly whole: Box;
  /** Those that hold it. */
  readonly bar: Box;
  /** Strokes over the bar where some hold it and some do not. */
  readonly hatch: string | null;
  readonly tone: Tone;
  readonly funded: boolean;
};

export type HoldingsGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly rows: readonly PlacedHolding[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export function holdingsGeometry({ holdings, count }: NearOptimal, { width, funded }: HoldingsOptions): HoldingsGeometry {
  const chosen = new Set(funded);
  const layout = rowLayout(
    holdings.map((holding) => ({
      id: holding.id,
      label: holding.id,
      detail: standingWords(holding, count),
      muted: holding.standing === 'exterior',
      columns: [[{ text: shareWords(holding.share), tone: toneOf(holding) }]],
    })),
    { width: width - 6, strip: 26, gap: 6, inset: 18 },
  );
  const { plot, type } = layout;
  const { scale, ticks } = linearAxis({
    domain: [0, 1],
    range: [plot.x0, plot.x1],
    size: type.small,
    format: (share) => formatPercent(share, 0),
  });
  const rows = layout.rows.map((place, i): PlacedHolding => {
    const holding = holdings[i]!;
    const whole = { x: plot.x0, y: place.centre - 8, width: plot.x1 - plot.x0, height: 16 };
    const bar = { ...whole, width: scale(holding.share) - plot.x0 };
    return {
      ...place,
      box: { ...place.box, width },
      holding,
      whole,
      bar,
      hatch: holding.standing === 'borderline' ? hatchPath(bar, 6) : null,
      tone: toneOf(holding),
      funded: chosen.has(holding.id),
    };
  });
  const axisBottom = plot.y1 + type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(rows), { x: 0, y: axisBottom + 6, room: width, type });
  return {
    layout,
    ticks,
    rows,
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: rows.map(({ holding, tone, funded, box }) => ({
      id: holding.id,
      label: holding.id,
      values: [
        { text: `${shareWords(holding.share)} of the portfolios`, tone },
        { text: `${formatCount(holding.count)} of ${formatCount(count)}` },
        { text: meanings[holding.standing], tone: 'muted' },
        { text: funded ? 'in the choice' : '', tone: 'funded' },
      ],
      box,
      guide: 'box',
    })),
  };
}

export const meanings: Readonly<Record<Holding['standing'], string>> = {
  core: 'core: every one holds it',
  borderline: 'borderline: some hold it',
  exterior: 'exterior: none holds it',
};

/** Never 0% and never 100% for what is only close to it. */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.005) return '<1%';
  if (share < 1 && share > 0.995) return '>99%';
  return formatPercent(share, 0);
}

function standingWords({ standing, count }: Holding, of: number): string {
  return `${standing} \u00b7 ${formatCount(count)} of ${formatCount(of)}`;
}

function toneOf({ standing }: Holding): Tone {
  return standing === 'exterior' ? 'muted' : 'pilot';
}

function legendItems(rows: readonly PlacedHolding[]): LegendItem[] {
  const has = (standing: Holding['standing']) => rows.some(({ holding }) => holding.standing === standing);
  const items: (LegendItem | false)[] = [
    has('core') && { shape: 'bar', tone: 'pilot', text: meanings.core },
    has('borderline') && { shape: 'hatch', tone: 'pilot', text: meanings.borderline },
    has('exterior') && { shape: 'open-bar', tone: 'muted', text: meanings.exterior },
    rows.some(({ funded }) => funded) && { shape: 'band', tone: 'funded', text: 'in the choice' },
  ];
  return items.filter((item) => item !== false);
}
