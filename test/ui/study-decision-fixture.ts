import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { averageEvidence } from '../../src/core/study/average-evidence.ts';
import { decisionArms } from '../../src/core/study/decision-arms.ts';
import { addDecisions } from '../../src/core/study/decision-tally.ts';
import { splitRegret } from '../../src/core/study/regret-split.ts';
import { studyFindings, type StudyFindings } from '../../src/core/study/study-document.ts';
import type { StudySettings } from '../../src/core/study/study-plan.ts';
import { emptyStudyTally, type StudyTally } from '../../src/core/study/study-tally.ts';
import { generator, normal, recordOf } from '../unit/core/study/decision-records.ts';
import { smallPlan } from '../unit/engine/study-fixture.ts';

export type Options = {
  readonly replications?: number;
  readonly settings?: Partial<StudySettings>;
  readonly oracle?: boolean;
  readonly split?: boolean;
  /** How often, of a hundred, the decision without the penalty is another. */
  readonly unpenalisedDiffers?: number;
};

/**
 * Two initiatives that cannot both be paid for: the larger estimate is funded. The first truly returns 50,000, the second 30,000 (at scale 27,000), and is
 * overestimated by 5,000; estimates have a standard deviation of 12,000.
 */
export function decisionStudy(options: Options = {}): { readonly findings: StudyFindings; readonly tally: StudyTally } {
  const { replications = 200, settings = {}, oracle = true, split = true, unpenalisedDiffers = 30 } = options;
  const small = smallPlan(replications, settings);
  const plan = { ...small, scenario: oneOfTwo(small.scenario) };
  const [first, second] = plan.scenario.initiatives.map(({ initiative_id: id }) => id) as [string, string];
  const arms = decisionArms(plan.scenario).map(({ id }) => id);
  const tally = emptyStudyTally(plan);
  const uniform = generator(17);
  for (let replication = 0; replication < replications; replication += 1) {
    const initiatives = [
      { id: first, med: 50_000 + 12_000 * normal(uniform), pilot: 50_000, scale: 50_000, half: 20_000 },
      { id: second, med: 35_000 + 12_000 * normal(uniform), pilot: 30_000, scale: 27_000, half: 20_000 },
    ] as const;
    const own = initiatives[0].med > initiatives[1].med ? first : second;
    const swapped = replication % 100 < unpenalisedDiffers ? second : own;
    addDecisions(
      tally.decisions,
      recordOf({
        replication,
        initiatives,
        decisions: Object.fromEntries(arms.map((id) => [id, { selected: [id === 'penalty:none' ? swapped : own] }])),
        oracle: oracle ? [first] : null,
      }),
    );
  }
  tally.done = replications === 0 ? [] : [[0, replications]];
  const average = averageEvidence(tally.decisions);
  const parts = split && average !== null ? splitRegret(plan, average, { solver: null }) : null;
  return { findings: studyFindings(plan, tally, parts), tally };
}

function oneOfTwo(scenario: Scenario): Scenario {
  return {
    ...scenario,
    budget: 100_000,
    initiatives: scenario.initiatives.map((initiative) => ({ ...initiative, cost_to_scale: 60_000 })),
  };
}
