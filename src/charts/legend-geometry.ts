import type { PlacedGlyph, PlacedText, Shape, Tone } from './chart-types.ts';
import type { TypeScale } from './chart-layout.ts';
import { flow } from './flow.ts';
import { fitText, textWidth } from './text-width.ts';

export type LegendItem = { readonly shape: Shape; readonly tone: Tone; readonly text: string };
export type LegendGeometry = { readonly texts: readonly PlacedText[]; readonly glyphs: readonly PlacedGlyph[]; readonly height: number };

export function legendGeometry(
  items: readonly LegendItem[],
  { x, y, room, type }: { x: number; y: number; room: number; type: TypeScale },
): LegendGeometry {
  const glyph = 26;
  const line = type.line + 4;
  const labels = items.map((item) => fitText(item.text, room - glyph, type.small));
  const placed = flow(
    labels.map((label) => glyph + textWidth(label, type.small)),
    room,
    { gap: 18, line },
  );
  return {
    texts: labels.map((text, i) => ({
      text,
      x: x + placed.items[i]!.x + glyph,
      y: y + placed.items[i]!.y + line - 6,
      size: type.small,
      tone: items[i]!.tone === 'neutral' ? 'muted' : items[i]!.tone,
    })),
    glyphs: items.map(({ shape, tone }, i) => ({
      shape,
      tone,
      x: x + placed.items[i]!.x + 10,
      y: y + placed.items[i]!.y + line - 6 - type.small * 0.33,
    })),
    height: placed.height,
  };
}
