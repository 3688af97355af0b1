export function diamondPath(x: number, y: number, half: number): string {
  return `M${x},${y - half}L${x + half},${y}L${x},${y + half}L${x - half},${y}Z`;
}

/** An arrowhead whose tip is at (x, y), to the right (1) or to the left (-1). */
export function arrowPath(x: number, y: number, direction: 1 | -1): string {
  return `M${x},${y}L${x - 8 * direction},${y - 5}L${x - 8 * direction},${y + 5}Z`;
}
