const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const letterCodes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
const NONE = 255;
const sixBits = new Uint8Array(128).fill(NONE);
letterCodes.forEach((code, bits) => (sixBits[code] = bits));
const PAD = 61;
const BYTES = 8;
/** Engines bound the number of arguments of one call. */
const CHUNK = 8192;

/** Base64 (RFC 4648, padded) of the doubles' bytes, least significant first: every bit of every value; all NaN are written alike. */
export function doublesToBase64(values: Float64Array): string {
  const bytes = new Uint8Array(BYTES * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    if (Number.isNaN(value)) view.setUint32(BYTES * i + 4, 0x7ff80000, true);
    else view.setFloat64(BYTES * i, value, true);
  }
  const codes = encode(bytes);
  const parts: string[] = [];
  // Spreading a typed array would go through its iterator, some ten times slower.
  const text = (chunk: ArrayLike<number>) => String.fromCharCode.apply(null, chunk as number[]);
  for (let from = 0; from < codes.length; from += CHUNK) parts.push(text(codes.subarray(from, from + CHUNK)));
  return parts.join('');
}

/** What `doublesToBase64` wrote; null where the text is not base64 of whole doubles. */
export function doublesFromBase64(text: string): Float64Array | null {
  const bytes = decode(text);
  if (bytes === null || bytes.length % BYTES !== 0) return null;
  const view = new DataView(bytes.buffer);
  const values = new Float64Array(bytes.length / BYTES);
  for (let i = 0; i < values.length; i += 1) values[i] = view.getFloat64(BYTES * i, true);
  return values;
}

function encode(bytes: Uint8Array): Uint8Array {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    codes[at] = letterCodes[three >> 18]!;
    codes[at + 1] = letterCodes[(three >> 12) & 63]!;
    codes[at + 2] = letterCodes[(three >> 6) & 63]!;
    codes[at + 3] = letterCodes[three & 63]!;
  }
  return codes.fill(PAD, codes.length - ((3 - (bytes.length % 3)) % 3));
}

function decode(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const end = text.length - padding;
  for (let i = 0, at = 0; i < text.length; i += 4, at += 3) {
    let three = 0;
    for (let j = i; j < i + 4; j += 1) {
      const bits = j < end ? (sixBits[text.charCodeAt(j)] ?? NONE) : 0;
      if (bits === NONE) return null;
      three = (three << 6) | bits;
    }
    // Beyond the end a typed array takes nothing.
    bytes[at] = three >> 16;
    bytes[at + 1] = three >> 8;
    bytes[at + 2] = three;
  }
  return bytes;
}
