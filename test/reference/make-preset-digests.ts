import { writeFileSync } from 'node:fs';
import { runReplication } from '../../src/core/pipeline.ts';
import { presets } from '../../src/core/scenario/presets/index.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';

/** Writes preset-digests.json. To be run, and its change explained, when results are meant to change: npx tsx test/reference/make-preset-digests.ts */
const solver = await loadHighsSolver();
const digests = Object.fromEntries(presets.map(({ id, scenario }) => [id, runReplication(scenario, 0, { solver }).digest]));
writeFileSync(new URL('./preset-digests.json', import.meta.url), `${JSON.stringify(digests, null, 2)}\n`);
