/** Series of one chart, told apart by the shape of their points and the dashes of their lines. */
export const seriesDashes: readonly (string | undefined)[] = [undefined, '7 4', '2 3', '10 3 2 3', '12 5'];

const shapes: readonly ((x: number, y: number, half: number) => string)[] = [
  (x, y, r) => `M${x - r},${y}A${r},${r} 0 1 0 ${x + r},${y}A${r},${r} 0 1 0 ${x - r},${y}Z`,
  (x, y, r) => `M${x - r},${y - r}H${x + r}V${y + r}H${x - r}Z`,
  (x, y, r) => `M${x},${y - r * 1.2}L${x + r * 1.15},${y + r * 0.85}H${x - r * 1.15}Z`,
  (x, y, r) => `M${x},${y + r * 1.2}L${x + r * 1.15},${y - r * 0.85}H${x - r * 1.15}Z`,
  (x, y, r) =>
    `M${x - r * 0.4},${y - r}h${r * 0.8}v${r * 0.6}h${r * 0.6}v${r * 0.8}h${-r * 0.6}v${r * 0.6}h${-r * 0.8}v${-r * 0.6}h${-r * 0.6}v${-r * 0.8}h${r * 0.6}Z`,
  (x, y, r) =>
    `M${x - r},${y - r}h${r * 0.7}l${r * 0.3},${r * 0.55}l${r * 0.3},${-r * 0.55}h${r * 0.7}l${-r * 0.6},${r}l${r * 0.6},${r}h${-r * 0.7}l${-r * 0.3},${-r * 0.55}l${-r * 0.3},${r * 0.55}h${-r * 0.7}l${r * 0.6},${-r}Z`,
];

/** The point mark of the k-th series: circle, square, triangles, plus, cross. The diamond is the truth's. */
export function seriesShape(k: number, x: number, y: number, half: number): string {
  return shapes[k % shapes.length]!(round(x), round(y), half);
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
