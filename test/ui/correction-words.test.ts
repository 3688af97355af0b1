import { describe, expect, it } from 'vitest';
import type { AllocationProblem } from '../../src/core/allocate/decision-rule.ts';
import { allocationProblem } from '../../src/core/pipeline.ts';
import { correctedPredictions, thresholdQuestion } from '../../src/core/scale/corrected-predictions.ts';
import { entryThresholds, type EntryThresholds } from '../../src/core/scale/entry-thresholds.ts';
import type { Choice } from '../../src/core/scenario/scenario.ts';
import { plainText } from '../../src/ui/phrase.ts';
import { correctionNote, correctionRows } from '../../src/views/allocate/correction-words.ts';
import { offWords, predictionLines, predictionNote, predictionReading } from '../../src/views/scale/prediction-words.ts';
import { moneyOf } from '../../src/views/shared/money.ts';
import { runFixture, type FixtureInitiative } from './run-fixture.ts';

const initiative = (id: string, truth: number, estimate: number): FixtureInitiative => ({
  id,
  cost: 30_000,
  truth,
  pilot: [estimate - 200, estimate, estimate + 200],
  scale: [truth - 5, truth, truth + 5],
});
const four = [initiative('a', 300, 400), initiative('b', 200, 300), initiative('c', 100, 200), initiative('d', 100, -100)];
const run = runFixture({ initiatives: four, funded: ['a', 'b'], oracle: ['a'], budget: 60_000 });
const money = moneyOf(run.scenario);

/** The same estimates with standard errors worth the name. */
const doubted = {
  ...run,
  initiatives: run.initiatives.map((one) =>
    one.pilot?.result.status === 'ok' ? { ...one, pilot: { ...one.pilot, result: { ...one.pilot.result, standard_error: 100 } } } : one,
  ),
};

function problemWith(return_correction: Choice, count = 4): AllocationProblem {
  const { scenario, evaluations, standardErrors } = thresholdQuestion(doubted);
  return allocationProblem({ ...scenario, return_correction }, evaluations.slice(0, count), standardErrors);
}

const none: Choice = { id: 'none', parameters: {} };
const bayes: Choice = { id: 'empirical_bayes', parameters: {} };
const lee: Choice = { id: 'lee_shen', parameters: {} };

describe('the correction in Allocate', () => {
  it('lists each return before and after, and says whose was set by hand', () => {
    const whatIf = [{ initiative_id: 'b', R_best: 9, R_med: 8, R_worst: 7, confidence: null }];
    const rows = correctionRows(problemWith(none), problemWith(bayes), whatIf, money);
    // Lindley: mean 20,000, squares 14 x 10,000^2, so 1 / 14 of the way.
    expect(rows[0]).toEqual({
      id: 'a',
      before: '$40,000',
      beforeInterval: '$20.0k to $60.0k',
      after: '$38,571',
      afterInterval: expect.stringMatching(/^\$18\.\dk to \$58\.\dk$/) as string,
      byHand: false,
    });
    expect(rows.map(({ byHand }) => byHand)).toEqual([false, true, false, false]);
  });

  it('says what it does, what it leaves alone, and nothing where there is none', () => {
    expect(correctionNote(none, problemWith(none), problemWith(none))).toBe('');
    expect(correctionNote(bayes, problemWith(none), problemWith(bayes))).toBe(
      'Pulls each return towards the mean of all: the further, the less certain it is and the less returns differ beyond their noise. c stays as it is. What was measured is not touched.',
    );
    expect(correctionNote(bayes, problemWith(none, 3), problemWith(bayes, 3))).toBe(
      'Empirical Bayes changes none of the returns here: with fewer than 4 initiatives there is nothing to go by.',
    );
    expect(correctionNote(lee, problemWith(none), problemWith(lee))).toContain('picked above a threshold');
  });
});

describe('the predictions in Scale', () => {
  const predictions = (thresholds?: EntryThresholds) => {
    const found = correctedPredictions(doubted, thresholds ?? entryThresholds(thresholdQuestion(doubted)));
    if (found === null) throw new Error('no predictions');
    return found;
  };
  const fixed: EntryThresholds = { thresholds: null, reason: 'there are more than 20 initiatives' };

  it('has a line per funded initiative and one for the portfolio, each with its error', () => {
    const lines = predictionLines(predictions(fixed), money);
    expect(lines.map(({ name }) => name)).toEqual(['a', 'b', 'The portfolio']);
    expect(lines[0]).toMatchObject({ actual: '$30,000', truth: '$30,000' });
    expect(lines[0]?.cells.map(({ predicted, error, closest }) => [predicted, error, closest])).toEqual([
      ['$40,000', '$10,000 too high', false],
      ['$38,571', '$8,571 too high', true],
      ['$39,502', '$9,502 too high', false],
    ]);
  });

  it('says which was nearest, and against what', () => {
    expect(plainText(predictionReading(predictions(fixed), money))).toMatch(
      /^Lee and Shen came nearest to the truth, \$\d+,\d{3} off; as measured, \$20,000\.$/,
    );
    const same = {
      ...predictions(fixed),
      portfolio: { ...predictions(fixed).portfolio, closest: ['none', 'empirical_bayes', 'lee_shen'] as const },
    };
    expect(plainText(predictionReading(same, money))).toBe('No correction changes the prediction.');
    const kept = { ...predictions(fixed), portfolio: { ...predictions(fixed).portfolio, truth: 70_000, closest: ['none'] as const } };
    expect(plainText(predictionReading(kept, money))).toMatch(
      /^The figure as measured was nearest to the truth, \$0 off; Empirical Bayes \$\d,\d{3} and Lee and Shen \$\d+,\d{3}\.$/,
    );
  });

  it('says what the figures rest on', () => {
    expect(plainText(predictionNote(predictions(fixed), money))).toContain('not the decision\u2019s: there are more than 20 initiatives.');
    expect(plainText(predictionNote(predictions(), money))).toContain('at the return from which on the decision funds each initiative');
    expect(plainText(predictionNote(predictions(fixed), money))).toMatch(/a further \$\d+,?\d* off the portfolio/);
  });

  it('does not call an error what is none at the digits shown', () => {
    expect(offWords(100.2, 100.4, money)).toBe('on the truth');
    expect(offWords(100, 103, money)).toBe('$3 too low');
  });
});
