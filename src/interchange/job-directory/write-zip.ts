import { Zip, ZipDeflate } from 'fflate';
import type { TextFile } from './job-files.ts';

/** Characters deflated in one go, so that the page can breathe between two. */
const pieceLength = 16_384;
/** The first day that a zip can name: the same bytes whenever the archive is made. */
const theDay = { year: 1980, month: 0, day: 1 } as const;

export type ZipOptions = {
  /** Waits until other work had its turn. */
  readonly pause: () => Promise<void>;
  /** After every piece, with the characters done so far. */
  readonly onProgress?: (characters: number) => void;
};

/** The files as a zip archive, in pieces; same files, same bytes. @throws what `pause` throws, such as an abort. */
export async function writeZip(
  files: AsyncIterable<TextFile>,
  { pause, onProgress = () => undefined }: ZipOptions,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error === null) pieces.push(piece);
    else failure = error;
  });
  let done = 0;
  for await (const { path, text } of files) {
    const file = new ZipDeflate(path, { level: 6 });
    file.mtime = new Date(theDay.year, theDay.month, theDay.day);
    zip.add(file);
    for (const { piece, isLast } of piecesOf(text)) {
      file.push(new TextEncoder().encode(piece), isLast);
      done += piece.length;
      onProgress(done);
      await pause();
    }
  }
  zip.end();
  if (failure !== null) throw failure as Error;
  return pieces;
}

function* piecesOf(text: string): Generator<{ readonly piece: string; readonly isLast: boolean }> {
  let from = 0;
  do {
    const to = endOfPiece(text, from + pieceLength);
    yield { piece: text.slice(from, to), isLast: to === text.length };
    from = to;
  } while (from < text.length);
}

/** Never between the two halves of one character. */
function endOfPiece(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at + 1 : at;
}
