import type { BrowserContext, Page } from '@playwright/test';
import type { HostileFile, HostileLink } from './hostile-scenarios.ts';

/** A link, and the title of the scenario it opens; null where it is to be refused. */
export type LinkToFeed = HostileLink & { readonly title: string | null };
export type FeedReport = {
  fed: number;
  opened: number;
  refused: number;
  hangs: number;
  blank: number;
  slowest: number;
  readonly faults: string[];
  /** Called after every so many. */
  readonly tell: (report: FeedReport) => void;
};

/** How long the page may take to say what it makes of a link or a file, in milliseconds. */
const patience = 5000;
const batch = 50;

export function newReport(tell: FeedReport['tell'] = () => undefined): FeedReport {
  return { fed: 0, opened: 0, refused: 0, hangs: 0, blank: 0, slowest: 0, faults: [], tell };
}

/** A page that notes what goes wrong on it. */
export async function watchPage(context: BrowserContext, address: string, report: FeedReport): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => report.faults.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => report.faults.push('the page crashed'));
  page.on('console', (message) => {
    if (message.type() === 'error') report.faults.push(`console: ${message.text()}`);
  });
  // The compiler of scripts names functions by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(address);
  await page.locator('html[data-run="done"]').waitFor({ timeout: 60_000 });
  return page;
}

/** One link after the other in the same page, as fast as it answers. */
export async function feedLinks(page: Page, links: readonly LinkToFeed[], report: FeedReport): Promise<void> {
  for (let first = 0; first < links.length; first += batch) {
    const part = links.slice(first, first + batch);
    const seen = await page.evaluate(followLinks, { links: part, patience });
    seen.forEach((each, i) => note(report, part[i]!, each));
  }
  report.faults.push(...(await harm(page)));
}

/** Each link in a page of its own. */
export async function loadLinks(context: BrowserContext, address: string, links: readonly LinkToFeed[], report: FeedReport): Promise<void> {
  for (const link of links) {
    const page = await context.newPage();
    page.on('pageerror', (error) => report.faults.push(`uncaught: ${error.message}: ${link.hash.slice(0, 200)}`));
    const started = performance.now();
    await page.goto(`${address}${link.hash}`);
    const ended = await page
      .locator('html:is([data-run="done"], [data-run="failed"]) h1')
      .first()
      .waitFor({ timeout: 60_000 })
      .then(
        () => true,
        () => false,
      );
    const [isRefused, title] = await page.evaluate(
      () => [document.body.innerText.includes('This link cannot be opened:'), document.title] as const,
    );
    const isAsExpected = link.title === null ? isRefused || !link.hash.startsWith('#/') : true;
    note(report, link, { took: performance.now() - started, isBlank: !ended, isRefused, isAnswered: ended && isAsExpected, title });
    report.faults.push(...(await harm(page)));
    await page.close();
  }
}

/** Opens one file after the other in the place Data. */
export async function feedFiles(page: Page, files: readonly HostileFile[], report: FeedReport): Promise<void> {
  const input = page.locator('main input[type="file"]').first();
  for (const [i, { kind, bytes }] of files.entries()) {
    const name = `file-${i}.scenario.json`;
    const started = performance.now();
    await input.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(bytes) });
    const isAnswered = await page
      .waitForFunction((wanted) => (document.querySelector('main')?.innerText ?? '').includes(wanted), name, {
        timeout: patience,
        polling: 5,
      })
      .then(
        () => true,
        () => false,
      );
    const [isBlank, isRefused] = await page.evaluate(() => {
      const text = document.querySelector('main')?.innerText ?? '';
      return [document.querySelector('main h1, main h2') === null, text.includes('Nothing has changed.')] as const;
    });
    note(
      report,
      { kind, hash: new TextDecoder().decode(bytes) },
      { took: performance.now() - started, isBlank, isRefused, isAnswered, title: '' },
    );
  }
  report.faults.push(...(await harm(page)));
}

type Seen = {
  readonly took: number;
  readonly isBlank: boolean;
  readonly isRefused: boolean;
  readonly isAnswered: boolean;
  readonly title: string;
};

function note(report: FeedReport, { kind, hash }: HostileLink, seen: Seen): void {
  report.fed += 1;
  if (seen.isRefused) report.refused += 1;
  else report.opened += 1;
  if (seen.isBlank) report.blank += 1;
  if (!seen.isAnswered) report.hangs += 1;
  report.slowest = Math.max(report.slowest, seen.took);
  if (report.fed % batch === 0) report.tell(report);
  if (seen.isBlank || !seen.isAnswered)
    report.faults.push(
      `${kind}: ${seen.isBlank ? 'blank' : 'no answer'} after ${seen.took.toFixed(0)} ms, titled '${seen.title.slice(0, 60)}': ${hash.slice(0, 200)}`,
    );
}

/** Whether anything of what was fed became code, markup or a property of every object. */
async function harm(page: Page): Promise<string[]> {
  return page.evaluate(() => [
    ...('harmed' in window ? ['code from a link ran'] : []),
    ...('harmed' in {} ? ['every object got a property'] : []),
    ...(document.querySelector('img[src="x"], svg[onload], main script') === null ? [] : ['text became markup']),
  ]);
}

/** Runs in the page: goes to each address and waits until the page says what it made of it. */
async function followLinks({ links, patience }: { links: readonly LinkToFeed[]; patience: number }): Promise<Seen[]> {
  const seen: Seen[] = [];
  const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));
  const isRefused = () =>
    [...document.querySelectorAll('main [role="alert"]')].some((alert) => alert.textContent.includes('This link cannot be opened:'));
  const asTitle = (text: string) => document.implementation.createHTMLDocument(`${text} · impact workbench`).title;
  for (const { hash, title } of links) {
    for (const button of document.querySelectorAll<HTMLButtonElement>('main [role="alert"] button'))
      if (button.textContent === 'Dismiss') button.click();
    await nextTask();
    const started = performance.now();
    // What is no address of the page's is the overview of the default scenario, without a word.
    const expected = title === null ? null : [asTitle(title), asTitle('A payoff table')];
    location.hash = hash;
    let isAnswered = false;
    while (!isAnswered && performance.now() - started < patience) {
      await nextTask();
      isAnswered = isRefused() || (expected !== null && expected.includes(document.title));
    }
    const isBlank = document.querySelector('main h1, main h2') === null || document.body.textContent.trim().length < 200;
    seen.push({ took: performance.now() - started, isBlank, isRefused: isRefused(), isAnswered, title: document.title });
  }
  return seen;
}
