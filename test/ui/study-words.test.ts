import { describe, expect, it } from 'vitest';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import type { StudyFindings } from '../../src/core/study/study-document.ts';
import { defaultSettings } from '../../src/core/study/study-plan.ts';
import { plainText } from '../../src/ui/phrase.ts';
import { studyResult } from '../../src/views/frame/step-results.ts';
import { moneyOf } from '../../src/views/shared/money.ts';
import { coverageVerdict } from '../../src/views/study/coverage-verdict.ts';
import { diagnosandRows } from '../../src/views/study/diagnosand-rows.ts';
import { failureWords, progressWords, studyCommand, studyHeading, studyReading, timeLeft } from '../../src/views/study/study-words.ts';
import { findingsFixture, summaryFixture } from './study-fixture.ts';

const heading = (findings: StudyFindings) => studyHeading(findings, moneyOf(findings.scenario));
const share = (value: number) => ({ value, monte_carlo_se: 0.01 });

describe('the verdict on coverage', () => {
  it('allows three Monte Carlo errors of the level itself', () => {
    // sqrt(0.95 * 0.05 / 400) is 0.0109: three of them are 0.0327.
    expect(coverageVerdict(share(0.95 - 0.032), 0.95, 400)).toBe('as promised');
    expect(coverageVerdict(share(0.95 - 0.033), 0.95, 400)).toBe('too seldom');
    expect(coverageVerdict(share(0.982), 0.95, 400)).toBe('as promised');
    expect(coverageVerdict(share(0.983), 0.95, 400)).toBe('too often');
  });

  it('is not given on few replications, but where they are bad enough', () => {
    expect(coverageVerdict(share(0.9), 0.95, 10)).toBe('cannot tell');
    expect(coverageVerdict(share(0.2), 0.95, 10)).toBe('too seldom');
    expect(coverageVerdict(null, 0.95, 500)).toBe('cannot tell');
  });
});

describe('the heading of a study', () => {
  it('counts the methods that cover as promised', () => {
    const good = ['a', 'b', 'c', 'd'].map((id) => summaryFixture(id, 190, 200));
    expect(heading(findingsFixture([...good, summaryFixture('e', 150, 200)]))).toBe(
      'Over 200 replications, four of five methods cover as promised.',
    );
    expect(heading(findingsFixture(good))).toBe('Over 200 replications, all four methods cover as promised.');
    expect(heading(findingsFixture([summaryFixture('a', 150, 200)]))).toBe(
      'Over 200 replications, the one method does not cover as promised.',
    );
  });

  it('counts only methods that decide, against the expected effect', () => {
    const own = summaryFixture('a', 190, 200);
    const others = [summaryFixture('a', 20, 200, { position: 1 }), summaryFixture('a', 20, 200, { about: 'sample' })];
    expect(heading(findingsFixture([own, ...others]))).toBe('Over 200 replications, the one method covers as promised.');
  });

  it('says what deciding costs, with its Monte Carlo error and no digit finer', () => {
    const arm = { expected_regret: { value: 1243, monte_carlo_se: 87 } };
    const findings = findingsFixture([summaryFixture('a', 190, 200)], {
      decision: { arms: [arm] } as unknown as StudyFindings['decision'],
    });
    expect(heading(findings)).toBe(
      'Over 200 replications, the one method covers as promised; deciding this way costs $1,240 ± 90 on average.',
    );
  });

  it('says that few replications cannot tell, and when there is nothing to judge', () => {
    expect(heading(findingsFixture([summaryFixture('a', 5, 5)]))).toBe(
      'Over 5 replications, too few to tell whether the intervals cover as promised.',
    );
    expect(heading(findingsFixture([], { replications: 3 }))).toBe('Over 3 replications, there is nothing that can be judged.');
  });

  it('names the world without effects', () => {
    const settings = { ...defaultSettings, effect: 'none' as const };
    expect(heading(findingsFixture([summaryFixture('a', 190, 200)], { settings }))).toBe(
      'Over 200 replications, without any effect, the one method covers as promised.',
    );
  });
});

