import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { digestInAddress, expect, findingsInEveryForm, rerunOf, runIsDone, small, test } from './page.ts';

const panel = (page: Page, title: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
const sheet = (page: Page) => panel(page, 'Your numbers');
const results = (page: Page) => panel(page, 'Bring real results');
const cell = (page: Page, row: number, column: string) => page.locator(`[data-row="${row}"][data-column="${column}"]`);

/** The worked example of the paper, but with everything eligible and no floor: then one portfolio is the best in every state. */
const rows = [
  ['TitlesAI', '4', '2', '10', '15', '0.9', 'experiment'],
  ['ImageEnhancer', '2', '1', '8', '12', '0.6', 'matching'],
  ['PriceOptimizer', '2', '2', '6', '9', '0.8', 'DiD'],
  ['SearchRanker', '2', '3', '5', '7', '0.4', 'ITS'],
  ['BundleEngine', '4', '0', '9', '18', '0.5', 'ITS'],
];

const answer = ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer', 'SearchRanker'];

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Tabs on until a control is reached, as somebody without a pointer does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('80 presses of Tab did not reach it.');
}

async function paste(target: Locator, text: string): Promise<void> {
  await target.focus();
  await target.evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test('from a blank sheet to an answer by keyboard alone', async ({ page, workbench }) => {
  await workbench.open('allocate', small);
  await tabTo(page, page.getByRole('button', { name: 'Blank sheet' }));
  await page.keyboard.press('Enter');
  await expect(cell(page, 0, 'id')).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/A blank sheet/);
  for (const [index, row] of rows.entries()) {
    await expect(cell(page, index, 'id')).toBeFocused();
    for (const text of row.slice(0, 6)) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    const kind = cell(page, index, 'model_type');
    await expect(kind).toBeFocused();
    const down = ['experiment', 'matching', 'ITS'].findIndex((word) => (row[6] === 'DiD' ? 'matching' : row[6]) === word);
    await press(page, ...Array.from({ length: down }, () => 'ArrowDown'));
    await expect(kind).toHaveValue(['experiment', 'quasi-experiment', 'time-series'][down] ?? '');
    await tabTo(page, cell(page, index + 1, 'id'));
  }
  await runIsDone(page);
  await expect(cell(page, 2, 'confidence')).toHaveValue('0.8');
  const { current } = await decision(page);
  expect(current).toEqual(answer);
  await page.reload();
  await runIsDone(page);
  expect((await decision(page)).current).toEqual(current);
});

test('cells pasted from a spreadsheet make a decision, in one step of undo', async ({ page, workbench }) => {
  await workbench.open('allocate', small);
  await rerunOf(page, () => page.getByRole('button', { name: 'Blank sheet' }).click());
  await rerunOf(page, () => paste(cell(page, 0, 'id'), `${rows.map((row) => row.join('\t')).join('\r\n')}\r\n`));
  await expect(cell(page, 4, 'R_best')).toHaveValue('18');
  await expect(cell(page, 1, 'model_type')).toHaveValue('quasi-experiment');
  expect((await decision(page)).current).toEqual(answer);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/A blank sheet/);
});

test('results brought to an empty scenario open the sheet with them in it', async ({ page, workbench }) => {
  await workbench.open('allocate', small);
  await rerunOf(page, () => page.getByRole('button', { name: 'Blank sheet' }).click());
  await results(page).getByRole('button', { name: 'Insert an example' }).click();
  await rerunOf(page, () => results(page).getByRole('button', { name: 'Import these 5' }).click());
  await expect(cell(page, 0, 'id')).toBeFocused();
  await expect(cell(page, 0, 'id')).toHaveValue('checkout-copy');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Fund /);
});

