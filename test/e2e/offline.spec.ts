import { cpSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { defaultPreset, findPreset } from '../../src/core/scenario/presets/index.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { formatAddress, scenarioQuery } from '../../src/interchange/link.ts';
import { ensureSingleBuilt } from '../../scripts/build.mjs';
import { root } from '../../scripts/install.mjs';
import { writeServiceWorker } from '../../scripts/service-worker.ts';
import { pipelineApi } from '../../workers/pipeline.ts';
import { digestInAddress, rerunOf, runIsDone, steps } from './page.ts';
import { staticHost, type StaticHost } from './static-host.ts';

const built = join(root, 'dist');
const offline = (page: Page) => page.locator('[data-offline]');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const releaseOf = (page: Page) => page.locator('meta[name="release"]').getAttribute('content');
const goTo = (page: Page, place: string) => page.evaluate((to) => (location.hash = to), `#/${place}?v=1`);

let host: StaticHost;
test.slow();
test.beforeEach(async () => void (host = await staticHost(built)));
test.afterEach(() => host.stop());

test('after one visit every place works with the server gone, solver, studies, files and names included', async ({ page, context }) => {
  const problems = problemsOn(page);
  await visitUntilKept(page);
  const files = filesBelow(built).filter((path) => path !== 'service-worker.js');
  await expect(offline(page)).toContainText(`Everything is kept on this machine: ${files.length} files`);
  await expectInstallable(context, page);
  const digest = await digestInAddress(page);

  await host.stop();
  await page.reload();
  await runIsDone(page);
  expect(await digestInAddress(page)).toBe(digest);
  for (const place of steps) {
    await page.getByRole('navigation').locator(`a[href^="#/${place}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`#/${place}`));
    await expect(heading(page)).toBeVisible();
  }
  await rerunOf(page, () => page.getByRole('button', { name: /new seed/i }).click());
  await useEverything(page);
  await solveWithHighs(page);
  expect(problems).toEqual([]);
});

test('a new version is offered, taken by who asks for it, and leaves other open pages their own', async ({ page, context }) => {
  await visitUntilKept(page);
  const other = await context.newPage();
  await other.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await other.goto(`${host.address}#/study?v=1&p=worked-example`);
  await runIsDone(other);
  const before = await releaseOf(page);
  const { folder, renamed } = await nextRelease();
  host.publish(folder);

  // A check that joins one of the other page's finds what that one found, which may have begun earlier.
  await expect(async () => {
    await page.getByRole('button', { name: 'Check for a new version' }).click();
    await expect(page.getByText('A new version of this page is here')).toBeVisible({ timeout: 10_000 });
  }).toPass();
  expect(await releaseOf(page), 'nothing is swapped in').toBe(before);
  await other.reload();
  await runIsDone(other);
  expect(await releaseOf(other), 'a reload alone takes no other version').toBe(before);

  // The worker of the old release has something to do, and the browser does not replace it before that is done.
  await other.evaluate(() => void fetch('./never/answered').catch(() => undefined));
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => releaseOf(page).catch(() => before)).not.toBe(before);
  await runIsDone(page);
  await expect(offline(page)).toHaveAttribute('data-offline', 'kept');
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await other.getByRole('tab', { name: 'Your own replicates' }).click();
  await expect(other.getByRole('tabpanel', { name: 'Your own replicates' }).getByRole('button').first()).toBeVisible();
  expect(await releaseOf(other)).toBe(before);
  expect(
    asked.some((url) => url.endsWith(renamed)),
    'a part that no longer is on the host was asked for',
  ).toBe(true);
  expect(await cachesOf(page), 'both releases are kept').toHaveLength(2);
  expect(await isWaiting(page), 'nothing but the worker is of the old release').toBe(true);
  host.answerAll();
  await expect.poll(() => isWaiting(page)).toBe(false);

  await other.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => releaseOf(other).catch(() => before), 'what one page took, the other may take as well').not.toBe(before);
  await runIsDone(other);
  await page.reload();
  await runIsDone(page);
  await expect.poll(() => cachesOf(page), 'the release that no page is of is let go').toHaveLength(1);
});

test('what comes damaged is not kept; what is kept can be removed', async ({ page }) => {
  host.damage(/\.wasm$/);
  await page.goto(`${host.address}#/data?v=1`);
  await expect(offline(page)).toHaveAttribute('data-offline', 'failed', { timeout: 30_000 });
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active ?? null)).toBeNull();
  host.damage(null);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(offline(page)).toHaveAttribute('data-offline', 'kept', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Remove what is kept' }).click();
  await expect(offline(page)).toHaveAttribute('data-offline', 'off');
  expect(await cachesOf(page)).toEqual([]);
  await page.reload();
  await expect(offline(page)).toHaveAttribute('data-offline', 'off', { timeout: 30_000 });
});

