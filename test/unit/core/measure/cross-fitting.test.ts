import { describe, expect, it } from 'vitest';
import { crossFit, crossFittingFolds } from '../../../../src/core/measure/cross-fitting.ts';
import { augmentedEffect } from '../../../../src/core/measure/doubly-robust-effect.ts';
import { balancingWeights } from '../../../../src/core/measure/weights-balancing.ts';
import { standardisedDesign } from '../../../../src/core/measure/weights-design.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';

type Groups = Record<'ate' | 'att' | 'atc', { readonly estimate: number; readonly se_ddof1: number }>;
const { reference } = readReference<{ reference: Record<'cross_fitted_5' | 'cross_fitted_2', Groups> }>('weighting');
const table = readReferenceTable('obs');
const units = {
  outcome: numbersOf(table, 'y'),
  treated: Uint8Array.from(numbersOf(table, 't')),
  design: standardisedDesign(
    ['a', 'b', 'c'].map((name) => numbersOf(table, name)),
    250,
  ),
  width: 4,
};

const relative = (actual: number, wanted: number) => Math.abs(actual - wanted) / Math.abs(wanted);

describe('cross-fitting', () => {
  it.each([
    [5, reference.cross_fitted_5],
    [2, reference.cross_fitted_2],
  ] as const)('in %i folds agrees with R on the same folds', (folds, expected) => {
    const foldOf = Int32Array.from({ length: 250 }, (_, i) => i % folds);
    const nuisance = crossFit(units, foldOf, folds);
    for (const group of ['ate', 'att', 'atc'] as const) {
      const { weights } = balancingWeights(nuisance.logOdds, units.treated, group);
      const effect = augmentedEffect(units, nuisance, weights, group, false);
      expect(relative(effect.estimate, expected[group].estimate)).toBeLessThan(1e-8);
      expect(relative(effect.standardError, expected[group].se_ddof1)).toBeLessThan(1e-8);
    }
  });

  it('predicts no unit from its own outcome', () => {
    const foldOf = crossFittingFolds(units.treated, 4);
    const before = crossFit(units, foldOf, 4);
    const changed = { ...units, outcome: units.outcome.map((value, i) => (i === 17 ? value + 1e6 : value)) };
    const after = crossFit(changed, foldOf, 4);
    const moved = (i: number) =>
      Math.abs(after.withTreatment[i]! - before.withTreatment[i]!) + Math.abs(after.withoutTreatment[i]! - before.withoutTreatment[i]!);
    foldOf.forEach((fold, i) => {
      if (fold === foldOf[17]) expect(moved(i)).toBeLessThan(1e-6);
      else expect(moved(i)).toBeGreaterThan(1);
    });
  });
});

describe('folds', () => {
  it('are of like size in each arm, the same every time, and not in step with the rows', () => {
    const treated = Uint8Array.from({ length: 103 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const foldOf = crossFittingFolds(treated, 5);
    for (const arm of [0, 1]) {
      const sizes = [0, 1, 2, 3, 4].map((fold) => foldOf.filter((own, i) => own === fold && treated[i] === arm).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
    expect(crossFittingFolds(treated, 5)).toEqual(foldOf);
    expect([...foldOf.subarray(0, 12)]).toEqual([1, 4, 0, 3, 1, 0, 3, 1, 1, 0, 1, 0]);
  });
});
