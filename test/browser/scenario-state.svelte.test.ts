import { flushSync } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { digestOf } from '../../src/core/contracts/digest.ts';
import type { Run } from '../../src/core/contracts/run.ts';
import { defaultPreset } from '../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { firstDifference, type Witness } from '../../src/interchange/link-witness.ts';
import { route } from '../../src/state/route.svelte.ts';
import { scenarioSource, scenarioState, type Reproduction } from '../../src/state/scenario.svelte.ts';

const setBudget = (budget: number) => (scenario: Scenario) => ({ ...scenario, budget });
const setSeed = (seed: string) => (scenario: Scenario) => ({ ...scenario, seed });

/** Different in every digit, so that hardly anything can be left out of a link. */
function manyInitiatives(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const figures = [1, 2, 3].map((k) => ((i + 1) * (k + 7) * 7_919.123_456_7) % 100_000).sort((a, b) => a - b);
    return {
      ...stated,
      initiative_id: `initiative-${i}`,
      description: [1, 2, 3, 4, 5].map((k) => digestOf([i, k])).join(' '),
      cost_to_scale: 1 + ((i * 104_729.71) % 5_000),
      R_worst: figures[0] ?? 0,
      R_med: figures[1] ?? 0,
      R_best: figures[2] ?? 0,
    };
  });
}

const stated = { source: 'stated', category: '', divisible: false, confidence: 0.9, model_type: 'experiment' } as const;

/** What is noted of a run of the scenario in hand. */
function finished(replication: number, digit: string, decision = 'same') {
  const allocate_result = { status: decision } as unknown as Run['allocate_result'];
  const results = { pilot_results: [], evaluate_results: [], allocate_result, scale_results: [], outcome_reports: [] };
  return { scenario: scenarioState.current, replication, digest: digit.repeat(64), ...results };
}

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
  scenarioSource.noteRun(finished(4, 'a'));
  scenarioSource.noteRun(finished(5, 'b'));
  await expect.poll(() => location.hash).toContain('r=5&d=bbbbbbbbbbbb');
  expect(route.href('scale')).toContain('r=5&d=bbbbbbbbbbbb');
  expect(route.hrefOfReplication(12, 'measure')).toMatch(/^#\/measure\?.*r=12/);
  expect(route.hrefOfReplication(12, 'measure')).not.toContain('d=');
  expect(route.hrefOfReplication(0)).not.toContain('r=');
});

it('says of a link which stage differs first, and who made it; leaves the address as it was', async () => {
  scenarioSource.noteRun(finished(0, 'b'));
  await expect.poll(() => location.hash).toContain('d=bbbbbbbbbbbb&w=');
  const hash = location.hash;
  scenarioState.change('seed', setSeed('elsewhere'));
  await expect.poll(() => location.hash).toContain('s=');
  history.replaceState(null, '', hash);
  await scenarioSource.readAddress();
  expect(scenarioState.reproduction).toMatchObject({ got: null, same: null });
  scenarioSource.noteRun(finished(0, 'c', 'another'));
  const { expected, got, same } = scenarioState.reproduction as Reproduction;
  expect(same).toBe(false);
  expect(expected.witness?.program).toBe(got?.witness.program);
  expect(expected.witness?.engine).toEqual(got?.witness.engine);
  expect(firstDifference(expected.witness as Witness, got?.witness as Witness)).toBe('allocate_result');
  expect(location.hash).toBe(hash);
});

it('opens a link of version 1, and links from there in the present version', async () => {
  history.replaceState(null, '', '#/scale?v=1&p=winners-curse&r=3&d=0123456789ab');
  await scenarioSource.readAddress();
  expect([scenarioState.presetId, scenarioState.replication]).toEqual(['winners-curse', 3]);
  expect(scenarioState.reproduction?.expected).toEqual({ digest: '0123456789ab', witness: null });
  expect(route.href('scale')).toBe('#/scale?v=2&p=winners-curse&r=3&d=0123456789ab');
});

it('goes back to a scenario from a broken link, which it left as it was', async () => {
  scenarioState.change('budget', setBudget(3_000));
  await expect.poll(() => location.hash).toContain('s=');
  const hash = location.hash;
  history.pushState(null, '', '#/overview?v=2&s=AAAA');
  await scenarioSource.readAddress();
  expect(scenarioState.current).toEqual(defaultPreset.scenario);
  expect(location.hash).toBe('#/overview?v=2&s=AAAA');
  expect(route.href('measure')).toBe('#/measure');
  history.back();
  await expect.poll(() => location.hash).toBe(hash);
  await scenarioSource.readAddress();
  expect(scenarioState.current.budget).toBe(3_000);
  expect(scenarioState.linkError).toBeNull();
});

it('never writes a link that is too long to be opened, and still holds the scenario in this tab', async () => {
  const initiatives = manyInitiatives(200);
  expect(scenarioState.change('initiatives', (scenario) => ({ ...scenario, initiatives }))).toEqual([]);
  await expect.poll(() => scenarioState.isTooLongForLink).toBe(true);
  const sign = location.hash;
  expect(sign).toMatch(/^#\/\w+\?v=2&s=(!|%21)[0-9a-f]{12}$/);
  scenarioState.loadPreset(defaultPreset.id);
  await expect.poll(() => location.hash).not.toBe(sign);
  expect(scenarioState.isTooLongForLink).toBe(false);
  history.back();
  await expect.poll(() => location.hash).toBe(sign);
  await scenarioSource.readAddress();
  expect(scenarioState.linkError).toBeNull();
  expect(scenarioState.current.initiatives).toEqual(initiatives);
  history.replaceState(null, '', sign);
  scenarioState.loadPreset(defaultPreset.id);
  await expect.poll(() => location.hash).not.toBe(sign);
  history.replaceState(null, '', sign);
  await scenarioSource.readAddress();
  expect(scenarioState.linkError).toMatch(/too long for a link/);
});

it('keeps the default scenario and says so when the address holds a broken one', async () => {
  history.replaceState(null, '', '#/overview?v=1&s=AAAA');
  await scenarioSource.readAddress();
  expect(scenarioState.linkError).toMatch(/./);
  expect(scenarioState.current).toEqual(defaultPreset.scenario);
});
