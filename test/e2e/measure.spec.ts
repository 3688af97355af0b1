import type { Page } from '@playwright/test';
import { accessibilityFindings, expect, horizontalOverflow, runIsDone, test } from './page.ts';

const rows = (page: Page) => page.getByRole('group', { name: 'Methods side by side' }).getByRole('rowheader');
const pilot = '?v=1&i=recommendation-engine-v2';

test('a method added by the keyboard is measured, kept by the link, and can be taken back', async ({ page, workbench }) => {
  await workbench.open('measure', pilot);
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Add a method' }).focus();
  await page.keyboard.press('Enter');
  const choice = page.getByRole('dialog').getByRole('button', { name: /^Doubly robust/ });
  await choice.focus();
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(1)).toContainText('Doubly robust');
  await expect(page.getByRole('button', { name: 'Add a method' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Does everyone have a counterpart in the other arm?' })).toBeVisible();
  await expect(page).toHaveURL(/[?&]s=/);
  await page.reload();
  await runIsDone(page);
  await expect(rows(page)).toHaveCount(3);
  await page.goBack();
  await expect(rows(page)).toHaveCount(2);
});

test('a comparison takes over the decision and gives it back', async ({ page, workbench }) => {
  await workbench.open('measure', pilot);
  await page.getByRole('button', { name: /^Add all \d+ that fit$/ }).click();
  const use = page.getByRole('button', { name: 'Use Nearest neighbour matching in the decision' });
  await use.click();
  await expect(rows(page).first()).toContainText('Nearest neighbour matching');
  await expect(rows(page).last()).toContainText('Naive difference');
  await runIsDone(page);
  await expect(page.getByText('Being measured')).toHaveCount(0);
  await page.getByRole('button', { name: 'Use Subclassification in the decision' }).click();
  await expect(rows(page).first()).toContainText('Subclassification');
});

test('methods side by side have nothing axe finds, and fit a phone', async ({ page, workbench }) => {
  await workbench.open('measure', pilot);
  await page.getByRole('button', { name: /^Add all \d+ that fit$/ }).click();
  await runIsDone(page);
  await expect(page.getByText('Being measured')).toHaveCount(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 780 });
  await expect.poll(() => horizontalOverflow(page)).toBeLessThanOrEqual(0);
});
