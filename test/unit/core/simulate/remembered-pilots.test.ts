import { describe, expect, it } from 'vitest';
import { measureInitiative, type MeasureTask } from '../../../../src/core/measure-initiative.ts';
import { findPreset } from '../../../../src/core/scenario/presets/index.ts';
import { rememberedPilot } from '../../../../src/core/simulate/remembered-pilots.ts';
import { simulatePilot } from '../../../../src/core/simulate/simulate.ts';

const { scenario } = findPreset('tiny-sample')!;
const world = scenario.initiatives[0] as MeasureTask['world'];
const task = { seed: '1', replication: 0, stage: 'pilot' as const, initiative: world, nProducts: 40 };

describe('remembered pilots', () => {
  it('are what is simulated, the same object for every method, and another for every other question', () => {
    const first = rememberedPilot(task);
    expect(first).toEqual(simulatePilot(task));
    expect(rememberedPilot({ ...task, initiative: { ...world, method: { id: 'naive_difference', parameters: {} } } as MeasureTask['world'] })).toBe(first);
    const others = [{ seed: '2' }, { replication: 1 }, { stage: 'scale' as const }, { nProducts: 41 }, { initiative: { ...world, effect_multiplier: 2 } }];
    for (const other of others) expect(rememberedPilot({ ...task, ...other }).truth).not.toEqual(first.truth);
  });

  it('are left as they were by every method', () => {
    const before = JSON.stringify(simulatePilot(task));
    for (const id of ['experiment', 'naive_difference', 'nearest_neighbour_matching', 'subclassification', 'doubly_robust', 'inverse_probability_weighting', 'metrics_approximation', 'difference_in_differences'])
      measureInitiative({ stage: 'pilot', seed: '1', replication: 0, confidence_level: 0.95, n_products: 40, world: { ...world, method: { id, parameters: {} } } });
    expect(JSON.stringify(rememberedPilot(task))).toBe(before);
  });

  it('give way to newer ones', () => {
    const first = rememberedPilot(task);
    for (let replication = 1; replication < 400; replication += 1) rememberedPilot({ ...task, replication });
    const again = rememberedPilot(task);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });
});
