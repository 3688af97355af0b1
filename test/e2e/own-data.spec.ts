import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { runReplication } from '../../src/core/pipeline.ts';
import { findPreset } from '../../src/core/scenario/presets/index.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { accessibilityFindings, expect, findingsInEveryForm, small, test } from './page.ts';

const panel = (page: Page) => page.locator('[data-own-data]');
const isReady = (page: Page) => expect(panel(page)).toHaveAttribute('data-own-data', 'ready');
const choose = (page: Page, name: string, text: string) =>
  panel(page)
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** 200 shops, every other one treated, with sales before and after. */
const shops = (cell: (text: string) => string = (text) => text) =>
  Array.from({ length: 200 }, (_, i) => {
    const before = (i * 37) % 101;
    return [`shop ${i}`, i % 2, cell((before + (i % 2) * 5 + ((i * 13) % 7)).toFixed(2)), cell(before.toFixed(1))].join(';');
  });
const shopsCsv = `shop;treated;sales;pre_sales\n${shops((text) => text.replace('.', ',')).join('\n')}\n`;

async function savedResult(page: Page): Promise<Record<string, unknown>> {
  const saving = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Save as JSON' }).click();
  return JSON.parse(await readFile(await (await saving).path(), 'utf8')) as Record<string, unknown>;
}

test('a pilot as a file gives the pilot’s answer, bit for bit, and nothing leaves the page', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  const before = workbench.requests.length;
  await panel(page)
    .getByRole('button', { name: /Try it with this pilot/ })
    .click();
  await isReady(page);
  await expect(panel(page).getByText('What do the data say?')).toBeVisible();
  const saved = await savedResult(page);
  const [pilot] = runReplication(findPreset('clean-randomised')!.scenario, 0, { solver: await loadHighsSolver() }).pilot_results;
  const { sample_size: _rows, initiative_id: _id, ...expected } = pilot ?? {};
  expect(saved).toMatchObject(expected);
  const later = workbench.requests.slice(before).filter((url) => !url.startsWith('blob:'));
  expect(later.filter((url) => !/\/assets\/|\/icon\.svg$/.test(url))).toEqual([]);
});

test('a file of one’s own is read, mapped and measured; the choice of method reads nothing twice', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  await choose(page, 'shops.csv', shopsCsv);
  await isReady(page);
  const own = panel(page);
  await expect(own.getByText('200 rows, 4 columns')).toBeVisible();
  await expect(own.getByLabel('Outcome', { exact: true })).toHaveValue('sales');
  await expect(own.getByLabel('Treatment', { exact: true })).toHaveValue('treated');
  await expect(own.getByRole('checkbox', { name: /^pre_sales/ })).toBeChecked();
  await expect(own.getByText(/puts the effect on sales at/)).toBeVisible();
  const first = await savedResult(page);
  expect(first).toMatchObject({ status: 'ok', method: 'experiment', sample_size: 200, n_treated: 100 });
  await own.getByLabel('Method', { exact: true }).selectOption('nearest_neighbour_matching');
  await expect(own.getByText(/Nearest.*puts the effect on sales at/)).toBeVisible();
  await own.getByLabel('Method', { exact: true }).selectOption('synthetic_control');
  await expect(own.getByText(/Still to choose/)).toBeVisible();
  await own.getByLabel('Method', { exact: true }).selectOption('experiment');
  await expect(own.getByText(/Experiment puts the effect on sales at/)).toBeVisible();
  expect(await savedResult(page)).toEqual(first);
});

