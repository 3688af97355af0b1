import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/contracts/run.ts';
import { plainText } from '../../src/ui/phrase.ts';
import { forestRows } from '../../src/views/overview/forest-rows.ts';
import { reading } from '../../src/views/overview/reading.ts';
import { scaleReading } from '../../src/views/scale/scale-words.ts';
import { judgedPilots } from '../../src/views/shared/coverage.ts';
import { moneyOf } from '../../src/views/shared/money.ts';
import { transportSentence, transportWords } from '../../src/views/shared/transport.ts';
import { runFixture } from './run-fixture.ts';

const plain = runFixture({
  initiatives: ['a', 'b', 'c'].map((id) => ({ id, cost: 10, truth: 300, pilot: [250, 310, 350], scale: [290, 300, 310] })),
  funded: ['a', 'b'],
  oracle: ['a'],
});

/** The same run with effects that change on the way to scale. */
function changed(multipliers: Readonly<Record<string, number>>): Run {
  const multiplier = (id: string) => multipliers[id] ?? 1;
  return {
    ...plain,
    scenario: {
      ...plain.scenario,
      initiatives: plain.scenario.initiatives.map((one) => ({ ...one, effect_at_scale: multiplier(one.initiative_id) })),
    },
    initiatives: plain.initiatives.map((one) => ({
      ...one,
      true_effect_at_scale: 300 * multiplier(one.initiative_id),
      true_return: 30_000 * multiplier(one.initiative_id),
    })),
  };
}

const sentenceOf = (multipliers: Readonly<Record<string, number>>, ids: string[] | null = null) =>
  plainText(transportSentence(changed(multipliers).scenario, ids));

describe('what is said of an effect that changes on the way to scale', () => {
  it.each([
    [0, 'is gone'],
    [0.5, 'is 0.5 times as large'],
    [2, 'is twice as large'],
    [1.25, 'is 1.25 times as large'],
    [10 / 3, 'is 3.33 times as large'],
    [-1, 'is turned round'],
    [-0.5, 'is turned round, 0.5 times as large'],
    [1, 'is the same'],
    [3, 'is 3 times as large'],
  ])('at %s it %s', (multiplier, words) => expect(transportWords(multiplier)).toBe(words));

  it('names those that change, and nobody where none does', () => {
    expect(sentenceOf({})).toBe('');
    expect(sentenceOf({ b: 0.5 })).toBe('At scale the effect is 0.5 times as large for b, which no pilot can show.');
    expect(sentenceOf({ a: 0, b: 0 })).toBe('At scale the effect is gone for a and b, which no pilot can show.');
    expect(sentenceOf({ a: 0, c: 2 })).toBe('At scale the effects of a and c are no longer those of the pilots, which no pilot can show.');
    expect(sentenceOf({ a: 0, c: 2 }, ['c'])).toBe('At scale the effect is twice as large for c, which no pilot can show.');
  });

  it('does not make the pilots miss the truth: they are held against that of the pilot', () => {
    const run = changed({ a: 0, b: -2 });
    expect(judgedPilots(run).map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds']);
    expect(plainText(reading(run, moneyOf(run.scenario), 'Minimax regret'))).toMatch(/^Every pilot interval holds its true effect\./);
    expect(plainText(scaleReading(run))).toContain('effects of a and b');
    expect(forestRows(run, 1000).map(({ truth, truthAtScale }) => [truth, truthAtScale])).toEqual([
      [30, 0],
      [30, -60],
      [30, undefined],
    ]);
  });
});
