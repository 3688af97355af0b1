import type { Locator, Page } from '@playwright/test';
import { expect, runIsDone, small, steps, test } from './page.ts';

test('the navigation leads to every step, and back and forward retrace the way', async ({ page, workbench }) => {
  await workbench.open('overview', small);
  const link = (place: string) => page.getByRole('navigation').locator(`a[href^="#/${place}"]`).first();
  for (const place of steps) {
    await link(place).click();
    await expect(page).toHaveURL(new RegExp(`#/${place}`));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(link(place)).toHaveAttribute('aria-current', 'page');
  }
  await page.goBack();
  await expect(page).toHaveURL(/#\/scale/);
  await expect(link('scale')).toHaveAttribute('aria-current', 'page');
  await page.goForward();
  await expect(page).toHaveURL(/#\/study/);
});

test('a place survives a reload', async ({ page, workbench }) => {
  await workbench.open('measure', small);
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  await page.reload();
  await runIsDone(page);
  await expect(page).toHaveURL(/#\/measure/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
});

test('the keyboard alone reaches the navigation and follows it', async ({ page, workbench }) => {
  await workbench.open('overview', small);
  const target = page.getByRole('navigation').locator('a[href^="#/allocate"]').first();
  const presses = await tabUntilFocused(page, target);
  expect(presses, 'Tab never reached the navigation').toBeLessThan(40);
  const outline = await target.evaluate((element) => {
    const style = getComputedStyle(element);
    return `${style.outlineStyle} ${style.boxShadow}`;
  });
  expect(outline, 'the focused link is marked').not.toBe('none none');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/allocate/);
});

async function tabUntilFocused(page: Page, target: Locator): Promise<number> {
  for (let presses = 1; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return presses;
  }
  return 40;
}
