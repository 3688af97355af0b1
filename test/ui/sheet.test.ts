import { flushSync, mount, tick, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scenarioState } from '../../src/state/scenario.svelte.ts';
import ImportResults from '../../src/views/allocate/sheet/ImportResults.svelte';
import Sheet from '../../src/views/allocate/sheet/Sheet.svelte';
import { sheetDrafts } from '../../src/views/allocate/sheet/sheet-drafts.svelte.ts';
import type { SheetColumn } from '../../src/views/allocate/sheet/sheet-cells.ts';

// What the run made of the first pilot; no worker is needed for that.
vi.mock('../../src/state/run.svelte.ts', () => ({
  runState: {
    run: {
      evaluate_results: [
        {
          initiative_id: 'product-desc-enhancement',
          confidence: 0.9,
          cost: 1,
          R_worst: -1000.25,
          R_med: 36336.28374652,
          R_best: 73000,
          model_type: 'experiment',
        },
      ],
    },
  },
}));

let mounted: Record<string, unknown>;
function show(component: Component): void {
  mounted = mount(component, { target: document.body });
  flushSync();
}
beforeEach(() => {
  sheetDrafts.clear();
  sheetDrafts.place = null;
  sheetDrafts.pasted = '';
  scenarioState.loadPreset('worked-example');
});
afterEach(async () => {
  await unmount(mounted);
  document.body.innerHTML = '';
});

const text = () => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
const ids = () => scenarioState.current.initiatives.map(({ initiative_id }) => initiative_id);

function cell(row: number, column: SheetColumn): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`[data-row="${row}"][data-column="${column}"]`);
  if (found === null) throw new Error(`no cell at row ${row}, ${column}`);
  return found;
}

function type(row: number, column: SheetColumn, value: string, key = 'Enter'): void {
  const input = cell(row, column);
  input.focus();
  flushSync();
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
}

function press(name: string): void {
  const found = [...document.querySelectorAll('button')].find(
    (button) => (button.getAttribute('aria-label') ?? button.textContent?.trim().replaceAll(/\s+/g, ' ')) === name,
  );
  if (found === undefined) throw new Error(`no button is named ${name}`);
  found.click();
  flushSync();
}

function paste(target: HTMLElement, pasted: string): Event {
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => pasted } });
  target.dispatchEvent(event);
  flushSync();
  return event;
}

const errorOf = (input: HTMLInputElement) => {
  const [id = ''] = (input.getAttribute('aria-describedby') ?? '').split(' ');
  return document.getElementById(id)?.textContent ?? '';
};
const here = () => {
  const { row, column } = (document.activeElement as HTMLElement).dataset;
  return `${row} ${column}`;
};

