import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineParameters } from '../../src/core/contracts/parameter.ts';
import NumberField from '../../src/ui/NumberField.svelte';
import ParameterForm from '../../src/ui/ParameterForm.svelte';
import RangeField from '../../src/ui/RangeField.svelte';

let mounted: Record<string, unknown> | undefined;
afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = undefined;
  document.body.innerHTML = '';
});

function type(input: HTMLInputElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

const only = <T extends Element>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`nothing matches ${selector}`);
  return found;
};

describe('a number field', () => {
  it('hands over what was typed, once it is a number', () => {
    const commit = vi.fn(() => null);
    mounted = mount(NumberField, { target: document.body, props: { label: 'Budget', value: 100_000, min: 0, commit } });
    const input = only<HTMLInputElement>('input');
    expect(input.value).toBe('100,000');
    type(input, '120,000');
    expect(commit).toHaveBeenCalledExactlyOnceWith(120_000);
  });

  it('keeps what was typed and says what is wrong with it, tied to the input', () => {
    const commit = vi.fn(() => null);
    mounted = mount(NumberField, { target: document.body, props: { label: 'Budget', value: 10, min: 0, commit } });
    const input = only<HTMLInputElement>('input');
    type(input, 'ten');
    expect(commit).not.toHaveBeenCalled();
    expect(input.value).toBe('ten');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toContain('Enter a number');
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    flushSync();
    expect(input.value).toBe('10');
    expect(input.hasAttribute('aria-invalid')).toBe(false);
  });

  it('shows the message of whoever refused the value', () => {
    mounted = mount(NumberField, { target: document.body, props: { label: 'Cost', value: 10, commit: () => 'Must be more than 0.' } });
    type(only('input'), '0');
    expect(only('[role=alert]').textContent).toBe('Must be more than 0.');
    expect(only<HTMLInputElement>('input').value).toBe('0');
  });

  it('steps with the arrow keys within its limits, free of rounding dust', () => {
    const taken: (number | null)[] = [];
    mounted = mount(NumberField, {
      target: document.body,
      props: { label: 'Size', value: 0.2, step: 0.1, max: 0.3, commit: (value: number | null) => (taken.push(value), null) },
    });
    const input = only<HTMLInputElement>('input');
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    expect(taken).toEqual([0.3]);
  });
});

describe('a slider', () => {
  it('commits while it moves and has a name of its own', () => {
    const commit = vi.fn(() => null);
    mounted = mount(RangeField, { target: document.body, props: { label: 'Budget', value: 5, min: 0, max: 10, step: 1, commit } });
    const slider = only<HTMLInputElement>('input[type=range]');
    expect(slider.getAttribute('aria-label')).toBe('Budget, slider');
    slider.value = '7';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    expect(commit).toHaveBeenCalledExactlyOnceWith(7);
  });
});

describe('a form made of parameters', () => {
  const parameters = defineParameters({
    share: { kind: 'number', label: 'Share', help: 'Of products.', min: 0, max: 1, default: 0.5 },
    rounds: { kind: 'integer', label: 'Rounds', help: '', min: 1, max: 9, default: null },
    robust: { kind: 'boolean', label: 'Robust', help: '', default: true },
    errors: { kind: 'choice', label: 'Errors', help: '', options: ['HC2', 'HC3'], default: 'HC2' },
    columns: { kind: 'columns', label: 'Columns', help: '', default: [] },
    order: { kind: 'integers', label: 'Order', help: '', length: 3, default: null },
  });

  it('has a labelled control for every kind and commits typed values', () => {
    const commits: [string, unknown][] = [];
    mounted = mount(ParameterForm, {
      target: document.body,
      props: {
        parameters,
        values: { share: 0.3, columns: ['price'] },
        commit: (name: string, value: unknown) => (commits.push([name, value]), null),
      },
    });
    const control = (label: string) => {
      const id = [...document.querySelectorAll('label')].find((element) => element.textContent?.trim() === label)?.htmlFor ?? '';
      return document.getElementById(id) as HTMLInputElement;
    };
    expect(control('Share').value).toBe('0.3');
    expect(control('Rounds').placeholder).toBe('automatic');
    expect(control('Columns').value).toBe('price');
    type(control('Rounds'), '4');
    type(control('Columns'), 'price, quality');
    type(control('Order'), '1, 0, 1');
    type(control('Order'), '1, 0');
    control('Robust').click();
    flushSync();
    expect(commits).toEqual([
      ['rounds', 4],
      ['columns', ['price', 'quality']],
      ['order', [1, 0, 1]],
      ['robust', false],
    ]);
    expect(document.body.textContent).toContain('Enter 3 whole numbers');
  });
});
