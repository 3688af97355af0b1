import { writeFileSync } from 'node:fs';
import { emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { studyDocument } from '../../src/core/study/study-document.ts';
import { inlineStudyRunner } from '../../src/engine/inline-study-runner.ts';
import { regretSplitOf, runStudy } from '../../src/engine/run-study.ts';
import { studiesOnRecord } from '../unit/engine/study-fixture.ts';

/** Writes study-digests.json. To be run, and its change explained, when results are meant to change: npx tsx test/reference/make-study-digests.ts */
const digests: Record<string, string> = {};
for (const [name, plan] of Object.entries(studiesOnRecord())) {
  const tally = emptyStudyTally(plan);
  const runner = inlineStudyRunner();
  await runStudy(plan, tally, runner);
  digests[name] = studyDocument(plan, tally, await regretSplitOf(plan, tally, runner, new AbortController().signal)).digest;
}
writeFileSync(new URL('./study-digests.json', import.meta.url), `${JSON.stringify(digests, null, 2)}\n`);
