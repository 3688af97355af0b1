import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { route } from '../../src/state/route.svelte.ts';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import { undoByKey, undoesItself, withKeys } from '../../src/state/undo-keys.ts';

const page = { undo: vi.spyOn(scenarioState, 'undo'), redo: vi.spyOn(scenarioState, 'redo') };
const table = { undo: vi.fn(), redo: vi.fn() };

beforeEach(() => {
  document.addEventListener('keydown', undoByKey);
  route.go('allocate');
});
afterEach(() => {
  document.removeEventListener('keydown', undoByKey);
  document.body.innerHTML = '';
  vi.clearAllMocks();
});

function press(key: string, held: KeyboardEventInit = { ctrlKey: true }, html = '<button>a</button>'): KeyboardEvent {
  document.body.innerHTML = html;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held });
  document.body.firstElementChild!.dispatchEvent(event);
  return event;
}

describe('undo by keyboard', () => {
  it.each([
    ['z', { ctrlKey: true }, 1, 0],
    ['z', { metaKey: true }, 1, 0],
    ['Z', { ctrlKey: true, shiftKey: true }, 0, 1],
    ['Z', { metaKey: true, shiftKey: true }, 0, 1],
    ['y', { ctrlKey: true }, 0, 1],
    ['y', { metaKey: true }, 0, 0],
    ['z', {}, 0, 0],
    ['z', { ctrlKey: true, altKey: true }, 0, 0],
    ['a', { ctrlKey: true }, 0, 0],
  ])('%s with %o', (key, held, undone, redone) => {
    const event = press(key, held);
    expect([page.undo.mock.calls.length, page.redo.mock.calls.length]).toEqual([undone, redone]);
    expect(event.defaultPrevented).toBe(undone + redone > 0);
  });

  it.each(['<input>', '<input type="number">', '<input type="search">', '<textarea></textarea>', '<div contenteditable="true"></div>'])(
    'is left to %s, which one types in',
    (html) => {
      expect(press('z', { ctrlKey: true }, html).defaultPrevented).toBe(false);
      expect(page.undo).not.toHaveBeenCalled();
    },
  );

  it.each(['<input type="range">', '<input type="checkbox">', '<select></select>', '<div contenteditable="false"></div>'])(
    'is of the scenario in %s',
    (html) => {
      press('z', { ctrlKey: true }, html);
      expect(page.undo).toHaveBeenCalledOnce();
    },
  );

  it('leaves a key alone that something else has answered', () => {
    document.body.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
    press('z');
    expect(page.undo).not.toHaveBeenCalled();
  });

  it('is of the payoff table where that is on the page, and of nothing else there', () => {
    undoesItself('decide', table);
    route.go('decide');
    press('z');
    press('y');
    expect([table.undo.mock.calls.length, table.redo.mock.calls.length]).toEqual([1, 1]);
    expect(page.undo).not.toHaveBeenCalled();
    route.go('overview');
    press('z');
    expect(page.undo).toHaveBeenCalledOnce();
    expect(table.undo).toHaveBeenCalledOnce();
  });

  it('is said on the buttons that do the same', () => {
    expect(withKeys('Undo', 'undo')).toBe('Undo (Ctrl+Z)');
    expect(withKeys('Redo', 'redo')).toBe('Redo (Ctrl+Y)');
  });
});