test('a choice that does not fit is said beside its field, and a column can be read otherwise', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  await choose(page, 'shops.csv', shopsCsv);
  await isReady(page);
  const own = panel(page);
  await own.getByLabel('Outcome', { exact: true }).selectOption('shop');
  await expect(own.getByLabel('Outcome', { exact: true })).toHaveAccessibleDescription(/holds text/i);
  await own.getByLabel('Outcome', { exact: true }).selectOption('sales');
  await expect(own.getByText(/puts the effect on sales at/)).toBeVisible();
  await own.getByLabel('Read sales as').selectOption('text');
  await isReady(page);
  await expect(own.getByLabel('Read sales as')).toBeFocused();
  await expect(own.getByText(/puts the effect on sales at/)).toBeHidden();
  await expect(own.getByLabel('Outcome', { exact: true })).toHaveAccessibleDescription(/holds text/i);
});

test('a broken file is described by row and column, and the corrected one is taken', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  await choose(page, 'broken.csv', 'id,y,t\n1,2,0\n2,3\n"3"x,4,1\n');
  const own = panel(page);
  await expect(own).toHaveAttribute('data-own-data', 'unusable');
  await expect(own.getByText('broken.csv cannot be used yet: 2 problems')).toBeVisible();
  await expect(own.getByRole('row', { name: /3 – Has 2 fields where the header has 3\. 2,3/ })).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await choose(page, 'shops.csv', shopsCsv);
  await isReady(page);
});

test('a file can be dropped, and the zone is a button', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  const zone = panel(page).getByRole('button', { name: /Choose a CSV file/ });
  const choosing = page.waitForEvent('filechooser');
  await zone.focus();
  await page.keyboard.press('Enter');
  await choosing;
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
    return transfer;
  }, shopsCsv);
  await zone.dispatchEvent('drop', { dataTransfer: data });
  await isReady(page);
  await expect(panel(page).getByText('dropped.csv')).toBeVisible();
  // Let go beside the button, over a file that is open, it takes the other's place instead of the page's.
  const other = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'other.csv', { type: 'text/csv' }));
    return transfer;
  }, shopsCsv);
  await panel(page).dispatchEvent('drop', { dataTransfer: other });
  await expect(panel(page).getByText('dropped.csv')).toHaveCount(0);
  await isReady(page);
  await expect(panel(page).getByText('other.csv', { exact: true })).toBeVisible();
});

test('a long file shows progress and can be cancelled; a worker that dies is noticed and the file read again', async ({
  page,
  workbench,
}) => {
  await workbench.open('measure', small);
  const own = panel(page);
  const choosing = page.waitForEvent('filechooser');
  await own.getByRole('button', { name: /Choose a CSV file/ }).click();
  const rows = `${Array.from({ length: 1000 }, (_, i) => `${i},${i % 2},"${(i * 7919) % 1000}.5"`).join('\n')}\n`;
  await (await choosing).setFiles({ name: 'long.csv', mimeType: 'text/csv', buffer: Buffer.from(`id,treated,sales\n${rows.repeat(700)}`) });
  await expect(own.getByRole('progressbar')).toBeVisible();
  await own.getByRole('button', { name: 'Cancel' }).click();
  await expect(own).toHaveAttribute('data-own-data', 'empty');
  await choose(page, 'shops.csv', shopsCsv);
  await isReady(page);
  await expect(own.getByText(/puts the effect on sales at/)).toBeVisible();
  await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.close()).catch(() => undefined)));
  await own.locator('summary', { hasText: 'Settings' }).click();
  await own.getByLabel('Adjustment', { exact: true }).selectOption('none');
  await expect(own.getByText(/The answer below is to what was asked before/)).toBeHidden();
  await isReady(page);
  expect(await savedResult(page)).toMatchObject({
    status: 'ok',
    parameters: { adjustment: 'none' },
    diagnostics: { standard_errors: 'Welch' },
  });
});

test('axe finds nothing around a measured file, in any form, and nothing sticks out', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  await choose(page, 'shops.csv', `${shopsCsv}shop x;0;1,5;?\n`);
  await isReady(page);
  await expect(panel(page).getByText(/puts the effect on sales at/)).toBeVisible();
  await panel(page).getByText('How it was read').click();
  expect(await findingsInEveryForm(page)).toEqual([]);
});
