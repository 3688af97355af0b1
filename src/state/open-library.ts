import { largestLibraryFile, readLibraryEntry, readLibraryFile, type NamedScenario } from '../interchange/library-file.ts';
import { textOfBytes } from '../interchange/text-of-bytes.ts';
import type { IncomingFile } from './incoming-files.ts';
import { library } from './library.svelte.ts';
import type { FileNote, FileOutcome } from './file-outcome.ts';

/** Many scenarios in one file: they are added to those kept on this machine. Entries that cannot be read are listed and left out. */
export async function openLibrary([given]: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  const text =
    given === undefined || given.file.size > largestLibraryFile ? null : textOfBytes(new Uint8Array(await given.file.arrayBuffer()));
  if (text === null)
    return { kind: 'problem', title: `${name} cannot be opened`, issues: [{ path: '', message: 'is larger than 50 MB, or no text' }] };
  const read = readLibraryFile(text);
  if (!read.ok) return { kind: 'problem', title: `${name} cannot be opened`, issues: read.issues };
  const found: NamedScenario[] = [];
  const left: FileNote[] = [];
  for (const [i, entry] of read.value.entries()) {
    if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve));
    const one = readLibraryEntry(entry, `scenarios.${i}`);
    if (one.ok) found.push(one.value);
    else left.push(...one.issues.map(({ path, message }) => ({ kind: 'ignored' as const, path, message })));
  }
  await library.open();
  const came = await library.takeIn(found);
  const same = found.length - came;
  if (same > 0)
    left.push({ kind: 'note', path: '', message: `${same} of them ${same === 1 ? 'is' : 'are'} here already under the same name.` });
  return {
    kind: 'opened',
    title: `${name}: ${came} ${came === 1 ? 'scenario was' : 'scenarios were'} added to those kept here`,
    notes: left,
    canUndo: false,
    place: 'data',
  };
}
