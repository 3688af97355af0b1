import type { Page } from '@playwright/test';
import { accessibilityFindings, expect, horizontalOverflow, test } from './page.ts';

const worked = '?v=1&p=worked-example';
const choice = 'TitlesAI + PriceOptimizer + BundleEngine';

/** Pages of a PDF: its page objects, which are never compressed. */
const pagesOf = (pdf: Buffer) => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
const tables = (page: Page) => ({
  payoffs: page.getByRole('group', { name: 'Payoff table' }),
  regrets: page.getByRole('group', { name: 'Regret table' }),
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 360, height: 780 },
]) {
  const isWide = viewport.width > 1000;
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport, colorScheme: isWide ? 'light' : 'dark', contextOptions: { reducedMotion: 'reduce' } });

    test('the tables are built up by keyboard, and every figure is explained', async ({ page, workbench }) => {
      await workbench.open('allocate', worked);
      const { payoffs, regrets } = tables(page);
      await page.getByRole('button', { name: 'Build it up' }).press('Enter');
      await expect(payoffs.getByRole('button')).toHaveCount(0);
      for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
      await expect(payoffs.getByText('V*: what you could have had')).toBeVisible();
      await expect(regrets.getByRole('button')).toHaveCount(0);
      if (isWide) expect(await accessibilityFindings(page)).toEqual([]);
      await page.keyboard.press('End');
      await expect(page.getByText(`minimax regret funds ${choice}.`)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'Build it up' })).toBeFocused();

      const figure = regrets
        .getByRole('row', { name: new RegExp(`^${choice.replaceAll('+', '\\+')}`) })
        .getByRole('button')
        .first();
      await figure.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      const sum = page.getByRole('group', { name: `Regret of ${choice} in the worst state` });
      await expect(sum).toContainText('5 \u2212 4 = 1');
      if (!isWide) expect(await accessibilityFindings(page)).toEqual([]);
      expect(await horizontalOverflow(page)).toBe(0);
      await page.keyboard.press('Escape');
      await expect(sum).toHaveCount(0);
      await expect(regrets.locator('button:focus')).toContainText('1.0');
    });
  });
}

test.describe('on paper', () => {
  test.use({ colorScheme: 'dark' });

  test('the decision is one page, dark on white, with everything a class needs', async ({ page, workbench }) => {
    await workbench.open('allocate', worked);
    await expect(page.getByRole('group', { name: 'The rules side by side' }).getByRole('row').first()).toBeVisible();
    for (const format of ['A4', 'Letter']) await expect.poll(async () => pagesOf(await page.pdf({ format })), format).toBe(1);
    await page.emulateMedia({ media: 'print' });
    const paper = page.getByRole('article');
    await expect(paper).toContainText('Fund three initiatives for $10.0: at most $1.0 to regret.');
    await expect(paper).toContainText('budget $10.0');
    await expect(paper).toContainText('SearchRanker');
    await expect(paper).toContainText(`best: TitlesAI + ImageEnhancer + BundleEngine or ${choice}`);
    await expect(paper).toContainText('the same portfolio can lose $7.6');
    await expect(paper).toContainText('The rules side by side');
    await expect(paper).toContainText(/digest [0-9a-f]{12}/);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await paper.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(28, 33, 38)');
    await page.emulateMedia({ media: 'screen' });
    await expect(paper).toHaveCount(0);
  });

  test('before the answer it is a sheet to work on', async ({ page, workbench }) => {
    await workbench.open('allocate', worked);
    await page.getByRole('button', { name: 'Guess first' }).click();
    await expect(page.getByRole('button', { name: 'Reveal' }).first()).toBeVisible();
    await expect.poll(async () => pagesOf(await page.pdf({ format: 'A4' }))).toBe(1);
    await page.emulateMedia({ media: 'print' });
    const paper = page.getByRole('article');
    await expect(paper).toContainText('Pick a portfolio for $10.0.');
    await expect(paper).toContainText('to be filled in');
    await expect(paper).not.toContainText(/chosen|funded|30\.3|The rules side by side/);
  });
});
