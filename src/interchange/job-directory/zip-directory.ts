import { inputError } from '../../core/contracts/input-error.ts';

/** One file of an archive, as its central directory has it. Sizes are claims: `length` is checked, the expanded size is not believed. */
export type ZipEntry = {
  readonly path: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly checksum: number;
  /** Where its local header begins, and how many bytes it takes compressed. */
  readonly offset: number;
  readonly length: number;
};

export const mostEntries = 10_000;
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;
const longestComment = 65_535;
const fullTwo = 0xffff;
const fullFour = 0xffffffff;

/** The entries of an archive, folders left out. @throws InputError where it is no archive, is damaged, or is of a kind that is not read */
export function readZipDirectory(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === fullTwo || start === fullFour)
    throw inputError('', 'is a zip of the large kind (zip64), which is not read here: put fewer files in it');
  if (count > mostEntries)
    throw inputError('', `holds ${count} files; at most ${mostEntries} can be read: leave out what are no job directories`);
  const entries: ZipEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    const { entry, next } = readEntry(view, bytes, at, end);
    entries.push(entry);
    at = next;
  }
  return entries.filter(({ path }) => !path.endsWith('/'));
}

/** From the back, since a comment of any text may follow. */
function endOfDirectory(view: DataView): number {
  const last = view.byteLength - endLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1)
    if (view.getUint32(at, true) === endSignature && at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at;
  throw inputError('', 'is no complete zip archive: its list of files is missing, as where a download was cut short');
}

function readEntry(view: DataView, bytes: Uint8Array, at: number, end: number): { entry: ZipEntry; next: number } {
  if (at + 46 > end || view.getUint32(at, true) !== entrySignature)
    throw inputError('', 'is a damaged zip archive: its list of files breaks off');
  const nameLength = view.getUint16(at + 28, true);
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > end) throw inputError('', 'is a damaged zip archive: its list of files breaks off');
  const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/');
  const length = view.getUint32(at + 20, true);
  const offset = view.getUint32(at + 42, true);
  if (length === fullFour || offset === fullFour)
    throw inputError(path, 'is stored in the large kind of zip (zip64), which is not read here');
  return {
    entry: {
      path,
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      checksum: view.getUint32(at + 16, true),
      offset,
      length,
    },
    next,
  };
}
