import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SimulatedInitiative } from '../../src/core/scenario/scenario.ts';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import MeasuredPilot from '../../src/views/measure/MeasuredPilot.svelte';
import { runFixture } from './run-fixture.ts';

const run = runFixture({ initiatives: [{ id: 'a', cost: 1, truth: 5, pilot: [3, 4, 6] }], funded: [], oracle: [] });
const selected = run.initiatives[0]!;

let mounted: Record<string, unknown>;
beforeEach(async () => {
  expect(scenarioState.change('start', () => run.scenario)).toEqual([]);
  const declared = scenarioState.current.initiatives[0] as SimulatedInitiative;
  mounted = mount(MeasuredPilot, { target: document.body, props: { run, declared, selected, pilot: selected.pilot! } });
  flushSync();
  await vi.waitFor(() => expect(text()).toContain('Settings'));
});
afterEach(async () => {
  await unmount(mounted);
  document.body.innerHTML = '';
});

const initiative = () => scenarioState.current.initiatives[0] as SimulatedInitiative;
const rows = () =>
  [...document.querySelectorAll('[aria-label="Methods side by side"] tbody tr')].map((row) =>
    row.textContent.replaceAll(/\s+/g, ' ').trim(),
  );
const text = () => document.querySelector('.detail')?.textContent ?? '';
const heading = () => document.querySelector('.detail h2')!.textContent.trim();

function press(name: RegExp): void {
  const button = [...document.querySelectorAll('button')].find((element) =>
    name.test((element.getAttribute('aria-label') ?? element.textContent).trim()),
  );
  if (button === undefined) throw new Error(`no button is named ${name.source}`);
  button.click();
  flushSync();
}

describe('methods side by side', () => {
  it('start with the method of the decision and end with the naive answer', () => {
    expect(rows()).toHaveLength(2);
    expect(rows()[0]).toMatch(/^Subclassification .*in the decision$/);
    expect(rows()[1]).toMatch(/^Naive difference .*There is nobody to compare with\.$/);
  });

  it('add every method that fits in one click, as one step that can be undone', () => {
    press(/^Add all \d+ that fit$/);
    const added = initiative().comparisons.map(({ id }) => id);
    expect(added).toContain('nearest_neighbour_matching');
    expect(added).not.toContain('subclassification');
    expect(added).not.toContain('naive_difference');
    expect(rows()).toHaveLength(2 + added.length);
    expect(rows()[1]).toContain('Being measured');
    scenarioState.undo();
    flushSync();
    expect(initiative().comparisons).toEqual([]);
  });

  it('swap the method of the decision, and show it', () => {
    press(/^Add all/);
    press(/^Use Nearest neighbour matching in the decision$/);
    expect(initiative().method.id).toBe('nearest_neighbour_matching');
    expect(initiative().comparisons.map(({ id }) => id)).toContain('subclassification');
    expect(heading()).toBe('Nearest neighbour matching');
  });

  it('stay with the method that is looked at when one above it goes', () => {
    press(/^Add all/);
    const [first, second] = initiative().comparisons.map(({ id }) => id);
    press(new RegExp(`^Show`));
    expect(first).not.toBe(second);
    const names = [...document.querySelectorAll<HTMLButtonElement>('[aria-label="Methods side by side"] button.name')];
    names[2]!.click();
    flushSync();
    const looked = heading();
    const above = names[1]!.textContent.trim();
    press(new RegExp(`^Remove ${above}$`));
    expect(heading()).toBe(looked);
    expect(initiative().comparisons[0]!.id).toBe(second);
  });

  it('show the naive answer on its own, with what it takes to be right', async () => {
    press(/^Naive difference$/);
    expect(heading()).toMatch(/^Naive difference/);
    await vi.waitFor(() => expect(text()).toContain('Only random assignment makes that true'));
  });

  it('say in the open that a method does not fit the pilot', () => {
    expect(
      scenarioState.change('experiment', (scenario) => ({
        ...scenario,
        initiatives: [{ ...initiative(), method: { id: 'experiment', parameters: {} } }],
      })),
    ).toEqual([]);
    flushSync();
    expect(document.querySelector('.detail [role=note]')!.textContent).toMatch(
      /It does not fit this pilot.*this pilot is ‘Selection on observables’/,
    );
  });

  it('measure again when a setting is changed, and forget the setting when it is taken back', () => {
    const field = () => {
      const label = [...document.querySelectorAll('label')].find((element) => element.textContent === 'Strata')!;
      return document.getElementById(label.htmlFor) as HTMLInputElement;
    };
    const set = (value: string) => {
      const input = field();
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
      flushSync();
    };
    set('8');
    expect(initiative().method.parameters).toEqual({ n_strata: 8 });
    expect(rows()[0]).toContain('Being measured');
    set('500');
    expect(initiative().method.parameters).toEqual({ n_strata: 8 });
    expect(field().getAttribute('aria-invalid')).toBe('true');
    set('5');
    expect(initiative().method.parameters).toEqual({});
  });
});
