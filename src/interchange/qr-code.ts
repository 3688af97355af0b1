import { encode } from 'uqr';

/** Levels of error correction by the share of the modules that may be lost: 7, 15, 25 and 30%. */
export type CorrectionLevel = 'L' | 'M' | 'Q' | 'H';
export type QrCode = {
  readonly version: number;
  /** Modules along a side, without the quiet zone. */
  readonly size: number;
  readonly level: CorrectionLevel;
  /** Rows of modules, true for dark. */
  readonly dark: readonly (readonly boolean[])[];
};

/** Light modules around the code, as the standard (ISO/IEC 18004) asks. */
export const quietZone = 4;
/** What version 40, the largest, holds in bytes at the lowest level. */
export const mostQrBytes = 2_953;

/** A text as the smallest QR code, at the highest level of correction that costs no larger one; null where none can hold it. */
export function qrCode(text: string): QrCode | null {
  const smallest = encoded(text, 'L', 1, 40);
  if (smallest === null) return null;
  for (const level of ['H', 'Q', 'M'] as const) {
    const corrected = encoded(text, level, smallest.version, smallest.version);
    if (corrected !== null) return corrected;
  }
  return smallest;
}

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

function encoded(text: string, level: CorrectionLevel, minVersion: number, maxVersion: number): QrCode | null {
  try {
    const { version, size, data } = encode(text, { ecc: level, boostEcc: false, minVersion, maxVersion, border: 0 });
    return { version, size, level, dark: data };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
