import type { PerState } from '../core/contracts/shared-types.ts';
import type { Range } from './axis-geometry.ts';

/** What can be dragged: one end, the median between the ends, all three together, or the confidence. */
export type IntervalPart = 'worst' | 'med' | 'best' | 'whole' | 'confidence';

/** What has a handle of its own. */
export type HandlePart = Exclude<IntervalPart, 'whole'>;

export type IntervalValues = { readonly raw: PerState<number>; readonly confidence: number };

/** New values of some of the numbers. */
export type IntervalPatch = {
  readonly R_best?: number;
  readonly R_med?: number;
  readonly R_worst?: number;
  readonly confidence?: number;
};

/** A round number, kept as `mantissa` times a power of ten, so that its multiples are the decimals a person would write. */
export type Step = { readonly mantissa: 1 | 2 | 5; readonly exponent: number };

export type DragRoom = { readonly domain: Range; readonly step: Step; readonly fine: boolean };

const confidenceStep: Step = { mantissa: 1, exponent: -2 };

/** The round number nearest to a two-hundredth of the domain. */
export function niceStep([low, high]: Range): Step {
  const target = (high - low) / 200;
  const exponent = Number(target.toExponential(0).split('e')[1]);
  const lead = target / Number(`1e${exponent}`);
  if (lead >= 7.5) return { mantissa: 1, exponent: exponent + 1 };
  return { mantissa: lead < 1.5 ? 1 : lead < 3.5 ? 2 : 5, exponent };
}

export function multiple({ mantissa, exponent }: Step, times: number): number {
  return times === 0 ? 0 : Number(`${times * mantissa}e${exponent}`);
}

/** The values after a part was moved by this much of what it measures; worst <= median <= best holds if it held before. */
export function dragged(start: IntervalValues, part: IntervalPart, by: number, room: DragRoom): IntervalValues {
  if (part === 'whole') return shifted(start, by, room);
  const [low, high] = limitsOf(start, part, room.domain);
  return withPart(start, part, inside(snap(valueOf(start, part) + by, stepOf(part, room)), low, high));
}

/** Where a key leads a handle; null for keys that mean nothing to it. */
export function keyed(start: IntervalValues, part: HandlePart, key: string, room: DragRoom): IntervalValues | null {
  const [low, high] = limitsOf(start, part, room.domain);
  const step = stepOf(part, room);
  const to = (value: number) => withPart(start, part, inside(value, low, high));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return to(neighbour(valueOf(start, part), step, 1));
    case 'ArrowLeft':
    case 'ArrowDown':
      return to(neighbour(valueOf(start, part), step, -1));
    case 'PageUp':
      return to(neighbour(valueOf(start, part), step, 10));
    case 'PageDown':
      return to(neighbour(valueOf(start, part), step, -10));
    case 'Home':
      return to(low);
    case 'End':
      return to(high);
    default:
      return null;
  }
}

/** Between which values a part can be set while the others stay. */
export function limitsOf({ raw }: IntervalValues, part: HandlePart, [low, high]: Range): Range {
  switch (part) {
    case 'worst':
      return [Math.min(low, raw.med), raw.med];
    case 'med':
      return [Math.min(raw.worst, raw.best), Math.max(raw.worst, raw.best)];
    case 'best':
      return [raw.med, Math.max(high, raw.med)];
    case 'confidence':
      return [0, 1];
  }
}

export function valueOf(values: IntervalValues, part: HandlePart): number {
  return part === 'confidence' ? values.confidence : values.raw[part];
}

export function withPart(values: IntervalValues, part: HandlePart, value: number): IntervalValues {
  return part === 'confidence' ? { ...values, confidence: value } : { ...values, raw: { ...values.raw, [part]: value } };
}

/** What a part sets, whether or not it is what it was. */
export function patchOf(part: IntervalPart, { raw, confidence }: IntervalValues): IntervalPatch {
  switch (part) {
    case 'worst':
      return { R_worst: raw.worst };
    case 'med':
      return { R_med: raw.med };
    case 'best':
      return { R_best: raw.best };
    case 'whole':
      return { R_best: raw.best, R_med: raw.med, R_worst: raw.worst };
    case 'confidence':
      return { confidence };
  }
}

export function sameValues(a: IntervalValues, b: IntervalValues): boolean {
  return a.raw.best === b.raw.best && a.raw.med === b.raw.med && a.raw.worst === b.raw.worst && a.confidence === b.confidence;
}

function stepOf(part: IntervalPart, { step, fine }: DragRoom): Step {
  const { mantissa, exponent } = part === 'confidence' ? confidenceStep : step;
  return { mantissa, exponent: fine ? exponent - 1 : exponent };
}

function snap(value: number, step: Step): number {
  return multiple(step, Math.round(value / multiple(step, 1)));
}

// A value between two multiples goes to the next one first.
function neighbour(value: number, step: Step, steps: number): number {
  const times = value / multiple(step, 1);
  const nearest = Math.round(times);
  if (Math.abs(times - nearest) < 1e-6) return multiple(step, nearest + steps);
  return multiple(step, steps > 0 ? Math.floor(times) + steps : Math.ceil(times) + steps);
}

// All three by the same amount, which is itself a multiple of the step, and no further than the domain goes.
function shifted({ raw, confidence }: IntervalValues, by: number, room: DragRoom): IntervalValues {
  const step = stepOf('whole', room);
  const unit = multiple(step, 1);
  const [low, high] = room.domain;
  const back = Math.ceil(Math.min(0, low - raw.worst) / unit - 1e-6);
  const on = Math.floor(Math.max(0, high - raw.best) / unit + 1e-6);
  const amount = multiple(step, inside(Math.round(by / unit), back, on));
  const move = (value: number) => (amount === 0 ? value : withoutNoise(value + amount));
  return { raw: { best: move(raw.best), med: move(raw.med), worst: move(raw.worst) }, confidence };
}

// 9.1 + 0.1 is 9.2, not 9.199999999999999.
function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}

function inside(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
