import { clear, createStore, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreset, findPreset } from '../../src/core/scenario/presets/index.ts';
import { readLibraryEntry, readLibraryFile } from '../../src/interchange/library-file.ts';
import { library } from '../../src/state/library.svelte.ts';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import { storageState } from '../../src/state/storage.svelte.ts';

const store = createStore('impact-workbench-scenarios', 'scenarios');
const other = findPreset('clean-randomised')!;
const inHand = (scenario = defaultPreset.scenario, preset: string = defaultPreset.id) => ({
  scenario,
  preset,
  replication: 0,
  digest: null,
  witness: null,
});
const names = () => library.entries.map(({ name }) => name);
const idOf = (name: string) => library.entries.find((entry) => entry.name === name)?.id ?? '';

/** The same module as another window of the page would have it. */
async function anotherWindow(): Promise<typeof library> {
  const module = (await import('../../src/state/library.svelte.ts?another-window' as string)) as { library: typeof library };
  await module.library.open();
  return module.library;
}

beforeEach(async () => {
  scenarioState.loadPreset(defaultPreset.id);
  await library.open();
  for (const { id } of library.entries) await library.remove(id);
  await clear(store);
});
afterEach(() => {
  vi.restoreAllMocks();
  storageState.dismiss();
});

describe('scenarios kept under names', () => {
  it('are opened, renamed in place, duplicated and deleted, and every step is taken back', async () => {
    await library.keep('first', inHand());
    await library.keep('  second ', inHand(other.scenario, other.id));
    expect(library.rename(idOf('first'), 'renamed')).toBeNull();
    await expect.poll(names).toEqual(['renamed', 'second']);
    await library.duplicate(idOf('renamed'));
    await library.duplicate(idOf('renamed'));
    expect(names()).toEqual(['renamed', 'second', 'renamed (2)', 'renamed (3)']);
    await library.remove(idOf('second'));
    expect(names()).toEqual(['renamed', 'renamed (2)', 'renamed (3)']);
    expect(library.undoable).toContain('second');
    await library.undo();
    expect(names()).toEqual(['renamed', 'second', 'renamed (2)', 'renamed (3)']);
    for (let i = 0; i < 3; i++) await library.undo();
    expect(names()).toEqual(['first', 'second']);
    expect(library.show(idOf('second'))).toEqual([]);
    expect([scenarioState.current, scenarioState.presetId]).toEqual([other.scenario, other.id]);
    scenarioState.undo();
    expect(scenarioState.current).toEqual(defaultPreset.scenario);
  });

  it('say which one is on the screen, and which has been changed since', async () => {
    await library.keep('kept', inHand());
    const standing = () => library.standing(library.entries.find(({ name }) => name === 'kept')!);
    expect(standing()).toBe('same');
    scenarioState.change('budget', (scenario) => ({ ...scenario, budget: 1_234 }));
    expect(standing()).toBe('changed');
    await library.replace(idOf('kept'), inHand(scenarioState.current));
    expect(standing()).toBe('same');
    scenarioState.loadPreset(other.id);
    expect(standing()).toBeNull();
    await library.undo();
    scenarioState.undo();
    expect(standing()).toBe('changed');
  });

  it('refuse a name that is none, and shorten nothing silently', async () => {
    await library.keep('kept', inHand());
    expect(library.rename(idOf('kept'), '  ')).toContain('at least one');
    expect(library.rename(idOf('kept'), 'x'.repeat(121))).toContain('121');
    expect(names()).toEqual(['kept']);
  });

  it('leave and come back as one file, and only once', async () => {
    await library.keep('one', inHand());
    await library.keep('two', inHand(other.scenario, other.id));
    const read = readLibraryFile(library.fileText());
    const entries = (read.ok ? read.value : []).flatMap((entry) => {
      const one = readLibraryEntry(entry, '');
      return one.ok ? [one.value] : [];
    });
    expect(await library.takeIn(entries)).toBe(0);
    await library.remove(idOf('one'));
    expect(await library.takeIn(entries)).toBe(1);
    expect(names()).toEqual(['two', 'one']);
    expect(library.show(idOf('one'))).toEqual([]);
  });

  it('stand beside entries that cannot be read, which are named and can be deleted', async () => {
    await library.keep('good', inHand());
    const good = library.entries[0]!;
    const record = { version: 1, created: 5, saved: '2026-01-05T12:00:00Z' };
    for (const [id, found] of Object.entries({
      nothing: null,
      number: 7,
      newer: { ...record, version: 2, name: 'from tomorrow', text: '' },
      cut: { ...record, name: 'cut', text: good.text.slice(0, 50) },
      old: { ...record, name: 'old', text: good.text.replace('"version":1', '"version":0') },
      deep: { ...record, name: 'deep', text: '['.repeat(1_000_000) },
    }))
      await set(id, found, store);
    await library.keep('another', inHand());
    const problems = library.entries.filter(({ problem }) => problem !== null);
    expect(problems.map(({ id }) => id).sort()).toEqual(['cut', 'deep', 'newer', 'nothing', 'number', 'old']);
    expect(problems.find(({ id }) => id === 'newer')?.problem).toContain('newer version');
    expect(problems.find(({ id }) => id === 'cut')?.text).toBe(good.text.slice(0, 50));
    const broken = good.text.replace('"budget":', '"budget":-');
    await set('wrong', { ...record, name: 'wrong', text: broken }, store);
    await library.remove('nothing');
    expect(library.show('wrong').map(({ path }) => path)).toEqual(['scenario.budget']);
    expect(scenarioState.current).toEqual(defaultPreset.scenario);
    await library.undo();
    expect(library.entries.map(({ id }) => id)).toContain('nothing');
  });
});

