import type { Box } from './chart-types.ts';

/** Strokes from lower left to upper right that fill a box. A path and not a pattern, so that a downloaded picture keeps it. */
export function hatchPath({ x, y, width, height }: Box, gap = 7): string {
  const round = (px: number) => Math.round(px * 10) / 10;
  let path = '';
  // A stroke starts `from` right of the lower left corner; before it where it enters through the left side.
  for (let from = gap - height; from < width; from += gap) {
    const left = Math.max(from, 0);
    const right = Math.min(from + height, width);
    if (right > left)
      path += `M${round(x + left)},${round(y + height - (left - from))}L${round(x + right)},${round(y + height - (right - from))}`;
  }
  return path;
}
