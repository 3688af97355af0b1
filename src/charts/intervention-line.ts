import type { TypeScale } from './chart-layout.ts';
import type { PlacedText } from './chart-types.ts';
import { formatDate } from './format.ts';
import { textWidth } from './text-width.ts';
import type { TimePanel } from './time-panel.ts';

export function interventionLine(
  picture: { readonly times: readonly string[]; readonly intervention_index: number },
  panel: TimePanel,
  type: TypeScale,
  more = '',
): { readonly x: number; readonly text: PlacedText } | null {
  const time = picture.times[picture.intervention_index];
  if (time === undefined) return null;
  const x = panel.x(Math.max(picture.intervention_index - 0.5, 0));
  const start = `intervention, ${formatDate(time, 'day')}`;
  const text = textWidth(start + more, type.small) + 8 < panel.box.x1 - x ? start + more : start;
  const toLeft = x + textWidth(text, type.small) + 8 > panel.box.x1;
  return {
    x,
    text: { text, x: toLeft ? x - 6 : x + 6, y: panel.box.y0 - 6, size: type.small, anchor: toLeft ? 'end' : 'start', tone: 'muted' },
  };
}
