import { mean } from 'd3-array';
import type { EventStudyPicture } from '../core/measure/method-picture.ts';
import { axisName } from './axis-geometry.ts';
import type { TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatDate, formatInterval } from './format.ts';
import { textWidth } from './text-width.ts';
import { endLabels, fitLeft, type TimePanel, type TimeValues } from './time-panel.ts';

/** Under an event study: the mean outcomes it comes from and, where treatment starts at different times, the effect of each group. */
export type EventPaths = {
  readonly outcomes: {
    readonly panel: TimePanel;
    readonly treated: string;
    readonly control: string;
    readonly start: number | null;
  } | null;
  readonly groups: { readonly panel: TimePanel; readonly lines: readonly { readonly group: string; readonly path: string }[] } | null;
  readonly texts: readonly PlacedText[];
  readonly marks: readonly ChartMark[];
  readonly bottom: number;
};

/** Groups named at the end of their lines, and read out at one time. */
const mostNamed = 7;
const mostRead = 4;

type Options = { readonly width: number; readonly top: number; readonly type: TypeScale; readonly unit: string; readonly format: Format };

export function eventPaths(picture: EventStudyPicture, { width, top, type, unit, format }: Options): EventPaths {
  const series = groupSeries(picture);
  const hasGroups = series.groups.length > 1;
  const hasPaths = picture.paths.times.length > 1;
  const beside = hasGroups && hasPaths && width >= 760;
  const half = beside ? Math.floor((width - 36) / 2) : width;
  const first = hasPaths ? outcomePanel(picture, { x: 0, width: half, top, type, unit, format }) : null;
  const groupsTop = beside || first === null ? top : first.bottom + 18;
  const second = hasGroups
    ? groupPanel(picture, series, { x: beside ? half + 36 : 0, width: half, top: groupsTop, type, unit, format })
    : null;
  return {
    outcomes: first?.drawing ?? null,
    groups: second?.drawing ?? null,
    texts: [...(first?.texts ?? []), ...(second?.texts ?? [])],
    marks: [...(first?.marks ?? []), ...(second?.marks ?? [])],
    bottom: Math.max(top - 12, first?.bottom ?? 0, second?.bottom ?? 0),
  };
}

type Place = {
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly type: TypeScale;
  readonly unit: string;
  readonly format: Format;
};

function outcomePanel({ paths, first_treated_index: start }: EventStudyPicture, place: Place) {
  const { type, format } = place;
  const names = [{ text: 'treated', tone: 'pilot' as const, values: paths.treated }];
  const all = paths.control === null ? names : [...names, { text: 'never treated', tone: 'muted' as const, values: paths.control }];
  const { panel, labels, heading, bottom } = framedPanel(
    paths.times,
    all.map((line) => ({ ...line, tone: line.tone })),
    'magnitude',
    { ...place, title: 'Mean outcome', name: place.unit },
  );
  const boxes = columnBoxes(
    paths.times.map((_, i) => panel.x(i)),
    panel.box.y0,
    panel.box.y1,
  );
  return {
    drawing: {
      panel,
      treated: panel.line(paths.treated),
      control: paths.control === null ? '' : panel.line(paths.control),
      start: start > 0 && start < paths.times.length ? panel.x(start - 0.5) : null,
    },
    texts: [...heading, ...labels],
    bottom,
    marks: paths.times.map((time, i): ChartMark => ({
      id: `p${i}`,
      label: formatDate(time),
      values: [
        { text: `treated ${format(paths.treated[i] ?? Number.NaN)}`, tone: 'pilot' },
        { text: paths.control === null ? '' : `never treated ${format(paths.control[i] ?? Number.NaN)}`, tone: 'muted' },
      ],
      box: { ...boxes[i]!, height: Math.max(boxes[i]!.height, type.line) },
      guide: 'line',
    })),
  };
}

type GroupSeries = {
  readonly times: readonly string[];
  readonly groups: readonly { readonly group: string; readonly values: TimeValues }[];
};

