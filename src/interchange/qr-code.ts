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

function encoded(text: string, level: CorrectionLevel, minVersion: number, maxVersion: number): QrCode | null {
  try {
    const { version, size, data } = encode(text, { ecc: level, boostEcc: false, minVersion, maxVersion, border: 0 });
    return { version, size, level, dark: data };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
