import { mkdirSync, writeFileSync } from 'node:fs';
import { runReplication } from '../../src/core/pipeline.ts';
import { presets } from '../../src/core/scenario/presets/index.ts';
import { formatAddress, linkVersion, scenarioQuery } from '../../src/interchange/link.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { recordedEdits } from './released-edits.ts';

/**
 * Writes released/version-N/: links that this version of the page makes, with the digests they give, and the presets they are
 * differences from. To be run once for every version of links, before it is released: npx tsx test/reference/make-released-links.ts
 */
const folder = new URL(`./released/version-${linkVersion}/`, import.meta.url);
mkdirSync(folder, { recursive: true });
const solver = await loadHighsSolver();

const links = [];
for (const { id, scenario: start } of presets) {
  for (const { name, replication, edit } of recordedEdits) {
    const scenario = edit(start);
    const { digest } = runReplication(scenario, replication, { solver });
    const query = { ...(await scenarioQuery(scenario, id, replication)), digest: digest.slice(0, 12) };
    links.push({
      preset: id,
      name,
      title: scenario.title,
      replication,
      digest,
      address: formatAddress({ place: 'allocate', initiative: null, query }),
    });
  }
}
write('links.json', links);
write(
  'presets.json',
  presets.map(({ id, scenario }) => ({ id, scenario })),
);

/** One entry a line. */
function write(name: string, entries: readonly unknown[]): void {
  writeFileSync(new URL(name, folder), `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`, { flag: 'wx' });
}
