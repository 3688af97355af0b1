import { createStore, set } from 'idb-keyval';
import { beforeEach, expect, it } from 'vitest';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import { requireScenario } from '../../src/core/scenario/parse-scenario.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { studyDocument } from '../../src/core/study/study-document.ts';
import { defaultSettings, type StudyPlan } from '../../src/core/study/study-plan.ts';
import { emptyStudyTally, replicationsDone, type StudyTally } from '../../src/core/study/study-tally.ts';
import { inlineStudyRunner } from '../../src/engine/inline-study-runner.ts';
import { runStudy } from '../../src/engine/run-study.ts';
import { forgetKeptStudy, keepStudy, keptStudiesOf, readKeptStudy, studiesKept } from '../../src/state/kept-studies.ts';

const small: Scenario = requireScenario({
  ...findPreset('clean-randomised')!.scenario,
  initiatives: findPreset('clean-randomised')!.scenario.initiatives.map((initiative) =>
    initiative.source === 'simulated' ? { ...initiative, catalog: { ...initiative.catalog, n_products: 60 } } : initiative,
  ),
});
const settings = { ...defaultSettings, extent: 'decision' as const };
const planOf = (scenario: Scenario, replications = 12): StudyPlan => ({ scenario, settings, replications });
const seeded = (seed: string): Scenario => requireScenario({ ...small, seed });

async function studied(plan: StudyPlan, to: number, tally: StudyTally = emptyStudyTally(plan)): Promise<StudyTally> {
  await runStudy(plan, tally, inlineStudyRunner(), { range: { from: 0, to } });
  return tally;
}

beforeEach(async () => {
  for (const scenario of [small, ...Array.from({ length: 8 }, (_, i) => seeded(`${i}`))])
    for (const { key } of await keptStudiesOf(scenario)) await forgetKeptStudy(key);
});

it('goes on with a study that was kept, to the same document as one that was never interrupted', async () => {
  const plan = planOf(small);
  await keepStudy({ plan, tally: await studied(plan, 5) });
  const [kept] = await keptStudiesOf(small);
  expect(kept).toMatchObject({ done: 5, planned: 12, extent: 'decision' });
  const taken = (await readKeptStudy(kept!))!;
  expect(replicationsDone(taken.tally)).toBe(5);
  await studied(taken.plan, 12, taken.tally);
  const through = await studied(plan, 12);
  expect(studyDocument(taken.plan, taken.tally, null)).toEqual(studyDocument(plan, through, null));
});

it('keeps the longer of two windows that run the same study', async () => {
  const plan = planOf(small);
  const [short, long] = [await studied(plan, 2), await studied(plan, 4)];
  await Promise.all([keepStudy({ plan, tally: long }), keepStudy({ plan, tally: short })]);
  const kept = await keptStudiesOf(small);
  expect(kept.map(({ done }) => done)).toEqual([4]);
  expect(replicationsDone((await readKeptStudy(kept[0]!))!.tally)).toBe(4);
});

it('keeps the last few studies and lets go of those before them', async () => {
  const scenarios = Array.from({ length: studiesKept + 2 }, (_, i) => seeded(`${i}`));
  for (const scenario of scenarios) await keepStudy({ plan: planOf(scenario), tally: await studied(planOf(scenario), 1) });
  const counts = await Promise.all(scenarios.map(async (scenario) => (await keptStudiesOf(scenario)).length));
  expect(counts).toEqual([0, 0, 1, 1, 1, 1, 1]);
});

it('forgets a study that another version of the page wrote in a way it cannot read', async () => {
  const plan = planOf(small);
  await keepStudy({ plan, tally: await studied(plan, 1) });
  const [kept] = await keptStudiesOf(small);
  await set(kept!.key, { plan, tally: { done: [[0, 1]], rows: 'none' } }, createStore('impact-workbench-studies', 'studies'));
  expect(await readKeptStudy(kept!)).toBeNull();
  expect(await keptStudiesOf(small)).toEqual([]);
});
