import type { SyntheticPicture } from '../core/measure/method-picture.ts';
import type { TypeScale } from './chart-layout.ts';
import type { Box, PlacedText } from './chart-types.ts';
import { formatPercent } from './format.ts';
import { fitText, textWidth } from './text-width.ts';

export type DonorBar = {
  readonly unit: string;
  readonly bar: Box;
  /** A mix that reaches outside its donors; such a bar is hollow. */
  readonly negative: boolean;
  readonly texts: readonly PlacedText[];
};

const mostBars = 10;

/** The donors by weight, the smallest together. */
export function donorBars(
  weights: SyntheticPicture['weights'],
  area: { x: number; y: number; width: number },
  type: TypeScale,
): readonly DonorBar[] {
  const ordered = byWeight(weights).filter((donor) => Math.abs(donor.weight) >= 0.0005);
  const shown = ordered.slice(0, ordered.length > mostBars + 1 ? mostBars : mostBars + 1);
  const rest = ordered.slice(shown.length);
  const rows = [
    ...shown,
    ...(rest.length > 0 ? [{ unit: `${rest.length} others`, weight: rest.reduce((sum, donor) => sum + donor.weight, 0) }] : []),
  ];
  const step = type.line + 7;
  const names = Math.min(Math.max(0, ...rows.map((row) => textWidth(row.unit, type.small))), area.width * 0.42) + 8;
  const numbers = textWidth('\u2212100%', type.small) + 8;
  const most = Math.max(...rows.map((row) => Math.abs(row.weight)), 1e-9);
  return rows.map(({ unit, weight }, i) => {
    const y = area.y + type.line + 12 + i * step;
    const baseline = y + type.line * 0.72;
    const length = ((area.width - names - numbers) * Math.abs(weight)) / most;
    return {
      unit,
      negative: weight < 0,
      bar: { x: area.x + names, y: y + 2, width: Math.max(length, 1), height: type.line - 6 },
      texts: [
        { text: fitText(unit, names - 8, type.small), x: area.x, y: baseline, size: type.small },
        {
          text: formatPercent(weight, Math.abs(weight) < 0.0995 ? 1 : 0),
          x: area.x + names + Math.max(length, 1) + 6,
          y: baseline,
          size: type.small,
        },
      ],
    };
  });
}

export function byWeight(weights: SyntheticPicture['weights']): SyntheticPicture['weights'][number][] {
  return [...weights].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
