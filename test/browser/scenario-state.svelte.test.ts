import { flushSync } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { defaultPreset } from '../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { route } from '../../src/state/route.svelte.ts';
import { scenarioSource, scenarioState } from '../../src/state/scenario.svelte.ts';

const setBudget = (budget: number) => (scenario: Scenario) => ({ ...scenario, budget });
const setSeed = (seed: string) => (scenario: Scenario) => ({ ...scenario, seed });

beforeEach(() => {
  scenarioState.loadPreset(defaultPreset.id);
});

it('undoes and redoes edits of different kinds one by one', () => {
  scenarioState.change('seed', setSeed('a'));
  scenarioState.change('budget', setBudget(5_000));
  expect([scenarioState.current.seed, scenarioState.current.budget]).toEqual(['a', 5_000]);
  scenarioState.undo();
  expect([scenarioState.current.seed, scenarioState.current.budget]).toEqual(['a', defaultPreset.scenario.budget]);
  scenarioState.undo();
  expect(scenarioState.current.seed).toBe(defaultPreset.scenario.seed);
  scenarioState.redo();
  scenarioState.redo();
  expect(scenarioState.current.budget).toBe(5_000);
  expect(scenarioState.canRedo).toBe(false);
});

it('takes quick edits of one kind as one step', () => {
  for (const budget of [1_000, 2_000, 3_000]) scenarioState.change('budget', setBudget(budget));
  expect(scenarioState.current.budget).toBe(3_000);
  scenarioState.undo();
  expect(scenarioState.current.budget).toBe(defaultPreset.scenario.budget);
});

it('refuses an edit that makes no valid scenario, says why, and changes nothing', () => {
  const before = scenarioState.current;
  const issues = scenarioState.change('budget', setBudget(-1));
  expect(issues.map((issue) => issue.path)).toContain('budget');
  expect(scenarioState.current).toBe(before);
});

it('tells effects and listeners about a change', () => {
  const heard: number[] = [];
  const seen: number[] = [];
  scenarioSource.onChange((scenario) => heard.push(scenario.budget));
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(scenarioState.current.budget);
    });
  });
  flushSync();
  scenarioState.change('budget', setBudget(7_000));
  flushSync();
  stop();
  expect(heard).toEqual([7_000]);
  expect(seen).toEqual([defaultPreset.scenario.budget, 7_000]);
});

it('writes the scenario to the address and reads it back', async () => {
  scenarioState.change('seed', setSeed('from the address'));
  await expect.poll(() => location.hash).toContain('s=');
  const hash = location.hash;
  scenarioState.loadPreset(defaultPreset.id);
  history.replaceState(null, '', hash);
  await scenarioSource.readAddress();
  expect(scenarioState.current.seed).toBe('from the address');
  expect(scenarioState.linkError).toBeNull();
});

it('goes to another replication and back, by undo and by the address, with the scenario as it is', async () => {
  const heard: [Scenario, number][] = [];
  scenarioSource.onChange((scenario, replication) => heard.push([scenario, replication]));
  scenarioState.change('seed', setSeed('kept'));
  const scenario = scenarioState.current;
  scenarioState.openReplication(37);
  await expect.poll(() => location.hash).toContain('r=37');
  const hash = location.hash;
  expect([scenarioState.current, scenarioState.replication]).toEqual([scenario, 37]);
  scenarioState.undo();
  expect(scenarioState.replication).toBe(0);
  await expect.poll(() => location.hash).not.toContain('r=');
  history.replaceState(null, '', hash);
  await scenarioSource.readAddress();
  expect(scenarioState.replication).toBe(37);
  expect(scenarioState.current).toBe(scenario);
  expect(heard.map(([, replication]) => replication)).toEqual([0, 37, 0, 37]);
  expect(heard.slice(1).every(([each]) => each === scenario)).toBe(true);
});

it('keeps the replication through an edit, and starts a preset at the first', () => {
  scenarioState.openReplication(5);
  scenarioState.change('budget', setBudget(4_000));
  expect([scenarioState.current.budget, scenarioState.replication]).toEqual([4_000, 5]);
  scenarioState.loadPreset(defaultPreset.id);
  expect(scenarioState.replication).toBe(0);
  scenarioState.undo();
  expect(scenarioState.replication).toBe(5);
  expect(() => scenarioState.openReplication(1.5)).toThrow(RangeError);
  expect(() => scenarioState.openReplication(-1)).toThrow(RangeError);
});

it('links to a replication from any place, without the digest of another', async () => {
  scenarioState.openReplication(5);
  await expect.poll(() => location.hash).toContain('r=5');
  scenarioSource.noteDigest(scenarioState.current, 4, 'a'.repeat(64));
  scenarioSource.noteDigest(scenarioState.current, 5, 'b'.repeat(64));
  await expect.poll(() => location.hash).toContain('r=5&d=bbbbbbbbbbbb');
  expect(route.href('scale')).toContain('r=5&d=bbbbbbbbbbbb');
  expect(route.hrefOfReplication(12, 'measure')).toMatch(/^#\/measure\?.*r=12/);
  expect(route.hrefOfReplication(12, 'measure')).not.toContain('d=');
  expect(route.hrefOfReplication(0)).not.toContain('r=');
});

it('keeps the default scenario and says so when the address holds a broken one', async () => {
  history.replaceState(null, '', '#/overview?v=1&s=AAAA');
  await scenarioSource.readAddress();
  expect(scenarioState.linkError).toMatch(/./);
  expect(scenarioState.current).toEqual(defaultPreset.scenario);
});
