import type { QrCode } from '../interchange/qr-code.ts';
import { qrSvg, quietZone } from '../interchange/qr-picture.ts';
import { saveFile } from './downloads.ts';

/** Pixels along a side of the picture, at least: sharp on paper and on a wall. */
const leastPixels = 1200;

export function saveQrSvg(code: QrCode, name: string): void {
  saveFile(`${name}.svg`, new Blob([qrSvg(code)], { type: 'image/svg+xml' }));
}

/** Whole pixels for every module, so that no edge is blurred. Resolves with whether the browser could draw it. */
export async function saveQrPng(code: QrCode, name: string): Promise<boolean> {
  const side = code.size + 2 * quietZone;
  const scale = Math.ceil(leastPixels / side);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * scale;
  const context = canvas.getContext('2d');
  if (context === null) return false;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  for (const [y, row] of code.dark.entries()) {
    for (const [x, dark] of row.entries()) if (dark) context.fillRect((x + quietZone) * scale, (y + quietZone) * scale, scale, scale);
  }
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (picture === null) return false;
  saveFile(`${name}.png`, picture);
  return true;
}
