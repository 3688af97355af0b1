/** Bytes that can be read more than once: a File or a Blob. */
export type ByteSource = { readonly size: number; readonly stream: () => ReadableStream<Uint8Array> };

/** Bytes that are not text at all, with what to do. */
export class NotTextError extends Error {}

const beginnings: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a spreadsheet or a zip archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old spreadsheet' },
  { bytes: [0x1f, 0x8b], what: 'compressed (gzip)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
];

/**
 * The text of a source, piece by piece. UTF-8 unless a byte order mark says UTF-16; bytes that are not UTF-8 come out as
 * U+FFFD, so that the cell that holds them can be named. Characters that lie across two pieces stay whole.
 * @throws NotTextError for a spreadsheet, an archive or anything else with bytes that text does not have.
 */
export async function* textPieces(source: ByteSource, onBytes: (read: number) => void): AsyncGenerator<string> {
  const reader = source.stream().getReader();
  let decoder: TextDecoder | null = null;
  let read = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      decoder ??= new TextDecoder(encodingOf(value));
      read += value.byteLength;
      onBytes(read);
      const text = decoder.decode(value, { stream: true });
      if (text.includes('\0')) throw new NotTextError('holds bytes that no text has: choose a file of comma-separated values');
      yield text;
    }
    yield decoder?.decode() ?? '';
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const known = beginnings.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (known !== undefined) throw new NotTextError(`is ${known.what}, not a table as text: save or export it as CSV and choose that`);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