test('a file with a bad row: the good ones are imported once one has seen why the other is not', async ({ page, workbench }) => {
  await workbench.open('allocate', small);
  await page.getByRole('button', { name: 'Import results' }).click();
  const csv =
    'Initiative;Effect;CI low;CI high;n;Study design;Units at scale;Cost\nNew titles;0,5;0,1;0,9;4000;A/B test;1000;120\nTiny pilot;2;1;3;12;RCT;1000;80\nRefit;1,5;-0,5;3,5;60;DiD;200;90\n';
  await results(page)
    .locator('input[type=file]')
    .setInputFiles({ name: 'autumn.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(results(page).getByText('2 initiatives can be imported, 1 row cannot: 1 problem.').last()).toBeVisible();
  await expect(results(page).getByRole('row', { name: /^3 n Is fewer than 30 units/ })).toBeVisible();
  const before = await digestInAddress(page);
  await rerunOf(page, () => results(page).getByRole('button', { name: 'Replace all with the 2 good rows' }).click());
  await page.getByRole('button', { name: 'All numbers' }).click();
  await expect(cell(page, 0, 'id')).toHaveValue('New-titles');
  await expect(cell(page, 0, 'R_med')).toHaveValue('500');
  await expect(cell(page, 1, 'R_worst')).toHaveValue('-100');
  await expect(page.getByLabel('Scenario title')).toHaveValue('autumn');

  const saving = page.waitForEvent('download');
  await sheet(page).getByRole('button', { name: 'Save as CSV' }).click();
  const saved = await readFile(await (await saving).path(), 'utf8');
  const imported = await digestInAddress(page);
  await rerunOf(page, () => page.getByRole('button', { name: 'Undo' }).first().click());
  expect(await digestInAddress(page)).toBe(before);
  await page.getByRole('button', { name: 'Import results' }).click();
  await results(page).getByLabel('Paste a table').fill(saved);
  await results(page)
    .getByLabel(/^Budget/)
    .fill('150');
  await rerunOf(page, () => results(page).getByRole('button', { name: 'Replace all with these 2' }).click());
  // The same numbers to the last bit make the same run, whatever the money at hand leaves to choose.
  await page
    .getByLabel(/^budget/)
    .first()
    .fill('110');
  await page
    .getByLabel(/^budget/)
    .first()
    .press('Enter');
  await expect.poll(() => digestInAddress(page)).toBe(imported);
});

test('numbers of simulated initiatives are set by hand, reset, and made a sheet', async ({ page, workbench }) => {
  await workbench.open('allocate', small);
  const before = await digestInAddress(page);
  await page.getByRole('button', { name: 'All numbers' }).click();
  await cell(page, 0, 'confidence').fill('0.2');
  await rerunOf(page, () => cell(page, 0, 'confidence').press('Enter'));
  await expect(sheet(page).getByRole('button', { name: /^Reset .* to its evidence/ })).toBeVisible();
  await rerunOf(page, () => sheet(page).getByRole('button', { name: 'Reset all numbers set by hand' }).click());
  expect(await digestInAddress(page)).toBe(before);
  const chosen = await decision(page);
  await rerunOf(page, () => sheet(page).getByRole('button', { name: 'Make these numbers a sheet' }).click());
  expect(await decision(page)).toEqual(chosen);
  await expect(cell(page, 0, 'model_type')).toHaveValue('experiment');
});

test('axe finds nothing around the sheet and the import, in any form, and nothing sticks out', async ({ page, workbench }) => {
  await workbench.open('allocate');
  await page.getByRole('button', { name: 'All numbers' }).click();
  await cell(page, 0, 'R_best').fill('much');
  await cell(page, 0, 'R_best').press('Enter');
  await cell(page, 1, 'confidence').fill('0.3');
  await cell(page, 1, 'confidence').press('Enter');
  await expect(cell(page, 0, 'R_best')).toHaveAttribute('aria-invalid', 'true');
  await expect(sheet(page).getByRole('button', { name: /^Reset .* to its evidence/ })).toBeVisible();
  await runIsDone(page);
  expect.soft(await findingsInEveryForm(page), 'sheet').toEqual([]);
  await page.getByRole('button', { name: 'Import results' }).click();
  await results(page).getByLabel('Paste a table').fill('id,cost,worst,med,best,confidence\na,1,0,1,2,0.9\nb,x,0,1,2,7\n');
  await expect(results(page).getByRole('button', { name: 'Replace all with the good row' })).toBeVisible();
  expect.soft(await findingsInEveryForm(page), 'import').toEqual([]);
  await page.getByRole('button', { name: 'Blank sheet' }).click();
  await expect(cell(page, 0, 'id')).toBeFocused();
  await runIsDone(page);
  expect.soft(await findingsInEveryForm(page), 'blank').toEqual([]);
});

/** What is funded, by the payoff table's chosen row. */
async function decision(page: Page): Promise<{ current: string[] }> {
  const chosen = page
    .getByRole('row')
    .filter({ hasText: /chosen/ })
    .first();
  const name = (await chosen.getByRole('rowheader').textContent()) ?? '';
  return {
    current: name
      .replace(/[\s,]*chosen.*$/, '')
      .split('+')
      .map((id) => id.trim()),
  };
}
