import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import { studyDocument, type StudyDocument } from '../../src/core/study/study-document.ts';
import { defaultSettings } from '../../src/core/study/study-plan.ts';
import { emptyStudyTally } from '../../src/core/study/study-tally.ts';
import { inlineStudyRunner } from '../../src/engine/inline-study-runner.ts';
import { regretSplitOf, runStudy } from '../../src/engine/run-study.ts';
import { expect, findingsInEveryForm, rerunOf, runIsDone, test, type Workbench } from './page.ts';

const preset = 'clean-randomised';
const query = `?v=1&p=${preset}`;

test('a study is run, paused, taken up again and cancelled; what it found is what the core finds, to the last bit, and its file opens again', async ({
  page,
  workbench,
}) => {
  await begin(page, workbench, 100_000);
  await expect(page.getByRole('button', { name: 'Pause' }), 'where the keyboard is').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveAttribute('data-study', 'paused');
  await expect(page.getByRole('button', { name: 'Go on to 100,000' }), 'where the keyboard is').toBeFocused();
  const paused = await takeStudy(page);
  expect(paused.planned).toBe(100_000);
  expect(paused.digest).toBe(await digestOfFirst(paused.replications));

  await page.getByRole('button', { name: 'Go on to 100,000' }).click();
  await expect(status(page)).toHaveAttribute('data-study', 'running');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(status(page)).toContainText('cancelled after');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Over ');
  const cancelled = await takeStudy(page);
  expect(cancelled.replications).toBeGreaterThanOrEqual(paused.replications);
  expect(cancelled.done).toEqual([[0, cancelled.replications]]);

  await page.goto(`${workbench.address}#/data?v=1`);
  const buffer = Buffer.from(JSON.stringify(paused));
  await page.getByLabel('File to open').setInputFiles({ name: 'study.json', mimeType: 'application/json', buffer });
  await expect(page.getByText(`“study.json” is open: a study of ${paused.scenario.title}`)).toBeVisible();
  await expect(page).toHaveURL(/#\/study/);
  await expect(status(page)).toHaveAttribute('data-study', 'paused');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Over ${paused.replications.toLocaleString('en')} replications`);
  expect((await takeStudy(page)).digest).toBe(paused.digest);
});

test('a finished study says how its method does, goes on, and is marked when the scenario changes', async ({ page, workbench }) => {
  await begin(page, workbench, 20);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Over 20 replications');
  await expect(page.getByRole('group', { name: 'Diagnosands of the methods' }).getByRole('rowheader', { name: /^Coverage/ })).toBeVisible();
  await page.getByRole('button', { name: 'Run 20 more' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Over 40 replications');
  await expect(status(page)).toHaveAttribute('data-study', 'done');
  const study = await takeStudy(page);
  expect(study.digest).toBe(await digestOfFirst(40));

  await rerunOf(page, () => page.getByRole('button', { name: /new seed/i }).click());
  await expect(page.getByText('This study is of the scenario before your change')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Over 40 replications');
  await page.getByRole('button', { name: 'Run it again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Over 20 replications');
  await expect(page.getByText('This study is of the scenario before your change')).toHaveCount(0);
});

test('an interval opens its replication, which has a link of its own, and the way back finds the study as it was', async ({
  page,
  workbench,
}) => {
  await begin(page, workbench, 12);
  await expect(status(page)).toHaveAttribute('data-study', 'done');
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  const zip = page.getByRole('figure').filter({ hasText: 'Do the intervals cover the truth' }).locator('svg').first();
  await zip.scrollIntoViewIfNeeded();
  await zip.click();
  await expect(page).toHaveURL(/#\/measure\?.*r=\d+/);
  await runIsDone(page);
  await page.goBack();
  await expect(page).toHaveURL(/#\/study/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
  await expect(page.getByText('This study is of the scenario before your change')).toHaveCount(0);
});

test('a world without effects is judged by its false alarms', async ({ page, workbench }) => {
  await workbench.open('study', query);
  await page.getByLabel('The world').selectOption('none');
  await run(page, 40);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('without any effect');
  await expect(page.getByText('Are the p values uniform where nothing works?')).toBeVisible();
});

test('axe finds nothing on a study, in any form, and nothing sticks out', async ({ page, workbench }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await workbench.open('study', '?v=1');
  await run(page, 4);
  await expect(status(page)).toHaveAttribute('data-study', 'done');
  for (const tab of ['Estimators', 'Decision', 'Sweep', 'Methods by design', 'Your own replicates']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab }).locator('section').first()).toBeVisible();
    await expect(page.getByText('Opening …')).toHaveCount(0);
    expect.soft(await findingsInEveryForm(page), tab).toEqual([]);
  }
});

const status = (page: Page) => page.locator('[data-study]');

async function begin(page: Page, workbench: Workbench, replications: number): Promise<void> {
  await workbench.open('study', query);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Would it work again?');
  await run(page, replications);
}

async function run(page: Page, replications: number): Promise<void> {
  const field = page.getByLabel('Replications');
  await field.fill(String(replications));
  await field.press('Enter');
  await page.getByRole('button', { name: 'Run the study' }).press('Enter');
}

async function takeStudy(page: Page): Promise<StudyDocument> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Study, JSON' }).click();
  return JSON.parse(readFileSync(await (await coming).path(), 'utf8')) as StudyDocument;
}

/** As the command line works it out. */
async function digestOfFirst(replications: number): Promise<string> {
  const scenario = findPreset(preset)!.scenario;
  const plan = { scenario, settings: { ...defaultSettings, extent: 'decision' as const }, replications };
  const tally = emptyStudyTally(plan);
  const runner = inlineStudyRunner();
  await runStudy(plan, tally, runner);
  return studyDocument(plan, tally, await regretSplitOf(plan, tally, runner, new AbortController().signal)).digest;
}
