import { describe, expect, it } from 'vitest';
import type { ModelType } from '../../../../src/core/contracts/shared-types.ts';
import { mersenneTwister } from '../../../../src/core/evaluate/mersenne-twister.ts';
import { scoreConfidence } from '../../../../src/core/evaluate/score.ts';
import reference from '../../../reference/scorer.json' with { type: 'json' };
import more from '../../../reference/scorer-more.json' with { type: 'json' };

const kinds: readonly ModelType[] = ['experiment', 'quasi-experiment', 'time-series', 'observational'];

describe('the score strategy', () => {
  it('is the Python one, to the last bit, for every reference id and kind of method', () => {
    for (const row of reference.rows) {
      for (const kind of kinds) {
        const score = scoreConfidence(row.initiative_id, kind);
        expect(score.confidence).toBe(row.hist_feb2026_scores[kind as keyof typeof row.hist_feb2026_scores]);
        expect(score.seed).toBe(row.seed);
        expect(score.draw).toBe(row.mt19937_random53);
      }
    }
  });

  it('is the Python one for three hundred more ids, long and short', () => {
    for (const [id, kind, seed, confidence] of more as [string, ModelType, number, number][]) {
      expect(scoreConfidence(id, kind)).toMatchObject({ seed, confidence });
    }
  });

  it('looks at the id alone, and takes another range when told to', () => {
    const { draw } = scoreConfidence('a', 'experiment');
    expect(scoreConfidence('a', 'experiment', [0, 1]).confidence).toBe(draw);
    expect(scoreConfidence('product-desc', 'experiment').confidence).not.toBe(scoreConfidence('product_desc', 'experiment').confidence);
  });
});

describe('the Mersenne Twister', () => {
  it('goes on past its first 624 words', () => {
    const next = mersenneTwister(0);
    const draws = Array.from({ length: 1000 }, next);
    expect(draws[0]).toBe(0.8444218515250481);
    expect(draws[999]).toBe(pythonThousandth);
  });
});

/** [random.Random(0).random() for _ in range(1000)][-1] */
const pythonThousandth = 0.4804125346981437;
