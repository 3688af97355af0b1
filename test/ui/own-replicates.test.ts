import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnDataWorker } from '../../src/engine/own-data-session.ts';
import { ownReplicates } from '../../src/state/own-replicates.svelte.ts';
import OwnReplicates from '../../src/views/study/own-replicates/OwnReplicates.svelte';
import { issueList } from '../../src/views/study/own-replicates/own-replicates-words.ts';

// The worker's program on the spot: what is tested here is the page around it.
vi.mock('../../src/engine/browser-worker.ts', async () => {
  const { ownDataApi } = await import('../../workers/own-data.ts');
  return {
    spawnBrowserWorker: () => ({ api: {}, died: new Promise(() => undefined), terminate: () => undefined }),
    spawnOwnDataWorker: (): OwnDataWorker => ({ api: ownDataApi(), died: new Promise(() => undefined), terminate: () => undefined }),
  };
});

const downloadCsv = vi.hoisted(() => vi.fn<(name: string, text: string) => void>());
vi.mock('../../src/state/downloads.ts', () => ({ downloadCsv }));

/** jsdom's files cannot be streamed. */
class StreamedFile extends File {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  constructor(parts: readonly string[], name: string, options?: FilePropertyBag) {
    super([...parts], name, options);
    this.#bytes = new TextEncoder().encode(parts.join(''));
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const chunks = [this.#bytes];
    const read = async () => ({ done: chunks.length === 0, value: chunks.pop() });
    return { getReader: () => ({ read, cancel: async () => undefined }) } as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
  }
}

let mounted: Record<string, unknown>;
beforeEach(() => {
  vi.stubGlobal('File', StreamedFile);
  mounted = mount(OwnReplicates, { target: document.body });
  flushSync();
});
afterEach(async () => {
  ownReplicates.forget();
  sessionStorage.clear();
  await unmount(mounted);
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
});

const text = () => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
const spoken = () => document.querySelector('[role="status"].visually-hidden')?.textContent ?? '';
const choose = async (name: string, ...lines: string[]) => {
  await ownReplicates.choose(new File([lines.join('\n')], name));
  flushSync();
};

function control<E extends HTMLElement>(label: string): E {
  const found = [...document.querySelectorAll('label')].find((element) => element.textContent?.trim() === label);
  const element = document.getElementById(found?.htmlFor ?? '');
  if (element === null) throw new Error(`nothing is labelled ${label}`);
  return element as E;
}

function enter(label: string, value: string): void {
  const field = control<HTMLInputElement | HTMLSelectElement>(label);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

const press = (name: string) => {
  const button = [...document.querySelectorAll('button')].find((element) => element.textContent?.trim() === name);
  if (button === undefined) throw new Error(`no button says ${name}`);
  button.click();
  flushSync();
};

/** The cells of a row of the result by the beginning of its heading. */
function cells(heading: string): string[] {
  const row = [...document.querySelectorAll('tbody tr')].find((element) => element.querySelector('th')?.textContent?.startsWith(heading));
  return [...(row?.querySelectorAll('td') ?? [])].map((cell) => (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
}

const until = (check: () => void) => vi.waitFor(() => (flushSync(), check()));

describe('replications of one’s own on the page', () => {
  it('says what to bring, takes a drop, and asks for what it cannot guess', async () => {
    expect(text()).toContain('Choose a CSV file, or drop it here');
    expect(text()).toContain('sent nowhere');
    const zone = document.querySelector('button.zone') as HTMLButtonElement;
    const file = new File(['method,b,se\nA,1,1\nA,3,1\nB,2,0.5\nB,4,0.5'], 'mine.csv');
    zone.dispatchEvent(Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer: { files: [file] } }));
    await until(() => expect(text()).toContain('4 rows, 3 columns'));
    expect(text()).toContain('Still to say: the true value');
    expect(control<HTMLSelectElement>('Estimate').value).toBe('b');
    expect(control<HTMLSelectElement>('Standard error').value).toBe('se');
    enter('True value', '2');
    await until(() => expect(spoken()).toBe('4 replications in 2 groups by method; none failed.'));
    expect([...document.querySelectorAll('thead th.group')].map((cell) => cell.textContent)).toEqual(['A', 'B']);
    // Errors -1 and 1, 0 and 2: each mean has a Monte Carlo error of 1.
    expect(cells('Bias')).toEqual(['0 (1)', '1 (1)']);
    expect(cells('Coverage').map((cell) => cell.slice(0, 4))).toEqual(['100%', '50% ']);
  });

  it('answers anew when columns, level or groups change', async () => {
    await choose('a.csv', 'truth,method,b,se,other', '2,A,1,1,5', '2,B,3,1,7');
    await until(() => expect(cells('Mean estimate')).toHaveLength(2));
    enter('Estimate', 'other');
    await until(() => expect(spoken()).toContain('2 groups'));
    document.querySelectorAll<HTMLInputElement>('fieldset input[type="checkbox"]').forEach((box) => box.checked && box.click());
    await until(() => expect(cells('Mean estimate')).toEqual(['6 (1)']));
    expect(text()).toContain('mix them');
    enter('Level of the intervals', '0.8');
    await until(() => expect(text()).toContain('1.282 standard errors (normal distribution at 80%)'));
    enter('True value', '6');
    await until(() => expect(cells('Bias')).toEqual(['0 (1)']));
    expect(control<HTMLSelectElement>('Column of true values').value).toBe('');
  });

  it('what was said of a file is there again when the file is brought back, and only then', async () => {
    const lines = ['method,b,se', 'A,1,1', 'A,3,1', 'B,2,0.5', 'B,4,0.5'];
    await choose('mine.csv', ...lines);
    ownReplicates.setTruth(2.5);
    ownReplicates.setLevel(0.9);
    ownReplicates.setBy([]);
    ownReplicates.forget();
    await choose('other.csv', 'run,b,se', '1,1,1', '2,3,1');
    expect(ownReplicates.question).toMatchObject({ truth: null, level: 0.95 });
    await choose('mine again.csv', ...lines);
    expect(ownReplicates.question).toMatchObject({ truth: 2.5, level: 0.9, by: [] });
    sessionStorage.setItem('impact-workbench-own-replicates-question', '{"names":["method","b","se"],"level":"x"}');
    await choose('mine.csv', ...lines);
    expect(ownReplicates.question).toMatchObject({ truth: null, level: 0.95, by: ['method'] });
  });

  it('shows failures by reason, and what is wrong with a file', async () => {
    await choose('a.csv', 'truth,b,se', '2,1,1', '2,NA,1', '2,3,1', '2,Inf,1');
    await until(() => expect(cells('Replications')[0]).toBe('2 2 failed: estimate is missing 1, estimate is infinite 1'));
    expect(text()).not.toContain('How it was read');
    await choose('b.csv', 'truth,b,se', '2,1,-1', '2,oops,1');
    await until(() => expect(text()).toContain('This cannot be worked out yet'));
    expect(text()).toContain(
      "Data row 2, column 'b': is no number: correct it, or leave the cell empty (or write NA) where a replication failed (found oops).",
    );
    expect(text()).toContain("Data row 1, column 'se': is negative");
    await choose('c.csv', 'b,b', '1,2');
    expect(text()).toContain('c.csv cannot be used yet');
    expect(spoken()).toBe('The file cannot be used: 1 problem.');
    expect(text()).toContain('Two columns are called');
    expect(issueList(Array.from({ length: 20 }, (_, i) => ({ path: '--se', message: `wrong ${i}` })))).toEqual([
      ...Array.from({ length: 12 }, (_, i) => `Standard error: wrong ${i}.`),
      'And 8 more.',
    ]);
  });

  it('has an example in which intervals of the mean cover too seldom, as Student would have it', async () => {
    press('Try an example');
    await until(() => expect(spoken()).toBe('1,000 replications in 2 groups by method; none failed.'));
    const { answered } = ownReplicates;
    if (answered?.answer.ok !== true) throw new Error('not answered');
    // With 7 degrees of freedom, 1.96 standard errors hold the mean with probability 0.909.
    const coverage = answered.answer.diagnosis.by?.[0]?.diagnosands.coverage?.value ?? NaN;
    expect(Math.abs(coverage - 0.909)).toBeLessThan(4 * Math.sqrt((0.909 * 0.091) / 500));
    expect(cells('Coverage')[0]).toContain('too seldom');
    press('Close the file');
    expect(text()).toContain('Choose a CSV file, or drop it here');
  });

  it('takes cells that were pasted, and says when there are none', async () => {
    press('Use these cells');
    expect(text()).toContain('There is nothing in it.');
    const area = document.querySelector('textarea') as HTMLTextAreaElement;
    area.value = 'truth\tb\tse\n1\t1\t1\n1\t2\t1';
    area.dispatchEvent(new Event('input', { bubbles: true }));
    press('Use these cells');
    await until(() => expect(spoken()).toBe('2 replications; none failed.'));
  });

  it('saves the figures with all their digits', async () => {
    await choose('a.csv', 'truth,method,b', '1,=x,1', '1,=x,1.2', '1,y,2');
    await until(() => expect(cells('Bias')).toHaveLength(2));
    press('Save the figures (CSV)');
    const [name, saved] = downloadCsv.mock.lastCall ?? [];
    expect(name).toBe('diagnosands of a.csv');
    expect(saved).toMatch(/^method,replications,failures,bias,bias_monte_carlo_se,/);
    expect(saved).toMatch(/\r\n'=x,2,0,0\.(1|09999)\d*,/);
  });
});