describe('the words under the heading', () => {
  it('say that partial results stand, and how many they are of', () => {
    const words = plainText(studyReading(findingsFixture([summaryFixture('a', 190, 200)], { planned: 1000 })));
    expect(words).toContain('These are the first 200 of 1,000: they stand as they are.');
    expect(plainText(studyReading(findingsFixture([summaryFixture('a', 190, 200)])))).not.toContain('the first');
  });

  it('say that stated returns are not drawn anew', () => {
    const { scenario } = findPreset('worked-example')!;
    expect(plainText(studyReading(findingsFixture([], { scenario, replications: 10 })))).toContain('every replication is the same');
  });
});

describe('the table of diagnosands', () => {
  const cell = (id: string, covering: number, of: number, withoutEffects = false) =>
    diagnosandRows([summaryFixture('a', covering, of)], { level: 0.95, withoutEffects }, '$').find((row) => row.id === id)!.cells[0]!;

  it('says in words what a figure comes to, beside it', () => {
    expect(cell('coverage', 190, 200)).toEqual({ text: '95% (2)', verdict: 'as promised', off: false });
    expect(cell('coverage', 150, 200)).toEqual({ text: '75% (3)', verdict: 'too seldom', off: true });
    expect(cell('bias', 150, 200)).toMatchObject({ verdict: 'too high on average', off: true });
    expect(cell('bias', 200, 200)).toMatchObject({ verdict: 'none to be seen', off: false });
  });

  it('counts where a share is all or none, which has no error of its own', () => {
    expect(cell('coverage', 40, 40).verdict).toBe('all of 40, as promised');
    expect(cell('type_s_error', 40, 40)).toMatchObject({ text: '0%', verdict: 'none of 40' });
  });

  it('holds false alarms against 5%, but only where there is no effect', () => {
    expect(cell('rejection_rate', 200, 200, true)).toMatchObject({ verdict: 'all of 200, too many alarms', off: true });
    expect(cell('rejection_rate', 200, 200, false).off).toBe(false);
  });
});

describe('the command line', () => {
  it('is given for a preset as it stands', () => {
    const { scenario } = findPreset('clean-randomised')!;
    const findings = findingsFixture([summaryFixture('a', 190, 200)], { scenario });
    expect(studyCommand(findings)).toBe('npm run --silent cli -- study --preset clean-randomised --replications 200 --extent decision');
    expect(studyCommand({ ...findings, scenario: { ...scenario, seed: 'mine' } })).toBeNull();
    expect(studyCommand({ ...findings, settings: { ...findings.settings, effect: 'none' } })).toMatch(/ --aa$/);
    const precision = { diagnosand: 'coverage', monte_carlo_se: 0.02 };
    expect(studyCommand({ ...findings, planned: 3000, settings: { ...findings.settings, precision } })).toMatch(
      /--replications 3000 .* --precision coverage:0\.02$/,
    );
  });
});

describe('what is said of a study under way', () => {
  it('is how far it is, and about how long it takes', () => {
    expect(progressWords({ status: 'running', done: 40, planned: 200, secondsLeft: 13 })).toBe('40 of 200 replications, about 15 s left');
    expect(progressWords({ status: 'cancelled', done: 40, planned: 200, secondsLeft: null })).toBe(
      'cancelled after 40 of 200 replications',
    );
    expect(progressWords({ status: 'done', done: 600, planned: 5000, secondsLeft: null })).toBe(
      'precise enough after 600 of 5,000 replications',
    );
    expect([1, 7, 63, 200, 20_000].map(timeLeft)).toEqual([
      'almost done',
      'about 7 s left',
      'about 65 s left',
      'about 3 min left',
      'about 6 h left',
    ]);
  });

  it('is two words in the navigation', () => {
    const progress = { status: 'idle', done: 0, planned: 0, secondsLeft: null } as const;
    expect(studyResult(progress, false)).toBe('not run yet');
    expect(studyResult({ ...progress, status: 'running', done: 40, planned: 200 }, false)).toBe('40 of 200');
    expect(studyResult({ ...progress, status: 'done', done: 200, planned: 200 }, false)).toBe('200 replications');
    expect(studyResult({ ...progress, status: 'done', done: 200, planned: 200 }, true)).toBe('of another scenario');
  });

  it('counts replications without an answer, with the reasons, the commonest first', () => {
    const failures = { count: 5, reasons: { 'there is no control': 1, 'all strata are empty': 4 } };
    expect(failureWords(summaryFixture('a', 190, 195, { failures }))).toBe(
      'No answer in 5 of 200. 4 times: All strata are empty. Once: There is no control.',
    );
  });
});
