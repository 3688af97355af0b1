import { describeIssue } from '../core/contracts/input-error.ts';
import { parseScenario } from '../core/scenario/parse-scenario.ts';
import { defaultPreset, findPreset } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { compressText, expandText } from './compressed-text.ts';
import { applyPatch, diff } from './patch.ts';

/** The version of the links that this page makes. */
export const linkVersion = 1;
/** Longest scenario part a link may have; above it a file is the way. */
export const longestLink = 30_000;
/** The highest replication that can be asked for. */
export const lastReplication = 1e9;

/** The steps of the loop, and the places beside it. */
export const steps = ['overview', 'simulate', 'measure', 'evaluate', 'allocate', 'scale', 'study'] as const;
export const places = [...steps, 'decide', 'data'] as const;
export type Step = (typeof steps)[number];
export type Place = (typeof places)[number];

/** What stands after the # of an address. */
export type Address = {
  readonly place: Place;
  readonly initiative: string | null;
  readonly query: ScenarioQuery;
  /** The payoff table of the place 'decide', compressed; the other places leave it out. */
  readonly table?: string | null;
};

/**
 * The part of an address that holds what is run: a preset, the difference from it, the replication as it stands there (null for the
 * first, 0), and the digest that replication should give.
 */
export type ScenarioQuery = {
  readonly preset: string;
  readonly difference: string | null;
  readonly replication: string | null;
  readonly digest: string | null;
};

export type ReadLink =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      readonly preset: string;
      readonly replication: number;
      readonly digest: string | null;
    }
  | { readonly ok: false; readonly message: string };

/** The scenario part of the link for a replication of a scenario, as a difference from a preset. */
export async function scenarioQuery(scenario: Scenario, preset: string, replication = 0): Promise<ScenarioQuery> {
  const change = diff(findPreset(preset)?.scenario ?? defaultPreset.scenario, scenario);
  const difference = change === null ? null : await compressText(JSON.stringify(change));
  return { preset, difference, replication: replicationText(replication), digest: null };
}

/** How a replication stands in an address; null for the first, which is left out. */
export function replicationText(replication: number): string | null {
  return replication === 0 ? null : String(replication);
}

/** `#/allocate?v=1&p=preset&s=...&r=...&d=...`; the default preset and absent parts are left out. */
export function formatAddress({ place, initiative, query, table = null }: Address): string {
  const parts: [string, string][] = [];
  if (query.preset !== defaultPreset.id) parts.push(['p', query.preset]);
  if (query.difference !== null) parts.push(['s', query.difference]);
  if (query.replication !== null) parts.push(['r', query.replication]);
  if (query.digest !== null) parts.push(['d', query.digest]);
  if (parts.length > 0) parts.unshift(['v', '1']);
  if (initiative !== null) parts.push(['i', initiative]);
  if (place === 'decide' && table !== null) parts.push(['t', table]);
  return `#/${place}${parts.length > 0 ? '?' : ''}${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Splits the part after the #. Never throws: what cannot be read is the overview of the default preset. */
export function parseAddress(hash: string): Address & { readonly version: string | null; readonly table: string | null } {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parameters = new URLSearchParams(search);
  return {
    place: places.find((place) => place === path) ?? 'overview',
    initiative: parameters.get('i'),
    query: {
      preset: parameters.get('p') ?? defaultPreset.id,
      difference: parameters.get('s'),
      replication: parameters.get('r'),
      digest: parameters.get('d'),
    },
    version: parameters.get('v'),
    table: parameters.get('t'),
  };
}

/** The scenario a link holds, or why it holds none. */
export async function readLink({ query, version }: { readonly query: ScenarioQuery; readonly version: string | null }): Promise<ReadLink> {
  if (version !== null && version !== '1') return broken(`it was made by a newer version (${version}) of this page. Reload to get the newest, or ask for the link again`);
  const preset = findPreset(query.preset);
  if (preset === undefined) return broken(`it names the preset '${query.preset.slice(0, 60)}', which this page does not have`);
  if (query.digest !== null && !/^[0-9a-f]{12}$/.test(query.digest)) return broken('its check digits are cut or changed');
  const replication = readReplication(query.replication);
  if (replication === null)
    return broken(
      `it asks for the replication '${query.replication?.slice(0, 20)}', and replications are whole numbers from 0 to ${lastReplication.toLocaleString('en')}; put one of them after r= in the address, or leave r out for the first`,
    );
  if (query.difference === null) return { ok: true, scenario: preset.scenario, preset: preset.id, replication, digest: query.digest };
  if (query.difference.length > longestLink) return broken('it is longer than any link of this page');
  let patched: unknown;
  try {
    patched = applyPatch(preset.scenario, JSON.parse(await expandText(query.difference)));
  } catch (error) {
    return broken(`it is cut or changed (${error instanceof Error ? error.message : String(error)})`);
  }
  const parsed = parseScenario(patched);
  if (!parsed.ok) return broken(`its scenario has errors: ${parsed.issues.slice(0, 3).map(describeIssue).join('; ')}`);
  return { ok: true, scenario: parsed.value, preset: preset.id, replication, digest: query.digest };
}

function readReplication(text: string | null): number | null {
  if (text === null) return 0;
  return /^\d{1,10}$/.test(text) && Number(text) <= lastReplication ? Number(text) : null;
}

function broken(why: string): ReadLink {
  return { ok: false, message: `This link cannot be opened: ${why}. The default scenario is shown instead; the address is left as it was until you change something.` };
}
