import { zipSync, type Zippable } from 'fflate';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../../../src/core/contracts/run.ts';
import { measureTask, runReplication } from '../../../../src/core/pipeline.ts';
import { requireScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { findPreset } from '../../../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../../../src/core/scenario/scenario.ts';
import { exportJobs } from '../../../../src/interchange/job-directory/export-jobs.ts';
import { writeZip } from '../../../../src/interchange/job-directory/write-zip.ts';
import { pilotFile } from '../../../../src/interchange/pilot-file.ts';

export const madeAt = '2026-01-05T09:00:00.000Z';
export const familyFolder = fileURLToPath(new URL('../../../reference/job-directory/family', import.meta.url));

export function scenarioOf(preset: string, change: Partial<Scenario> = {}): Scenario {
  return requireScenario({ ...findPreset(preset)?.scenario, ...change });
}

export function runOf(scenario: Scenario, replication = 0): Run {
  return runReplication(scenario, replication, { solver: null });
}

/** The export of a run, file by file. */
export async function filesOf(run: Run, created_at = madeAt, preset = 'online-retail-five'): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for await (const { path, text } of exportOf(run, created_at, preset)) files.set(path, text);
  return files;
}

export async function archiveOf(run: Run, created_at = madeAt, preset = 'online-retail-five'): Promise<Uint8Array> {
  return Buffer.concat(await writeZip(exportOf(run, created_at, preset), { pause: async () => undefined }));
}

function exportOf(run: Run, created_at: string, preset: string) {
  return exportJobs(run, {
    preset,
    created_at,
    pilotOf: async (id) => {
      const initiative = run.scenario.initiatives.find(({ initiative_id }) => initiative_id === id);
      return initiative?.source === 'simulated' ? pilotFile(measureTask(run.scenario, run.replication, initiative, 'pilot')) : null;
    },
  });
}

/** A zip of texts, by another library call than the one that is tested. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const [path, content] of Object.entries(files))
    entries[path] = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return zipSync(entries, { mtime: new Date(2000, 0, 1) });
}

/** One job directory as the family writes it, with what a test changes in it. */
export function jobOf({
  manifest = {},
  impact = {},
  evaluation = {},
}: Readonly<Record<'manifest' | 'impact' | 'evaluation', object>> | Record<string, never> = {}) {
  return {
    'shelf/manifest.json': JSON.stringify({ schema_version: '2.0', model_type: 'experiment', ...manifest }),
    'shelf/impact_results.json': JSON.stringify({ effect_estimate: 5, ci_lower: 1, ci_upper: 9, cost_to_scale: 20, ...impact }),
    'shelf/evaluate_result.json': JSON.stringify({ confidence: 0.9, ...evaluation }),
  };
}

export function familyFiles(): Map<string, Uint8Array> {
  const entries = readdirSync(familyFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => [join(parentPath, name).slice(familyFolder.length + 1), readFileSync(join(parentPath, name))]),
  );
}
