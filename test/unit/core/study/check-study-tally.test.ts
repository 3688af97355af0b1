import { describe, expect, it } from 'vitest';
import { replicate } from '../../../../src/core/study/replicate.ts';
import { readStudy, studyDocument } from '../../../../src/core/study/study-document.ts';
import { addRecord, emptyStudyTally } from '../../../../src/core/study/study-tally.ts';
import { smallPlan } from '../../engine/study-fixture.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- files that no type describes */

const plan = smallPlan(4, { extent: 'decision', keep: 3 });
const tally = emptyStudyTally(plan);
for (const replication of [0, 1, 2, 3]) addRecord(tally, replicate(plan, replication, { solver: null }));
const written = JSON.stringify(studyDocument(plan, tally, null));

type Change = (file: any) => void;
const changes: readonly (readonly [string, Change, RegExp])[] = [
  ['fewer replications done than are in the sums', (file) => (file.done = [[0, 3]]), /file\.json: state\.rows\.0: has 4 answers and 0 failures where 3 are done/],
  ['more done than planned', (file) => (file.done = [[0, 5]]), /done: must not go beyond the 4 replications planned/],
  ['more failures than replications', (file) => (file.state.rows[0].failures = { x: 1 }), /has 4 answers and 1 failures where 4 are done/],
  ['failures below 0', (file) => (file.state.rows[0].failures = { x: -1 }), /failures\.x: must not be negative/],
  ['failures that are none', (file) => (file.state.rows[0].failures = null), /failures: must be an object/],
  ['an estimand there is not', (file) => (file.state.rows[0].estimand = 'late'), /estimand: must be one of ate, att/],
  ['answers without an estimand', (file) => (file.state.rows[0].estimand = null), /estimand: is missing/],
  ['rows in another order', (file) => file.state.rows.reverse(), /state\.rows\.0: must be .* of .*, as in the scenario/],
  ['kept replicates left out', (file) => (file.state.kept.rows = []), /state\.kept: row 0: must hold the 3 replications/],
  ['ways to decide in another order', (file) => file.state.decisions.arms.reverse(), /other arms, initiatives or settings/],
  ['decisions of other replications', (file) => (file.state.decisions.kept.replications[0] = 7), /state\.decisions\.kept: replication 7 is not among those done/],
  ['a decision too many', (file) => (file.state.decisions.arms[0].counts.replications = 5), /arms: own: has 5 replications where 4 are done/],
  ['more right choices than choices', (file) => (file.state.decisions.arms[0].counts.oracle_set = 9), /oracle_set: must not be above the 4 replications/],
  ['more fundings than replications', (file) => (file.state.decisions.initiatives[0].groups[1].counts.selected = 9), /selected: must not be above the 1 replications/],
  ['decisions where the plan has none', (file) => (file.settings.extent = 'estimates'), /has 4 replications where 0 are done/],
  ['a target there is not', (file) => (file.settings.precision = { diagnosand: 'bais', monte_carlo_se: 1 }), /did you mean bias/],
];

describe('a study file', () => {
  it('is read as it was written', () => {
    expect(JSON.stringify(studyDocument(plan, readStudy(JSON.parse(written)).tally, null))).toBe(written);
  });

  it.each(changes)('is refused with %s', (_, change, message) => {
    const file: unknown = JSON.parse(written);
    change(file);
    expect(() => readStudy(file, 'file.json')).toThrow(message);
  });
});
