import { inputError, InputError, type Issue } from '../../core/contracts/input-error.ts';
import { expandEntry } from './expand-entry.ts';
import { mostEntries, readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** The files of an archive or a folder. Nothing is expanded before it is asked for. */
export type JobSource = {
  readonly paths: readonly string[];
  /** The text of a file, a byte order mark taken off. @throws InputError with the file's path */
  readonly text: (path: string) => string;
};

/** A declaration or a result is small; data are not read. */
const mostOfOne = 5_000_000;
const mostOfAll = 30_000_000;
const deepest = 10;
const longestPath = 400;
/** What other programs leave behind in archives and folders. */
const junk = /(?:^|\/)(?:__MACOSX\/|__pycache__\/|\.git\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/;

/** @throws InputError where the bytes are no archive that can be read */
export function zipSource(bytes: Uint8Array): JobSource {
  const entries = new Map<string, ZipEntry>();
  const twice: Issue[] = [];
  for (const entry of readZipDirectory(bytes)) {
    const path = plainPath(entry.path);
    if (junk.test(path)) continue;
    if (entries.has(path)) twice.push({ path, message: 'is in the archive twice: which of the two is meant cannot be told' });
    entries.set(path, entry);
  }
  if (twice.length > 0) throw new InputError(twice);
  return source([...entries.keys()], (path, most) => expandEntry(bytes, entries.get(path) as ZipEntry, most));
}

/** @throws InputError where there are too many files, or one of them lies outside */
export function folderSource(files: ReadonlyMap<string, Uint8Array>): JobSource {
  if (files.size > mostEntries) throw inputError('', `holds ${files.size} files; at most ${mostEntries} can be read`);
  const contents = new Map([...files].map(([path, content]) => [plainPath(path.replaceAll('\\', '/')), content] as const));
  return source(
    [...contents.keys()].filter((path) => !junk.test(path)),
    (path) => contents.get(path) as Uint8Array,
  );
}

function source(paths: readonly string[], bytesOf: (path: string, most: number) => Uint8Array): JobSource {
  let left = mostOfAll;
  return {
    paths,
    text(path) {
      const content = bytesOf(path, Math.min(mostOfOne, left));
      if (content.length > mostOfOne || content.length > left) throw inputError(path, 'is larger than what can be read');
      left -= content.length;
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(content);
      } catch {
        throw inputError(path, 'is no UTF-8 text: save it as UTF-8');
      }
    },
  };
}

/** @throws InputError for a path that leads out of the folder, however it does */
function plainPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '.' && part !== '');
  const isOutside = path.startsWith('/') || /^[A-Za-z]:/.test(path) || parts.includes('..') || path.includes('\0');
  if (isOutside) throw inputError(path.slice(0, 120), 'leads out of the folder; nothing of what holds such a path is used');
  if (parts.length > deepest || path.length > longestPath)
    throw inputError(`${path.slice(0, 120)}…`, 'lies too deep, or its path is too long');
  return parts.join('/');
}