/** Group-time effects as one series per group over all times, with gaps where a group has no effect. */
export function groupSeries({ groups }: EventStudyPicture): GroupSeries {
  const times = [...new Set(groups.map(({ time }) => time))].sort(inTime);
  const names = [...new Set(groups.map(({ group }) => group))].sort(inTime);
  const at = new Map(groups.map((row) => [`${row.group}\u0000${row.time}`, row.estimate]));
  return { times, groups: names.map((group) => ({ group, values: times.map((time) => at.get(`${group}\u0000${time}`) ?? null) })) };
}

function groupPanel(picture: EventStudyPicture, { times, groups }: GroupSeries, place: Place) {
  const lines = groups.map(({ group, values }) => ({ text: `from ${formatDate(group, 'day')}`, tone: 'pilot' as const, values }));
  const { panel, labels, heading, bottom } = framedPanel(times, lines, 'difference', {
    ...place,
    title: 'Effect by start of treatment',
    name: `effect, ${place.unit}`,
  });
  const boxes = columnBoxes(
    times.map((_, i) => panel.x(i)),
    panel.box.y0,
    panel.box.y1,
  );
  const readAt = (time: string) => {
    const found = picture.groups.filter((row) => row.time === time);
    const read = found.slice(0, mostRead).map((row) => ({
      text: `from ${formatDate(row.group, 'day')} ${formatInterval({ estimate: row.estimate, lower: row.ci_lower, upper: row.ci_upper }, place.format)}`,
      tone: 'pilot' as const,
    }));
    return found.length > mostRead ? [...read, { text: `and ${found.length - mostRead} more in the table` }] : read;
  };
  return {
    drawing: { panel, lines: groups.map(({ group, values }) => ({ group, path: panel.line(values) })) },
    texts: [...heading, ...labels],
    bottom,
    marks: times.map((time, i): ChartMark => ({
      id: `g${i}`,
      label: formatDate(time),
      values: readAt(time),
      box: boxes[i]!,
      guide: 'line',
    })),
  };
}

type Line = { readonly text: string; readonly tone: 'pilot' | 'muted'; readonly values: TimeValues };

function framedPanel(
  times: readonly string[],
  lines: readonly Line[],
  kind: 'magnitude' | 'difference',
  { x, width, top, type, title, name, format }: Place & { readonly title: string; readonly name: string },
) {
  const size = type.small;
  const narrow = width < 380;
  const room = narrow ? 0 : Math.max(...lines.map(({ text }) => textWidth(text, size, 600))) + 12;
  const y0 = top + type.line * 2 + 12;
  const y1 = y0 + 150;
  const panel = fitLeft(
    { times, values: lines.map(({ values }) => values), box: { x0: x + 10, x1: x + width - room - 20, y0, y1 }, size, format, kind },
    (label) => textWidth(label, size),
  );
  const last = (values: TimeValues) => mean(values.filter((value) => value !== null && Number.isFinite(value)).slice(-3) as number[]) ?? 0;
  return {
    panel,
    bottom: y1 + size * 2.4 + 14,
    heading: [
      { text: title, x, y: top + type.line - 3, size: type.text, weight: 600 },
      { text: axisName(name, { fromZero: panel.fromZero, room: width, size }), x, y: top + type.line * 2 - 3, size, tone: 'muted' },
    ] satisfies PlacedText[],
    labels: narrow
      ? []
      : endLabels(
          labelled(lines).map(({ text, tone, values }) => ({ text, tone, at: panel.y(last(values)) })),
          { x: panel.box.x1 + 8, room, size, range: [y0, y1] },
        ),
  };
}

// Where there are more lines than room for names, the first, the middle and the last are named.
function labelled(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= mostNamed) return lines;
  return [lines[0]!, lines[Math.floor((lines.length - 1) / 2)]!, lines.at(-1)!];
}

function inTime(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