describe('the sheet of stated initiatives', () => {
  beforeEach(() => show(Sheet));

  it('changes the scenario cell by cell, goes down on Enter, and undo takes it back', () => {
    const before = scenarioState.current;
    type(0, 'cost', '5');
    expect(scenarioState.current.initiatives[0]?.cost_to_scale).toBe(5);
    expect(here()).toBe('1 cost');
    scenarioState.undo();
    flushSync();
    expect(scenarioState.current).toEqual(before);
    expect(cell(0, 'cost').value).toBe('4');
  });

  it('moves by arrows: up and down, and to the sides from the ends of the text', () => {
    cell(1, 'cost').focus();
    const go = (key: string, at: number) => {
      const input = document.activeElement as HTMLInputElement;
      input.setSelectionRange(at, at);
      input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    };
    go('ArrowUp', 0);
    expect(here()).toBe('0 cost');
    go('ArrowRight', 0);
    expect(here()).toBe('0 cost');
    go('ArrowRight', 1);
    expect(here()).toBe('0 R_worst');
    go('ArrowLeft', 0);
    expect(here()).toBe('0 cost');
  });

  it('keeps what is wrong in its cell and says why; Escape takes it back', () => {
    const before = scenarioState.current;
    type(0, 'cost', 'four');
    expect(scenarioState.current).toBe(before);
    expect(cell(0, 'cost').getAttribute('aria-invalid')).toBe('true');
    expect(errorOf(cell(0, 'cost'))).toMatch(/number/);
    cell(0, 'cost').focus();
    cell(0, 'cost').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    flushSync();
    expect(cell(0, 'cost').value).toBe('4');
    expect(cell(0, 'cost').getAttribute('aria-invalid')).toBeNull();
  });

  it('waits with returns that are out of order until the others follow', () => {
    type(0, 'R_worst', '20');
    expect(errorOf(cell(0, 'R_worst'))).toMatch(/worst \u2264 median \u2264 best/);
    type(0, 'R_best', '30');
    type(0, 'R_med', '25');
    expect(scenarioState.current.initiatives[0]).toMatchObject({ R_worst: 20, R_med: 25, R_best: 30 });
    expect(cell(0, 'R_worst').getAttribute('aria-invalid')).toBeNull();
  });

  it('makes an initiative of the empty row once it is complete, in the same place', () => {
    type(5, 'id', 'Voice search', 'Tab');
    expect(text()).toContain('still needs cost, worst, median, best');
    for (const [column, value] of Object.entries({ cost: '1', R_worst: '0', R_med: '1' })) type(5, column as SheetColumn, value, 'Tab');
    expect(ids()).toHaveLength(5);
    const best = cell(5, 'R_best');
    type(5, 'R_best', '2', 'Tab');
    expect(ids()[5]).toBe('Voice-search');
    expect(cell(5, 'R_best')).toBe(best);
    expect(text()).toContain('\u2018Voice search\u2019 became Voice-search');
    expect(cell(6, 'id').value).toBe('');
  });

  it('says where a confidence stands that its kind of method cannot earn', () => {
    type(0, 'confidence', '0.3');
    expect(scenarioState.current.what_if).toMatchObject([{ initiative_id: 'TitlesAI', confidence: 0.3 }]);
    expect(text()).toContain('by hand; 0.85 on record, since experiment earns 0.85 to 1');
    press('Reset TitlesAI to its evidence');
    expect(scenarioState.current.what_if).toEqual([]);
    expect(cell(0, 'confidence').value).toBe('0.85');
  });

  it('fills a block from a spreadsheet as one step, and sends a table with a header to the import', () => {
    const before = scenarioState.current;
    expect(paste(cell(0, 'cost'), '7\t-1\n8\t-2\n').defaultPrevented).toBe(true);
    expect(scenarioState.current.initiatives.slice(0, 2)).toMatchObject([
      { cost_to_scale: 7, R_worst: -1 },
      { cost_to_scale: 8, R_worst: -2 },
    ]);
    scenarioState.undo();
    flushSync();
    expect(scenarioState.current).toEqual(before);
    paste(cell(0, 'id'), 'id\tcost\na\t1\n');
    expect(sheetDrafts.pasted).toContain('id\tcost');
    expect(text()).toContain('has a header row');
    expect(paste(cell(0, 'cost'), '9').defaultPrevented).toBe(false);
  });

  it('adds, duplicates, moves and deletes; the moved row keeps the keyboard', async () => {
    press('Duplicate TitlesAI');
    expect(ids()[1]).toBe('TitlesAI-copy');
    press('Delete TitlesAI-copy');
    expect(ids()).toHaveLength(5);
    press('Move TitlesAI down');
    expect(ids()[1]).toBe('TitlesAI');
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move TitlesAI down'));
    press('Add an initiative');
    expect(here()).toBe('5 id');
  });

  it('takes a sheet that comes in its place on to the cell where the keyboard was', async () => {
    cell(2, 'R_med').focus();
    const before = mounted;
    await unmount(before);
    await tick();
    show(Sheet);
    expect(here()).toBe('2 R_med');
  });
});

describe('the sheet of simulated initiatives', () => {
  beforeEach(() => {
    scenarioState.loadPreset('online-retail-five');
    show(Sheet);
  });

  it('shows what was measured, and what is typed stands by hand beside it', () => {
    expect(text()).toContain('measured 36,336.3');
    expect(cell(0, 'R_med').value).toBe('');
    type(0, 'R_med', '40000');
    expect(scenarioState.current.what_if).toMatchObject([{ R_worst: -1000.25, R_med: 40000, R_best: 73000, confidence: null }]);
    expect(scenarioState.current.initiatives[0]?.source).toBe('simulated');
    press('Reset all numbers set by hand');
    expect(scenarioState.current.what_if).toEqual([]);
  });

  it('has no numbers to type over where the pilot gave none', () => {
    expect(text()).toContain('no numbers from its pilot');
    expect(() => cell(1, 'R_med')).toThrow();
  });

  it('makes a sheet of the numbers, and undo takes it back', () => {
    press('Make these numbers a sheet');
    expect(scenarioState.current.initiatives[0]).toMatchObject({ source: 'stated', R_med: 36336.28374652, confidence: 0.9 });
    expect(cell(0, 'R_med').value).toBe('36,336.3');
    cell(0, 'R_med').focus();
    flushSync();
    expect(cell(0, 'R_med').value).toBe('36,336.28374652');
    type(0, 'R_med', '36,336.28374652');
    expect(scenarioState.current.initiatives[0]).toMatchObject({ R_med: 36336.28374652 });
    scenarioState.undo();
    expect(scenarioState.current.initiatives[0]?.source).toBe('simulated');
  });
});

