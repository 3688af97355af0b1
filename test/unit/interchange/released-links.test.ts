import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/core/contracts/run.ts';
import { runReplication } from '../../../src/core/pipeline.ts';
import { requireScenario } from '../../../src/core/scenario/parse-scenario.ts';
import { findPreset, presets } from '../../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import type { Solver } from '../../../src/core/allocate/solver.ts';
import { linkVersion, parseAddress } from '../../../src/interchange/link.ts';
import { readLink } from '../../../src/interchange/link-reading.ts';
import { firstDifference, witnessOf, type Witness } from '../../../src/interchange/link-witness.ts';
import { migrations } from '../../../src/interchange/migrations/index.ts';
import { frozenPreset } from '../../../src/interchange/migrations/migration.ts';
import { loadHighsSolver } from '../../../workers/highs-solver.ts';

type RecordedLink = {
  readonly preset: string;
  readonly name: string;
  readonly title: string;
  readonly replication: number;
  readonly digest: string;
  readonly address: string;
};

const folder = new URL('../../reference/released/', import.meta.url);
const versions = Array.from({ length: linkVersion }, (_, i) => i + 1);
const read = <T>(version: number, name: string) => JSON.parse(readFileSync(new URL(`version-${version}/${name}`, folder), 'utf8')) as T[];

// Links of several versions hold the same scenarios, which are run once.
const runs = new Map<string, Run>();
let solver: Solver;
beforeAll(async () => void (solver = await loadHighsSolver()));

function runOf(scenario: Scenario, replication: number): Run {
  const key = JSON.stringify([scenario, replication]);
  const run = runs.get(key) ?? runReplication(scenario, replication, { solver });
  runs.set(key, run);
  return run;
}

it('every version of links is on record', () => {
  expect(readdirSync(folder).sort()).toEqual(versions.map((version) => `version-${version}`));
});

describe.each(versions)('links of version %i', (version) => {
  const links = read<RecordedLink>(version, 'links.json');

  it('are on record for every preset of their time', () => {
    const ids = read<{ id: string }>(version, 'presets.json').map(({ id }) => id);
    expect([...new Set(links.map(({ preset }) => preset))]).toEqual(ids);
    expect(links.every(({ address, name }) => name === 'plain' || address.includes(`v=${version}&`))).toBe(true);
  });

  it.each(links.map((link) => [`${link.preset}, ${link.name}`, link] as const))(
    '%s: opens, and gives what it gave',
    async (_, recorded) => {
      const link = await readLink(parseAddress(recorded.address));
      if (!link.ok) throw new Error(link.message);
      expect(link).toMatchObject({ preset: recorded.preset, replication: recorded.replication, scenario: { title: recorded.title } });
      if (recorded.name === 'plain') return expect(link.scenario).toEqual(await presetOf(recorded.preset, version));
      const run = runOf(link.scenario, link.replication);
      expect(run.digest).toBe(recorded.digest);
      if (version === 1) expect(link.witness).toBeNull();
      else if (link.digest === run.digest.slice(0, 12))
        expect(firstDifference(link.witness as Witness, witnessOf(run, { family: 'node', major: 0 }))).toBeNull();
    },
  );

  it.each(read<{ id: string; scenario: unknown }>(version, 'presets.json'))(
    'mean by the preset $id what they meant',
    async ({ id, scenario }) => {
      expect(await presetOf(id, version), whatToDo(id)).toEqual(requireScenario(scenario));
    },
  );
});

it('every preset is on record as links of this version mean it', () => {
  const recorded = read<{ id: string }>(linkVersion, 'presets.json').map(({ id }) => id);
  for (const { id } of presets) expect(recorded, whatToDo(id)).toContain(id);
});

/** What a preset is in links of a version. */
async function presetOf(id: string, version: number): Promise<Scenario | null> {
  const now = (await frozenPreset(id, version, migrations)) ?? findPreset(id)?.scenario;
  return now === undefined ? null : requireScenario(now);
}

function whatToDo(id: string): string {
  return `The preset ${id} is not what links on record are differences from: see src/interchange/migrations/migration.ts for what to do`;
}
