import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as grid from '../../src/state/design-grid.svelte.ts';
import type * as own from '../../src/state/own-data.svelte.ts';
import { storageProblem } from '../../src/state/storage.svelte.ts';
import type * as storage from '../../src/state/storage.svelte.ts';
import type * as studies from '../../src/state/study-choices.svelte.ts';
import type * as sweep from '../../src/state/sweep.svelte.ts';

type Modules = {
  readonly sweep: typeof sweep;
  readonly 'design-grid': typeof grid;
  readonly 'study-choices': typeof studies;
  readonly 'own-data': typeof own;
  readonly storage: typeof storage;
};

let reloads = 0;

/** The module as a page that was loaded again has it. */
async function reloaded<N extends keyof Modules>(name: N): Promise<Modules[N]> {
  reloads += 1;
  const address = `${location.origin}/src/state/${name}.svelte.ts?reload=${reloads}`;
  return (await import(/* @vite-ignore */ address)) as Modules[N];
}

function forgetAll() {
  sessionStorage.clear();
  localStorage.clear();
}
beforeEach(forgetAll);
afterEach(() => {
  vi.restoreAllMocks();
  forgetAll();
});

it('a reload loses nothing that was set of a sweep, a grid or a study', async () => {
  const { sweepChoices } = await reloaded('sweep');
  const path = sweepChoices.targets.at(-1)!.path;
  sweepChoices.setPath(path);
  sweepChoices.setValues([1, 2, 3]);
  sweepChoices.setReplications(321);
  sweepChoices.setExtent('whole');
  const again = (await reloaded('sweep')).sweepChoices;
  expect([again.target?.path, again.values, again.replications, again.extent]).toEqual([path, [1, 2, 3], 321, 'whole']);

  const { gridChoices } = await reloaded('design-grid');
  const chosen = gridChoices.initiatives.at(-1)!;
  gridChoices.setInitiative(chosen);
  gridChoices.setReplications(77);
  gridChoices.setEffect('none');
  expect((await reloaded('design-grid')).gridChoices).toMatchObject({ initiative: chosen, replications: 77, effect: 'none' });

  const now = {
    replications: 900,
    extent: 'whole',
    effect: 'none',
    stopsEarly: true,
    target: { diagnosand: 'bias', monte_carlo_se: 0.5 },
  } as const;
  (await reloaded('study-choices')).studyChoices.set(now);
  expect((await reloaded('study-choices')).studyChoices.now).toEqual(now);
});

it('a reload keeps the question to a file of one\u2019s own, not the file', async () => {
  const { ownData } = await reloaded('own-data');
  const first = ownData.method;
  ownData.chooseMethod('before_after');
  ownData.set('outcome', 'revenue');
  const again = (await reloaded('own-data')).ownData;
  expect(first).not.toBe('before_after');
  expect([again.method, again.phase]).toEqual(['before_after', 'empty']);
});

it('takes nothing from a store that holds something else', async () => {
  for (const text of [
    '',
    '7',
    'null',
    '[]',
    '{',
    '{"__proto__":{"replications":5}}',
    '{"replications":-1,"values":["x"],"path":5,"extent":"x","method":"x","chosen":{"rct":7}}',
  ]) {
    for (const key of ['sweep', 'design-grid', 'own-question', 'study']) {
      sessionStorage.setItem(`impact-workbench-${key}`, text);
      localStorage.setItem(`impact-workbench-${key}`, text);
    }
    expect((await reloaded('sweep')).sweepChoices).toMatchObject({ replications: 100, extent: 'decision' });
    expect((await reloaded('design-grid')).gridChoices).toMatchObject({ replications: 50, effect: 'as_declared' });
    expect((await reloaded('study-choices')).studyChoices.now.replications).toBe(200);
  }
});

it('says once that nothing is kept, and why, and goes on', async () => {
  const { keepText, keptText, storageState } = await reloaded('storage');
  expect(keepText('impact-workbench-test', 'kept')).toBe(true);
  expect(keptText('impact-workbench-test')).toBe('kept');
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  expect(keepText('impact-workbench-test', 'more')).toBe(false);
  expect(storageState.problem).toBe('full');
  storageState.dismiss();
  keepText('impact-workbench-test', 'more');
  expect(storageState.problem).toBeNull();
  expect(storageProblem(new DOMException('', 'SecurityError'))).toBe('denied');
});
