/**
 * Bytes of a small file as text: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is left out.
 * null where the bytes are no text.
 */
export function textOfBytes(bytes: Uint8Array): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
