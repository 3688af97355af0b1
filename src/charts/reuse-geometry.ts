import type { Range } from './axis-geometry.ts';
import type { TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, PlacedText } from './chart-types.ts';
import { formatCount } from './format.ts';

export type ReuseBin = { readonly times: number; readonly controls: number };

/** How many matched controls were used once, twice and so on. */
export type ReuseGeometry = {
  readonly title: PlacedText;
  readonly name: PlacedText;
  readonly bars: readonly { readonly box: Box; readonly label: PlacedText; readonly count: PlacedText }[];
  readonly base: { readonly x0: number; readonly x1: number; readonly y: number };
};

export function reuseGeometry(bins: readonly ReuseBin[], box: Box, type: TypeScale): ReuseGeometry {
  const base = box.y + box.height - type.small * 2.4 - 14;
  const topOfBars = box.y + type.line * 2 + 8;
  const most = Math.max(...bins.map((bin) => bin.controls));
  const step = box.width / bins.length;
  const everyLabel = Math.ceil(26 / step);
  const scaleY: Range = [base, topOfBars];
  const bars = bins.map(({ times, controls }, i) => {
    const height = (controls / most) * (scaleY[0] - scaleY[1]);
    const centre = box.x + (i + 0.5) * step;
    const thick = Math.min(step * 0.8, 40);
    return {
      box: { x: centre - thick / 2, y: base - height, width: thick, height },
      label: {
        text: i % everyLabel === 0 ? `${times}\u00d7` : '',
        x: centre,
        y: base + type.small + 4,
        size: type.small,
        anchor: 'middle',
        tone: 'muted',
      } as const,
      count: {
        text: controls > 0 && step > 20 ? formatCount(controls) : '',
        x: centre,
        y: base - height - 4,
        size: type.small,
        anchor: 'middle',
        tone: 'ink',
      } as const,
    };
  });
  return {
    title: { text: 'How often is each control used?', x: box.x, y: box.y + type.line, size: type.text, weight: 600 },
    name: { text: 'controls, by number of times used', x: box.x, y: base + type.small * 2.4 + 6, size: type.small, tone: 'muted' },
    bars,
    base: { x0: box.x, x1: box.x + box.width, y: base },
  };
}

export function reuseBins(reuse: readonly number[]): { readonly times: number; readonly controls: number }[] {
  const counts = new Map<number, number>();
  for (const times of reuse) if (times >= 1) counts.set(times, (counts.get(times) ?? 0) + 1);
  const most = Math.max(0, ...counts.keys());
  return Array.from({ length: most }, (_, i) => ({ times: i + 1, controls: counts.get(i + 1) ?? 0 }));
}

export function reuseMark({ times, controls }: ReuseBin, bar: Box, area: Box): ChartMark {
  return {
    id: `reuse-${times}`,
    label: `used ${formatCount(times)}\u00d7`,
    values: [{ text: `${formatCount(controls)} controls`, tone: 'pilot' }],
    box: { x: bar.x - 2, y: area.y + 24, width: bar.width + 4, height: area.height - 40 },
    guide: 'box',
  };
}
