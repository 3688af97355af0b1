import type { Box, PlacedText, Tone } from './chart-types.ts';
import type { TypeScale } from './chart-layout.ts';
import type { Cell, RowInput } from './row-input.ts';
import { fitText, textWidth, wrapText } from './text-width.ts';

type Line = { readonly text: string; readonly size: number; readonly weight: 400 | 600; readonly tone: Tone; readonly struck?: boolean };

export function labelLines(input: RowInput, room: number, type: TypeScale, detailRoom = room): Line[] {
  const tone: Tone = input.muted ? 'muted' : 'ink';
  const weight = input.plain ? 400 : 600;
  const size = input.plain ? type.text : type.strong;
  const label: Line = { text: fitText(input.label, room, size, weight), size, weight, tone, struck: input.struck ?? false };
  const detail = input.detail ? wrapText(input.detail, detailRoom, type.small, 2) : [];
  const note = input.note ? wrapText(input.note.text, detailRoom, type.small, 2) : [];
  return [
    label,
    ...detail.map((text): Line => ({ text, size: type.small, weight: 400, tone: 'muted' })),
    ...note.map((text): Line => ({ text, size: type.small, weight: 400, tone: input.note!.tone })),
  ];
}

export function placeLines(lines: readonly Line[], x: number, top: number, type: TypeScale): PlacedText[] {
  return lines.map((line, i) => ({ ...line, x, y: top + (i + 1) * type.line - 4 }));
}

export function labelBox([label]: readonly Line[], x: number, top: number): Box {
  return { x: x - 4, y: top - 4, width: label === undefined ? 0 : textWidth(label.text, label.size, label.weight) + 8, height: 28 };
}

export function placeCells(input: RowInput, rights: readonly number[], centre: number, type: TypeScale): PlacedText[] {
  return (input.columns ?? []).flatMap((cells, column) =>
    cells.map((cell, i): PlacedText => ({
      text: cell.text,
      x: rights[column]!,
      y: centre + (i - (cells.length - 1) / 2) * type.line + type.text * 0.34,
      size: type.text,
      anchor: 'end',
      tone: cell.tone ?? 'ink',
    })),
  );
}

export function columnEdges(
  inputs: readonly RowInput[],
  headers: readonly string[],
  right: number,
  type: TypeScale,
): { left: number; rights: number[] } {
  const count = Math.max(headers.length, ...inputs.map((input) => input.columns?.length ?? 0));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(
      textWidth(headers[column] ?? '', type.small),
      ...inputs.flatMap((input) => (input.columns?.[column] ?? []).map((cell) => textWidth(cell.text, type.text))),
    ),
  );
  const rights = new Array<number>(count);
  let edge = right;
  for (let column = count - 1; column >= 0; column--) {
    rights[column] = edge;
    edge -= widths[column]! + 20;
  }
  return { left: count > 0 ? edge + 20 : right, rights };
}

export function labelWidth(inputs: readonly RowInput[], width: number, most: number, type: TypeScale): number {
  const wanted = inputs.map((input) =>
    Math.max(textWidth(input.label, type.strong, 600), Math.min(textWidth(input.detail ?? '', type.small), width * 0.3)),
  );
  return Math.min(Math.max(64, ...wanted) + 4, most);
}

export function cellWidth(cell: Cell, type: TypeScale): number {
  return textWidth(cell.text, type.small) + (cell.shape ? 15 : 0);
}
