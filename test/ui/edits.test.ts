import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import {
  addInitiative,
  chooseEntry,
  duplicateInitiative,
  moveInitiative,
  removeInitiative,
  setField,
  setParameter,
} from '../../src/views/shared/edits.ts';
import { runFixture } from './run-fixture.ts';

const scenario = runFixture({
  initiatives: [
    { id: 'a', cost: 1, truth: 1, pilot: [0, 1, 2] },
    { id: 's', cost: 1, truth: 1, pilot: 'stated' },
    { id: 'b', cost: 1, truth: 1, pilot: [0, 1, 2] },
  ],
  funded: [],
  oracle: [],
}).scenario;
const ids = (edited: Scenario) => edited.initiatives.map(({ initiative_id }) => initiative_id);

describe('edits of a scenario', () => {
  it('leave the scenario they start from alone', () => {
    const before = JSON.stringify(scenario);
    for (const edit of [
      setField('budget', 1),
      removeInitiative('a'),
      moveInitiative('a', 1),
      duplicateInitiative('a'),
      setParameter('a', 'effect', 'size', 0),
    ])
      edit(scenario);
    expect(JSON.stringify(scenario)).toBe(before);
  });

  it('move an initiative among its kind, and not beyond its ends', () => {
    expect(ids(moveInitiative('a', 1)(scenario))).toEqual(['b', 's', 'a']);
    expect(moveInitiative('a', -1)(scenario)).toBe(scenario);
    expect(moveInitiative('s', 1)(scenario)).toBe(scenario);
    expect(moveInitiative('nobody', 1)(scenario)).toBe(scenario);
  });

  it('give a copy an id of its own, as often as wanted', () => {
    const twice = duplicateInitiative('a')(duplicateInitiative('a')(scenario));
    expect(ids(twice)).toEqual(['a', 'a-copy-2', 'a-copy', 's', 'b']);
  });

  it('add an initiative like the last of its kind, or a plain one to an empty scenario', () => {
    const added = addInitiative('stated')(scenario);
    expect(ids(added)).toEqual(['a', 's', 'b', 'new-initiative']);
    expect(added.initiatives.at(-1)).toMatchObject({ source: 'stated', R_best: 15 });
    const first = addInitiative('simulated')({ ...scenario, initiatives: [] });
    expect(first.initiatives[0]).toMatchObject({ source: 'simulated', cost_to_scale: scenario.budget / 4 });
  });

  it('drop the parameters of the entry that is left, but for those that are kept', () => {
    const changed = chooseEntry('a', 'effect', 'probability_boost', ['size'])(setParameter('a', 'effect', 'ramp', 3)(scenario));
    expect(changed.initiatives[0]).toMatchObject({ effect: { id: 'probability_boost', parameters: { size: 0.1 } } });
    expect((changed.initiatives[0] as { effect: { parameters: object } }).effect.parameters).not.toHaveProperty('ramp');
  });
});
