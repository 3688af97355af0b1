import { InputError, type Issue } from '../../core/contracts/input-error.ts';
import { expandEntry } from '../job-directory/expand-entry.ts';
import { readZipDirectory } from '../job-directory/zip-directory.ts';
import { textOfBytes } from '../text-of-bytes.ts';
import { configurationLimits } from './configuration.ts';

/** Most bytes of one file. */
export const mostFileBytes = configurationLimits.fileCharacters;

type Texts = { readonly ok: true; readonly files: ReadonlyMap<string, string> } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Whether a path is that of a configuration: hidden files and what a Mac leaves behind are none. */
export function isConfigurationPath(path: string): boolean {
  return (
    /\.(?:ya?ml|json)$/i.test(path) &&
    !path.split(/[\\/]/).some((part) => part.startsWith('.') && part !== '.' && part !== '..') &&
    !path.includes('__MACOSX')
  );
}

/** The configurations among files as bytes. Of files of the same path, later ones get a number. */
export function configurationTexts(given: Iterable<readonly [string, Uint8Array]>): Texts {
  const files = new Map<string, string>();
  const issues: Issue[] = [];
  for (const [path, bytes] of given) {
    if (!isConfigurationPath(path)) continue;
    const text = bytes.length > mostFileBytes ? null : textOfBytes(bytes);
    if (bytes.length > mostFileBytes)
      issues.push({ path, message: `holds ${bytes.length} bytes; a configuration at most ${mostFileBytes}` });
    else if (text === null) issues.push({ path, message: 'is not text in UTF-8' });
    else files.set(freePath(files, path), text);
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, files };
}

/** The configurations in a zip archive, none expanded beyond what one may be. */
export function archiveTexts(bytes: Uint8Array): Texts {
  try {
    const entries = readZipDirectory(bytes).filter(({ path }) => isConfigurationPath(path));
    const { files } = configurationLimits;
    if (entries.length > files)
      return { ok: false, issues: [{ path: '', message: `holds ${entries.length} configurations; at most ${files} are read at once` }] };
    return configurationTexts(entries.map((entry) => [entry.path, expandEntry(bytes, entry, mostFileBytes)] as const));
  } catch (error) {
    if (error instanceof InputError) return { ok: false, issues: error.issues };
    throw error;
  }
}

/** Whether an archive holds configurations and no job directory. */
export function isConfigurationArchive(bytes: Uint8Array): boolean {
  try {
    const paths = readZipDirectory(bytes).map(({ path }) => path);
    return (
      paths.some((path) => /\.ya?ml$/i.test(path) && isConfigurationPath(path)) &&
      !paths.some((path) => /(?:^|\/)manifest\.json$/.test(path))
    );
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function freePath(files: ReadonlyMap<string, string>, path: string): string {
  if (!files.has(path)) return path;
  const dot = path.lastIndexOf('.');
  for (let n = 2; ; n += 1) {
    const numbered = `${path.slice(0, dot)} (${n})${path.slice(dot)}`;
    if (!files.has(numbered)) return numbered;
  }
}
