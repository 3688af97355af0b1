import type { Issue } from '../core/contracts/input-error.ts';
import type { Parsed } from '../core/contracts/parameter.ts';
import { parseScenario, requireScenario } from '../core/scenario/parse-scenario.ts';
import { defaultPreset, findPreset } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { parseBoundedJson } from './bounded-json.ts';
import { lastReplication } from './link.ts';
import { asWritten } from './link-reading.ts';
import { formatWitness, parseWitness, type Witness } from './link-witness.ts';
import { runOfPage } from './report-page.ts';
import { programVersion } from './program-version.ts';

export const scenarioFormat = 'impact-workbench/scenario';
/** Largest scenario file that is read, in bytes; those of the page's own presets are around 10,000. */
export const largestScenarioFile = 5_000_000;

/** A scenario with all that is needed to get the same run again. */
export type ScenarioInHand = {
  readonly scenario: Scenario;
  /** The preset it started from. */
  readonly preset: string;
  readonly replication: number;
  /** First digits, or all 64, of the digest the run should give; null where none is known. */
  readonly digest: string | null;
  /** Who computed that digest, and the digests of the stages; null where it is not known. */
  readonly witness: Witness | null;
};

/** What a file holds: `scenario` for a scenario file or a bare scenario, `run` and `study` for a run or a study that was saved. */
export type OpenedScenario = ScenarioInHand & { readonly from: 'scenario' | 'run' | 'study'; readonly notes: readonly Issue[] };

type Fields = Readonly<Record<string, unknown>>;

const fileFields = ['format', 'version', 'title', 'preset', 'scenario', 'replication', 'digest', 'witness', 'made_by', '$schema'];

/** A scenario as a file: the same bytes for the same scenario, whatever the order of its fields was. */
export function scenarioFileText(inHand: ScenarioInHand): string {
  return `${JSON.stringify(scenarioFile(inHand), null, 2)}\n`;
}

/** As `scenarioFileText`, before it is text. */
export function scenarioFile({ scenario, preset, replication, digest, witness }: ScenarioInHand) {
  const whole = inOrder(scenario);
  return {
    format: scenarioFormat,
    version: 1,
    title: whole.title,
    preset,
    scenario: whole,
    replication,
    digest,
    witness: witness === null ? null : formatWitness(witness),
    made_by: `impact workbench ${programVersion}`,
  } as const;
}

/** A file name any system takes, from the title. */
export function scenarioFileName(title: string, extension = 'json'): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
  return `${plain === '' ? '' : `${plain}.`}scenario.${extension}`;
}

/** The scenario of a scenario file, a bare scenario, or what the command line wrote of a run or a study; every issue where there is none. */
export function readScenarioFile(text: string): Parsed<OpenedScenario> {
  if (text.length > largestScenarioFile)
    return refused('', `is larger than any scenario (${largestScenarioFile.toLocaleString('en')} characters)`);
  let value: unknown;
  try {
    const plain = text.replace(/^\uFEFF/, '');
    value = parseBoundedJson(runOfPage(plain) ?? plain);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return refused('', `cannot be read as JSON (${said}); it may be cut: save or copy the whole file again`);
  }
  return readScenarioJson(value);
}

/** As `readScenarioFile`, of JSON that is read already. */
export function readScenarioJson(value: unknown): Parsed<OpenedScenario> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused('', 'holds no scenario: that is an object with version, seed, budget and initiatives');
  const fields = value as Fields;
  if (isWrapped(fields)) return readWrapped(fields);
  if (isRun(fields)) return withScenario(fields, { from: 'run', preset: defaultPreset.id, notes: [] });
  if (isStudy(fields)) return withScenario({ scenario: fields['scenario'] }, { from: 'study', preset: defaultPreset.id, notes: [] });
  const parsed = parseScenario(value);
  if (!parsed.ok) return parsed;
  return {
    ok: true,
    value: {
      scenario: asWritten(parsed.value),
      preset: defaultPreset.id,
      replication: 0,
      digest: null,
      witness: null,
      from: 'scenario',
      notes: [],
    },
  };
}

