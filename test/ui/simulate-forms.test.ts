import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SimulatedInitiative } from '../../src/core/scenario/scenario.ts';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import { runFixture } from './run-fixture.ts';
import SimulateHarness from './SimulateHarness.svelte';

vi.mock('../../src/state/run.svelte.ts', () => ({
  runState: { status: 'done', pilots: new Map(), pilotWithoutFlaws: () => Promise.resolve(null) },
}));

const pilot = runFixture({ initiatives: [{ id: 'a', cost: 1, truth: 2, pilot: [1, 2, 3] }], funded: [], oracle: [] }).initiatives[0]!
  .pilot!;

let mounted: Record<string, unknown>;
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
  scenarioState.loadPreset('online-retail-five');
  mounted = mount(SimulateHarness, { target: document.body, props: { pilot } });
  flushSync();
});
afterEach(async () => {
  await unmount(mounted);
  document.body.innerHTML = '';
});

const first = () => scenarioState.current.initiatives[0] as SimulatedInitiative;
const main = (selector: string) => document.querySelector<HTMLElement>(selector)!;

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((element) => element.textContent?.trim() === label);
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
}

function change(label: string, value: string): HTMLInputElement {
  const input = field(label);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
  return input;
}

function press(name: RegExp): void {
  const button = [...document.querySelectorAll('button')].find((element) =>
    name.test(element.getAttribute('aria-label') ?? element.textContent ?? ''),
  );
  if (button === undefined) throw new Error(`no button is named ${String(name)}`);
  button.click();
  flushSync();
}

const messageOf = (input: HTMLElement) =>
  (input.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

describe('the panel of one initiative', () => {
  it('chooses another design and keeps what both know', () => {
    change('Treated share', '0.35');
    change('Assignment', 'selection_on_observables');
    expect(first().design).toMatchObject({ id: 'selection_on_observables', parameters: { treated_share: 0.35 } });
    expect(field('Pull of quality')).not.toBeNull();
  });

  it('says that a method does not fit the design, and takes one that does with one click', () => {
    expect(main('.misfit')).toBeNull();
    change('Assignment', 'everyone_from_date');
    expect(main('.misfit').textContent).toMatch(/Experiment does not fit \u2018Everyone from a date\u2019/);
    press(/^Use Interrupted time series/);
    expect(first().method.id).toBe('interrupted_time_series');
    expect(main('.misfit')).toBeNull();
  });

  it('shows an impossible value beside its field and leaves the scenario alone', () => {
    const before = scenarioState.current;
    const input = change('Treated share', '3');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(messageOf(input)).toContain('0.98');
    change('Assignment', 'one_treated_unit');
    const units = change('Store fronts', '499');
    expect(units.getAttribute('aria-invalid')).toBeNull();
    const products = change('Products in the pilot', '40');
    expect(messageOf(products)).toMatch(/499 store fronts/);
    expect(first().catalog.n_products).toBe((before.initiatives[0] as SimulatedInitiative).catalog.n_products);
  });

  it('does not keep a method setting that only repeats the pilot', () => {
    change('Outcome', 'quality_score');
    expect(first().method.parameters).toMatchObject({ outcome_column: 'quality_score' });
    change('Outcome', 'revenue');
    expect(first().method.parameters).not.toHaveProperty('outcome_column');
  });

  it('sets what becomes of the effect on the way to scale, within limits, and says so in words', () => {
    expect(document.body.textContent).toContain('the effect is the same');
    change('Effect at scale', '0.25');
    expect(first().effect_at_scale).toBe(0.25);
    expect(document.body.textContent).toContain('the effect is 0.25 times as large');
    change('Effect at scale', '-5');
    expect(first().effect_at_scale).toBe(-5);
    const input = change('Effect at scale', '5.1');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(messageOf(input)).toContain('5');
    expect(first().effect_at_scale).toBe(-5);
  });

  it('turns days into weeks in words and dates', () => {
    change('Period', 'week');
    expect(first().catalog).toMatchObject({ granularity: 'week', pre_periods: 3, post_periods: 4 });
    expect(field('Weeks before').value).toBe('3');
    const start = change('First day', '2026-02-04');
    expect(messageOf(start)).toMatch(/Monday/);
    expect(first().catalog.start_date).toBe('2026-02-02');
  });
});

describe('the flaws of an initiative', () => {
  it('are added, turned, set and removed, each step undoable', async () => {
    press(/^Differential attrition/);
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Severity, slider'));
    expect(first().flaws.map(({ id }) => id)).toEqual(['differential_attrition']);
    const slider = document.activeElement as HTMLInputElement;
    slider.value = '0.8';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    expect(first().flaws[0]!.parameters).toMatchObject({ severity: 0.8 });
    expect(field('Severity').value).toBe('0.8');
    change('Severity', '0.25');
    expect(first().flaws[0]!.parameters).toMatchObject({ severity: 0.25 });
    press(/^Remove differential attrition/);
    expect(first().flaws).toEqual([]);
    scenarioState.undo();
    flushSync();
    expect(first().flaws[0]!.parameters).toMatchObject({ severity: 0.25 });
  });

  it('say which assumption they break and which way the naive answer moves', () => {
    press(/^Spillover/);
    const card = main('[data-flaw=spillover]');
    expect(card.querySelectorAll('dd')).toHaveLength(2);
    for (const sentence of card.querySelectorAll('dd')) expect(sentence.textContent).toMatch(/^\S.{20,}[.!?]$/);
  });

  it('keep an impossible severity in its field, and say why', () => {
    press(/^Imbalance/);
    const input = change('Severity', '7');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(messageOf(input)).toContain('Enter 1 or less');
  });

  it('name the flaw that stands in the way of another design', () => {
    press(/^Imbalance/);
    const select = change('Assignment', 'everyone_from_date');
    expect(messageOf(select)).toMatch(/^Imbalance: needs untreated products/);
    expect(first().design.id).toBe('complete_randomisation');
  });

  it('show both answers and the truth, and how far off the method is', () => {
    expect(main('.live svg[role=img]').getAttribute('aria-label')).toBe('What do the answers say now?');
    expect(main('.reading').textContent).toMatch(/The method is off by/);
  });
});
