import { linearAxis, paddedDomain, type Tick } from './axis-geometry.ts';
import type { Box, ChartMark, ChartTable, Format, Tone } from './chart-types.ts';
import { formatSigned } from './format.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { monteCarloInterval, withError, type Averaged } from './monte-carlo-words.ts';
import type { RowInput } from './row-input.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

/** A part of expected regret; the parts add up to the total. */
export type RegretPart = Averaged & {
  readonly id: string;
  readonly label: string;
  /** What the part is, in a few words. */
  readonly detail?: string;
};

export type RegretSplitGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly rows: readonly PlacedPart[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export type PlacedPart = PlacedRow & {
  readonly bar: Box;
  readonly tone: Tone;
  readonly total: boolean;
  /** Where the part ends, give or take its own Monte Carlo error. */
  readonly error: PlacedInterval | null;
  /** From the end of this part down to the next. */
  readonly link: { readonly x: number; readonly y0: number; readonly y1: number } | null;
};

type Options = { readonly width: number; readonly format: Format };
type Step = RegretPart & { readonly from: number; readonly to: number; readonly isTotal: boolean };

/** A waterfall that runs across: each part starts where the one before ended, and the total starts at zero. */
export function regretSplitGeometry(parts: readonly RegretPart[], total: Averaged, { width, format }: Options): RegretSplitGeometry {
  const steps = stepsOf(parts, total);
  const layout = rowLayout(
    steps.map((step) => rowInput(step, format)),
    { width, strip: width < 520 ? 22 : 30, gap: 2, headers: ['\u00b1 MC error'] },
  );
  const errors = steps.map((step) => monteCarloInterval({ ...step, value: step.to }));
  const ends = errors.flatMap((interval) => (interval === null ? [] : [interval.lower, interval.upper]));
  const domain = paddedDomain([...steps.flatMap(({ from, to }) => [from, to]), ...ends], { include: [0], pad: 0.05 });
  const { scale, ticks } = linearAxis({ domain, range: [layout.plot.x0, layout.plot.x1], size: layout.type.small, format });
  const thick = layout.breadth === 'wide' ? 18 : 15;
  const rows = layout.rows.map((place, i): PlacedPart => {
    const step = steps[i]!;
    const [left, right] = [step.from, step.to].map((value) => (Number.isFinite(value) ? scale(value) : scale(0))).sort((a, b) => a - b);
    const next = layout.rows[i + 1];
    const error = errors[i]!;
    return {
      ...place,
      // A link runs down behind the words of a stacked row.
      texts: place.texts.map((text) => ({ ...text, halo: layout.breadth === 'narrow' })),
      bar: { x: left!, y: place.centre - thick / 2, width: Math.max(right! - left!, 1), height: thick },
      tone: toneOf(step),
      total: step.isTotal,
      error: error !== null && error.upper > error.lower ? placeInterval(error, scale) : null,
      link:
        next === undefined || !Number.isFinite(step.to)
          ? null
          : { x: scale(step.to), y0: place.centre + thick / 2, y1: next.centre - thick / 2 },
    };
  });
  const axisBottom = layout.plot.y1 + layout.type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(steps), { x: 0, y: axisBottom + 6, room: width, type: layout.type });
  return {
    layout,
    ticks,
    zeroAt: scale(0),
    rows,
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: rows.map(({ box }, i) => readingOf(steps[i]!, box, format)),
  };
}

export function regretSplitTable(parts: readonly RegretPart[], total: Averaged, unit: string, format: Format): ChartTable {
  const number = (value: number | null) => (value === null ? '\u2013' : format(value));
  return {
    columns: [
      { label: 'part of expected regret' },
      { label: 'regret', unit, numeric: true },
      { label: 'Monte Carlo error', unit, numeric: true },
      { label: 'what it is' },
    ],
    rows: stepsOf(parts, total).map(({ label, value, monte_carlo_se, isTotal, detail = '' }) => [
      label,
      isTotal ? format(value) : formatSigned(value, format),
      number(monte_carlo_se),
      detail,
    ]),
  };
}

export function regretSplitSummary(parts: readonly RegretPart[], total: Averaged, unit: string, format: Format): string {
  const each = parts.map((part) => `${part.label} ${valueWords(part, false, format)}`);
  return `Expected regret ${withError(total, format)}, ${unit}; the number after \u00b1 is the Monte Carlo standard error. Its parts: ${each.join('; ')}.`;
}

function stepsOf(parts: readonly RegretPart[], total: Averaged): Step[] {
  let reached = 0;
  const steps = parts.map((part): Step => {
    const from = reached;
    if (Number.isFinite(part.value)) reached += part.value;
    return { ...part, from, to: reached, isTotal: false };
  });
  return [...steps, { id: 'total', label: 'expected regret', ...total, from: 0, to: total.value, isTotal: true }];
}

function rowInput(step: Step, format: Format): RowInput {
  return {
    id: step.id,
    label: step.label,
    plain: !step.isTotal,
    ...(step.detail === undefined ? {} : { detail: step.detail }),
    columns: [[{ text: valueWords(step, step.isTotal, format), tone: toneOf(step) === 'funded' ? 'funded' : 'regret' }]],
  };
}

/** A part that lowers regret is a gain. */
function toneOf({ value, isTotal }: Step): Tone {
  return value < 0 && !isTotal ? 'funded' : 'regret';
}

function valueWords(averaged: Averaged, isTotal: boolean, format: Format): string {
  const words = withError(averaged, format);
  return averaged.value > 0 && !isTotal && /[1-9]/.test(format(averaged.value)) ? `+${words}` : words;
}

function readingOf(step: Step, box: Box, format: Format): ChartMark {
  return {
    id: step.id,
    label: step.label,
    values: [
      { text: valueWords(step, step.isTotal, format), tone: toneOf(step) },
      { text: step.detail ?? '', tone: 'muted' },
      { text: step.isTotal ? '' : `together so far ${format(step.to)}`, tone: 'muted' },
    ],
    box,
    guide: 'box',
  };
}

function legendItems(steps: readonly Step[]): LegendItem[] {
  const items: (LegendItem | false)[] = [
    steps.some(({ value, isTotal }) => !isTotal && value >= 0) && { shape: 'soft-bar', tone: 'regret', text: 'adds regret' },
    steps.some(({ value, isTotal }) => !isTotal && value < 0) && { shape: 'hatch', tone: 'funded', text: 'takes some away' },
    { shape: 'bar', tone: 'regret', text: 'all together' },
    steps.some(({ monte_carlo_se }) => monte_carlo_se !== null) && { shape: 'line', tone: 'ink', text: '95% Monte Carlo interval' },
  ];
  return items.filter((item) => item !== false);
}
