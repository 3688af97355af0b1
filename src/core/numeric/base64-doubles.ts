const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const codes = new Map(Array.from(letters, (letter, code) => [letter.charCodeAt(0), code]));
const BYTES = 8;

/** Base64 (RFC 4648, padded) of the doubles' bytes, least significant first: every bit of every value; all NaN are written alike. */
export function doublesToBase64(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(BYTES * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    if (Number.isNaN(value)) view.setUint32(BYTES * i + 4, 0x7ff80000, true);
    else view.setFloat64(BYTES * i, value, true);
  }
  return encode(bytes);
}

/** What `doublesToBase64` wrote; null where the text is not base64 of whole doubles. */
export function doublesFromBase64(text: string): Float64Array | null {
  const bytes = decode(text);
  if (bytes === null || bytes.length % BYTES !== 0) return null;
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / BYTES }, (_, i) => view.getFloat64(BYTES * i, true));
}

function encode(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const four = letters[three >> 18]! + letters[(three >> 12) & 63]! + letters[(three >> 6) & 63]! + letters[three & 63]!;
    const left = bytes.length - i;
    parts.push(left >= 3 ? four : four.slice(0, left + 1) + '='.repeat(3 - left));
  }
  return parts.join('');
}

function decode(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4, at += 3) {
    let three = 0;
    for (let j = i; j < i + 4; j += 1) {
      const code = j >= text.length - padding ? 0 : codes.get(text.charCodeAt(j));
      if (code === undefined) return null;
      three = three * 64 + code;
    }
    // Beyond the end a typed array takes nothing.
    bytes[at] = three >> 16;
    bytes[at + 1] = three >> 8;
    bytes[at + 2] = three;
  }
  return bytes;
}
