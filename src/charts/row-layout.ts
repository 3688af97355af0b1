import type { Box, PlacedGlyph, PlacedText } from './chart-types.ts';
import { breadthOf, typeScale, type Breadth, type TypeScale } from './chart-layout.ts';
import { flow } from './flow.ts';
import { cellWidth, columnEdges, labelBox, labelLines, labelWidth, placeCells, placeLines } from './row-parts.ts';
import type { RowInput } from './row-input.ts';
import { textWidth } from './text-width.ts';

export type RowOptions = {
  readonly width: number;
  /** Height of the marks of one row. */
  readonly strip: number;
  readonly headers?: readonly string[];
  /** Space between a row and the next. */
  readonly gap?: number;
  /** Inset of the labels, where rows have a band at their left edge. */
  readonly inset?: number;
  /** Most of the width that labels with their inset may take beside a plot. */
  readonly labelShare?: number;
  /** Inset of a stacked plot, where it is less than that of the labels. */
  readonly plotInset?: number;
  /** For something drawn with the label: room under its words, or, where rows are stacked, right of all but its first line. */
  readonly drawn?: { readonly under: number; readonly beside: number };
};

export type PlacedRow = {
  readonly id: string;
  readonly texts: readonly PlacedText[];
  readonly glyphs: readonly PlacedGlyph[];
  /** The whole row. */
  readonly box: Box;
  /** Where the label is, for a control that opens the row. */
  readonly labelBox: Box;
  /** Middle of the strip of marks. */
  readonly centre: number;
  readonly heading: boolean;
};

export type RowLayout = {
  readonly breadth: Breadth;
  readonly type: TypeScale;
  readonly plot: { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number };
  /** Where grid lines run: all the way down, or strip by strip. */
  readonly spans: readonly { readonly y0: number; readonly y1: number }[];
  readonly headers: readonly PlacedText[];
  readonly rows: readonly PlacedRow[];
};

/**
 * Rows with a label, a strip of the plot and columns of numbers. Wide: side by side. Narrow: the label with its numbers
 * above a strip of the full width.
 */
export function rowLayout(inputs: readonly RowInput[], options: RowOptions): RowLayout {
  const breadth = breadthOf(options.width);
  return breadth === 'narrow' ? stackedRows(inputs, options) : sideBySideRows(inputs, options);
}

function sideBySideRows(inputs: readonly RowInput[], options: RowOptions): RowLayout {
  const { width, strip, headers = [], gap = 6, inset = 0, labelShare = 0.34, drawn } = options;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const edge = inset > 0 ? 12 : 0;
  const columns = columnEdges(inputs, headers, width - edge, type);
  const labelRoom = labelWidth(inputs, width, width * labelShare - inset, type);
  const plot = { x0: inset + labelRoom + 20, x1: columns.left - 20 };
  const top = headers.some((header) => header !== '') ? type.line + 8 : 8;
  let y = top;
  const rows = inputs.map((input): PlacedRow => {
    const lines = labelLines(input, labelRoom, type);
    const cellLines = Math.max(0, ...(input.columns ?? []).map((cells) => cells.length));
    const words = lines.length * type.line + (drawn?.under ?? 0);
    const height = Math.max(input.heading ? 0 : strip, words + 10, cellLines * type.line + 10) + (input.heading ? 6 : 0);
    const box = { x: 0, y, width, height };
    const centre = y + height / 2;
    y += height + gap;
    const labelTop = centre - words / 2;
    return {
      id: input.id,
      box,
      centre,
      heading: input.heading ?? false,
      labelBox: labelBox(lines, inset, labelTop),
      texts: [...placeLines(lines, inset, labelTop, type), ...placeCells(input, columns.rights, centre, type)],
      glyphs: [],
    };
  });
  const placedHeaders = headers.map((text, i): PlacedText => ({
    text,
    x: columns.rights[i]!,
    y: type.line - 3,
    size: type.small,
    anchor: 'end',
    tone: 'muted',
  }));
  const y0 = top - 4;
  const y1 = y - gap + 4;
  return { breadth, type, plot: { ...plot, y0, y1 }, spans: [{ y0, y1 }], headers: placedHeaders, rows };
}

function stackedRows(inputs: readonly RowInput[], options: RowOptions): RowLayout {
  const { width, strip, headers = [], gap = 6, inset = 0, plotInset = inset, drawn } = options;
  const type = typeScale('narrow');
  const room = width - inset - (inset > 0 ? 8 : 0);
  const header = headers.filter((text) => text !== '').join(' \u00b7 ');
  let y = header === '' ? 4 : type.line + 8;
  const rows = inputs.map((input): PlacedRow => {
    const cells = (input.columns ?? []).flat().filter((cell) => cell.text !== '');
    const cellRoom = cells.reduce((sum, cell) => sum + cellWidth(cell, type) + 12, 0);
    const beside = cells.length > 0 && textWidth(input.label, type.strong, 600) + cellRoom <= room;
    const lines = labelLines(input, room, type, room - (drawn?.beside ?? 0));
    const labelTop = y + 4;
    const texts = placeLines(lines, inset, labelTop, type);
    const glyphs: PlacedGlyph[] = [];
    let used = lines.length * type.line + 4;
    if (beside) {
      let right = inset + room;
      for (const cell of [...cells].reverse()) {
        texts.push({ text: cell.text, x: right, y: labelTop + type.line - 4, size: type.small, anchor: 'end', tone: cell.tone ?? 'ink' });
        if (cell.shape)
          glyphs.push({
            shape: cell.shape,
            tone: cell.tone ?? 'ink',
            x: right - textWidth(cell.text, type.small) - 9,
            y: labelTop + type.line - 8,
          });
        right -= cellWidth(cell, type) + 12;
      }
    } else if (cells.length > 0) {
      const placed = flow(
        cells.map((cell) => cellWidth(cell, type)),
        room,
        { gap: 12, line: type.line },
      );
      cells.forEach((cell, i) => {
        const { x, y: line } = placed.items[i]!;
        const baseline = labelTop + used - 4 + line + type.line - 4;
        const indent = cell.shape ? 15 : 0;
        texts.push({ text: cell.text, x: inset + x + indent, y: baseline, size: type.small, tone: cell.tone ?? 'ink' });
        if (cell.shape) glyphs.push({ shape: cell.shape, tone: cell.tone ?? 'ink', x: inset + x + 6, y: baseline - 4 });
      });
      used += placed.height;
    }
    const height = used + (input.heading ? 4 : strip);
    const box = { x: 0, y, width, height };
    const centre = y + used + strip / 2;
    y += height + gap;
    return {
      id: input.id,
      box,
      centre,
      heading: input.heading ?? false,
      labelBox: labelBox(lines, inset, labelTop),
      texts,
      glyphs,
    };
  });
  const placedHeader: PlacedText[] =
    header === '' ? [] : [{ text: header, x: inset + room, y: type.line - 3, size: type.small, anchor: 'end', tone: 'muted' }];
  const spans = rows.filter((row) => !row.heading).map(({ centre }) => ({ y0: centre - strip / 2, y1: centre + strip / 2 }));
  return {
    breadth: 'narrow',
    type,
    plot: { x0: plotInset + 8, x1: width - 14, y0: 2, y1: y - gap + 4 },
    spans,
    headers: placedHeader,
    rows,
  };
}
