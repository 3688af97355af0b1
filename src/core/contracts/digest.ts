import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * SHA-256 of a value's canonical text, in 64 hex digits. Canonical text is JSON with object keys sorted by code unit, no
 * white space, absent (undefined) fields left out, and every number replaced by the string of its 16 hex digits as a
 * big-endian IEEE 754 double: two values have one digest exactly when every number has the same bits. What JSON does not
 * hold it does not hold either (-0 is 0, a number that is not finite is null), so a document in a file has the digest of the
 * value it was made of.
 *
 * @example digestOf({ b: 1, a: [0.1] }) === digestOf({ a: [0.1], b: 1 })
 */
export function digestOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalText(value))));
}

/** The text that is hashed. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? `"${numberBits(value)}"` : 'null';
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object') {
    const record = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(record).filter((key) => record[key] !== undefined).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(record[key])}`).join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} has no canonical text`);
}

const scratch = new DataView(new ArrayBuffer(8));

/** Adding 0 turns -0 into 0 and changes no other number. */
function numberBits(value: number): string {
  scratch.setFloat64(0, value + 0);
  return scratch.getUint32(0).toString(16).padStart(8, '0') + scratch.getUint32(4).toString(16).padStart(8, '0');
}
