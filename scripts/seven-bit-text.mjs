// @ts-check
// Bytes as text that any HTML file in UTF-8 may hold between two tags: seven bits to a character of one byte.

/**
 * Characters that HTML, or a program that handles text, may change or end the text at. The seven bits that would be one of them become, with the seven
 * after them, one character of two bytes.
 */
const unsafe = [0, 10, 13, 26, 60, 127];
const firstPair = 0x100;

/** @param {Uint8Array} bytes @returns {string} */
export function toSevenBitText(bytes) {
  const sevens = intoSevens(bytes);
  let text = '';
  for (let i = 0; i < sevens.length; i++) {
    const value = sevens[i] ?? 0;
    const at = unsafe.indexOf(value);
    text += String.fromCharCode(at < 0 ? value : firstPair + at * 128 + (sevens[++i] ?? 0));
  }
  return text;
}

/**
 * The way back, to so many bytes: the text may hold a few bits more. It is also written into the one-file page, so it rests on nothing outside itself.
 * @param {string} text
 * @param {number} length
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromSevenBitText(text, length) {
  const unsafe = [0, 10, 13, 26, 60, 127];
  const bytes = new Uint8Array(length);
  let at = 0;
  let bits = 0;
  let held = 0;
  /** @param {number} seven */
  const take = (seven) => {
    held = (held << 7) | seven;
    bits += 7;
    if (bits < 8) return;
    bits -= 8;
    bytes[at++] = held >> bits;
    held &= (1 << bits) - 1;
  };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x100) take(unsafe[(code - 0x100) >> 7] ?? 0);
    take(code & 127);
  }
  return bytes;
}

/** @param {Uint8Array} bytes */
function intoSevens(bytes) {
  const sevens = new Uint8Array(Math.ceil((bytes.length * 8) / 7));
  let at = 0;
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 7) {
      bits -= 7;
      sevens[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  if (bits > 0) sevens[at] = held << (7 - bits);
  return sevens;
}
