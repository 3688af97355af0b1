import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnDataWorker } from '../../src/engine/own-data-session.ts';
import { ownData } from '../../src/state/own-data.svelte.ts';
import OwnData from '../../src/views/measure/own-data/OwnData.svelte';

// The worker's program on the spot: what is tested here is the page around it.
vi.mock('../../src/engine/browser-worker.ts', async () => {
  const { ownDataApi } = await import('../../workers/own-data.ts');
  return {
    spawnBrowserWorker: () => ({ api: {}, died: new Promise(() => undefined), terminate: () => undefined }),
    spawnOwnDataWorker: (): OwnDataWorker => ({ api: ownDataApi(), died: new Promise(() => undefined), terminate: () => undefined }),
  };
});

/** jsdom's files cannot be streamed. */
function fileOf(name: string, text: string): File {
  const bytes = new TextEncoder().encode(text);
  const file = new File([text], name, { type: 'text/csv' });
  const stream = () => {
    let isRead = false;
    return {
      getReader: () => ({
        read: async () => (isRead ? { done: true } : ((isRead = true), { done: false, value: bytes })),
        cancel: async () => undefined,
      }),
    };
  };
  return Object.assign(file, { stream, text: async () => text });
}

const rows = Array.from({ length: 60 }, (_, i) => `shop ${i},${i % 2},${((i * 37) % 23) + (i % 2) * 4 + ((i * 13) % 7)},${(i * 37) % 23}`);
const shops = `shop,treated,sales,pre_sales\n${rows.join('\n')}\n`;

let mounted: Record<string, unknown>;
beforeEach(() => {
  mounted = mount(OwnData, { target: document.body });
  flushSync();
});
afterEach(async () => {
  ownData.forget();
  await unmount(mounted);
  document.body.innerHTML = '';
});

const text = () => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
const spoken = () => document.querySelector('[role="status"].visually-hidden')?.textContent ?? '';

function select(label: string): HTMLSelectElement {
  const found = [...document.querySelectorAll('label')].find((element) => element.textContent?.trim() === label);
  const control = document.getElementById(found?.htmlFor ?? '');
  if (!(control instanceof HTMLSelectElement)) throw new Error(`no choice is labelled ${label}`);
  return control;
}

function pick(label: string, value: string): void {
  const control = select(label);
  control.value = value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

const settled = () =>
  vi.waitFor(
    () => (
      flushSync(),
      expect(['ready', 'unusable', 'empty']).toContain(document.querySelector('[data-own-data]')?.getAttribute('data-own-data'))
    ),
  );

async function choose(name: string, csv: string): Promise<void> {
  await ownData.choose(fileOf(name, csv));
  await settled();
}

describe('a file of one\u2019s own on the page', () => {
  it('says what to bring, and takes a file by button or by drop', async () => {
    expect(text()).toContain('Choose a CSV file, or drop it here');
    const zone = document.querySelector('button.zone') as HTMLButtonElement;
    const drop = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
      dataTransfer: { files: [fileOf('a.csv', shops), fileOf('b.csv', shops)] },
    });
    zone.dispatchEvent(drop);
    flushSync();
    expect(drop.defaultPrevented).toBe(true);
    expect(text()).toContain('One file at a time');
    zone.dispatchEvent(
      Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer: { files: [fileOf('a.csv', shops)] } }),
    );
    await vi.waitFor(() => expect(ownData.phase).toBe('ready'));
  });

  it('maps the columns by name, measures, and says so', async () => {
    await choose('shops.csv', shops);
    expect(select('Outcome').value).toBe('sales');
    expect(select('Treatment').value).toBe('treated');
    expect(select('Pre-period mean').value).toBe('pre_sales');
    expect(text()).toMatch(/Experiment puts the effect on sales at/);
    expect(spoken()).toBe('60 rows read. Measured.');
    expect(ownData.answered?.answer).toMatchObject({ ok: true, result: { status: 'ok', n_treated: 30 } });
  });

  it('asks only for the columns of the method in hand, and remembers what was chosen', async () => {
    await choose('shops.csv', shops);
    pick('Pre-period mean', '');
    await settled();
    pick('Method', 'interrupted_time_series');
    expect(() => select('Treatment')).toThrow();
    expect(select('Time').value).toBe('');
    pick('Method', 'experiment');
    await settled();
    expect(select('Pre-period mean').value).toBe('');
    await choose('again.csv', shops);
    expect(select('Pre-period mean').value).toBe('');
  });

  it('puts what is wrong beside the field it came from', async () => {
    await choose('shops.csv', shops);
    pick('Outcome', 'shop');
    await vi.waitFor(() => (flushSync(), expect(select('Outcome').getAttribute('aria-invalid')).toBe('true')));
    const [errorId = ''] = (select('Outcome').getAttribute('aria-describedby') ?? '').split(' ');
    expect(document.getElementById(errorId)?.textContent).toMatch(/Column 'shop' holds text/);
    pick('Outcome', 'sales');
    await vi.waitFor(() => (flushSync(), expect(select('Outcome').getAttribute('aria-invalid')).toBeNull()));
  });

  it('lists what is wrong with a file, by row and column, and offers to choose again', async () => {
    await choose('broken.csv', 'a,b\n1,2\n3\n4,5,6\n');
    expect(text()).toContain('broken.csv cannot be used yet: 2 problems');
    const cells = [...document.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));
    expect(cells).toEqual([
      ['3', '\u2013', 'Has 1 fields where the header has 2.', '3'],
      ['4', '\u2013', 'Has 3 fields where the header has 2.', '4,5,6'],
    ]);
    expect(spoken()).toBe('The file cannot be used: 2 problems.');
    expect(text()).toContain('Choose a CSV file');
  });

  it('shows text from a file as text', async () => {
    await choose('markup.csv', `${shops}<img src=x onerror=alert(1)>,0,1,2\n`);
    expect(document.querySelector('img')).toBeNull();
  });

  it('lets go of the file', async () => {
    await choose('shops.csv', shops);
    const close = [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Close the file');
    close?.click();
    flushSync();
    expect(text()).toContain('Choose a CSV file');
    expect(ownData.table).toBeNull();
  });
});
