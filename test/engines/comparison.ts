import { digestOf } from '../../src/core/contracts/digest.ts';
import type { Run } from '../../src/core/contracts/run.ts';
import { studyDocument } from '../../src/core/study/study-document.ts';
import { emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { runScenario } from '../../src/engine/run-scenario.ts';
import { regretSplitOf, runStudy } from '../../src/engine/run-study.ts';
import type { Runner } from '../../src/engine/runner.ts';
import type { StudyRunner } from '../../src/engine/study-runner.ts';
import { comparedScenarios, comparedStudy } from './scenarios.ts';

/** Full digests by name. */
export type Digests = Readonly<Record<string, string>>;

/** What one engine found in one pass over everything, and what it says of its surroundings. */
export type EngineReport = {
  readonly digests: Digests;
  readonly seconds: number;
  /** As page and worker see them, so that nobody has to believe that a setting took hold. */
  readonly surroundings: readonly string[];
  /** As `ownFunctionsHere` has it. */
  readonly ownFunctions: string;
};

/** Runs all that is compared on a runner, at most `workers` tasks at once. */
export async function runComparison(runner: Runner, studyRunner: StudyRunner, workers: number): Promise<Digests> {
  const digests: Record<string, string> = {};
  for (const [name, scenario] of Object.entries(comparedScenarios())) {
    const run = await runScenario({ ...scenario, max_workers: Math.max(1, workers) }, runner);
    digests[name] = run.digest;
    digests[`${name}, all that is shown`] = digestOf(shownOf(run));
  }
  const plan = comparedStudy();
  const tally = emptyStudyTally(plan);
  await runStudy(plan, tally, studyRunner);
  const split = await regretSplitOf(plan, tally, studyRunner, new AbortController().signal);
  digests['study'] = studyDocument(plan, tally, split).digest;
  return digests;
}

/** Truths, pictures, series, oracle and explanations: what the results' own digest leaves out. */
function shownOf({ initiatives, allocation, oracle, scale_skipped }: Run): unknown {
  return { initiatives, allocation, oracle, scale_skipped };
}
