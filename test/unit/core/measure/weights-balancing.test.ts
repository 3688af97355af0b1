import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancingWeights, sharesOfArm, type Target } from '../../../../src/core/measure/weights-balancing.ts';
import { logistic } from '../../../../src/core/numeric/elementary.ts';

fc.configureGlobal({ seed: 7 });

const both = Uint8Array.of(1, 0);
const at = (logOdds: number, target: Target) => balancingWeights(Float64Array.of(logOdds, logOdds), both, target);

describe('balancing weights', () => {
  it('are the group’s share of each kind of unit over the arm’s share of it', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (logOdds) => {
        const e = logistic(logOdds);
        const rest = logistic(-logOdds);
        const wanted = { ate: [1 / e, 1 / rest], att: [1, e / rest], atc: [rest / e, 1], overlap: [rest, e] } as const;
        for (const target of ['ate', 'att', 'atc', 'overlap'] as const) {
          const { weights } = at(logOdds, target);
          expect(weights[0]! / wanted[target][0]).toBeCloseTo(1, 10);
          expect(weights[1]! / wanted[target][1]).toBeCloseTo(1, 10);
        }
      }),
    );
  });

  it('come with their slopes, as small differences show', () => {
    const step = 1e-5;
    for (const target of ['ate', 'att', 'atc', 'overlap'] as const) {
      for (const logOdds of [-3, -0.5, 0, 2]) {
        const { slopes } = at(logOdds, target);
        const [above, below] = [at(logOdds + step, target).weights, at(logOdds - step, target).weights];
        for (const arm of [0, 1]) expect(slopes[arm]).toBeCloseTo((above[arm]! - below[arm]!) / (2 * step), 6);
      }
    }
  });

  it('stay finite where the score is 0 or 1 to working precision', () => {
    for (const logOdds of [-1e4, 1e4]) expect(at(logOdds, 'ate').weights.every(Number.isFinite)).toBe(true);
  });

  it('become shares that sum to one in each arm', () => {
    expect([...sharesOfArm(Float64Array.of(1, 3, 2, 2), Uint8Array.of(1, 1, 0, 0))]).toEqual([0.25, 0.75, 0.5, 0.5]);
  });
});
