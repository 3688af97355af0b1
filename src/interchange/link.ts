import { digestOf } from '../core/contracts/digest.ts';
import { defaultPreset, findPreset } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { compressText } from './compressed-text.ts';
import { migrations as released } from './migrations/index.ts';
import { migrateParameters, newestVersion, type LinkParameters, type Migrations } from './migrations/migration.ts';
import { diff } from './patch.ts';

/** The version of the links that this page makes. */
export const linkVersion = newestVersion(released);
/** Longest scenario part a link may have; above it a file is the way. */
export const longestLink = 30_000;
/** The highest replication that can be asked for. */
export const lastReplication = 1e9;

/** The steps of the loop, and the places beside it. */
export const steps = ['overview', 'simulate', 'measure', 'evaluate', 'allocate', 'scale', 'study'] as const;
export const places = [...steps, 'decide', 'report', 'data'] as const;
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
 * first, 0), the digest that replication should give, and who computed it (link-witness.ts).
 */
export type ScenarioQuery = {
  readonly preset: string;
  readonly difference: string | null;
  readonly replication: string | null;
  readonly digest: string | null;
  readonly witness: string | null;
};

/** An address as it was read, in the terms of the newest version. */
export type ReadAddress = Required<Address> & {
  /** The version it names; null where it names none. */
  readonly version: string | null;
  /** Parameters that are there more than once. */
  readonly repeated: readonly string[];
};

const parameterNames = ['v', 'p', 's', 'r', 'd', 'w', 'i', 't'];

/** The scenario part of the link for a replication of a scenario, as a difference from a preset. */
export async function scenarioQuery(scenario: Scenario, preset: string, replication = 0): Promise<ScenarioQuery> {
  const start = findPreset(preset) ?? defaultPreset;
  const change = diff(start.scenario, scenario);
  const difference = change === null ? null : await compressText(JSON.stringify(change));
  return { preset: start.id, difference, replication: replicationText(replication), digest: null, witness: null };
}

/** How a replication stands in an address; null for the first, which is left out. */
export function replicationText(replication: number): string | null {
  return replication === 0 ? null : String(replication);
}

/** Whether a scenario's difference is more than a link may hold. */
export function linkIsTooLong(difference: string | null): boolean {
  return difference !== null && (difference.length > longestLink || isStandIn(difference));
}

/** What an address holds in place of a difference that is too long for a link: enough to tell one from another. */
export function standIn(difference: string): string {
  return `!${digestOf(difference).slice(0, 12)}`;
}

export function isStandIn(difference: string | null): boolean {
  return difference !== null && /^![0-9a-f]{12}$/.test(difference);
}

/** `#/allocate?v=2&p=preset&s=...&r=...&d=...&w=...`; the default preset and absent parts are left out. */
export function formatAddress({ place, initiative, query, table = null }: Address): string {
  const parts: [string, string][] = [];
  if (query.preset !== defaultPreset.id) parts.push(['p', query.preset]);
  if (query.difference !== null) parts.push(['s', query.difference]);
  if (query.replication !== null) parts.push(['r', query.replication]);
  if (query.digest !== null) parts.push(['d', query.digest]);
  if (query.digest !== null && query.witness !== null) parts.push(['w', query.witness]);
  if (parts.length > 0) parts.unshift(['v', String(linkVersion)]);
  if (initiative !== null) parts.push(['i', initiative]);
  if (place === 'decide' && table !== null) parts.push(['t', table]);
  return `#/${place}${parts.length > 0 ? '?' : ''}${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Splits the part after the #. Never throws: what cannot be read is the overview of the default preset. */
export function parseAddress(hash: string, migrations: Migrations = released): ReadAddress {
  const [, path = '', search = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(hash) ?? [];
  const given = new URLSearchParams(search);
  const version = given.get('v');
  const parameters = inNewestTerms(given, version, migrations);
  return {
    place: places.find((place) => place === path) ?? 'overview',
    initiative: parameters['i'] ?? null,
    query: {
      preset: parameters['p'] ?? defaultPreset.id,
      difference: parameters['s'] ?? null,
      replication: parameters['r'] ?? null,
      digest: parameters['d'] ?? null,
      witness: parameters['w'] ?? null,
    },
    version,
    table: parameters['t'] ?? null,
    repeated: parameterNames.filter((name) => given.getAll(name).length > 1),
  };
}

function inNewestTerms(given: URLSearchParams, version: string | null, migrations: Migrations): LinkParameters {
  const parameters: LinkParameters = Object.fromEntries([...given].reverse());
  return version !== null && /^\d{1,6}$/.test(version) ? migrateParameters(parameters, Number(version), migrations) : parameters;
}
