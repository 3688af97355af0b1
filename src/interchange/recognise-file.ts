import { parseBoundedJson } from './bounded-json.ts';
import { libraryFormat } from './library-file.ts';
import { runOfPage } from './report-page.ts';
import { scenarioFormat } from './scenario-file.ts';
import { textOfBytes } from './text-of-bytes.ts';

/**
 * What a file is by its content, whatever its name. `scenario` is also what was saved of a run or a study, which hold one; `json` is
 * text that begins as JSON and is none this page knows.
 */
export type FileKind = 'scenario' | 'library' | 'payoff_table' | 'job_file' | 'zip' | 'configuration' | 'table' | 'json' | 'unknown';

/** What one or several files are together: a job directory and a configuration may be many. */
export type FilesKind = Exclude<FileKind, 'job_file'> | 'job_directory' | 'several';

/** Bytes that are looked at of a file that is not read whole. */
export const headLength = 65_536;

type Fields = Readonly<Record<string, unknown>>;

/** `bytes` is the whole file, or where it is longer than anything but a table or an archive may be, its head. */
export function recogniseFile(bytes: Uint8Array, isWhole: boolean): FileKind {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)) return 'zip';
  const text = isWhole ? textOfBytes(bytes) : textOfHead(bytes);
  if (text === null) return 'unknown';
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return isWhole ? kindOfJson(start) : 'json';
  if (isWhole && start.startsWith('<')) return runOfPage(start) === null ? 'unknown' : 'scenario';
  const line = firstLine(start);
  if (line === '' || line.startsWith('<')) return 'unknown';
  if (line.startsWith('---') || /^(?:"[^"]*"|'[^']*'|[A-Za-z_][\w .-]*)\s*:(?:\s|$)/.test(line)) return 'configuration';
  return /[,;\t|]/.test(line) ? 'table' : 'unknown';
}

/** What files that came together are. */
export function recogniseTogether(kinds: readonly FileKind[]): FilesKind {
  if (kinds.includes('job_file')) return 'job_directory';
  if (kinds.length === 1) return kinds[0] as Exclude<FileKind, 'job_file'>;
  const others = kinds.filter((kind) => kind !== 'unknown' && kind !== 'table' && kind !== 'json');
  if (kinds.includes('configuration') && others.every((kind) => kind === 'configuration')) return 'configuration';
  return kinds.length === 0 ? 'unknown' : 'several';
}

function kindOfJson(text: string): FileKind {
  let value: unknown;
  try {
    value = parseBoundedJson(text);
  } catch {
    return 'json';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'json';
  const fields = value as Fields;
  const has = (...names: readonly string[]) => names.every((name) => Object.hasOwn(fields, name));
  if (fields['format'] === libraryFormat) return 'library';
  if (fields['format'] === scenarioFormat || has('scenario')) return 'scenario';
  if (has('schema_version') || has('effect_estimate', 'ci_lower') || has('model_type', 'data')) return 'job_file';
  if (has('options', 'states', 'payoffs')) return 'payoff_table';
  return has('initiatives') || has('seed', 'budget') ? 'scenario' : 'json';
}

/** The first line with anything but a comment on it. */
function firstLine(text: string): string {
  const lines = text.split(/\r\n?|\n/, 200);
  return lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))?.trim() ?? '';
}

/** The head may end within a character. */
function textOfHead(bytes: Uint8Array): string | null {
  for (let cut = 0; cut < 4; cut++) {
    const text = textOfBytes(bytes.subarray(0, bytes.length - cut));
    if (text !== null) return text;
  }
  return null;
}
