import type { Issue } from '../core/contracts/input-error.ts';
import type { Parsed } from '../core/contracts/parameter.ts';
import { parseBoundedJson } from './bounded-json.ts';
import { readScenarioJson, scenarioFile, type ScenarioInHand } from './scenario-file.ts';

export const libraryFormat = 'impact-workbench/scenarios';
/** Largest file of many scenarios that is read, in bytes, and the most scenarios of one. */
export const largestLibraryFile = 50_000_000;
const mostScenarios = 2_000;
export const longestName = 120;

/** A scenario that is kept under a name; `saved` is an ISO time. */
export type NamedScenario = { readonly name: string; readonly saved: string; readonly file: ScenarioInHand };

/** Named scenarios as one file. */
export function libraryFileText(scenarios: readonly NamedScenario[]): string {
  const entries = scenarios.map(({ name, saved, file }) => ({ name, saved, file: scenarioFile(file) }));
  return `${JSON.stringify({ format: libraryFormat, version: 1, scenarios: entries }, null, 2)}\n`;
}

/** The entries of such a file, each with its scenario or what is wrong with it; entries are read one by one, so that many take no time at once. */
export function readLibraryFile(text: string): Parsed<readonly unknown[]> {
  let value: unknown;
  try {
    value = parseBoundedJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refused('', `cannot be read as JSON (${error instanceof Error ? error.message : String(error)}); it may be cut`);
  }
  const { format, version, scenarios } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (format !== libraryFormat) return refused('format', `must be ${libraryFormat}`, format);
  if (typeof version === 'number' && version > 1)
    return refused(
      'version',
      `is ${version}, from a newer page than this one, which reads 1: reload to get the newest page, and open the file again`,
      version,
    );
  if (version !== 1) return refused('version', 'must be 1', version);
  if (!Array.isArray(scenarios)) return refused('scenarios', 'must be a list');
  if (scenarios.length > mostScenarios)
    return refused('scenarios', `holds ${scenarios.length} scenarios, and may hold ${mostScenarios}: make two files of it`);
  return { ok: true, value: scenarios };
}

export function readLibraryEntry(entry: unknown, path: string): Parsed<NamedScenario> {
  const { name, saved, file } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const issues: Issue[] = [];
  if (typeof name !== 'string' || name.trim() === '' || name.length > longestName)
    issues.push({ path: `${path}.name`, message: `must be text of 1 to ${longestName} characters`, value: name });
  if (typeof saved !== 'string' || saved.length > 40 || Number.isNaN(Date.parse(saved)))
    issues.push({ path: `${path}.saved`, message: 'must be a time such as 2026-01-05T12:00:00Z', value: saved });
  const read = readScenarioJson(file);
  if (!read.ok)
    issues.push(...read.issues.map((issue) => ({ ...issue, path: issue.path === '' ? `${path}.file` : `${path}.file.${issue.path}` })));
  if (issues.length > 0 || !read.ok) return { ok: false, issues };
  const { scenario, preset, replication, digest, witness } = read.value;
  return { ok: true, value: { name: name as string, saved: saved as string, file: { scenario, preset, replication, digest, witness } } };
}

function refused(path: string, message: string, value?: unknown): Parsed<never> {
  return { ok: false, issues: [value === undefined ? { path, message } : { path, message, value }] };
}
