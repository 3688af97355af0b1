import type { Frontier, FrontierStep } from '../core/allocate/explain/explanations.ts';
import { paddedDomain, type Range } from './axis-geometry.ts';
import { breadthOf, markSize, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, Format, PlacedText, Tone } from './chart-types.ts';
import { frontierMark, stepAt } from './frontier-words.ts';
import { hatchPath } from './hatch.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { fitText, textWidth } from './text-width.ts';
import { roomForTicks, xyPanel, type XyBox, type XyPanel } from './xy-panel.ts';

export type FrontierOptions = {
  readonly width: number;
  readonly budget: number;
  readonly format: Format;
  readonly formatBudget: Format;
};

export type FrontierGeometry = {
  readonly type: TypeScale;
  /** Largest regret above, return in the median state below; one budget axis. */
  readonly regret: XyPanel;
  readonly value: XyPanel;
  readonly paths: { readonly regret: string; readonly value: string; readonly vStar: string };
  /** So many steps that a line of full weight would be a block. */
  readonly isDense: boolean;
  /** Where no portfolio is feasible, in both panels. */
  readonly gaps: readonly { readonly box: Box; readonly hatch: string }[];
  /** Where the rule was asked, if not everywhere. */
  readonly asked: readonly { readonly x: number; readonly y: number }[];
  readonly current: { readonly x: number; readonly beyond: boolean; readonly dots: readonly Dot[] };
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly mark: number;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type Dot = { readonly x: number; readonly y: number; readonly tone: Tone };
type Span = { readonly x0: number; readonly x1: number };
type Reading = (step: FrontierStep) => number | null;

const regretOf: Reading = (step) => step.max_regret;
const valueOf: Reading = (step) => step.returns?.med ?? null;
const vStarOf: Reading = (step) => step.v_star.med;

export function frontierGeometry({ steps, exact, objective }: Frontier, options: FrontierOptions): FrontierGeometry {
  const { width, budget, format, formatBudget } = options;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const heights = { narrow: [130, 110], medium: [150, 120], wide: [190, 150] }[breadth] as [number, number];
  const across = budgetDomain(steps, budget);
  const ups = [upDomain(steps, [regretOf]), upDomain(steps, [valueOf, vStarOf])] as const;
  const x0 = roomForTicks(
    ups.map((up, i) => ({ up, height: heights[i]!, format })),
    size,
  );
  const panel = (up: Range, box: Pick<XyBox, 'y0' | 'y1'>) =>
    xyPanel({ across, up, box: { x0, x1: width - 16, ...box }, size, formatAcross: formatBudget, formatUp: format });
  const top = type.line + 12;
  const regret = panel(ups[0], { y0: top, y1: top + heights[0] });
  const middle = regret.box.y1 + type.line * 2 + 8;
  const value = panel(ups[1], { y0: middle, y1: middle + heights[1] });

  const spans = steps.map((step) => spanOf(step, regret));
  const gaps = gapsOf(steps, spans);
  const axisBottom = value.box.y1 + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(gaps.length > 0, exact), { x: 0, y: axisBottom + 6, room: width, type });
  const now = stepAt(steps, budget);
  const x = regret.x(budget);
  const dots: Dot[] = [
    ...(now?.max_regret == null ? [] : [{ x, y: regret.y(now.max_regret), tone: 'regret' as const }]),
    ...(now?.returns == null ? [] : [{ x, y: value.y(now.returns.med), tone: 'funded' as const }]),
  ];
  return {
    type,
    regret,
    value,
    paths: {
      regret: stepPath(steps, spans, regretOf, regret),
      value: stepPath(steps, spans, valueOf, value),
      vStar: stepPath(steps, spans, vStarOf, value),
    },
    isDense: steps.length > (regret.box.x1 - regret.box.x0) / 3,
    gaps: gaps.flatMap((gap) => [regret, value].map(({ box }) => hatched({ ...gap, y: box.y0, height: box.y1 - box.y0 }))),
    asked: exact ? [] : steps.flatMap((step, i) => (step.max_regret === null ? [] : [{ x: spans[i]!.x0, y: regret.y(step.max_regret) }])),
    current: { x, beyond: budget > across[1], dots },
    texts: [
      { text: fitText('largest regret', width, size), x: 0, y: type.line - 3, size, tone: 'muted' },
      { text: fitText('return in the median state', width, size), x: 0, y: middle - type.line + 1, size, tone: 'muted' },
      ...currentWords(now, options, regret, x, type),
      ...gapWords(
        gaps.filter((gap) => x < gap.x || x > gap.x + gap.width),
        regret,
        type,
      ),
    ],
    legend,
    mark: markSize(breadth),
    height: axisBottom + 6 + legend.height + 4,
    marks: steps.map((step, i) => {
      const { x0, x1 } = spans[i]!;
      const box = { x: x0, y: regret.box.y0, width: Math.max(x1 - x0, 1), height: value.box.y1 - regret.box.y0 };
      return frontierMark(step, i, box, objective, options);
    }),
  };
}

