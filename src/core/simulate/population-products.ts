import { normalQuantile } from '../numeric/normal.ts';
import { namedStream } from '../random/stream.ts';
import { randomOrder } from '../random/variates.ts';
import { priceRange } from './catalog.ts';
import type { Catalog, PilotName } from './pilot.ts';
import type { QualityCell } from './treatment-plan.ts';

/** Powers of 1/x for x^5 = x + 1: steps that spread points evenly over the four dimensions of a product (Roberts 2018). */
const LATTICE = [0.8566748838545029, 0.733891856627126, 0.6287067210378087, 0.5385972572236101] as const;
const LARGEST_BELOW_ONE = 0.9999999998835847;
const MIDDLE = 5.820766091346741e-11;

/** Points in random order, `LATTICE.length` coordinates each, and which point each one is. */
type Lattice = { readonly points: Float64Array; readonly dealt: Int32Array };

export function shiftedLattice(name: PilotName, count: number): Lattice {
  const stream = namedStream({ ...name, purpose: 'lattice' });
  const shift = LATTICE.map(() => stream.uniform());
  const points = new Float64Array(count * LATTICE.length);
  const dealt = new Int32Array(count);
  randomOrder(stream, count).forEach((place, k) => {
    dealt[place] = k;
    LATTICE.forEach((step, d) => {
      const x = shift[d]! + k * step;
      // Folded, so that both ends of a coordinate meet: the sum over the points is then as good as for a periodic function.
      points[place * LATTICE.length + d] = Math.min(LARGEST_BELOW_ONE, 1 - Math.abs(2 * (x - Math.floor(x)) - 1));
    });
  });
  return { points, dealt };
}

export type PopulationProducts = {
  /** Without texts: only what assignment may look at. */
  readonly catalog: Catalog;
  readonly after: Float64Array;
  /** Standard normal, as is the logarithm of the demand level. */
  readonly level: Float64Array;
  readonly appeal: Float64Array;
};

export function drawProducts(
  { points, dealt }: Lattice,
  first: number,
  size: number,
  categories: readonly string[],
  cellOf: (u: number) => QualityCell,
): PopulationProducts {
  const ranges = categories.map(priceRange);
  const category = new Uint8Array(size);
  const [price, quality, after, level, appeal] = [0, 1, 2, 3, 4].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < size; i += 1) {
    const at = (first + i) * LATTICE.length;
    const cell = cellOf(points[at]!);
    category[i] = dealt[first + i]! % categories.length;
    const [lowest, highest] = ranges[category[i]!]!;
    price[i] = Math.round(100 * (lowest + (highest - lowest) * points[at + 1]!)) / 100;
    quality[i] = cell.before / 1000;
    after[i] = cell.after / 1000;
    level[i] = normalQuantile(points[at + 2]! + MIDDLE);
    appeal[i] = normalQuantile(points[at + 3]! + MIDDLE);
  }
  const none = new Uint8Array(size);
  const texts = { titleLength: none, descriptionLength: none, featureCount: none, hasBrand: none };
  return {
    catalog: { nProducts: size, category, categories, price, quality, ...texts, unit: new Uint16Array(size), unitNames: [] },
    after,
    level,
    appeal,
  };
}

/** The cell at each point of [0, 1), by its cumulative probability. */
export function cellPicker(cells: readonly QualityCell[]): (u: number) => QualityCell {
  const upTo = new Float64Array(cells.length);
  let sum = 0;
  cells.forEach(({ probability }, k) => (upTo[k] = sum += probability));
  return (u) => {
    let [low, high] = [0, cells.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (u * sum < upTo[middle]!) high = middle;
      else low = middle + 1;
    }
    return cells[low]!;
  };
}