describe('a blank sheet', () => {
  it('replaces everything in one step, and its first cell has the keyboard', () => {
    sheetDrafts.startBlank();
    expect(scenarioState.current).toMatchObject({ title: 'My sheet', initiatives: [] });
    show(Sheet);
    expect(text()).toContain('Add the first initiative');
    expect(here()).toBe('0 id');
    scenarioState.undo();
    expect(ids()).toHaveLength(5);
  });
});

describe('bringing real results', () => {
  beforeEach(() => show(ImportResults));
  const box = () => document.querySelector('textarea') as HTMLTextAreaElement;
  function write(table: string): void {
    box().value = table;
    box().dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
  }

  it('reads while one types, shows what would come of it, and imports the good rows as one step', async () => {
    write('id,cost,estimate,se,n,method\nTitle AI,4,10,2,400,RCT\nsmall,1,2,1,12,DiD\n');
    expect(text()).toContain('1 initiative can be imported, 1 row cannot: 1 problem.');
    expect(text()).toContain('n: is fewer than 30 units');
    expect(text()).toContain("id: was changed to 'Title-AI'");
    press('Replace all with the good row');
    expect(ids()).toEqual(['Title-AI']);
    expect(scenarioState.current.title).toBe('Imported results');
    expect(text()).toContain('One initiative imported');
    await tick();
    expect(document.activeElement?.textContent).toContain('One initiative imported');
    expect(box().value).toBe('');
    scenarioState.undo();
    expect(ids()).toHaveLength(5);
  });

  it('adds below the others, unless an id is taken', () => {
    write('id,cost,worst,med,best,confidence\nTitlesAI,4,2,10,15,0.9\n');
    expect(text()).toContain('They cannot be added: TitlesAI is there already');
    write('id,cost,worst,med,best,confidence\nnew,4,2,10,15,0.9\n');
    press('Add this one to the others');
    expect(ids()).toHaveLength(6);
    expect(scenarioState.current.budget).toBe(10);
  });

  it('offers an example that can be imported whole, with a budget that leaves something to choose', () => {
    press('Insert an example');
    expect(text()).toContain('5 initiatives can be imported.');
    press('Replace all with these 5');
    expect(ids()).toHaveLength(5);
    expect(scenarioState.current.budget).toBe(54_000);
  });

  it('says so where nothing can be imported, and takes text as text', () => {
    write('<img src=x onerror=alert(1)>,cost\n<b>a</b>,1\n');
    expect(text()).toContain('Nothing can be imported');
    expect(document.querySelector('img')).toBeNull();
    write('x'.repeat(1_000_001));
    expect(text()).toContain('too long to be shown here');
    press('Take it away');
    expect(box().value).toBe('');
  });

  it('reads a file, and says what is wrong with one that is no table', async () => {
    const zone = document.querySelector('button.zone') as HTMLButtonElement;
    const drop = (name: string, bytes: Uint8Array) => {
      const file = Object.assign(new File([''], name), { arrayBuffer: async () => bytes.buffer });
      zone.dispatchEvent(Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer: { files: [file] } }));
    };
    drop('trial.csv', new TextEncoder().encode('id;cost;worst;med;best;confidence\na;1,5;0;1;2;0,9\n'));
    await vi.waitFor(() => (flushSync(), expect(text()).toContain('1 initiative can be imported.')));
    press('Replace all with this one');
    expect(scenarioState.current).toMatchObject({ title: 'trial', initiatives: [{ cost_to_scale: 1.5 }] });
    drop('book.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]));
    await vi.waitFor(() => (flushSync(), expect(text()).toContain('book.xlsx is not a table as text')));
  });
});
