import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { extent } from 'd3-array';
import type { Format } from './chart-types.ts';
import { formatCompact, formatNumber } from './format.ts';
import { fitText, textWidth } from './text-width.ts';

export type Tick = { readonly at: number; readonly value: number; readonly label: string };
export type Range = readonly [number, number];
export type LinearAxis = { readonly scale: ScaleLinear<number, number>; readonly ticks: readonly Tick[]; readonly domain: Range };

/** A linear scale with as many ticks as have room; never two ticks with the same label. */
export function linearAxis(options: {
  readonly domain: Range;
  readonly range: Range;
  readonly size: number;
  readonly format?: Format | undefined;
  readonly direction?: 'across' | 'up';
  /** Values outside the domain are placed at its edge (the default), or beyond it. */
  readonly clamp?: boolean;
}): LinearAxis {
  const { domain, range, size, format, direction = 'across', clamp = true } = options;
  const scale = scaleLinear().domain(domain).range(range).clamp(clamp);
  const length = Math.abs(range[1] - range[0]);
  const most = Math.max(2, Math.floor(length / (direction === 'up' ? 44 : size * (length < 400 ? 4.3 : 6))));
  for (let count = most; count > 1; count--) {
    const ticks = labelled(scale.ticks(count), scale, format);
    if (direction === 'up' || haveRoom(ticks, size)) return { scale, ticks, domain };
  }
  return { scale, ticks: labelled(scale.ticks(2), scale, format).slice(0, 1), domain };
}

// Beyond these a difference of two numbers is no longer a number, or their ratio is not.
const largest = 1e300;
const smallest = 1e-300;

/** The extent of the finite values with some air around it; never empty, never of width 0. */
export function paddedDomain(
  values: Iterable<number>,
  options: { readonly pad?: number; readonly include?: readonly number[] } = {},
): Range {
  const { pad = 0.04, include = [] } = options;
  const drawable = [...values].filter(Number.isFinite).map((value) => Math.min(Math.max(value, -largest), largest));
  const [low, high] = extent([...drawable, ...include]);
  if (low === undefined || high === undefined) return [0, 1];
  if (high - low < smallest) return Math.abs(low) < smallest ? [-1, 1] : [low - Math.abs(low) / 2, high + Math.abs(low) / 2];
  const air = (high - low) * pad;
  return [include.includes(low) ? low : low - air, include.includes(high) ? high : high + air];
}

/** From zero where that costs little; else the range of the data, which the axis then says. */
export function magnitudeDomain(values: Iterable<number>): { readonly domain: Range; readonly fromZero: boolean } {
  const finite = [...values].filter(Number.isFinite);
  const [low = 0, high = 1] = extent(finite);
  const fromZero = low <= 0 || low < 0.4 * high;
  const domain = paddedDomain(finite, fromZero ? { include: [0] } : { pad: 0.08 });
  return { domain, fromZero };
}

/** What an axis measures and, where it does not start at zero, that it does not. */
export function axisName(
  unit: string,
  { fromZero, room, size }: { readonly fromZero: boolean; readonly room: number; readonly size: number },
): string {
  if (fromZero) return fitText(unit, room, size);
  const whole = `${unit} (the axis does not start at zero)`;
  return textWidth(whole, size) <= room ? whole : `${fitText(unit, room - textWidth(' (not from zero)', size), size)} (not from zero)`;
}

function labelled(values: readonly number[], scale: ScaleLinear<number, number>, format: Format | undefined): Tick[] {
  const place = (print: Format) => values.map((value) => ({ at: scale(value), value, label: print(value) }));
  const asked = format && withoutIdleZeros(place(format));
  return asked && new Set(asked.map((tick) => tick.label)).size === asked.length ? asked : place(stepFormat(values));
}

// '20.0' and '40.0' say no more than '20' and '40'.
function withoutIdleZeros(ticks: readonly Tick[]): Tick[] {
  const idle = /0(\D*)$/;
  let labels = ticks.map((tick) => tick.label);
  while (labels.some((label) => label.includes('.')) && labels.every((label) => !label.includes('.') || idle.test(label))) {
    labels = labels.map((label) => (label.includes('.') ? label.replace(idle, '$1').replace(/\.(?=\D*$)/, '') : label));
  }
  return ticks.map((tick, i) => ({ ...tick, label: labels[i]! }));
}

function stepFormat(values: readonly number[]): Format {
  const step = values.length > 1 ? Math.abs(values[1]! - values[0]!) : Math.abs(values[0] ?? 1);
  if (step >= 1000 && values.some((value) => Math.abs(value) >= 10_000)) return formatCompact;
  const exponent = step > 0 ? Number(step.toExponential(0).split('e')[1]) : 0;
  const decimals = Math.max(0, -exponent);
  return (value) => formatNumber(value, decimals);
}

function haveRoom(ticks: readonly Tick[], size: number): boolean {
  return ticks.every((tick, i) => {
    const next = ticks[i + 1];
    return (
      next === undefined || Math.abs(next.at - tick.at) >= (textWidth(tick.label, size) + textWidth(next.label, size)) / 2 + size * 0.7
    );
  });
}