test('the page as one file opens from a folder, asks for nothing, and does everything', async ({ page }) => {
  const file = ensureSingleBuilt();
  expect(statSync(file).size).toBeLessThan(2_500_000);
  const problems = problemsOn(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`file://${file}`);
  await runIsDone(page);
  expect(page.url()).toMatch(/^file:.*#\/overview\?/);
  for (const place of steps) {
    await goTo(page, place);
    await expect(heading(page)).toBeVisible();
  }
  await goTo(page, 'simulate');
  await expect(page.locator('td.text + td').first()).toHaveText((await brandOfFirstProduct()) ?? 'none');
  await useEverything(page);
  await solveWithHighs(page);
  const link = page.url();
  const digest = await digestInAddress(page);
  await page.goto('about:blank');
  await page.goto(link);
  await runIsDone(page);
  expect(await digestInAddress(page), 'a link to the file leads back').toBe(digest);
  expect(requests.filter((url) => !/^(blob|data|about):/.test(url) && !url.startsWith(`file://${file}`))).toEqual([]);
  expect(problems).toEqual([]);
});

/** A study, the lab, a payoff table, a catalog with names, a file of one's own and a file that leaves. */
async function useEverything(page: Page): Promise<void> {
  await goTo(page, 'study');
  await page.getByLabel('Replications').fill('6');
  await page.getByLabel('Replications').press('Enter');
  await page.getByRole('button', { name: 'Run the study' }).click();
  await expect(page.locator('[data-study]')).toHaveAttribute('data-study', 'done', { timeout: 30_000 });
  for (const tab of ['Decision', 'Sweep', 'Methods by design', 'Your own replicates']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab }).locator('section').first()).toBeVisible();
  }
  await goTo(page, 'measure');
  await page.getByRole('button', { name: /Try it with this pilot/ }).click();
  await expect(page.locator('[data-own-data]')).toHaveAttribute('data-own-data', 'ready');
  await goTo(page, 'decide');
  await expect(page.getByRole('group', { name: 'Rules side by side' })).toBeVisible();
  await goTo(page, 'simulate');
  await expect(page.locator('td.text').first()).toContainText(/\w/);
  await goTo(page, 'scale');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /CSV/ }).first().click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toContain('initiative');
}

/** In the catalog that the page opens with: brands are names of persons. */
async function brandOfFirstProduct(): Promise<string | null> {
  const { seed, initiatives } = defaultPreset.scenario;
  const [first] = initiatives;
  if (first?.source !== 'simulated') throw new Error('the page opens on a simulated initiative');
  const { initiative_id, catalog, demand, effect, design, flaws } = first;
  const world = { initiative_id, catalog, demand, effect, design, flaws };
  const api = pipelineApi(() => Promise.reject(new Error('no solver is needed')));
  const [row] = await api.catalogPage({ seed, replication: 0, stage: 'pilot', n_products: catalog.n_products, world, first: 0, count: 1 });
  return row?.brand ?? null;
}

/** More initiatives than are looked at one by one: then HiGHS is asked, and what it says stands in the certificate. */
async function solveWithHighs(page: Page): Promise<void> {
  const start = findPreset('worked-example')!.scenario;
  const scenario: Scenario = {
    ...start,
    budget: 60,
    initiatives: Array.from({ length: 24 }, (_, i) => ({
      ...start.initiatives[i % start.initiatives.length]!,
      initiative_id: `initiative-${i}`,
    })),
  };
  const query = await scenarioQuery(scenario, 'worked-example');
  const hash = formatAddress({ place: 'allocate', initiative: null, query });
  const before = await digestInAddress(page);
  await page.evaluate((to) => (location.hash = to), hash);
  await expect(page).toHaveURL((url) => (/[?&]d=([0-9a-f]{12})/.exec(url.hash)?.[1] ?? before) !== before);
  await runIsDone(page);
  await page.getByRole('tab', { name: 'How sure is the answer?' }).click();
  await expect(page.getByText(/^HiGHS .*, asked as well/)).toBeVisible();
}

async function visitUntilKept(page: Page): Promise<void> {
  await page.goto(`${host.address}#/data?v=1`);
  await runIsDone(page);
  await expect(offline(page)).toHaveAttribute('data-offline', 'kept', { timeout: 30_000 });
}

/** Whatever the browser has against it, but that this window keeps nothing for long. */
async function expectInstallable(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '{}')).toMatchObject({ start_url: './', scope: './', display: 'standalone' });
}

/** The built page with one part renamed, as a later build would have it, made a release of its own. */
async function nextRelease(): Promise<{ folder: string; renamed: string }> {
  const folder = test.info().outputPath('next');
  cpSync(built, folder, { recursive: true });
  const part = readdirSync(join(folder, 'assets')).find((name) => /^OwnReplicates-.*\.js$/.test(name));
  if (part === undefined) throw new Error('there is no part OwnReplicates');
  const next = part.replace(/-.*\.js$/, '-renamed.js');
  renameSync(join(folder, 'assets', part), join(folder, 'assets', next));
  for (const path of filesBelow(folder).filter((name) => /\.(js|html)$/.test(name))) {
    const text = readFileSync(join(folder, path), 'utf8');
    writeFileSync(
      join(folder, path),
      text.replaceAll(part, next).replace(/<meta name="release" content="\w+"/, '<meta name="release" content="none"'),
    );
  }
  await writeServiceWorker(root, folder);
  return { folder, renamed: part };
}

function isWaiting(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null);
}

function cachesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}

function problemsOn(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