describe('two windows', () => {
  it('show each other what they change, and lose nothing of each other', async () => {
    const second = await anotherWindow();
    await library.keep('mine', inHand());
    await expect.poll(() => second.entries.map(({ name }) => name)).toEqual(['mine']);
    const id = idOf('mine');
    await Promise.all([library.replace(id, inHand(other.scenario, other.id)), Promise.resolve(second.rename(id, 'theirs'))]);
    await expect.poll(names).toEqual(['theirs']);
    await expect.poll(() => second.entries.map(({ name }) => name)).toEqual(['theirs']);
    expect(library.show(id)).toEqual([]);
    expect(scenarioState.current).toEqual(other.scenario);
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? library : second).keep(`number ${i}`, inHand())));
    await expect.poll(() => library.entries.length).toBe(11);
    await expect.poll(() => second.entries.length).toBe(11);
  });

  it('do not bring back what the other has deleted, nor undo over what it has changed', async () => {
    const second = await anotherWindow();
    await library.keep('shared', inHand());
    const id = idOf('shared');
    await expect.poll(() => second.entries.length).toBe(1);
    library.rename(id, 'renamed here');
    await expect.poll(() => second.entries.map(({ name }) => name)).toEqual(['renamed here']);
    second.rename(id, 'renamed there');
    await expect.poll(names).toEqual(['renamed there']);
    await library.undo();
    expect(library.trouble).toContain('Another window');
    expect(names()).toEqual(['renamed there']);
    await second.remove(id);
    await library.replace(id, inHand());
    expect(library.trouble).toContain('deleted in another window');
    expect(names()).toEqual([]);
    await second.undo();
    await expect.poll(names).toEqual(['renamed there']);
  });
});

describe('a browser that keeps nothing', () => {
  it('because it is full: says so, goes on in this window, and keeps again once there is room', async () => {
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await library.keep('too much', inHand());
    expect(library.refusal).toBe('full');
    expect(library.entries).toMatchObject([{ name: 'too much', onlyHere: true, problem: null }]);
    library.rename(idOf('too much'), 'still here');
    await expect.poll(names).toEqual(['still here']);
    expect(library.show(idOf('still here'))).toEqual([]);
    full.mockRestore();
    await library.keep('fits again', inHand());
    expect(library.refusal).toBeNull();
    expect(library.entries.map(({ onlyHere }) => onlyHere)).toEqual([true, false]);
  });

  it('because it is denied: the list is there until the window is closed', async () => {
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('not for this page', 'SecurityError');
    });
    await library.keep('in memory', inHand());
    expect(library.refusal).toBe('denied');
    await library.duplicate(idOf('in memory'));
    expect(library.entries).toMatchObject([
      { name: 'in memory', onlyHere: true },
      { name: 'in memory (2)', onlyHere: true },
    ]);
    await library.remove(idOf('in memory'));
    await library.undo();
    expect(names()).toEqual(['in memory', 'in memory (2)']);
  });
});
