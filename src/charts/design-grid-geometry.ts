import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, ChartTable, PlacedText } from './chart-types.ts';
import type { GridPicture, GridPictureCell } from './design-grid-data.ts';
import { flow } from './flow.ts';
import { hatchPath } from './hatch.ts';
import { fitText, textWidth, wrapText } from './text-width.ts';

export type PlacedGridCell = {
  readonly id: string;
  readonly cell: GridPictureCell;
  readonly box: Box;
  /** Triangles that point to the side on which it is off: one, or two where it is far. */
  readonly arrows: string;
  readonly hatch: string;
  /** A corner that is folded where some replications have no answer. */
  readonly corner: string;
};

export type DesignGridGeometry = {
  readonly type: TypeScale;
  readonly cells: readonly PlacedGridCell[];
  readonly texts: readonly PlacedText[];
  readonly samples: readonly PlacedGridCell[];
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

const gap = 2;

/** Methods in rows, designs in numbered columns with their names under them: the figure where there is room for it, and always its mark. */
export function designGridGeometry(picture: GridPicture, { width }: { readonly width: number }): DesignGridGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const count = Math.max(1, picture.designs.length);
  const widest = Math.max(0, ...picture.methods.map(({ label }) => textWidth(label, size)));
  const names = Math.min(widest + 10, width * (breadth === 'narrow' ? 0.3 : 0.24));
  const step = (width - names) / count;
  const line = size + 3;
  const labels = picture.methods.map(({ label }) => wrapText(label, names - 8, size, 2));
  const rowHeight = Math.max(line * 2 + 4, 36);
  const top = line + 8;
  const boxAt = (row: number, column: number): Box => ({
    x: names + column * step,
    y: top + row * rowHeight,
    width: step - gap,
    height: rowHeight - gap,
  });
  const cells = picture.methods.flatMap(({ id, cells: row }, r) =>
    row.map((cell, c) => placeCell(`${id} ${picture.designs[c]!.id}`, cell, boxAt(r, c))),
  );
  const bottom = top + picture.methods.length * rowHeight + 10;
  const key = keyOf(picture, { y: bottom, width, size, line });
  const legend = legendOf(picture, { y: bottom + key.height + 8, width, size });
  return {
    type,
    cells,
    samples: legend.samples,
    texts: [
      ...picture.designs.map((_, c): PlacedText => ({
        text: String(c + 1),
        x: boxAt(0, c).x + (step - gap) / 2,
        y: top - 7,
        size,
        anchor: 'middle',
        tone: 'muted',
        weight: 600,
      })),
      ...labels.flatMap((lines, r) => nameTexts(lines, top + r * rowHeight + (rowHeight - gap) / 2, size, line)),
      ...cells.flatMap((placed) => figureText(placed, size)),
      ...key.texts,
      ...legend.texts,
    ],
    height: bottom + key.height + 8 + legend.height + 4,
    marks: picture.methods.flatMap(({ label, cells: row }, r) =>
      row.map(({ words }, c) => ({
        id: `${r} ${c}`,
        label: `${label}, ${picture.designs[c]!.label}`,
        values: words.map((text) => ({ text })),
        box: boxAt(r, c),
        guide: 'box' as const,
      })),
    ),
  };
}

export function designGridTable({ designs, methods }: GridPicture): ChartTable {
  return {
    columns: [{ label: 'design' }, { label: 'method' }, { label: 'figure', numeric: true }, { label: 'reading' }],
    rows: methods.flatMap(({ label, cells }) =>
      cells.map((cell, c) => [designs[c]!.label, label, cell.text === '' ? '\u2013' : cell.text, cell.words.join('; ')]),
    ),
  };
}

export function designGridSummary({ measure, promised, designs, methods }: GridPicture): string {
  const all = methods.flatMap(({ cells }) => cells);
  const count = (level: GridPictureCell['level']) => all.filter((cell) => cell.level === level).length;
  const home = methods.flatMap(({ label, cells }) =>
    cells.flatMap((cell, c) =>
      cell.atHome && (cell.level === 'off' || cell.level === 'far')
        ? [`${label} under ${designs[c]!.label.toLowerCase()} (${cell.text})`]
        : [],
    ),
  );
  const judged =
    promised === null
      ? ''
      : ` It should be ${promised}: ${count('good')} cells are so as far as can be told, ${count('off')} are off, ${count('far')} far off.`;
  const trouble = home.length === 0 ? '' : ` Off although made for the design: ${home.join('; ')}.`;
  return `${measure} of ${methods.length} methods under ${designs.length} designs.${judged} ${count('none')} have no answer.${trouble}`;
}

