export type Flow = { readonly items: readonly { readonly x: number; readonly y: number }[]; readonly height: number };

/** Items one after the other, on a new line where the room ends. */
export function flow(widths: readonly number[], room: number, { gap, line }: { readonly gap: number; readonly line: number }): Flow {
  let x = 0;
  let y = 0;
  const items = widths.map((width) => {
    if (x > 0 && x + width > room) {
      x = 0;
      y += line;
    }
    const place = { x, y };
    x += width + gap;
    return place;
  });
  return { items, height: items.length === 0 ? 0 : y + line };
}
