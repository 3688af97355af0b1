import type { Page } from '@playwright/test';
import { accessibilityFindings, expect, horizontalOverflow, rerunOf, test } from './page.ts';

const notice = (page: Page) => page.getByText('Returns are corrected for the winner\u2019s curse');
const before = (page: Page) => page.getByRole('group', { name: 'Returns before and after the correction' });

async function choose(page: Page, correction: string): Promise<void> {
  await page.locator('summary').filter({ hasText: 'Winner\u2019s curse' }).click();
  await page.getByLabel('Correction', { exact: true }).selectOption({ label: correction });
}

test('returns are corrected on the way to the decision, before and after readable, and taken back', async ({ page, workbench }) => {
  await workbench.open('allocate', '?v=1&p=online-retail-five');
  await expect(notice(page)).toBeHidden();
  await rerunOf(page, () => choose(page, 'Empirical Bayes'));
  await expect(notice(page)).toBeVisible();
  await expect(before(page).getByRole('row')).toHaveCount(6);
  const row = before(page).getByRole('row', { name: /checkout-flow-optimization/ });
  await expect(row).toContainText('$61,986');
  await expect(row).toContainText('$46,875');

  await rerunOf(page, () => page.getByLabel('What is alike in kind').selectOption('return'));
  await expect(row).not.toContainText('$46,875');
  await expect(row).toContainText('$61,986');

  await rerunOf(page, () => page.getByRole('button', { name: 'Take returns as measured' }).click());
  await expect(notice(page)).toBeHidden();
});

test('where nothing can be learnt from the others, the page says so', async ({ page, workbench }) => {
  await workbench.open('allocate', '?v=1&p=clean-randomised');
  await choose(page, 'Empirical Bayes');
  await expect(page.getByText('Empirical Bayes changes none of the returns here').first()).toBeVisible();
});

test('Scale lays every prediction beside the truth, also on a phone', async ({ page, workbench }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await workbench.open('scale', '?v=1&p=online-retail-five');
  await expect(page.getByRole('heading', { name: 'Which prediction was closer to the truth?' })).toBeVisible();
  const table = page.getByRole('group', { name: 'Predictions by correction' });
  await expect(table.getByRole('columnheader')).toHaveText([
    'initiative',
    'as measured',
    'Empirical Bayes',
    'Lee and Shen',
    'at scale',
    'true',
  ]);
  await expect(table.getByRole('row', { name: /The portfolio/ })).toContainText(/too (high|low)/);
  expect(await horizontalOverflow(page)).toBe(0);
  expect(await accessibilityFindings(page)).toEqual([]);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text.split(/\r?\n/)[0]).toContain('predicted_empirical_bayes,predicted_lee_shen,nearest_prediction');
});
