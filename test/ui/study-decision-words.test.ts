import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/ui/phrase.ts';
import { moneyOf } from '../../src/views/shared/money.ts';
import { penaltySentence, verdictOf } from '../../src/views/study/decision/comparison-words.ts';
import { portfolioRows } from '../../src/views/study/decision/decision-rows.ts';
import { decisionReading, splitReading } from '../../src/views/study/decision/decision-words.ts';
import { shareWords, signedMeasure } from '../../src/views/study/decision/money-measure.ts';
import { decisionStudy } from './study-decision-fixture.ts';

const { findings } = decisionStudy();
const money = moneyOf(findings.scenario);
const difference = (value: number, error: number | null, differ = 50) => ({
  value,
  monte_carlo_se: error,
  replications_that_differ: differ,
});
const penalty = (value: number, error: number | null, differ = 50) =>
  plainText(penaltySentence({ difference: difference(value, error, differ), inUse: true }, 200, money));

describe('whether the confidence penalty lowers realised regret', () => {
  it('is said with the paired difference give or take two Monte Carlo errors', () => {
    expect(penalty(912, 140)).toBe(
      'The confidence penalty lowers realised regret here, by $900 give or take $300 (two Monte Carlo errors, on the same replications).',
    );
    expect(penalty(-912, 140)).toContain('raises realised regret here, by $900 give or take $300');
  });

  it('is not said where it cannot be told from zero', () => {
    expect(penalty(-250, 140)).toBe(
      'Whether the confidence penalty lowers realised regret cannot be told from zero: without it, regret would be $300 lower, give or take $300 (two Monte Carlo errors; 50 of 200 replications would have funded something else).',
    );
    expect(penalty(12, 1500)).toContain('regret would be the same, give or take $3,000');
    expect(penalty(280, 140)).toContain('cannot be told from zero');
    expect(penalty(280.1, 140)).toContain('lowers');
  });

  it('is not said from a handful of replications that differ, however far from zero', () => {
    expect(penalty(900, 10, 9)).toBe(
      'Whether the confidence penalty lowers realised regret cannot be told: without it, only 9 of 200 replications would have funded something else.',
    );
    expect(verdictOf(difference(900, 10, 10))).toBe('higher');
    expect(penalty(0, 0, 0)).toContain('changes nothing here');
  });

  it('is part of the reading where the scenario has a penalty', () => {
    expect(plainText(decisionReading(findings.decision!, money))).toContain('The confidence penalty lowers realised regret here');
    const none = { ...findings.decision!, arms: findings.decision!.arms.filter(({ id }) => id !== 'penalty:none') };
    expect(plainText(decisionReading(none, money))).not.toContain('penalty');
    const usual = { ...findings.decision!.arms.find(({ id }) => id === 'penalty:none')!, id: 'penalty:one_minus_confidence' };
    const unpenalised = { ...none, arms: [...none.arms, usual] };
    expect(plainText(decisionReading(unpenalised, money))).toContain('A confidence penalty would raise realised regret here');
  });
});

describe('what expected regret comes from', () => {
  const part = (value: number, error: number | null) => ({ value, monte_carlo_se: error });
  const split = {
    expected_regret: part(5000, 200),
    estimator_bias: part(0, 0),
    transport: part(0, 0),
    decision_rule: part(0, 0),
    stages: [],
  };

  it('names the parts that are clear of zero and no others', () => {
    const words = plainText(splitReading({ ...split, sampling_noise: part(4100, 210), estimator_bias: part(900, 500) }, money));
    expect(words).toBe('Sampling noise costs $4,100 (200).');
    expect(plainText(splitReading({ ...split, sampling_noise: part(-900, 100), decision_rule: part(5900, 300) }, money))).toBe(
      'Sampling noise happens to save $900 (100). The way to decide costs $5,900 (300).',
    );
  });

  it('admits that nothing can be told', () => {
    expect(plainText(splitReading({ ...split, sampling_noise: part(100, null) }, money))).toContain('cannot be told');
    expect(plainText(splitReading({ ...split, sampling_noise: part(100, 400) }, money))).toBe('No part can be told from zero yet.');
  });
});

describe('figures of the decision', () => {
  it('keep the sign with the amount, and no digit finer than the error', () => {
    expect(signedMeasure({ value: 12_345, monte_carlo_se: 480 }, money)).toBe('+$12,300 (500)');
    expect(signedMeasure({ value: -12_345, monte_carlo_se: 480 }, money)).toBe('\u2212$12,300 (500)');
    expect(signedMeasure({ value: -49_517, monte_carlo_se: null }, money)).toBe('\u2212$49,500, error unknown');
    expect(signedMeasure(null, money)).toBe('\u2013');
  });

  it('count where a share is none or all, which has no Monte Carlo error', () => {
    expect(shareWords({ value: 0, monte_carlo_se: 0 }, 1200)).toBe('none of 1,200');
    expect(shareWords({ value: 1, monte_carlo_se: 0 }, 3)).toBe('all of 3');
    expect(shareWords({ value: 0.325, monte_carlo_se: 0.07 }, 40)).toBe('33% (7)');
  });

  it('put rare portfolios together, and never hide the oracle', () => {
    const entry = (id: string, count: number) => ({ initiatives: [id], count, share: { value: count / 100, monte_carlo_se: 0.01 } });
    const chosen = [...Array.from({ length: 14 }, (_, i) => entry(`p${i}`, 20 - i)), entry('best', 1)];
    const rows = portfolioRows({ ...findings.decision!, portfolios: { replications: 100, chosen, oracle: [entry('best', 100)] } });
    expect(rows.map(({ name }) => name)).toEqual([...Array.from({ length: 10 }, (_, i) => `p${i}`), 'best', '4 others']);
    expect(rows.at(-1)!.own).toBe(`${10 + 9 + 8 + 7} of 100`);
    expect(rows.at(-2)!.oracle).toBe('all of 100');
  });
});
