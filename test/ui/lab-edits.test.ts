import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/core/allocate/decision-rule.ts';
import { workedExample } from '../../src/core/scenario/presets/worked-example.ts';
import { parseScenario } from '../../src/core/scenario/parse-scenario.ts';
import { withWeight } from '../../src/ui/linked-weights.ts';
import {
  addOption,
  countByHand,
  countConstraints,
  resetWhatIf,
  setStanding,
  setWhatIf,
  standingOf,
} from '../../src/views/allocate/lab-edits.ts';

const { scenario } = workedExample;
const titles: Candidate = { id: 'TitlesAI', cost: 4, R_best: 15, R_med: 10, R_worst: 2, confidence: 0.9 };

describe('numbers set by hand', () => {
  it('are noted all three where one return moves, and the confidence only where it does', () => {
    expect(setWhatIf(titles, { ...titles, R_best: 20 })(scenario).what_if).toEqual([
      { initiative_id: 'TitlesAI', R_best: 20, R_med: 10, R_worst: 2, confidence: null },
    ]);
    expect(setWhatIf(titles, { ...titles, confidence: 0.2 })(scenario).what_if).toEqual([
      { initiative_id: 'TitlesAI', R_best: null, R_med: null, R_worst: null, confidence: 0.2 },
    ]);
  });

  it('replace what was set before, in its place, and go where they are what the evidence says', () => {
    const bundle: Candidate = { ...titles, id: 'BundleEngine' };
    const two = setWhatIf(bundle, { ...bundle, R_best: 30 })(setWhatIf(titles, { ...titles, R_best: 20 })(scenario));
    const again = setWhatIf(titles, { ...titles, R_best: 25 })(two);
    expect(again.what_if.map(({ initiative_id, R_best }) => [initiative_id, R_best])).toEqual([
      ['TitlesAI', 25],
      ['BundleEngine', 30],
    ]);
    expect(setWhatIf(titles, titles)(again).what_if.map(({ initiative_id }) => initiative_id)).toEqual(['BundleEngine']);
    expect(setWhatIf(titles, titles)(scenario)).toBe(scenario);
    expect(resetWhatIf()(again).what_if).toEqual([]);
  });

  it('make a valid scenario, and are counted number by number', () => {
    const edited = setWhatIf(titles, { ...titles, R_best: 20, confidence: 0.3 })(scenario);
    expect(parseScenario(edited).ok).toBe(true);
    expect(countByHand(edited.what_if, [titles])).toBe(2);
  });
});

describe('side constraints', () => {
  it('let an initiative be one of free, required and excluded', () => {
    const required = setStanding('TitlesAI', 'required')(scenario);
    expect(standingOf(required.constraints, 'TitlesAI')).toBe('required');
    const excluded = setStanding('TitlesAI', 'excluded')(required);
    expect(excluded.constraints).toMatchObject({ required: [], excluded: ['TitlesAI'] });
    expect(countConstraints(excluded.constraints)).toBe(1);
    expect(setStanding('TitlesAI', 'free')(excluded).constraints).toEqual(scenario.constraints);
  });
});

it.each([0, 0.25, 0.5, 0.7, 0.9, 1])(
  'an option of confidence %s that is put on the table makes a valid scenario, or says what is wrong',
  (confidence) => {
    const option: Candidate = { id: 'Newcomer', cost: 10, R_best: 21, R_med: 21, R_worst: -40, confidence };
    const parsed = parseScenario(addOption(option)(scenario));
    expect(parsed.ok).toBe(confidence >= 0.2);
    if (!parsed.ok) expect(parsed.issues[0]?.path).toMatch(/confidence$/);
  },
);

describe('linked weights', () => {
  const names = ['best', 'med', 'worst'];

  it('share what is left in the proportion they had', () => {
    expect(withWeight({ best: 0.2, med: 0.2, worst: 0.6 }, names, 'best', 0.6)).toEqual({ best: 0.6, med: 0.1, worst: 0.3 });
  });

  it('share it equally where they had nothing', () => {
    expect(withWeight({ best: 1, med: 0, worst: 0 }, names, 'best', 0.5)).toEqual({ best: 0.5, med: 0.25, worst: 0.25 });
  });

  it('always add up to 1 and stay between 0 and 1', () => {
    let weights: Readonly<Record<string, number>> = { best: 1 / 3, med: 1 / 3, worst: 1 / 3 };
    for (let i = 0; i < 300; i += 1) {
      weights = withWeight(weights, names, names[i % 3] ?? '', ((i * 37) % 101) / 100);
      const sum = names.reduce((total, name) => total + (weights[name] ?? NaN), 0);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
      expect(Object.values(weights).every((weight) => weight >= 0 && weight <= 1)).toBe(true);
    }
  });
});
