import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import { studyDocument, type StudyDocument } from '../../src/core/study/study-document.ts';
import { defaultSettings } from '../../src/core/study/study-plan.ts';
import { emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { inlineStudyRunner } from '../../src/engine/inline-study-runner.ts';
import { regretSplitOf, runStudy } from '../../src/engine/run-study.ts';
import { digestInAddress, expect, runIsDone, small, test } from './page.ts';

const preset = 'clean-randomised';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const status = (page: Page) => page.locator('[data-study]');

test('a study that a reload interrupts is offered, and goes on to what it would have been; two windows keep it once', async ({
  page,
  workbench,
  context,
}) => {
  test.slow();
  await workbench.open('study', `?v=1&p=${preset}`);
  await beginStudy(page, 100_000);
  await expect(page.getByText(/^The first [\d,]+ are kept on this machine/)).toBeVisible();
  await page.reload();
  await runIsDone(page);
  const offer = page.getByRole('button', { name: /^Go on with the study up to the decision \([\d,]+ of 100,000 done\)$/ });
  const before = Number(/\(([\d,]+) of/.exec(await offer.innerText())?.[1]?.replaceAll(',', ''));
  expect(before).toBeGreaterThan(0);

  const other = await context.newPage();
  await other.goto(page.url());
  await runIsDone(other);
  await offer.click();
  await other.getByRole('button', { name: /^Go on with the study/ }).click();
  for (const window of [page, other]) {
    await expect(window.getByRole('button', { name: 'Pause' })).toBeVisible();
    await window.getByRole('button', { name: 'Pause' }).click();
    await expect(status(window)).toHaveAttribute('data-study', 'paused');
  }
  const study = await takeStudy(page);
  expect(study.replications).toBeGreaterThanOrEqual(before);
  expect(study.digest).toBe(await digestOfFirst(study.replications));
  await other.reload();
  await runIsDone(other);
  await expect(other.getByRole('group', { name: /were kept/ }).getByRole('button')).toHaveCount(1);
  await other.close();
});

test('where the browser keeps nothing, a study runs all the same and says what that means', async ({ page, workbench }) => {
  await page.addInitScript(() => {
    const denied = () => {
      throw new DOMException('The user denied permission to access the database.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: denied });
    Object.defineProperty(window, 'indexedDB', { get: denied });
  });
  await workbench.open('study', `?v=1&p=${preset}`);
  await beginStudy(page, 20);
  await expect(status(page)).toHaveAttribute('data-study', 'done');
  await expect(heading(page)).toContainText('Over 20 replications');
  await expect(page.getByText(/This study is not kept on this machine \(.*\): it lasts until the page is closed/)).toBeVisible();
});

test('a solver that does not arrive costs no decision; a part that does not arrive is said, and comes when asked again', async ({
  page,
  workbench,
}) => {
  await workbench.open('overview');
  const digest = await digestInAddress(page);
  await page.goto('about:blank');
  await page.route(/\.wasm$|\/Decide-[^/]*\.js$/, (route) => route.abort());
  await page.goto(`${workbench.address}#/decide`);
  await expect(page.getByText('It could not be loaded')).toBeVisible();
  await page.unroute(/\.wasm$|\/Decide-[^/]*\.js$/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('group', { name: 'Payoff table' })).toBeVisible();
  await page.evaluate(() => (location.hash = '#/overview?v=1'));
  await runIsDone(page);
  expect(await digestInAddress(page)).toBe(digest);
  workbench.forgive(/ERR_FAILED/);
});

test('a page closed in the middle of a run leaves nothing behind, and opens again', async ({ page, workbench, context }) => {
  const closed = await context.newPage();
  await closed.goto(`${workbench.address}#/overview${small}`);
  await expect(closed.locator('html[data-run="running"]')).toBeAttached();
  await closed.close();
  await workbench.open('overview', small);
  const locks = () =>
    page.evaluate(async () => (await navigator.locks.query()).held?.filter(({ name }) => name?.includes('pipeline')).length);
  await expect.poll(locks).toBe(page.workers().length);
});

test('a page whose program does not arrive says so instead of staying blank', async ({ page, workbench }) => {
  await page.route(/\/index-[^/]*\.js$/, (route) => route.abort());
  await page.goto(workbench.address);
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await expect(page.getByRole('heading', { name: 'impact workbench could not start.' })).toBeVisible();
  workbench.forgive(/ERR_FAILED/);
});

async function beginStudy(page: Page, replications: number): Promise<void> {
  await page.getByLabel('Replications').fill(String(replications));
  await page.getByLabel('Replications').press('Enter');
  await page.getByRole('button', { name: 'Run the study' }).press('Enter');
}

async function takeStudy(page: Page): Promise<StudyDocument> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Study, JSON' }).click();
  return JSON.parse(readFileSync(await (await coming).path(), 'utf8')) as StudyDocument;
}

/** As one who was never interrupted works it out. */
async function digestOfFirst(replications: number): Promise<string> {
  const plan = { scenario: findPreset(preset)!.scenario, settings: { ...defaultSettings, extent: 'decision' as const }, replications };
  const tally = emptyStudyTally(plan);
  const runner = inlineStudyRunner();
  await runStudy(plan, tally, runner);
  return studyDocument(plan, tally, await regretSplitOf(plan, tally, runner, new AbortController().signal)).digest;
}
