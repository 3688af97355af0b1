import type { ChartMark } from './chart-types.ts';

/** The mark whose box is at the point, or else the nearest within a finger's breadth; null where there is none. */
export function markAt(marks: readonly ChartMark[], x: number, y: number, reach = 12): number | null {
  let nearest: number | null = null;
  let least = reach;
  marks.forEach(({ box }, i) => {
    const distance = Math.max(box.x - x, x - (box.x + box.width), box.y - y, y - (box.y + box.height), 0);
    if (distance < least || (distance === 0 && nearest === null)) {
      nearest = i;
      least = distance;
    }
  });
  return nearest;
}

/** Where a key leads from a position; undefined for keys that mean nothing here. */
export function step(key: string, position: number | null, count: number): number | null | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return position === null ? 0 : Math.min(position + 1, last);
    case 'ArrowLeft':
    case 'ArrowUp':
      return position === null ? last : Math.max(position - 1, 0);
    case 'PageDown':
      return Math.min((position ?? -1) + 10, last);
    case 'PageUp':
      return Math.max((position ?? count) - 10, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Escape':
      return position === null ? undefined : null;
    default:
      return undefined;
  }
}

/** The same among some of the positions, in order; from between two of them the keys lead to the nearer side. */
export function stepAmong(key: string, position: number | null, stops: readonly number[]): number | null | undefined {
  if (position === null) {
    const first = step(key, null, stops.length);
    return typeof first === 'number' ? stops[first] : first;
  }
  const after = stops.findIndex((stop) => stop >= position);
  const at = after === -1 ? stops.length : after;
  const isBackwards = key === 'ArrowLeft' || key === 'ArrowUp' || key === 'PageUp';
  const from = stops[at] === position || isBackwards ? at : at - 1;
  const next = step(key, from, stops.length);
  return typeof next === 'number' ? stops[Math.min(next, stops.length - 1)] : next;
}

/** Boxes side by side that share the room between centres, so that every point of the range reads its nearest centre. */
export function columnBoxes(centres: readonly number[], y0: number, y1: number): { x: number; y: number; width: number; height: number }[] {
  return centres.map((centre, i) => {
    const before = centres[i - 1];
    const after = centres[i + 1];
    const half = Math.max(before === undefined ? 0 : (centre - before) / 2, after === undefined ? 0 : (after - centre) / 2, 1);
    const left = before === undefined ? centre - half : (centre + before) / 2;
    const right = after === undefined ? centre + half : (centre + after) / 2;
    return { x: left, y: y0, width: right - left, height: y1 - y0 };
  });
}
