import { describeIssue } from '../core/contracts/input-error.ts';
import { parseScenario } from '../core/scenario/parse-scenario.ts';
import { defaultPreset, findPreset } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { parseBoundedJson } from './bounded-json.ts';
import { expandText } from './compressed-text.ts';
import { isStandIn, lastReplication, longestLink, type ReadAddress } from './link.ts';
import { parseWitness, type Witness } from './link-witness.ts';
import { migrations as released } from './migrations/index.ts';
import { frozenPreset, migrateScenario, newestVersion, type Migrations } from './migrations/migration.ts';
import { applyPatch } from './patch.ts';
import { plainText } from './plain-text.ts';

export type ReadLink =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      readonly preset: string;
      readonly replication: number;
      readonly digest: string | null;
      readonly witness: Witness | null;
      /** Made by an earlier version of the page, so that its parts mean what they meant there. */
      readonly isOlder: boolean;
    }
  | { readonly ok: false; readonly message: string };

type LinkToRead = Pick<ReadAddress, 'query' | 'version'> & Partial<Pick<ReadAddress, 'repeated'>>;
type ReadOptions = {
  readonly migrations?: Migrations;
  /** The longest difference that is read: more where it was kept elsewhere than in an address. */
  readonly longest?: number;
};

/** The scenario a link holds, or why it holds none. Never throws. */
export async function readLink(link: LinkToRead, options: ReadOptions = {}): Promise<ReadLink> {
  const { query } = link;
  const { migrations = released, longest = longestLink } = options;
  const newest = newestVersion(migrations);
  const version = readVersion(link.version, newest);
  const replication = readReplication(query.replication);
  const witness = query.witness === null ? null : parseWitness(query.witness);
  const fault = faultOf(link, newest, version, replication, witness, longest);
  if (fault !== null) return broken(fault);
  const scenario = await readScenario(query, version as number, migrations);
  if (!scenario.ok) return broken(scenario.fault);
  return {
    ok: true,
    scenario: scenario.value,
    preset: findPreset(query.preset)?.id ?? defaultPreset.id,
    replication: replication as number,
    digest: query.digest,
    witness: query.digest === null ? null : witness,
    isOlder: version !== newest,
  };
}

function faultOf(
  { query, version: named, repeated = [] }: LinkToRead,
  newest: number,
  version: number | null,
  replication: number | null,
  witness: Witness | null,
  longest: number,
): string | null {
  if (repeated.length > 0) return `it has ${repeated.join(' and ')} more than once, as when two links were pasted together`;
  if (version === null) return `it names the version '${shown(named)}', and versions are whole numbers from 1`;
  if (version > newest)
    return `it was made by a newer version (${version}) of this page. Reload to get the newest, or ask for the link again`;
  if (query.digest !== null && !/^[0-9a-f]{12}$/.test(query.digest)) return 'its check digits are cut or changed';
  if (query.witness !== null && witness === null) return 'its check digits are cut or changed';
  if (replication === null)
    return `it asks for the replication '${shown(query.replication)}', and replications are whole numbers from 0 to ${lastReplication.toLocaleString('en')}; put one of them after r= in the address, or leave r out for the first`;
  if (isStandIn(query.difference))
    return 'its scenario was too long for a link, and only the browser tab it was made in holds it. Open the file it was saved to, in the place Data';
  if ((query.difference?.length ?? 0) > longest) return 'it is longer than any link of this page';
  return null;
}

type ReadScenario = { readonly ok: true; readonly value: Scenario } | { readonly ok: false; readonly fault: string };

async function readScenario(query: ReadAddress['query'], version: number, migrations: Migrations): Promise<ReadScenario> {
  const start = (await frozenPreset(query.preset, version, migrations)) ?? findPreset(query.preset)?.scenario;
  if (start === undefined) return { ok: false, fault: `it names the preset '${shown(query.preset)}', which this page does not have` };
  let whole: unknown;
  try {
    whole = query.difference === null ? start : applyPatch(start, parseBoundedJson(await expandText(query.difference)));
  } catch (error) {
    return { ok: false, fault: `it is cut or changed (${shown(error instanceof Error ? error.message : String(error), 120)})` };
  }
  const current = findPreset(query.preset)?.scenario;
  if (whole === current && current !== undefined) return { ok: true, value: current };
  const parsed = parseScenario(migrateScenario(whole, version, migrations));
  if (parsed.ok) return { ok: true, value: asWritten(parsed.value) };
  const found = parsed.issues.slice(0, 3).map((issue) => shown(describeIssue(issue), 200));
  return { ok: false, fault: `its scenario has errors: ${found.join('; ')}` };
}

/** The scenario as a link of it would have it: JSON knows no negative zero. */
export function asWritten(scenario: Scenario): Scenario {
  return JSON.parse(JSON.stringify(scenario)) as Scenario;
}

/** null where it is no version; links that name none are of the newest. */
function readVersion(text: string | null, newest: number): number | null {
  if (text === null) return newest;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

function readReplication(text: string | null): number | null {
  if (text === null) return 0;
  return /^\d{1,10}$/.test(text) && Number(text) <= lastReplication ? Number(text) : null;
}

function shown(text: string | null, longest = 60): string {
  return plainText(text ?? '', longest);
}

function broken(why: string): ReadLink {
  return {
    ok: false,
    message: `This link cannot be opened: ${why}. The default scenario is shown instead; the address is left as it was until you change something.`,
  };
}
