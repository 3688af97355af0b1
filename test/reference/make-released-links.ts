import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { runReplication } from '../../src/core/pipeline.ts';
import { presets } from '../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { formatAddress, linkVersion, parseAddress, scenarioQuery } from '../../src/interchange/link.ts';
import { engineOf } from '../../src/interchange/link-engine.ts';
import { readLink } from '../../src/interchange/link-reading.ts';
import { formatWitness, witnessOf } from '../../src/interchange/link-witness.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { recordedEdits } from './released-edits.ts';

/**
 * Writes released/version-N/: links that this version of the page makes, with the digests they give, and the presets they are
 * differences from. To be run once for every version of links, before it is released: npx tsx test/reference/make-released-links.ts
 *
 * With --digests: notes what the links on record give now. To be run, and its change explained, when results are meant to change.
 */
const released = new URL('./released/', import.meta.url);
const solver = await loadHighsSolver();
const engine = engineOf(`Node.js/${process.versions.node}`);

if (process.argv.includes('--digests')) await noteDigests();
else await record();

async function record(): Promise<void> {
  const folder = new URL(`version-${linkVersion}/`, released);
  mkdirSync(folder, { recursive: true });
  const links: unknown[] = [];
  for (const { id, scenario: start } of presets) {
    for (const { name, replication, edit } of recordedEdits) {
      const scenario = edit(start);
      const run = runReplication(scenario, replication, { solver });
      const made = { digest: run.digest.slice(0, 12), witness: formatWitness(witnessOf(run, engine)) };
      const query = { ...(await scenarioQuery(scenario, id, replication)), ...made };
      const address = formatAddress({ place: 'allocate', initiative: null, query });
      links.push({ preset: id, name, title: scenario.title, replication, digest: run.digest, address });
    }
  }
  write(new URL('links.json', folder), links, 'wx');
  const frozen = presets.map(({ id, scenario }) => ({ id, scenario }));
  write(new URL('presets.json', folder), frozen, 'wx');
}

async function noteDigests(): Promise<void> {
  for (const name of readdirSync(released)) {
    const file = new URL(`${name}/links.json`, released);
    const links = JSON.parse(readFileSync(file, 'utf8')) as { address: string; replication: number }[];
    const noted: unknown[] = [];
    for (const link of links)
      noted.push({ ...link, digest: runReplication(await scenarioOf(link.address), link.replication, { solver }).digest });
    write(file, noted, 'w');
  }
}

async function scenarioOf(address: string): Promise<Scenario> {
  const link = await readLink(parseAddress(address));
  if (!link.ok) throw new Error(`${address}: ${link.message}`);
  return link.scenario;
}

/** One entry a line. */
function write(file: URL, entries: readonly unknown[], flag: 'w' | 'wx'): void {
  writeFileSync(file, `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`, { flag });
}