/** From nothing to a little beyond the last step. A budget far beyond is at the edge, and said to be. */
function budgetDomain(steps: readonly FrontierStep[], budget: number): Range {
  const last = Math.max(0, ...steps.map((step) => step.from).filter(Number.isFinite));
  const first = Math.min(0, ...steps.map((step) => step.from).filter(Number.isFinite));
  const end = last > 0 ? Math.max(last * 1.08, Math.min(budget, last * 1.5) * 1.04) : Math.max(budget, 0) * 1.25;
  return paddedDomain([first, Math.min(end, Number.MAX_VALUE)], { pad: 0 });
}

function upDomain(steps: readonly FrontierStep[], readings: readonly Reading[]): Range {
  const values = steps.flatMap((step) => readings.flatMap((reading) => reading(step) ?? []));
  return values.some((value) => value !== 0) ? paddedDomain(values, { include: [0], pad: 0.16 }) : [0, 1];
}

function spanOf({ from, to }: FrontierStep, { x, box }: XyPanel): Span {
  return { x0: x(from), x1: to === null ? box.x1 : x(to) };
}

/** One path for all steps, broken where there is nothing to draw. */
function stepPath(steps: readonly FrontierStep[], spans: readonly Span[], reading: Reading, panel: XyPanel): string {
  let path = '';
  let isOpen = false;
  steps.forEach((step, i) => {
    const value = reading(step);
    if (value === null || !Number.isFinite(value)) {
      isOpen = false;
      return;
    }
    const y = round(panel.y(value));
    path += `${isOpen ? `V${y}` : `M${round(spans[i]!.x0)} ${y}`}H${round(spans[i]!.x1)}`;
    isOpen = true;
  });
  return path;
}

/** Neighbouring steps without a portfolio are one gap. */
function gapsOf(steps: readonly FrontierStep[], spans: readonly Span[]): Pick<Box, 'x' | 'width'>[] {
  const joined: { x0: number; x1: number }[] = [];
  steps.forEach((step, i) => {
    if (step.selected_initiatives !== null) return;
    const { x0, x1 } = spans[i]!;
    const last = joined.at(-1);
    if (last !== undefined && steps[i - 1]?.selected_initiatives === null) last.x1 = x1;
    else joined.push({ x0, x1 });
  });
  return joined.filter(({ x0, x1 }) => x1 - x0 > 0.5).map(({ x0, x1 }) => ({ x: x0, width: x1 - x0 }));
}

function hatched(box: Box): FrontierGeometry['gaps'][number] {
  return { box, hatch: hatchPath(box) };
}

/** '1.0 at $10' beside the dot, on the side where there is room and never on the axis. */
function currentWords(
  now: FrontierStep | null,
  { budget, format, formatBudget }: FrontierOptions,
  { box, y }: XyPanel,
  x: number,
  { text: size }: TypeScale,
): PlacedText[] {
  const regret = now?.max_regret ?? null;
  const text = `${regret === null ? 'no portfolio' : format(regret)} at ${formatBudget(budget)}`;
  const room = textWidth(text, size, 600) + 10;
  const isLeft = x + room > box.x1 && x - room > box.x0;
  const wanted = regret === null ? (box.y0 + box.y1) / 2 : y(regret) - 10;
  const at = isLeft ? x - 10 : Math.min(x + 10, box.x1 + 16 - room);
  return [
    {
      text,
      x: at,
      y: Math.max(wanted, box.y0 + size),
      size,
      weight: 600,
      anchor: isLeft ? 'end' : 'start',
      tone: regret === null ? 'muted' : 'regret',
      halo: true,
    },
  ];
}

function gapWords(gaps: readonly Pick<Box, 'x' | 'width'>[], { box }: XyPanel, { small }: TypeScale): PlacedText[] {
  const text = 'no portfolio';
  return gaps
    .filter((gap) => gap.width > textWidth(text, small) + 12)
    .map((gap) => ({
      text,
      x: gap.x + gap.width / 2,
      y: box.y0 + small + 2,
      size: small,
      anchor: 'middle',
      tone: 'muted',
      halo: true,
    }));
}

function legendItems(hasGaps: boolean, exact: boolean): LegendItem[] {
  const items: (LegendItem | false)[] = [
    { shape: exact ? 'line' : 'dash', tone: 'regret', text: 'largest regret of the choice' },
    { shape: exact ? 'line' : 'dash', tone: 'funded', text: 'return of the choice' },
    { shape: 'dots', tone: 'truth', text: 'V*, the most this budget could return' },
    hasGaps && { shape: 'hatch', tone: 'muted', text: 'no portfolio is feasible' },
    !exact && { shape: 'open-circle', tone: 'regret', text: 'asked here; between, it may differ' },
  ];
  return items.filter((item) => item !== false);
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
