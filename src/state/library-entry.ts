import { parseBoundedJson } from '../interchange/bounded-json.ts';
import { scenarioFile, scenarioFormat, type ScenarioInHand } from '../interchange/scenario-file.ts';

/** What is kept of a scenario: the text of its file, under a name. `saved` is an ISO time, `created` orders the list. */
export type KeptRecord = {
  readonly version: 1;
  readonly name: string;
  readonly created: number;
  readonly saved: string;
  readonly text: string;
};

/** A line of the list. One with a `problem` is something else, or broken: it can be saved as it is, and deleted. */
export type LibraryEntry = {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly saved: string | null;
  readonly title: string;
  readonly initiatives: number;
  /** One of the same signature is the same to the last number; null where there is a problem. */
  readonly signature: string | null;
  readonly problem: string | null;
  /** Kept as long as this window is open. */
  readonly onlyHere: boolean;
  /** What was found, for saving. */
  readonly text: string;
};

type Fields = Readonly<Record<string, unknown>>;

let lastCreated = 0;

/** A new entry, after all that are there. */
export function newRecord(name: string, text: string): KeptRecord {
  lastCreated = Math.max(Date.now(), lastCreated + 1);
  return { version: 1, name, created: lastCreated, saved: new Date(lastCreated).toISOString(), text };
}

export function timeNow(): string {
  return new Date().toISOString();
}

export function keptText(inHand: ScenarioInHand): string {
  return JSON.stringify(scenarioFile(inHand));
}

/** What tells one scenario, in one of its replications, from another. */
export function signatureOf(inHand: ScenarioInHand): string {
  const { scenario, replication } = scenarioFile(inHand);
  return JSON.stringify([scenario, replication]);
}

export function entryOf(id: string, found: unknown, onlyHere: boolean): LibraryEntry {
  const broken = (problem: string): LibraryEntry => ({
    id,
    name: isFields(found) && typeof found['name'] === 'string' ? found['name'].slice(0, 120) : 'Unreadable entry',
    created: isFields(found) && typeof found['created'] === 'number' ? found['created'] : 0,
    saved: null,
    title: '',
    initiatives: 0,
    signature: null,
    problem,
    onlyHere,
    text: typeof found === 'string' ? found : isFields(found) && typeof found['text'] === 'string' ? found['text'] : textOf(found),
  });
  if (!isFields(found)) return broken('it is no entry of this page');
  if (typeof found['version'] === 'number' && found['version'] > 1)
    return broken('a newer version of this page wrote it: reload to get the newest');
  if (!isRecord(found)) return broken('it is damaged, or a very old version of this page wrote it');
  const file = fileIn(found.text);
  if (file === null) return broken('its scenario is damaged');
  if (file['version'] !== 1) return broken(`its scenario file is of version ${String(file['version'])}, and this page reads 1`);
  const scenario = file['scenario'] as Fields;
  return {
    id,
    name: found.name,
    created: found.created,
    saved: found.saved,
    title: typeof scenario['title'] === 'string' ? scenario['title'] : '',
    initiatives: Array.isArray(scenario['initiatives']) ? scenario['initiatives'].length : 0,
    signature: JSON.stringify([scenario, file['replication']]),
    problem: null,
    onlyHere,
    text: found.text,
  };
}

export function isRecord(found: unknown): found is KeptRecord {
  if (!isFields(found)) return false;
  const { version, name, created, saved, text } = found;
  return version === 1 && typeof name === 'string' && Number.isFinite(created) && typeof saved === 'string' && typeof text === 'string';
}

function fileIn(text: string): Fields | null {
  try {
    const file = parseBoundedJson(text);
    return isFields(file) && file['format'] === scenarioFormat && isFields(file['scenario']) ? file : null;
  } catch {
    return null;
  }
}

function textOf(found: unknown): string {
  try {
    return JSON.stringify(found, null, 2);
  } catch {
    return String(found);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
