import { jobArchiveFileNames, jobSchemaVersion } from '../../core/contracts/job-directory.ts';
import type { MeasuredInitiative, Run } from '../../core/contracts/run.ts';
import type { PilotFile } from '../pilot-file.ts';
import { scenarioFileText } from '../scenario-file.ts';
import { decidedReturns } from './decided-returns.ts';
import { allocationYaml } from './family-allocation.ts';
import { familyGaps } from './family-gaps.ts';
import { familyScript } from './family-script.ts';
import { jobFiles, jsonText, type TextFile } from './job-files.ts';
import { readMe } from './read-me.ts';

export type JobExport = {
  /** The preset the scenario started from. */
  readonly preset: string;
  /** The data of one initiative's pilot; null where it states its returns. */
  readonly pilotOf: (initiativeId: string) => Promise<PilotFile | null>;
  /** ISO 8601. */
  readonly created_at: string;
};

/**
 * A run as job directories with the scenario beside them, file by file, so that one pilot is in memory at a time. Pilots without an
 * answer have no directory. `created_at` is all that differs between two exports of one run.
 */
export async function* exportJobs(run: Run, { preset, pilotOf, created_at }: JobExport): AsyncGenerator<TextFile> {
  yield* archiveFiles(run, preset, created_at);
  const decided = decidedReturns(run);
  for (const { initiative_id: id, evaluation, pilot } of run.initiatives) {
    const initiative = run.scenario.initiatives.find(({ initiative_id }) => initiative_id === id);
    const returns = decided.get(id);
    if (initiative === undefined || evaluation === null || returns === undefined) continue;
    yield* jobFiles({
      initiative,
      evaluation,
      measured: measuredOf(pilot?.result),
      decided: returns,
      pilot: await pilotOf(id),
      currency: run.scenario.currency,
      confidence_level: run.scenario.confidence_level,
      created_at,
    });
  }
}

function archiveFiles(run: Run, preset: string, created_at: string): TextFile[] {
  const { scenario, replication, digest } = run;
  const gaps = familyGaps(run);
  const decisionGaps = gaps.filter(({ about }) => about === 'allocation').map(({ text }) => text);
  const stated = new Set(scenario.initiatives.filter(({ source }) => source === 'stated').map(({ initiative_id: id }) => id));
  const scored = run.evaluate_results.filter(({ initiative_id: id }) => !stated.has(id));
  const record = {
    schema_version: jobSchemaVersion,
    created_at,
    replication,
    digest,
    allocate_result: run.allocate_result,
    scored_confidence: Object.fromEntries(scored.map(({ initiative_id: id, confidence }) => [id, confidence])),
    not_told: decisionGaps,
  };
  return [
    { path: jobArchiveFileNames.scenario, text: scenarioFileText({ scenario, preset, replication, digest, witness: null }) },
    { path: jobArchiveFileNames.run, text: jsonText(record) },
    { path: jobArchiveFileNames.allocation, text: allocationYaml(run, decisionGaps) },
    { path: jobArchiveFileNames.script, text: familyScript },
    { path: jobArchiveFileNames.readMe, text: readMe(run, gaps) },
  ];
}

function measuredOf(result: Run['pilot_results'][number] | undefined): MeasuredInitiative | null {
  return result?.status === 'ok' ? result : null;
}
