import type { QrCode } from './qr-code.ts';

/** Light modules around the code, as the standard (ISO/IEC 18004) asks. */
export const quietZone = 4;

/** The dark modules as one path, in a box with the quiet zone around it. */
export function qrPath({ dark }: QrCode): string {
  const runs: string[] = [];
  for (const [y, row] of dark.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x++;
      runs.push(`M${start + quietZone} ${y + quietZone}h${x - start + 1}v1h${start - x - 1}z`);
    }
  }
  return runs.join('');
}

/** The code as a picture of its own, dark on white. */
export function qrSvg(code: QrCode): string {
  const side = code.size + 2 * quietZone;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${qrPath(code)}" fill="#000"/></svg>\n`
  );
}