function placeCell(id: string, cell: GridPictureCell, box: Box): PlacedGridCell {
  const { x, y, width, height } = box;
  return {
    id,
    cell,
    box,
    arrows: cell.side === null ? '' : arrowsOf(cell, x + width / 2, y + height - 9),
    hatch: cell.level === 'none' ? hatchPath({ x: x + 3, y: y + 3, width: Math.max(width - 6, 1), height: height - 6 }, 6) : '',
    corner: cell.partial ? `M${round(x + width - 8)},${round(y)}h8v8Z` : '',
  };
}

function arrowsOf({ side, level }: GridPictureCell, x: number, y: number): string {
  const centres = level === 'far' ? [x - 5, x + 5] : [x];
  const tip = side === 'above' ? -4 : 4;
  return centres.map((at) => `M${round(at)},${round(y + tip)}L${round(at + 4)},${round(y - tip)}H${round(at - 4)}Z`).join('');
}

/** The figure, over its arrows where it has some; left out where it does not fit, then the mark stands alone. */
function figureText({ cell, box }: PlacedGridCell, size: number): PlacedText[] {
  if (cell.text === '' || textWidth(cell.text, size) > box.width - 2) return [];
  const middle = box.y + box.height / 2 + size * 0.34;
  const up = cell.side === null ? 0 : 6;
  return [
    { text: cell.text, x: box.x + box.width / 2, y: middle - up, size, anchor: 'middle', tone: cell.level === 'plain' ? 'muted' : 'ink' },
  ];
}

function nameTexts(lines: readonly string[], centre: number, size: number, line: number): PlacedText[] {
  return lines.map((text, i) => ({ text, x: 0, y: centre + size * 0.34 + (i - (lines.length - 1) / 2) * line, size, tone: 'ink' }));
}

type Room = { readonly y: number; readonly width: number; readonly size: number; readonly line: number };

/** '1 Complete randomisation', one after the other. */
function keyOf({ designs }: GridPicture, { y, width, size, line }: Room): { readonly texts: PlacedText[]; readonly height: number } {
  const entries = designs.map(({ label }, i) => fitText(`${i + 1} ${label}`, width, size));
  const placed = flow(
    entries.map((text) => textWidth(text, size)),
    width,
    { gap: 18, line },
  );
  return {
    texts: entries.map((text, i) => ({ text, x: placed.items[i]!.x, y: y + placed.items[i]!.y + size, size, tone: 'muted' })),
    height: placed.height,
  };
}

const samplesOf: readonly {
  readonly level: GridPictureCell['level'];
  readonly text: string;
  readonly side?: 'above';
  readonly atHome?: true;
  readonly partial?: true;
}[] = [
  { level: 'good', text: 'as it should be, as far as can be told' },
  { level: 'off', side: 'above', text: 'off beyond Monte Carlo error, upwards or downwards' },
  { level: 'far', side: 'above', text: 'far off' },
  { level: 'none', text: 'no answer' },
  { level: 'plain', atHome: true, text: 'made for this design, flaws apart' },
  { level: 'plain', partial: true, text: 'some replications without an answer' },
];

function legendOf({ promised, methods }: GridPicture, { y, width, size }: Omit<Room, 'line'>) {
  const all = methods.flatMap(({ cells }) => cells);
  const wanted = samplesOf.filter(({ level, partial }) =>
    level === 'plain'
      ? partial !== true || all.some((cell) => cell.partial)
      : level === 'none'
        ? all.some((cell) => cell.level === 'none')
        : promised !== null,
  );
  const line = Math.max(size + 9, 24);
  const entries = wanted.map((sample) => ({ sample, text: fitText(sample.text, width - 30, size) }));
  const placed = flow(
    entries.map(({ text }) => 30 + textWidth(text, size)),
    width,
    { gap: 18, line },
  );
  return {
    samples: entries.map(({ sample: { level, side = null, atHome = false, partial = false } }, i) =>
      placeCell(
        `sample ${i}`,
        { text: '', level, side, atHome, partial, words: [] },
        { x: placed.items[i]!.x + 1, y: y + placed.items[i]!.y + 1, width: 24, height: 20 },
      ),
    ),
    texts: entries.map(({ text }, i): PlacedText => ({
      text,
      x: placed.items[i]!.x + 30,
      y: y + placed.items[i]!.y + 11 + size * 0.34,
      size,
      tone: 'muted',
    })),
    height: placed.height,
  };
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
