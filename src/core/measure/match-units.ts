import { neighbourSearch, type PointSet } from './neighbour-search.ts';

/** Units that share their matches (they stand at the same point), and those matches. */
export type MatchedSet = { readonly focal: Int32Array; readonly partners: Int32Array };

export type Matching = {
  readonly sets: readonly MatchedSet[];
  /** Focal units for which there is no match. */
  readonly unmatched: Int32Array;
};

/** Both units of a pair must differ by at most `widths[k]` in `columns[k]`, for every k. */
export type Caliper = { readonly columns: readonly Float64Array[]; readonly widths: readonly number[] };

export type MatchRequest = {
  readonly points: PointSet;
  /** Units to find matches for, and units to find them among. */
  readonly focal: Int32Array;
  readonly donors: Int32Array;
  readonly ratio: number;
  readonly caliper: Caliper | null;
};

/**
 * The `ratio` nearest donors of every focal unit, and all donors as near as the last of them (squared distances within
 * `tieTolerance` count as equal). Fewer where the caliper admits fewer.
 */
export function matchWithReplacement(request: MatchRequest, tieTolerance: number): Matching {
  const search = neighbourSearch(request.points, request.donors);
  const sets: MatchedSet[] = [];
  const unmatched: number[] = [];
  for (const focal of unitsByPoint(request.points, request.focal)) {
    const query = focal[0] ?? 0;
    const partners = search.nearest(query, request.ratio, tieTolerance, admits(request.caliper, query));
    if (partners.length === 0) unmatched.push(...focal);
    else sets.push({ focal: Int32Array.from(focal), partners: Int32Array.from(partners, ({ point }) => point).sort() });
  }
  return { sets, unmatched: Int32Array.from(unmatched).sort() };
}

/**
 * Each donor at most once. Greedy, closest pair first: of all free pairs the nearest is joined, and so on; every focal unit
 * gets its first match before any gets a second. Equal distances go by row.
 */
export function matchWithoutReplacement(request: MatchRequest): Matching {
  const search = neighbourSearch(request.points, request.donors);
  const partners = new Map<number, number[]>();
  for (let round = 0; round < request.ratio; round += 1) joinClosestFirst(request, search, partners);
  const matched = Array.from(request.focal).filter((unit) => partners.has(unit));
  return {
    sets: matched.map((unit) => ({ focal: Int32Array.of(unit), partners: Int32Array.from(partners.get(unit) ?? []).sort() })),
    unmatched: request.focal.filter((unit) => !partners.has(unit)),
  };
}

type Offer = { readonly focal: number; readonly donor: number; readonly distance: number };

function joinClosestFirst(request: MatchRequest, search: ReturnType<typeof neighbourSearch>, partners: Map<number, number[]>): void {
  const taken = new Set<number>();
  const offers: Offer[] = [];
  const offer = (focal: number) => {
    const best = search.nearest(focal, 1, null, admits(request.caliper, focal))[0];
    if (best !== undefined) pushOffer(offers, { focal, donor: best.point, distance: best.distance });
  };
  request.focal.forEach(offer);
  for (let best = popOffer(offers); best !== null; best = popOffer(offers)) {
    if (taken.has(best.donor)) {
      offer(best.focal);
      continue;
    }
    taken.add(best.donor);
    search.remove(best.donor);
    partners.set(best.focal, [...(partners.get(best.focal) ?? []), best.donor]);
  }
}

function admits(caliper: Caliper | null, query: number): (member: number) => boolean {
  if (caliper === null) return () => true;
  return (member) =>
    caliper.columns.every((column, k) => Math.abs((column[query] ?? 0) - (column[member] ?? 0)) <= (caliper.widths[k] ?? 0));
}

/** Groups of units with equal coordinates, in order of first appearance. */
function unitsByPoint(points: PointSet, units: Int32Array): number[][] {
  const groups = new Map<string, number[]>();
  for (const unit of units) {
    const place = points.coordinates.subarray(unit * points.dimension, (unit + 1) * points.dimension).join();
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [unit]);
    else group.push(unit);
  }
  return [...groups.values()];
}

/** A binary heap; the smallest distance comes out first, equal ones by focal row, then donor row. */
function pushOffer(heap: Offer[], offer: Offer): void {
  heap.push(offer);
  for (let i = heap.length - 1; i > 0;) {
    const up = (i - 1) >> 1;
    if (!precedes(heap, i, up)) return;
    swap(heap, i, up);
    i = up;
  }
}

function popOffer(heap: Offer[]): Offer | null {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top ?? null;
  heap[0] = last;
  for (let i = 0; ;) {
    let least = i;
    for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && precedes(heap, child, least)) least = child;
    if (least === i) return top;
    swap(heap, i, least);
    i = least;
  }
}

function precedes(heap: readonly Offer[], i: number, j: number): boolean {
  const a = heap[i];
  const b = heap[j];
  if (a === undefined || b === undefined) return false;
  return a.distance !== b.distance ? a.distance < b.distance : a.focal !== b.focal ? a.focal < b.focal : a.donor < b.donor;
}

function swap(heap: Offer[], i: number, j: number): void {
  const a = heap[i];
  const b = heap[j];
  if (a === undefined || b === undefined) return;
  heap[i] = b;
  heap[j] = a;
}
