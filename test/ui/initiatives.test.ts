import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import InitiativesHarness from './InitiativesHarness.svelte';

let mounted: Record<string, unknown>;
beforeEach(() => {
  scenarioState.loadPreset('online-retail-five');
  mounted = mount(InitiativesHarness, { target: document.body });
  flushSync();
});
afterEach(async () => {
  await unmount(mounted);
  document.body.innerHTML = '';
});

const ids = () => scenarioState.current.initiatives.map(({ initiative_id }) => initiative_id);
const first = () => ids()[0]!;

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((element) => element.textContent === label);
  const input = document.getElementById(found?.htmlFor ?? '');
  if (!(input instanceof HTMLInputElement) && !(input instanceof HTMLSelectElement)) throw new Error(`no field is labelled ${label}`);
  return input as HTMLInputElement;
}

function change(label: string, value: string): HTMLInputElement {
  const input = field(label);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
  return input;
}

function press(name: string): void {
  const buttons = [...document.querySelectorAll('button')];
  const button = buttons.find((element) => (element.getAttribute('aria-label') ?? element.textContent?.trim()) === name);
  if (button === undefined) throw new Error(`no button is named ${name}`);
  button.focus();
  button.click();
  flushSync();
}

describe('the initiative table', () => {
  it('changes the scenario cell by cell, and undo takes it back', () => {
    const before = scenarioState.current;
    change(`Cost to scale ${first()}`, '41,500');
    expect(scenarioState.current.initiatives[0]?.cost_to_scale).toBe(41_500);
    scenarioState.undo();
    flushSync();
    expect(scenarioState.current).toEqual(before);
    expect(field(`Cost to scale ${first()}`).value).not.toBe('41,500');
  });

  it('keeps an impossible value in its field, says why, and leaves the scenario alone', () => {
    const before = scenarioState.current;
    const input = change(`Pilot products of ${first()}`, '40000');
    expect(scenarioState.current).toBe(before);
    expect(input.value).toBe('40000');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const message = document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
    expect(message).toMatch(/may not be larger than scale_sample_size/);
    expect(message).not.toContain('initiatives.0');
  });

  it('refuses an id that is taken, beside the id', () => {
    const second = ids()[1]!;
    const input = change('Id of initiative 1', second);
    expect(ids()[1]).toBe(second);
    expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toContain('used twice');
  });

  it('drops the old parameters with the old method', () => {
    change(`Method of ${first()}`, 'naive_difference');
    expect(scenarioState.current.initiatives[0]).toMatchObject({ method: { id: 'naive_difference', parameters: {} } });
  });

  it('moves a row and keeps the focus on it', async () => {
    const moved = first();
    press(`Move ${moved} down`);
    expect(ids().indexOf(moved)).toBe(1);
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe(`Move ${moved} down`));
  });

  it('adds, duplicates and deletes; a stated initiative has a table of its own', () => {
    press(`Duplicate ${first()}`);
    expect(ids()[1]).toBe(`${first()}-copy`);
    press(`Delete ${first()}`);
    expect(ids()).not.toContain('product-desc-enhancement');
    press('Add stated');
    expect(scenarioState.current.initiatives.at(-1)).toMatchObject({ source: 'stated' });
    expect([...document.querySelectorAll('[role=group]')].map((group) => group.getAttribute('aria-label'))).toEqual([
      'Simulated initiatives',
      'Stated initiatives',
    ]);
  });
});
