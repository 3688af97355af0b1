import { headLength } from '../interchange/recognise-file.ts';
import type { Dropped } from './dropped.ts';

/** A file somebody gave the page; `path` says where in a folder it was. */
export type IncomingFile = { readonly path: string; readonly file: File };

/** Most files, and levels of folders, that are taken from one drop. */
const mostFiles = 500;
const deepest = 8;
/** Files above this are not read whole: only tables and archives may be larger, and those are read otherwise. */
export const readWhole = 50_000_000;

/** The files of a drop, folders walked through. @throws Error where there are too many. */
export async function filesOf({ files, entries }: Dropped): Promise<readonly IncomingFile[]> {
  if (!entries.some((entry) => entry.isDirectory)) return files.map(incoming);
  const found: IncomingFile[] = [];
  for (const entry of entries) await walk(entry, found, 0);
  return found;
}

export function incoming(file: File): IncomingFile {
  // Empty where no folder was chosen; some browsers leave it out.
  return { path: file.webkitRelativePath || file.name, file };
}

/** The bytes of a file, or of its head where it is too large to be read whole. */
export async function bytesOf({ file }: IncomingFile): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  const isWhole = file.size <= readWhole;
  const part = isWhole ? file : file.slice(0, headLength);
  return { bytes: new Uint8Array(await part.arrayBuffer()), isWhole };
}

async function walk(entry: FileSystemEntry, found: IncomingFile[], depth: number): Promise<void> {
  if (entry.name.startsWith('.') || entry.name === '__MACOSX') return;
  if (entry.isFile) {
    if (found.length >= mostFiles)
      throw new Error(`There are more than ${mostFiles} files in it: choose the folder of the one job or configuration.`);
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  if (depth >= deepest)
    throw new Error(`Its folders lie more than ${deepest} deep in each other: choose the folder of the one job or configuration.`);
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives entries in portions, and an empty one at the end.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return;
    for (const inside of portion) await walk(inside, found, depth + 1);
  }
}
