/** Points by row; coordinate k of point i at i * dimension + k. Distances are squared Euclidean in these coordinates. */
export type PointSet = { readonly n: number; readonly dimension: number; readonly coordinates: Float64Array };

export type NeighbourSearch = {
  /**
   * The `count` nearest members to point `query` and every further member whose squared distance exceeds the last one's by
   * at most `tieTolerance` (none, where it is null); nearest first, equal distances by point number. `accepts` may refuse
   * members (a caliper).
   */
  readonly nearest: (
    query: number,
    count: number,
    tieTolerance: number | null,
    accepts: (member: number) => boolean,
  ) => readonly Neighbour[];
  /** Takes a member out of all later answers. */
  readonly remove: (member: number) => void;
};

export type Neighbour = { readonly point: number; readonly distance: number };

type Node = {
  readonly from: number;
  readonly to: number;
  readonly left: Node | null;
  readonly right: Node | null;
  readonly low: Float64Array;
  readonly high: Float64Array;
  live: number;
  readonly parent: Node | null;
};

const LEAF_SIZE = 8;

/** Squared distance of two points, summed in the order of the coordinates. */
export function squaredDistance(points: PointSet, a: number, b: number): number {
  let sum = 0;
  for (let k = 0; k < points.dimension; k += 1) {
    const difference = (points.coordinates[a * points.dimension + k] ?? 0) - (points.coordinates[b * points.dimension + k] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/** A k-d tree over some of the points (Bentley 1975; Friedman, Bentley and Finkel 1977), with answers equal to those of a full scan. */
export function neighbourSearch(points: PointSet, members: Int32Array): NeighbourSearch {
  const order = Int32Array.from(members);
  const leafOf = new Map<number, Node>();
  const root = order.length > 0 ? build(points, order, 0, order.length, null, leafOf) : null;
  const removed = new Uint8Array(points.n);

  function nearest(query: number, count: number, tieTolerance: number | null, accepts: (member: number) => boolean): readonly Neighbour[] {
    const found: Neighbour[] = [];
    const slack = tieTolerance ?? 0;
    if (root !== null) visit(root);
    return found;

    function visit(node: Node): void {
      if (node.live === 0 || distanceToBox(points, query, node) > limit()) return;
      if (node.left === null || node.right === null) {
        for (let i = node.from; i < node.to; i += 1) consider(order[i] ?? 0);
        return;
      }
      const leftFirst = distanceToBox(points, query, node.left) <= distanceToBox(points, query, node.right);
      visit(leftFirst ? node.left : node.right);
      visit(leftFirst ? node.right : node.left);
    }

    function consider(point: number): void {
      if (removed[point] === 1) return;
      const distance = squaredDistance(points, query, point);
      if (distance > limit() || !accepts(point)) return;
      let place = found.length;
      while (place > 0 && comesBefore(distance, point, found[place - 1])) place -= 1;
      found.splice(place, 0, { point, distance });
      while (found.length > count && (tieTolerance === null || (found.at(-1)?.distance ?? 0) > limit())) found.pop();
    }

    function limit(): number {
      const last = found[count - 1];
      return last === undefined ? Infinity : last.distance + slack;
    }
  }

  function remove(member: number): void {
    if (removed[member] === 1) return;
    removed[member] = 1;
    for (let node = leafOf.get(member) ?? null; node !== null; node = node.parent) node.live -= 1;
  }

  return { nearest, remove };
}

function comesBefore(distance: number, point: number, other: Neighbour | undefined): boolean {
  return other !== undefined && (distance < other.distance || (distance === other.distance && point < other.point));
}

function build(points: PointSet, order: Int32Array, from: number, to: number, parent: Node | null, leafOf: Map<number, Node>): Node {
  const { low, high, widest } = bounds(points, order, from, to);
  const isLeaf = to - from <= LEAF_SIZE || (high[widest] ?? 0) === (low[widest] ?? 0);
  const node = { from, to, low, high, live: to - from, parent, left: null as Node | null, right: null as Node | null };
  if (isLeaf) {
    for (let i = from; i < to; i += 1) leafOf.set(order[i] ?? 0, node);
    return node;
  }
  const coordinate = (point: number) => points.coordinates[point * points.dimension + widest] ?? 0;
  order.subarray(from, to).sort((a, b) => coordinate(a) - coordinate(b) || a - b);
  const middle = (from + to) >> 1;
  node.left = build(points, order, from, middle, node, leafOf);
  node.right = build(points, order, middle, to, node, leafOf);
  return node;
}

function bounds(points: PointSet, order: Int32Array, from: number, to: number): { low: Float64Array; high: Float64Array; widest: number } {
  const { dimension, coordinates } = points;
  const low = new Float64Array(dimension).fill(Infinity);
  const high = new Float64Array(dimension).fill(-Infinity);
  let widest = 0;
  for (let k = 0; k < dimension; k += 1) {
    for (let i = from; i < to; i += 1) {
      const value = coordinates[(order[i] ?? 0) * dimension + k] ?? 0;
      low[k] = Math.min(low[k] ?? 0, value);
      high[k] = Math.max(high[k] ?? 0, value);
    }
    if ((high[k] ?? 0) - (low[k] ?? 0) > (high[widest] ?? 0) - (low[widest] ?? 0)) widest = k;
  }
  return { low, high, widest };
}

/** A lower bound for the squared distance to any point in the box, rounded as `squaredDistance` rounds. */
function distanceToBox(points: PointSet, query: number, node: Node): number {
  let sum = 0;
  for (let k = 0; k < points.dimension; k += 1) {
    const value = points.coordinates[query * points.dimension + k] ?? 0;
    const difference = Math.max((node.low[k] ?? 0) - value, value - (node.high[k] ?? 0), 0);
    sum += difference * difference;
  }
  return sum;
}