/** Whether two declare the same, whatever the order of their fields. */
export function isSameScenario(a: Scenario, b: Scenario): boolean {
  return a === b || JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

export function isWrapped(fields: Fields): boolean {
  if (Object.hasOwn(fields, 'format')) return fields['format'] === scenarioFormat;
  return Object.hasOwn(fields, 'scenario') && !isRun(fields);
}

export function isRun(fields: Fields): boolean {
  return Object.hasOwn(fields, 'scenario') && Object.hasOwn(fields, 'pilot_results');
}

export function isStudy(fields: Fields): boolean {
  return Object.hasOwn(fields, 'scenario') && typeof fields['format'] === 'string' && fields['format'].startsWith('impact-workbench ');
}

function readWrapped(fields: Fields): Parsed<OpenedScenario> {
  const { version, preset } = fields;
  if (typeof version === 'number' && version > 1)
    return refused(
      'version',
      `is ${version}, from a newer page than this one, which reads 1: reload to get the newest page, and open the file again`,
      version,
    );
  const unknown = Object.keys(fields).filter((name) => !fileFields.includes(name));
  const issues: Issue[] = unknown.map((name) => ({
    path: name,
    message: `is no field of a scenario file; those are ${fileFields.slice(0, -1).join(', ')}`,
  }));
  if (version !== 1) issues.push({ path: 'version', message: 'must be 1, the version of scenario files this page reads', value: version });
  if (preset !== undefined && typeof preset !== 'string')
    issues.push({ path: 'preset', message: 'must be the id of a preset', value: preset });
  const known = typeof preset === 'string' ? findPreset(preset) : defaultPreset;
  const notes =
    known === undefined
      ? [{ path: 'preset', message: 'is none this page has; Reset goes to the default preset instead', value: preset }]
      : [];
  const read = withScenario(fields, { from: 'scenario', preset: known?.id ?? defaultPreset.id, notes });
  return issues.length === 0 ? read : { ok: false, issues: [...issues, ...(read.ok ? [] : read.issues)] };
}

function withScenario(
  { scenario, replication = 0, digest = null, witness = null }: Fields,
  how: Pick<OpenedScenario, 'from' | 'preset' | 'notes'>,
): Parsed<OpenedScenario> {
  const parsed = parseScenario(scenario);
  const issues: Issue[] = parsed.ok
    ? []
    : parsed.issues.map((issue) => ({ ...issue, path: issue.path === '' ? 'scenario' : `scenario.${issue.path}` }));
  if (!isReplication(replication))
    issues.push({
      path: 'replication',
      message: `must be a whole number from 0 to ${lastReplication.toLocaleString('en')}`,
      value: replication,
    });
  if (!isDigest(digest))
    issues.push({
      path: 'digest',
      message: 'must be 12 to 64 of the digits 0-9 and a-f; leave it out, or null, where it is not known',
      value: digest,
    });
  if (!parsed.ok || !isReplication(replication) || !isDigest(digest)) return { ok: false, issues };
  const known = typeof witness === 'string' ? parseWitness(witness) : null;
  return { ok: true, value: { scenario: asWritten(parsed.value), replication, digest, witness: known, ...how } };
}

function isReplication(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= lastReplication;
}

function isDigest(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && /^[0-9a-f]{12,64}$/.test(value));
}

/** Fields in the order of the declaration; settings of methods, which have none, by name. */
function inOrder(scenario: Scenario): Scenario {
  const { initiatives, ...settings } = requireScenario(scenario);
  return { ...settings, initiatives: byName(initiatives) as Scenario['initiatives'] };
}

/** The same with the entries of every `parameters` by name. */
function byName(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(byName);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, name === 'parameters' ? sorted(inside) : byName(inside)]));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inside]) => [name, sorted(inside)]));
}

function refused(path: string, message: string, value?: unknown): Parsed<never> {
  return { ok: false, issues: [value === undefined ? { path, message } : { path, message, value }] };
}
