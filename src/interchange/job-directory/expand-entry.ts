import { Inflate } from 'fflate';
import { inputError } from '../../core/contracts/input-error.ts';
import type { ZipEntry } from './zip-directory.ts';

/** Compressed bytes expanded in one go: at most a thousand times as many come out before the size is looked at. */
const pieceLength = 2048;
const localSignature = 0x04034b50;

/**
 * The bytes of one entry. Expanding stops as soon as more than `most` have come out, whatever the archive claims.
 * @throws InputError where the entry is locked, damaged, too large, or compressed in a way that is not read
 */
export function expandEntry(bytes: Uint8Array, entry: ZipEntry, most: number): Uint8Array {
  const { path, method, isEncrypted, checksum } = entry;
  if (isEncrypted) throw inputError(path, 'is locked with a password: make the archive again without one');
  if (method !== 0 && method !== 8) throw inputError(path, `is compressed by method ${method}; only stored and deflated files can be read`);
  const packed = packedBytes(bytes, entry);
  const content = method === 0 ? packed : inflated(packed, path, most);
  if (content.length > most) throw tooLarge(path, most);
  if (crc32(content) !== checksum) throw inputError(path, 'is damaged: its check sum is wrong');
  return content;
}

function packedBytes(bytes: Uint8Array, { path, offset, length }: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localSignature)
    throw inputError(path, 'is damaged: it does not begin where the archive says');
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (from + length > bytes.length) throw inputError(path, 'is damaged: it ends after the archive');
  return bytes.subarray(from, from + length);
}

function inflated(packed: Uint8Array, path: string, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate((piece) => {
    size += piece.length;
    if (size > most) throw tooLarge(path, most);
    pieces.push(piece);
  });
  try {
    for (let from = 0; from < packed.length; from += pieceLength)
      inflate.push(packed.subarray(from, from + pieceLength), from + pieceLength >= packed.length);
  } catch (error) {
    if (size > most) throw error;
    throw inputError(path, `is damaged: it cannot be expanded (${error instanceof Error ? error.message : String(error)})`);
  }
  return joined(pieces, size);
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const content = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}

function tooLarge(path: string, most: number): Error {
  return inputError(path, `is larger than ${Math.round(most / 1e6)} MB, more than such a file ever is`);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 as zip has it (ISO 3309). */
function crc32(content: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of content) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
